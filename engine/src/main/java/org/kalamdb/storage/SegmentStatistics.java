// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import java.util.concurrent.atomic.LongAdder;

/** How many segments scans have read since the database was opened. Safe for use by several threads. */
public final class SegmentStatistics {
    private final LongAdder read = new LongAdder();
    private final LongAdder skipped = new LongAdder();
    private final LongAdder pagesRead = new LongAdder();
    private final LongAdder pagesSkipped = new LongAdder();

    SegmentStatistics() {}

    void scanned(int readSegments, int skippedSegments) {
        read.add(readSegments);
        skipped.add(skippedSegments);
    }

    void scannedPage(boolean read) {
        (read ? pagesRead : pagesSkipped).increment();
    }

    /** Pages whose rows scans have looked at. */
    public long pagesRead() {
        return pagesRead.sum();
    }

    /** Pages of segments read that scans have left out because their values cannot be wanted. */
    public long pagesSkipped() {
        return pagesSkipped.sum();
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
