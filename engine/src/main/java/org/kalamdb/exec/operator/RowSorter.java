// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.List;
import org.kalamdb.exec.kernel.Lane;
import org.kalamdb.exec.kernel.Run;

/**
 * Puts row numbers into the order of their rows, equal rows as they came. Rows are sorted by their {@link SortPrefixes}, many of
 * them digit by digit; those whose prefixes are the same are then compared by the keys that these do not tell. Confined to one
 * thread.
 */
final class RowSorter {
    /** Bytes of the heap that sorting takes for each row beside what the row itself holds. */
    static final int BYTES_PER_ROW = 2 * Long.BYTES + 3 * Integer.BYTES;

    private static final int ROWS_PER_CHECK = 1 << 14;

    /** Fewer are merged: counting digits has a price that does not depend on the number of rows. */
    private static final int MIN_ROWS_BY_DIGIT = 1 << 11;

    private static final int DIGIT_BITS = 11;
    private static final int DIGITS = 1 << DIGIT_BITS;

    private final List<SortKey> keys;
    private final RowStore rows;
    private final Run run;
    private final SortPrefixes prefixes;

    RowSorter(List<SortKey> keys, RowStore rows, Run run) {
        this.keys = keys;
        this.run = run;
        this.rows = rows;
        this.prefixes = SortPrefixes.of(keys, rows, run);
    }

    /** The order of two rows by the first key as far as it tells: if the prefix is less, the row comes first. */
    static long prefix(SortKey key, Lane lane, int row) {
        if (lane.isNull(row)) {
            return key.nullsFirst() ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        return key.descending() ? ~lane.orderPrefix(row) : lane.orderPrefix(row);
    }

    /** All rows in order; to be called once. */
    int[] sorted() {
        int[] order = new int[rows.size()];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        if (order.length < MIN_ROWS_BY_DIGIT) {
            long[] values = prefixes.values();
            merge(order.clone(), order, 0, order.length, (a, b) -> {
                int byPrefix = Long.compareUnsigned(values[a], values[b]);
                return byPrefix != 0 ? byPrefix : compareUndecided(a, b);
            });
            return order;
        }
        int[] byPrefix = isInOrder() ? order : sortByDigits(order);
        if (prefixes.decidedKeys() < keys.size()) {
            sortTies(byPrefix);
        }
        return byPrefix;
    }

    /** The order of two rows. */
    @FunctionalInterface
    private interface RowOrder {
        int compare(int a, int b);
    }

    private boolean isInOrder() {
        long[] values = prefixes.values();
        for (int row = 1; row < values.length; row++) {
            if (Long.compareUnsigned(values[row - 1], values[row]) > 0) {
                return false;
            }
        }
        return true;
    }

    /** Sorts by one digit of the prefixes after the other, the lowest first. The prefixes of rows become those of places. */
    private int[] sortByDigits(int[] order) {
        long[] values = prefixes.values();
        long[] otherValues = new long[values.length];
        int[] rowNumbers = order;
        int[] otherRows = new int[order.length];
        for (int shift = 0; shift < prefixes.usedBits(); shift += DIGIT_BITS) {
            int[] places = places(values, shift);
            if (places.length == 0) {
                continue;
            }
            for (int start = 0; start < values.length; start += ROWS_PER_CHECK) {
                run.checkCancelled();
                int end = Math.min(values.length, start + ROWS_PER_CHECK);
                for (int i = start; i < end; i++) {
                    long value = values[i];
                    int place = places[(int) (value >>> shift) & DIGITS - 1]++;
                    otherValues[place] = value;
                    otherRows[place] = rowNumbers[i];
                }
            }
            long[] sortedValues = otherValues;
            otherValues = values;
            values = sortedValues;
            int[] sortedRows = otherRows;
            otherRows = rowNumbers;
            rowNumbers = sortedRows;
        }
        if (values != prefixes.values()) {
            System.arraycopy(values, 0, prefixes.values(), 0, values.length);
        }
        return rowNumbers;
    }

    /** Where the rows of each digit begin; nothing if all have the same. */
    private static int[] places(long[] values, int shift) {
        int[] counts = new int[DIGITS];
        for (long value : values) {
            counts[(int) (value >>> shift) & DIGITS - 1]++;
        }
        if (counts[(int) (values[0] >>> shift) & DIGITS - 1] == values.length) {
            return new int[0];
        }
        int sum = 0;
        for (int digit = 0; digit < DIGITS; digit++) {
            int count = counts[digit];
            counts[digit] = sum;
            sum += count;
        }
        return counts;
    }

    /** Sorts the rows of each prefix, which are as they came. The prefixes are those of places. */
    private void sortTies(int[] order) {
        long[] values = prefixes.values();
        int[] copy = order.clone();
        int start = 0;
        for (int end = 1; end <= order.length; end++) {
            if (end == order.length || values[end] != values[start]) {
                if (end - start > 1) {
                    merge(copy, order, start, end, this::compareUndecided);
                }
                start = end;
            }
        }
    }

    /** Merges the sorted halves of {@code from} into {@code to}; both hold the same rows before. */
    private void merge(int[] from, int[] to, int start, int end, RowOrder rowOrder) {
        if (end - start < 2) {
            return;
        }
        int middle = (start + end) >>> 1;
        merge(to, from, start, middle, rowOrder);
        merge(to, from, middle, end, rowOrder);
        int left = start;
        int right = middle;
        for (int i = start; i < end; i++) {
            if ((i & ROWS_PER_CHECK - 1) == 0) {
                run.checkCancelled();
            }
            boolean takesLeft = right >= end || left < middle && rowOrder.compare(from[left], from[right]) <= 0;
            to[i] = takesLeft ? from[left++] : from[right++];
        }
    }

    private int compareUndecided(int a, int b) {
        for (int k = prefixes.decidedKeys(); k < keys.size(); k++) {
            SortKey key = keys.get(k);
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
