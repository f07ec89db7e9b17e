// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

import java.util.Arrays;

/**
 * Rows of a batch that comparisons have excluded, one long for each, negative if it is. Its loops have neither branches nor
 * row numbers, so that they take several rows at a time. Confined to one thread.
 */
final class ExclusionMask {
    private long[] marks = {};
    private int span;

    /** Begins with {@code newSpan} rows, none of them excluded. */
    void begin(int newSpan) {
        if (marks.length < newSpan) {
            marks = new long[newSpan];
        } else {
            Arrays.fill(marks, 0, newSpan, 0);
        }
        span = newSpan;
    }

    /** Whether no row is left. */
    boolean excludesAll() {
        int row = 0;
        while (row < span && marks[row] < 0) {
            row++;
        }
        return row == span;
    }

    /** Excludes the rows of which a comparison does not hold. */
    void exclude(Comparison comparison, long[] left, long[] right) {
        switch (comparison) {
            case EQUAL -> markDifferent(left, right, 0);
            case NOT_EQUAL -> markDifferent(left, right, -1);
            case LESS -> markLess(left, right, -1);
            case LESS_OR_EQUAL -> markLess(right, left, 0);
        }
    }

    /** As {@link #exclude(Comparison, long[], long[])}, with one number for all rows. */
    void exclude(Comparison comparison, long[] left, long right) {
        switch (comparison) {
            case EQUAL -> markDifferent(left, right, 0);
            case NOT_EQUAL -> markDifferent(left, right, -1);
            case LESS -> markLess(left, right, -1);
            case LESS_OR_EQUAL -> markLess(right, left, 0);
        }
    }

    /** As {@link #exclude(Comparison, long[], long[])}, with one number for all rows. */
    void exclude(Comparison comparison, long left, long[] right) {
        switch (comparison) {
            case EQUAL -> markDifferent(right, left, 0);
            case NOT_EQUAL -> markDifferent(right, left, -1);
            case LESS -> markLess(left, right, -1);
            case LESS_OR_EQUAL -> markLess(right, left, 0);
        }
    }

    /** @param inversion 0, or -1 to mark the others */
    private void markLess(long[] a, long[] b, long inversion) {
        long[] to = marks;
        for (int i = 0; i < span; i++) {
            to[i] |= less(a[i], b[i]) ^ inversion;
        }
    }

    private void markLess(long[] a, long b, long inversion) {
        long[] to = marks;
        for (int i = 0; i < span; i++) {
            to[i] |= less(a[i], b) ^ inversion;
        }
    }

    private void markLess(long a, long[] b, long inversion) {
        long[] to = marks;
        for (int i = 0; i < span; i++) {
            to[i] |= less(a, b[i]) ^ inversion;
        }
    }

    private void markDifferent(long[] a, long[] b, long inversion) {
        long[] to = marks;
        for (int i = 0; i < span; i++) {
            long difference = a[i] ^ b[i];
            to[i] |= (difference | -difference) ^ inversion;
        }
    }

    private void markDifferent(long[] a, long b, long inversion) {
        long[] to = marks;
        for (int i = 0; i < span; i++) {
            long difference = a[i] ^ b;
            to[i] |= (difference | -difference) ^ inversion;
        }
    }

    /**
     * Negative if {@code a < b}, else not; right also where the difference overflows (Warren, Hacker's Delight, 2nd edition,
     * section 2-12).
     */
    private static long less(long a, long b) {
        return (a & ~b) | (~(a ^ b) & (a - b));
    }

    /**
     * Writes those of some rows that are not excluded. The position to write to is computed and not branched to, which would take
     * several times as long where every other row is excluded.
     *
     * @return how many they are
     */
    int collect(int[] rows, int count, int[] selected) {
        return count == span ? collectOfAll(selected) : collectOf(rows, count, selected);
    }

    private int collectOfAll(int[] selected) {
        long[] from = marks;
        int found = 0;
        for (int row = 0; row < span; row++) {
            selected[found] = row;
            found += (int) (~from[row] >>> Long.SIZE - 1);
        }
        return found;
    }

    private int collectOf(int[] rows, int count, int[] selected) {
        long[] from = marks;
        int found = 0;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            selected[found] = row;
            found += (int) (~from[row] >>> Long.SIZE - 1);
        }
        return found;
    }
}
