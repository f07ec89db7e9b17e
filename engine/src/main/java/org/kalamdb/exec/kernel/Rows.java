// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

/** Arrays of row numbers. */
public final class Rows {
    /** Rows that a batch should have at most. */
    public static final int BATCH_SIZE = 2048;

    private static volatile int[] ascending = range(0, BATCH_SIZE);

    private Rows() {}

    /** The numbers from one to before another, of the caller's own. */
    public static int[] range(int from, int to) {
        int[] numbers = new int[to - from];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = from + i;
        }
        return numbers;
    }

    /** 0, 1, 2 and so on, {@code count} numbers at least, which are kept: so many as batches have; read only. */
    public static int[] all(int count) {
        int[] numbers = ascending;
        if (numbers.length < count) {
            numbers = range(0, Math.max(count, 2 * numbers.length));
            ascending = numbers;
        }
        return numbers;
    }
}
