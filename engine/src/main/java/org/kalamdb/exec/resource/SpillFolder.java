// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.resource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.kalamdb.storage.file.FileAccess;
import org.kalamdb.storage.file.FileFaults;

/**
 * Where queries write what has no place in memory. The folder is made when the first file is, and gone when the database is
 * closed. Safe for use by several threads.
 */
public final class SpillFolder implements AutoCloseable {
    private static final String NAME = "spill";

    private final @Nullable Path home;
    private final FileAccess access;
    private final LongAdder spilledBytes = new LongAdder();
    private final LongAdder spilledFiles = new LongAdder();
    private final ReentrantLock lock = new ReentrantLock();
    /** Those there are. Guarded by the lock, as all that follows. */
    private final Set<Path> files = new HashSet<>();

    private @Nullable Path folder;
    private long lastNumber;

    private SpillFolder(@Nullable Path home, FileAccess access) {
        this.home = home;
        this.access = access;
    }

    /** A folder below that of a database. */
    public static SpillFolder in(Path database, FileAccess access) {
        return new SpillFolder(database, access);
    }

    /** A folder of its own among the temporary ones of the system. */
    public static SpillFolder temporary(FileAccess access) {
        return new SpillFolder(null, access);
    }

    /** Removes what a crash has left; to be called before the first file is made, by a process that alone has the database. */
    public void removeLeft() {
        Path left = home == null ? null : home.resolve(NAME);
        if (left == null || !Files.isDirectory(left)) {
            return;
        }
        try (Stream<Path> leftFiles = Files.list(left)) {
            for (Path file : leftFiles.toList()) {
                access.delete(file);
            }
            access.delete(left);
        } catch (IOException e) {
            throw FileFaults.failed("remove files that a query has left in " + left, e);
        }
    }

    /** Bytes that queries have written since the database was opened. */
    public long spilledBytes() {
        return spilledBytes.sum();
    }

    /** Files that queries have written since the database was opened. */
    public long spilledFiles() {
        return spilledFiles.sum();
    }

    /** Number of files there are. */
    public int fileCount() {
        lock.lock();
        try {
            return files.size();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Makes an empty file, to be closed by who asks.
     *
     * @throws org.kalamdb.error.KalamException IO_ERROR, DISK_FULL
     */
    public SpillFile newFile() {
        return newFile(null);
    }

    /** @param meter counts what is written to the file; null if nobody wants to know */
    SpillFile newFile(@Nullable ResourceMeter meter) {
        lock.lock();
        try {
            Path path = requireFolder().resolve(++lastNumber + ".rows");
            SpillFile file = SpillFile.create(path, this, access, meter);
            files.add(path);
            spilledFiles.increment();
            return file;
        } finally {
            lock.unlock();
        }
    }

    private Path requireFolder() {
        Path known = folder;
        if (known == null) {
            known = home == null ? newTemporary() : newBelow(home);
            folder = known;
        }
        return known;
    }

    private Path newBelow(Path database) {
        Path made = database.resolve(NAME);
        try {
            access.createFolders(made);
            return made;
        } catch (IOException e) {
            throw FileFaults.failed("make a folder for rows that have no place in memory", e);
        }
    }

    private static Path newTemporary() {
        try {
            return Files.createTempDirectory("kalamdb-spill");
        } catch (IOException e) {
            throw FileFaults.failed(
                    "make a folder for rows that have no place in memory in the one that the system property java.io.tmpdir"
                            + " names",
                    e);
        }
    }

    void written(long bytes) {
        spilledBytes.add(bytes);
    }

    void delete(Path file) {
        lock.lock();
        try {
            access.delete(file);
            files.remove(file);
        } catch (IOException e) {
            throw FileFaults.failed("remove temporary file " + file, e);
        } finally {
            lock.unlock();
        }
    }

    /** Removes the folder and all that is in it. */
    @Override
    public void close() {
        lock.lock();
        try {
            Path known = folder;
            if (known != null) {
                for (Path file : List.copyOf(files)) {
                    delete(file);
                }
                access.delete(known);
                folder = null;
            }
        } catch (IOException e) {
            throw FileFaults.failed("remove temporary folder " + folder, e);
        } finally {
            lock.unlock();
        }
    }
}
