// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

import org.kalamdb.function.Numbers;

/** The loops of {@link Comparer}. */
final class Comparers {
    private Comparers() {}

    static int ofLongs(Comparison comparison, Lane left, Lane right, int[] rows, int count, int[] selected) {
        return ofLongs(comparison, ((LongLane) left).values(), ((LongLane) right).values(), rows, count, selected);
    }

    private static int ofLongs(
            Comparison comparison, long[] left, long[] right, int[] rows, int count, int[] selected) {
        int found = 0;
        switch (comparison) {
            case EQUAL -> {
                for (int i = 0; i < count; i++) {
                    int row = rows[i];
                    selected[found] = row;
                    found += left[row] == right[row] ? 1 : 0;
                }
            }
            case NOT_EQUAL -> {
                for (int i = 0; i < count; i++) {
                    int row = rows[i];
                    selected[found] = row;
                    found += left[row] != right[row] ? 1 : 0;
                }
            }
            case LESS -> {
                for (int i = 0; i < count; i++) {
                    int row = rows[i];
                    selected[found] = row;
                    found += left[row] < right[row] ? 1 : 0;
                }
            }
            case LESS_OR_EQUAL -> {
                for (int i = 0; i < count; i++) {
                    int row = rows[i];
                    selected[found] = row;
                    found += left[row] <= right[row] ? 1 : 0;
                }
            }
        }
        return found;
    }

    static int ofDoubles(Comparison comparison, Lane left, Lane right, int[] rows, int count, int[] selected) {
        double[] a = ((DoubleLane) left).values();
        double[] b = ((DoubleLane) right).values();
        int found = 0;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            selected[found] = row;
            found += comparison.holds(Numbers.compare(a[row], b[row])) ? 1 : 0;
        }
        return found;
    }

    static int ofDecimals(Comparison comparison, Lane left, Lane right, int[] rows, int count, int[] selected) {
        DecimalLane a = (DecimalLane) left;
        DecimalLane b = (DecimalLane) right;
        return !a.isWide() && !b.isWide() && a.scale() == b.scale()
                ? ofLongs(comparison, a.unscaled(), b.unscaled(), rows, count, selected)
                : ofAny(comparison, left, right, rows, count, selected);
    }

    static int ofAny(Comparison comparison, Lane left, Lane right, int[] rows, int count, int[] selected) {
        int found = 0;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            boolean holds = switch (comparison) {
                case EQUAL -> left.sameValue(row, right, row);
                case NOT_EQUAL -> !left.sameValue(row, right, row);
                case LESS, LESS_OR_EQUAL -> comparison.holds(left.compare(row, right, row));
            };
            selected[found] = row;
            found += holds ? 1 : 0;
        }
        return found;
    }
}
