// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.kalamdb.storage.cold.ColumnPage;
import org.kalamdb.storage.cold.Segment;

/** Pages that lookups by key have decoded, the least recently used of which go first. Safe for use by several threads. */
final class PageCache {
    private static final long MAX_BYTES = 16L << 20;

    private final ReentrantLock lock = new ReentrantLock();
    /** Guarded by the lock. */
    private final LinkedHashMap<Place, ColumnPage> pages = new LinkedHashMap<>(16, 0.75f, true);

    private long sizeInBytes;

    private record Place(long segmentId, int column, int page) {}

    /** A page of a segment, read if it is not here. */
    ColumnPage page(Segment segment, int column, int page) {
        Place place = new Place(segment.entry().segmentId(), column, page);
        lock.lock();
        try {
            ColumnPage known = pages.get(place);
            if (known != null) {
                return known;
            }
        } finally {
            lock.unlock();
        }
        ColumnPage read = segment.file().reader(column, page, page).page(page);
        lock.lock();
        try {
            if (pages.put(place, read) == null) {
                sizeInBytes += read.sizeInBytes();
                evict();
            }
        } finally {
            lock.unlock();
        }
        return read;
    }

    private void evict() {
        var eldest = pages.entrySet().iterator();
        while (sizeInBytes > MAX_BYTES && pages.size() > 1) {
            Map.Entry<Place, ColumnPage> page = eldest.next();
            sizeInBytes -= page.getValue().sizeInBytes();
            eldest.remove();
        }
    }
}
