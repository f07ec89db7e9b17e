// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.scan;

/** What ways to rows cost, in nanoseconds, as far as known. */
final class AccessCost {
    /** Of a row of a segment that is scanned: columns are decoded page by page. */
    static final double SCAN_OF_SEGMENT_ROW = 12;

    /** Of a row of the hot tier that is scanned: a cursor is asked for each. */
    static final double SCAN_OF_HOT_ROW = 300;

    /** To look for one key in the hot tier, on the safe side. */
    static final double HOT_LOOKUP = 20_000;

    /** To look for it in segments besides. */
    static final double SEGMENT_LOOKUP = 60_000;

    /** Of a row that an index has found. */
    static final double ROW_OF_INDEX = 2_400;

    private AccessCost() {}
}
