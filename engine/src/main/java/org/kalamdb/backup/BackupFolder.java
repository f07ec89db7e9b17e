// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.backup;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.storage.file.FileAccess;
import org.kalamdb.storage.file.FileFaults;
import org.kalamdb.storage.folder.FolderLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder that is filled beside the place where it is to be and moved there when it is complete, so that it is there as
 * a whole or not at all. Confined to one thread; must be closed, which removes what was not completed.
 *
 * <p>What a process leaves behind that dies meanwhile is removed by the next one that writes to the same place.
 */
final class BackupFolder implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(BackupFolder.class);
    private static final String SUFFIX = ".partial";
    private static final String LOCK = "kalamdb-backup.lock";
    private static final String CONTENT = "content";

    private final Path target;
    private final Path partial;
    private final Path content;
    private final FileAccess files;
    private @Nullable FolderLock lock;
    private boolean completed;

    private BackupFolder(Path target, FileAccess files) {
        this.target = target;
        this.files = files;
        this.partial = target.resolveSibling(target.getFileName() + SUFFIX);
        this.content = partial.resolve(CONTENT);
    }

    /**
     * Begins to fill a folder.
     *
     * @param target where it is to be; nothing or an empty folder is there
     * @throws KalamException INVALID_PARAMETER if something is there; DATABASE_IN_USE if another backup writes to the same
     *     place; IO_ERROR
     */
    static BackupFolder create(Path target, FileAccess files) {
        Path absolute = target.toAbsolutePath().normalize();
        if (absolute.getFileName() == null) {
            throw new KalamException(
                    ErrorCode.INVALID_PARAMETER, "Cannot back up to " + target + ": name a folder inside of it");
        }
        BackupFolder folder = new BackupFolder(absolute, files);
        boolean begun = false;
        try {
            folder.begin();
            begun = true;
            return folder;
        } catch (IOException e) {
            throw folder.failed(e);
        } finally {
            if (!begun) {
                folder.unlock();
            }
        }
    }

    private void begin() throws IOException {
        requireFree();
        files.createFolders(partial);
        lock = acquire();
        removeTree(content);
        files.createFolders(content);
    }

    private void requireFree() throws IOException {
        if (!Files.exists(target)) {
            return;
        }
        boolean isEmptyFolder = false;
        if (Files.isDirectory(target)) {
            try (Stream<Path> entries = Files.list(target)) {
                isEmptyFolder = entries.findAny().isEmpty();
            }
        }
        if (!isEmptyFolder) {
            throw new KalamException(
                    ErrorCode.INVALID_PARAMETER,
                    "Cannot back up to " + target + ": it exists and is not an empty folder; name a new one");
        }
    }

    private FolderLock acquire() {
        try {
            return FolderLock.acquire(partial, LOCK);
        } catch (KalamException e) {
            if (e.code() != ErrorCode.DATABASE_IN_USE) {
                throw e;
            }
            throw new KalamException(
                    ErrorCode.DATABASE_IN_USE,
                    "Cannot back up to " + target + ": another backup is being written there; wait for it",
                    e);
        }
    }

    /** The folder to fill, empty at first. */
    Path content() {
        return content;
    }

    /** Size of all files in it. */
    long sizeInBytes() {
        try (Stream<Path> tree = Files.walk(content)) {
            long total = 0;
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                total += Files.size(file);
            }
            return total;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Puts the folder where it is to be. @throws KalamException IO_ERROR */
    void complete() {
        try {
            requireFree();
            files.delete(target);
            files.move(content, target);
            completed = true;
            files.syncFolder(requireNonNull(target.getParent(), "The target has no parent"));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private KalamException failed(IOException e) {
        return FileFaults.failed("write backup " + target, e);
    }

    private void removeTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        List<Path> tree;
        try (Stream<Path> walk = Files.walk(root)) {
            tree = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : tree) {
            files.delete(path);
        }
    }

    private void unlock() {
        FolderLock held = lock;
        lock = null;
        if (held != null) {
            held.close();
        }
    }

    @Override
    public void close() {
        try {
            removeTree(content);
            unlock();
            removeTree(partial);
        } catch (IOException e) {
            if (!completed) {
                throw failed(e);
            }
            LOGGER.warn("Failed to remove {}, which is not needed any more", partial, e);
        } finally {
            unlock();
        }
    }
}
