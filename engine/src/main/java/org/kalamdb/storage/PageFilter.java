// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import org.kalamdb.storage.cold.Segment;

/** Which pages one scan reads, and how many it leaves out. Safe for use by several threads. */
final class PageFilter {
    /** Leaves out nothing and counts for nobody. */
    static final PageFilter NONE = new PageFilter(SegmentFilter.NONE, new SegmentStatistics());

    private final SegmentFilter filter;
    private final SegmentStatistics statistics;

    PageFilter(SegmentFilter filter, SegmentStatistics statistics) {
        this.filter = filter;
        this.statistics = statistics;
    }

    /** False if a page surely has no row that is wanted. Counts it. */
    boolean mayMatch(Segment segment, int page) {
        boolean answer = filter.mayMatch(segment, page);
        statistics.scannedPage(answer);
        return answer;
    }
}
