// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.kalamdb.storage.cold.Segment;

/**
 * A scan in parts that do not depend on each other: some tens of thousands of rows of a segment each, or rows of the hot tier.
 * All show the rows as they were when the scan was opened, in no promised order. One thread at a time may read a part, and several threads
 * may read different parts at the same time. Must be closed, when nobody reads any more.
 */
public final class ScanParts implements AutoCloseable {
    private static final ScanParts NONE = new ScanParts(List.of(), List.of(), 0, 0);

    private final List<BatchCursor> parts;
    private final List<Segment> segments;
    private final long segmentRowCount;
    private final long hotRowCount;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * @param parts closed with this
     * @param segments pinned already; unpinned when this is closed
     * @param segmentRowCount how many rows of them are read, those included that do not count
     * @param hotRowCount how many rows of the hot tier there are, about, if they are in several parts
     */
    ScanParts(List<BatchCursor> parts, List<Segment> segments, long segmentRowCount, long hotRowCount) {
        this.parts = List.copyOf(parts);
        this.segments = List.copyOf(segments);
        this.segmentRowCount = segmentRowCount;
        this.hotRowCount = hotRowCount;
    }

    /** No rows at all. */
    public static ScanParts none() {
        return NONE;
    }

    /** A scan of one part. @param rows closed with it */
    public static ScanParts of(RowCursor rows) {
        return new ScanParts(List.of(new RowBatches(rows)), List.of(), 0, 0);
    }

    /** The parts; a thread may close one that it has read, others are closed with the scan. */
    public List<BatchCursor> parts() {
        return parts;
    }

    /** How many rows of segments there are at most; rows of the hot tier come besides. */
    public long segmentRowCount() {
        return segmentRowCount;
    }

    /** How many rows there are, as far as they are in parts that several threads may read; an estimate. */
    public long rowCount() {
        return segmentRowCount + hotRowCount;
    }

    /** Closes all parts. Idempotent. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            parts.forEach(BatchCursor::close);
            segments.forEach(Segment::unpin);
        }
    }
}
