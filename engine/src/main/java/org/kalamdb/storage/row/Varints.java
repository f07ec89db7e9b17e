// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.row;

/** Non-negative ints in one to five bytes, seven bits each, least significant first. */
public final class Varints {
    private Varints() {}

    public static int size(int value) {
        return value == 0 ? 1 : (38 - Integer.numberOfLeadingZeros(value)) / 7;
    }

    public static int get(byte[] source, int position) {
        int value = 0;
        int at = position;
        for (int shift = 0; ; shift += 7) {
            byte b = source[at++];
            value |= (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
    }

    /** Writes and returns the position after. */
    public static int put(byte[] target, int position, int value) {
        int at = position;
        int rest = value;
        while ((rest & ~0x7f) != 0) {
            target[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        target[at++] = (byte) rest;
        return at;
    }
}
