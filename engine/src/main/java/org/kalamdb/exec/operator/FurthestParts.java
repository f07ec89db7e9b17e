// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.filter.Extremes;
import org.kalamdb.storage.BatchCursor;
import org.kalamdb.storage.ValueRange;

/** Which parts of a scan have the least and the greatest value of a column, as far as their bounds tell. */
final class FurthestParts {
    private FurthestParts() {}

    /** The same parts, but those that may have what is looked for stand in front. */
    static List<BatchCursor> first(List<BatchCursor> parts, int column, Extremes sought) {
        BatchCursor withLeast = null;
        BatchCursor withGreatest = null;
        long least = Long.MAX_VALUE;
        long greatest = Long.MIN_VALUE;
        for (BatchCursor part : parts) {
            ValueRange range = part.wholeRange(column);
            if (range != null && range.least() < least) {
                least = range.least();
                withLeast = part;
            }
            if (range != null && range.greatest() > greatest) {
                greatest = range.greatest();
                withGreatest = part;
            }
        }
        List<BatchCursor> arranged = new ArrayList<>(parts);
        if (sought.includeLeast()) {
            moveToFront(arranged, withLeast);
        }
        if (sought.includeGreatest()) {
            moveToFront(arranged, withGreatest);
        }
        return arranged;
    }

    private static void moveToFront(List<BatchCursor> parts, @Nullable BatchCursor part) {
        if (part != null) {
            parts.remove(part);
            parts.add(0, part);
        }
    }
}
