// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.cold;

/**
 * Arrays between the bytes of a page and its values, which one page after the other uses, so that none of them has to be
 * allocated and cleared for each. Confined to one thread.
 */
final class PageBuffers {
    private byte[] plain = {};
    private long[] numbers = {};
    private long[] spreadNumbers = {};
    private int[] codes = {};

    /** For the bytes of a page, of at least some length. */
    byte[] plain(int length) {
        if (plain.length < length) {
            plain = new byte[length];
        }
        return plain;
    }

    /** For numbers that are not NULL. */
    long[] numbers(int count) {
        if (numbers.length < count) {
            numbers = new long[count];
        }
        return numbers;
    }

    /** For numbers with places for those that are NULL. */
    long[] spreadNumbers(int count) {
        if (spreadNumbers.length < count) {
            spreadNumbers = new long[count];
        }
        return spreadNumbers;
    }

    /** For places in a dictionary. */
    int[] codes(int count) {
        if (codes.length < count) {
            codes = new int[count];
        }
        return codes;
    }
}
