// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.List;
import org.kalamdb.exec.kernel.Lane;
import org.kalamdb.exec.kernel.Run;

/**
 * Puts row numbers into the order of their rows, equal rows as they came. The first key is compared by a number that tells
 * most values apart, kept beside the row. Confined to one thread.
 */
final class RowSorter {
    /** Bytes of the heap that sorting takes for each row beside what the row itself holds. */
    static final int BYTES_PER_ROW = Long.BYTES + 2 * Integer.BYTES;

    private static final int ROWS_PER_CHECK = 1 << 14;

    private final List<SortKey> keys;
    private final RowStore rows;
    private final Run run;
    private final long[] prefixes;

    RowSorter(List<SortKey> keys, RowStore rows, Run run) {
        this.keys = keys;
        this.run = run;
        this.rows = rows;
        this.prefixes = new long[rows.size()];
        SortKey first = keys.get(0);
        Lane lane = rows.lane(first.column());
        for (int row = 0; row < prefixes.length; row++) {
            if ((row & ROWS_PER_CHECK - 1) == 0) {
                run.checkCancelled();
            }
            prefixes[row] = prefix(first, lane, row);
        }
    }

    /** The order of two rows by the first key as far as it tells: if the prefix is less, the row comes first. */
    static long prefix(SortKey key, Lane lane, int row) {
        if (lane.isNull(row)) {
            return key.nullsFirst() ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        return key.descending() ? ~lane.orderPrefix(row) : lane.orderPrefix(row);
    }

    /** All rows in order. */
    int[] sorted() {
        int[] order = new int[prefixes.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        sort(order.clone(), order, 0, order.length);
        return order;
    }

    /** Merges the sorted halves of {@code from} into {@code to}; both hold the same rows before. */
    private void sort(int[] from, int[] to, int start, int end) {
        if (end - start < 2) {
            return;
        }
        int middle = (start + end) >>> 1;
        sort(to, from, start, middle);
        sort(to, from, middle, end);
        int left = start;
        int right = middle;
        for (int i = start; i < end; i++) {
            if ((i & ROWS_PER_CHECK - 1) == 0) {
                run.checkCancelled();
            }
            boolean takesLeft = right >= end || left < middle && compare(from[left], from[right]) <= 0;
            to[i] = takesLeft ? from[left++] : from[right++];
        }
    }

    private int compare(int a, int b) {
        return prefixes[a] != prefixes[b] ? Long.compare(prefixes[a], prefixes[b]) : compareKeys(a, b);
    }

    private int compareKeys(int a, int b) {
        for (SortKey key : keys) {
            Lane lane = rows.lane(key.column());
            int order = compare(key, lane, a, lane, b);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /** The order of two rows by one key. */
    static int compare(SortKey key, Lane left, int a, Lane right, int b) {
        boolean leftNull = left.isNull(a);
        boolean rightNull = right.isNull(b);
        if (leftNull || rightNull) {
            int order = Boolean.compare(leftNull, rightNull);
            return key.nullsFirst() ? -order : order;
        }
        return key.descending() ? right.compare(b, left, a) : left.compare(a, right, b);
    }
}
