// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.storage.cold.Segment;
import org.kalamdb.storage.cold.SegmentEntry;

/** What is known on the heap of the segments of one table. Safe for use by several threads. */
final class ColdTable {
    private final long objectId;
    private final ConcurrentHashMap<Long, Segment> segments = new ConcurrentHashMap<>();
    private final ReentrantLock maintenance = new ReentrantLock();
    private volatile boolean used;
    private volatile ColdView latest = ColdView.EMPTY;
    private volatile @Nullable ManifestStatistics statistics;

    ColdTable(long objectId, boolean used) {
        this.objectId = objectId;
        this.used = used;
    }

    long objectId() {
        return objectId;
    }

    /** Held by whoever changes the set of segments. */
    ReentrantLock maintenance() {
        return maintenance;
    }

    boolean isUsed() {
        return used;
    }

    /** Says, before it is true, that there are segments. */
    void use() {
        used = true;
    }

    ColdView latest() {
        return latest;
    }

    /** What the manifest says of the columns. */
    ManifestStatistics statistics(TableDefinition table, ColdView view) {
        ManifestStatistics known = statistics;
        if (known == null || known.viewVersion() != view.version() || known.schemaVersion() != table.schemaVersion()) {
            known = ManifestStatistics.of(table, view);
            statistics = known;
        }
        return known;
    }

    /** The one object that stands for a segment. */
    Segment segment(SegmentEntry entry, ColdTier tier) {
        return segments.computeIfAbsent(entry.segmentId(), id -> tier.newSegment(entry));
    }

    synchronized ColdView remember(ColdView view) {
        if (view.version() > latest.version()) {
            latest = view;
        }
        return view;
    }

    void forget(Segment segment) {
        segments.remove(segment.entry().segmentId());
    }

    void close() {
        segments.values().forEach(Segment::close);
    }
}
