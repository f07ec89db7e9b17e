// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.folder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/**
 * Tells a process that writes to a folder from which write on a reader in another process needs segments. Safe for use by
 * several threads.
 *
 * <p>It is a file beside the folder's own lock, locked as long as the reader lives and holding a number of eight bytes. The
 * operating system lets the lock go however the reader ends, so that what a dead one needed is not kept. Where the folder
 * cannot be written to, nobody is told: then nobody should write there either.
 */
public final class ReaderRegistration implements AutoCloseable {
    private static final String PREFIX = "kalamdb-reader-";
    private static final String SUFFIX = ".lock";

    private final Path file;
    /** Null if the folder cannot be written to. */
    private final @Nullable FileChannel channel;

    private ReaderRegistration(Path file, @Nullable FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Registers a reader of a database folder, which needs everything for now. @throws KalamException IO_ERROR */
    public static ReaderRegistration create(Path folder) {
        Path home = realPath(folder);
        while (true) {
            Path file = home.resolve(PREFIX + UUID.randomUUID() + SUFFIX);
            if (!Files.isWritable(folder)) {
                return new ReaderRegistration(file, null);
            }
            ReaderRegistration registration = create(folder, file);
            // Before it was locked a writer may have taken it for one of a reader that is no more.
            if (Files.exists(file)) {
                return registration;
            }
            registration.close();
        }
    }

    private static Path realPath(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            throw failed(folder, e);
        }
    }

    private static ReaderRegistration create(Path folder, Path file) {
        LockTable.add(file, "0");
        FileChannel channel;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            LockTable.remove(file);
            throw failed(folder, e);
        }
        ReaderRegistration registration = new ReaderRegistration(file, channel);
        boolean registered = false;
        try {
            channel.lock();
            registration.protectFrom(0);
            registered = true;
            return registration;
        } catch (IOException e) {
            throw failed(folder, e);
        } finally {
            if (!registered) {
                registration.close();
            }
        }
    }

    /** Says that segments are needed which are in use at this write or later. */
    public void protectFrom(long write) {
        FileChannel open = channel;
        if (open == null) {
            return;
        }
        try {
            LockTable.update(file, Long.toString(write));
            open.write(ByteBuffer.allocate(Long.BYTES).putLong(0, write), 0);
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    /**
     * The first write from which on some reader of a folder needs segments; the greatest number if there is no reader.
     *
     * @throws KalamException IO_ERROR
     */
    public static long firstNeeded(Path folder) {
        long first = Long.MAX_VALUE;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.toRealPath(), PREFIX + "*" + SUFFIX)) {
            for (Path file : files) {
                String own = LockTable.find(file);
                first = Math.min(first, own != null ? Long.parseLong(own) : neededByOther(file));
            }
            return first;
        } catch (IOException e) {
            throw failed(folder, e);
        }
    }

    /** What another process needs; its file is removed if it is no more. */
    private static long neededByOther(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (isAbandoned(channel)) {
                Files.deleteIfExists(file);
                return Long.MAX_VALUE;
            }
            ByteBuffer number = ByteBuffer.allocate(Long.BYTES);
            return channel.read(number, 0) == Long.BYTES ? number.getLong(0) : 0;
        } catch (NoSuchFileException e) {
            return Long.MAX_VALUE;
        }
    }

    private static boolean isAbandoned(FileChannel channel) throws IOException {
        try (FileLock lock = channel.tryLock()) {
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static KalamException failed(Path file, IOException e) {
        return new KalamException(
                ErrorCode.IO_ERROR,
                "Failed to register a reader in " + file + ": " + e + "; check the rights of the folder",
                e);
    }

    /** Needs nothing any more. Idempotent. */
    @Override
    public void close() {
        FileChannel open = channel;
        if (open == null) {
            return;
        }
        try {
            Files.deleteIfExists(file);
            open.close();
        } catch (IOException e) {
            throw failed(file, e);
        } finally {
            LockTable.remove(file);
        }
    }
}
