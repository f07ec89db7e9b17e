// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.kalamdb.error.KalamException;
import org.kalamdb.storage.cold.Segment;
import org.kalamdb.storage.file.FileAccess;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Segments whose files wait for the end of their last readers. Safe for use by several threads. */
final class RetiredSegments {
    private static final Logger LOGGER = LoggerFactory.getLogger(RetiredSegments.class);

    private final RocksStorage storage;
    private final FileAccess files;
    private final ReentrantLock lock = new ReentrantLock();
    /** Guarded by the lock. */
    private final List<Entry> entries = new ArrayList<>();

    RetiredSegments(RocksStorage storage, FileAccess files) {
        this.storage = storage;
        this.files = files;
    }

    /**
     * @param firstSafeSnapshot snapshots from this number on do not see the segment
     * @param lastWrite readers in other processes that see this write do not see the segment
     */
    private record Entry(Segment segment, long firstSafeSnapshot, long lastWrite) {}

    /** Called when the batch that takes the segments from the manifest is applied. */
    void add(List<Segment> segments) {
        long next = storage.nextSnapshotNumber();
        long lastWrite = storage.lastSequence();
        lock.lock();
        try {
            segments.forEach(segment -> entries.add(new Entry(segment, next, lastWrite)));
        } finally {
            lock.unlock();
        }
    }

    List<Segment> waiting() {
        lock.lock();
        try {
            return entries.stream().map(Entry::segment).toList();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Deletes the files that nobody can read any more and answers whose they were. A file that cannot be deleted is tried
     * again the next time.
     */
    List<Segment> remove() {
        List<Segment> removed = new ArrayList<>();
        lock.lock();
        try {
            if (entries.isEmpty()) {
                return removed;
            }
            // After a power failure the manifest must not name a file again that is gone.
            storage.syncLog();
            long oldest = storage.oldestSnapshotNumber();
            long firstNeeded = storage.firstNeededByReaders();
            for (Iterator<Entry> rest = entries.iterator(); rest.hasNext(); ) {
                Entry entry = rest.next();
                if (oldest >= entry.firstSafeSnapshot()
                        && firstNeeded >= entry.lastWrite()
                        && !entry.segment().isPinned()
                        && delete(entry.segment())) {
                    removed.add(entry.segment());
                    rest.remove();
                }
            }
            return removed;
        } finally {
            lock.unlock();
        }
    }

    private boolean delete(Segment segment) {
        try {
            segment.close();
            files.delete(segment.path());
            return true;
        } catch (IOException | KalamException e) {
            LOGGER.warn("Failed to remove unused segment {}; it is tried again", segment.path(), e);
            return false;
        }
    }
}
