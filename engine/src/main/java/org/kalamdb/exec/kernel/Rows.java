// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

/** Arrays of row numbers. */
public final class Rows {
    /** Rows that a batch should have at most. */
    public static final int BATCH_SIZE = 2048;

    private static volatile int[] ascending = upTo(BATCH_SIZE);

    private Rows() {}

    /** 0, 1, 2 and so on, {@code count} numbers at least; read only. */
    public static int[] all(int count) {
        int[] numbers = ascending;
        if (numbers.length < count) {
            numbers = upTo(Math.max(count, 2 * numbers.length));
            ascending = numbers;
        }
        return numbers;
    }

    private static int[] upTo(int count) {
        int[] numbers = new int[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = i;
        }
        return numbers;
    }
}
