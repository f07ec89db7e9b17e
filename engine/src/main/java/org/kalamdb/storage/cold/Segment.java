// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.cold;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.kalamdb.storage.file.FileAccess;

/**
 * A segment that the manifest names, or named for a snapshot that is still read. Its file is opened at the first need.
 * Safe for use by several threads.
 */
public final class Segment {
    private final SegmentEntry entry;
    private final Path path;
    private final FileAccess files;
    private final PageDecompressor decompressor;
    private final ReentrantLock lock = new ReentrantLock();
    /** Changed under the lock. */
    private volatile @Nullable SegmentFile file;

    private int pins;

    /**
     * @param folder the folder of the cold tier
     * @param files where files are
     * @param decompressor of its pages; not closed with it
     */
    public Segment(SegmentEntry entry, Path folder, FileAccess files, PageDecompressor decompressor) {
        this.files = requireNonNull(files, "files is null");
        this.decompressor = requireNonNull(decompressor, "decompressor is null");
        this.entry = requireNonNull(entry, "entry is null");
        this.path = folder.resolve(entry.file());
    }

    /** What the manifest says of it. */
    public SegmentEntry entry() {
        return entry;
    }

    /** Where its file is. */
    public Path path() {
        return path;
    }

    /** Its file, open. @throws org.kalamdb.error.KalamException DATA_CORRUPTED if it is not what was written */
    public SegmentFile file() {
        SegmentFile open = file;
        if (open != null) {
            return open;
        }
        lock.lock();
        try {
            open = file;
            if (open == null) {
                open = SegmentFile.open(files, path, entry.columns(), entry.summary(), decompressor);
                file = open;
            }
            return open;
        } finally {
            lock.unlock();
        }
    }

    /** Keeps the file until {@link #unpin}. */
    public void pin() {
        lock.lock();
        try {
            pins++;
        } finally {
            lock.unlock();
        }
    }

    /** Takes back one {@link #pin}. */
    public void unpin() {
        lock.lock();
        try {
            pins--;
        } finally {
            lock.unlock();
        }
    }

    /** Whether somebody reads it without a snapshot to protect it. */
    public boolean isPinned() {
        lock.lock();
        try {
            return pins > 0;
        } finally {
            lock.unlock();
        }
    }

    /** Closes the file; it is opened again if it is needed again. */
    public void close() {
        lock.lock();
        try {
            SegmentFile open = file;
            file = null;
            if (open != null) {
                open.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
