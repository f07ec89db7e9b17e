// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

/** The ranges of whole numbers. */
final class LongRanges {
    private LongRanges() {}

    /** Whether all rows are in the range of the type. */
    static boolean fit(LaneType type, long[] values, int[] rows, int count) {
        return switch (type) {
            case SMALLINT -> fit(Short.MIN_VALUE, Short.MAX_VALUE, values, rows, count);
            case INT -> fit(Integer.MIN_VALUE, Integer.MAX_VALUE, values, rows, count);
            default -> true;
        };
    }

    private static boolean fit(long least, long greatest, long[] values, int[] rows, int count) {
        boolean fit = true;
        for (int i = 0; i < count; i++) {
            long value = values[rows[i]];
            fit &= value >= least && value <= greatest;
        }
        return fit;
    }

    /** The error of Java's exact arithmetic, which is translated where statements end. */
    static ArithmeticException overflow(LaneType type) {
        return new ArithmeticException(
                switch (type) {
                    case SMALLINT -> "smallint overflow";
                    case INT -> "integer overflow";
                    default -> "long overflow";
                });
    }
}
