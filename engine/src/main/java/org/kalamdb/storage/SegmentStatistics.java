// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import java.util.concurrent.atomic.LongAdder;

/** How many segments scans have read since the database was opened. Safe for use by several threads. */
public final class SegmentStatistics {
    private final LongAdder read = new LongAdder();
    private final LongAdder skipped = new LongAdder();

    SegmentStatistics() {}

    void scanned(int readSegments, int skippedSegments) {
        read.add(readSegments);
        skipped.add(skippedSegments);
    }

    /** Segments that scans have opened; one that two scans have opened counts twice. */
    public long read() {
        return read.sum();
    }

    /** Segments that scans have left out because their keys or values cannot be wanted, likewise. */
    public long skipped() {
        return skipped.sum();
    }
}
