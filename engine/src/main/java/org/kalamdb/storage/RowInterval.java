// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import org.kalamdb.storage.cold.Segment;
import org.kalamdb.storage.row.KeySpan;

/**
 * Some consecutive rows of a segment. Immutable.
 *
 * @param from the first of them, counted in the segment
 * @param to the row behind the last of them
 */
record RowInterval(int from, int to) {
    /** All rows whose keys lie in a span. */
    static RowInterval of(Segment segment, SegmentKeys keys, KeySpan span) {
        return new RowInterval(
                SegmentKeys.beginsIn(segment, span) ? 0 : keys.lowerBound(span.lower()),
                SegmentKeys.endsIn(segment, span)
                        ? segment.entry().summary().rowCount()
                        : keys.lowerBound(span.upper()));
    }

    boolean isEmpty() {
        return from >= to;
    }
}
