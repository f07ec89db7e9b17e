// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.folder;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/**
 * Holds a database folder for this process. Safe for use by several threads.
 *
 * <p>The key-value store locks its own folder too, but in a table of its native library: another class loader has another
 * copy of that library and would get in.
 */
public final class FolderLock implements AutoCloseable {
    static final String FILE_NAME = "kalamdb.lock";

    private final FileChannel channel;
    private final Path file;
    private final AtomicBoolean released = new AtomicBoolean();

    private FolderLock(FileChannel channel, Path file) {
        this.channel = channel;
        this.file = file;
    }

    /** Takes a folder as that of a database. @throws KalamException as the other one */
    public static FolderLock acquire(Path folder) {
        return acquire(folder, FILE_NAME);
    }

    /**
     * Takes a folder.
     *
     * @param fileName of the lock file in it
     * @throws KalamException DATABASE_IN_USE, or DATABASE_NOT_OPENABLE if the lock file cannot be made
     */
    public static FolderLock acquire(Path folder, String fileName) {
        Path file;
        try {
            file = folder.toRealPath().resolve(fileName);
        } catch (IOException e) {
            throw notWritable(folder, e);
        }
        if (!LockTable.add(file, "")) {
            throw inUse(folder, null);
        }
        FolderLock lock = null;
        try {
            lock = lock(folder, file);
            return lock;
        } finally {
            if (lock == null) {
                LockTable.remove(file);
            }
        }
    }

    private static FolderLock lock(Path folder, Path file) {
        FileChannel channel;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw notWritable(folder, e);
        }
        if (!isTaken(channel, folder)) {
            closeAfterFailure(channel);
            throw inUse(folder, null);
        }
        return new FolderLock(channel, file);
    }

    private static KalamException notWritable(Path folder, IOException cause) {
        return new KalamException(
                ErrorCode.DATABASE_NOT_OPENABLE,
                "Cannot write to database folder " + folder + ": " + cause.getMessage()
                        + "; check the rights of the folder",
                cause);
    }

    public static KalamException inUse(Path folder, @Nullable Throwable cause) {
        return new KalamException(
                ErrorCode.DATABASE_IN_USE,
                "Database folder " + folder + " is in use by another process or class loader;"
                        + " close the database there, or open another folder",
                cause);
    }

    private static boolean isTaken(FileChannel channel, Path folder) {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (IOException e) {
            closeAfterFailure(channel);
            throw new KalamException(
                    ErrorCode.DATABASE_NOT_OPENABLE,
                    "Cannot lock database folder " + folder + ": " + e.getMessage()
                            + "; put the database on a file system with file locks",
                    e);
        }
    }

    private static void closeAfterFailure(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new KalamException(ErrorCode.IO_ERROR, "Failed to close the lock file: " + e.getMessage(), e);
        }
    }

    /** Lets the folder go. Idempotent. */
    @Override
    public void close() {
        if (!released.compareAndSet(false, true)) {
            return;
        }
        try {
            channel.close();
        } catch (IOException e) {
            throw new KalamException(ErrorCode.IO_ERROR, "Failed to close the lock file: " + e.getMessage(), e);
        } finally {
            LockTable.remove(file);
        }
    }
}
