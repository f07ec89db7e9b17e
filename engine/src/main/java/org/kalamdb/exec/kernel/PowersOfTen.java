// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

/** Powers of ten that fit 64 bits. */
final class PowersOfTen {
    /** The greatest exponent; every number of so many digits fits 64 bits. */
    static final int MAX_DIGITS = 18;

    private static final long[] POWERS = new long[MAX_DIGITS + 1];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    private PowersOfTen() {}

    /** @param exponent 0 to {@value #MAX_DIGITS} */
    static long of(int exponent) {
        return POWERS[exponent];
    }
}
