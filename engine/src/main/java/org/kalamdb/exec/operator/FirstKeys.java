// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.kalamdb.exec.kernel.Lane;

/**
 * Tells rows that may be among the first from those that come too late, by the prefixes of their first key: it holds the least
 * of those seen, as many as rows are wanted. Confined to one thread at a time; several that share a bound help each other.
 */
final class FirstKeys {
    private final List<SortKey> keys;
    private final AtomicLong bound;
    /** A heap whose first element is the greatest. */
    private final long[] least;

    private int size;
    private int[] selected = {};

    /**
     * @param limit how many rows are wanted, at least 1
     * @param bound above it nothing is wanted; lowered as rows are seen
     */
    FirstKeys(List<SortKey> keys, int limit, AtomicLong bound) {
        this.keys = keys;
        this.bound = bound;
        this.least = new long[limit];
    }

    /** The rows found last. */
    int[] selected() {
        return selected;
    }

    /** Finds the rows that may be among the first. @param lane of the first key @return how many they are */
    int select(Lane lane, int[] rows, int count) {
        if (selected.length < count) {
            selected = new int[rows.length];
        }
        SortKey key = keys.get(0);
        // Doubles that have the same prefix are equal, and of equal rows those that came first stay.
        boolean tiesAreLate = keys.size() == 1 && lane.type().isDouble();
        long others = bound.get();
        int found = 0;
        for (int i = 0; i < count; i++) {
            long prefix = RowSorter.prefix(key, lane, rows[i]);
            if (prefix <= others && isAmongFirst(prefix, tiesAreLate)) {
                selected[found++] = rows[i];
            }
        }
        if (size == least.length && least[0] < others) {
            bound.accumulateAndGet(least[0], Math::min);
        }
        return found;
    }

    private boolean isAmongFirst(long prefix, boolean tiesAreLate) {
        if (size < least.length) {
            push(prefix);
            return true;
        }
        if (prefix < least[0]) {
            replaceGreatest(prefix);
            return true;
        }
        return prefix == least[0] && !tiesAreLate;
    }

    private void push(long prefix) {
        int at = size++;
        while (at > 0 && least[(at - 1) / 2] < prefix) {
            least[at] = least[(at - 1) / 2];
            at = (at - 1) / 2;
        }
        least[at] = prefix;
    }

    private void replaceGreatest(long prefix) {
        int at = 0;
        for (int child = 1; child < size; child = 2 * at + 1) {
            if (child + 1 < size && least[child + 1] > least[child]) {
                child++;
            }
            if (least[child] <= prefix) {
                break;
            }
            least[at] = least[child];
            at = child;
        }
        least[at] = prefix;
    }
}
