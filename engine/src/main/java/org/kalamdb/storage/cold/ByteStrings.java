// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.cold;

/** Byte strings that lie in one array. Immutable as long as nobody changes the arrays. */
final class ByteStrings {
    private final byte[] data;
    private final int[] starts;
    private final int[] lengths;

    ByteStrings(byte[] data, int[] starts, int[] lengths) {
        this.data = data;
        this.starts = starts;
        this.lengths = lengths;
    }

    byte[] data() {
        return data;
    }

    int start(int index) {
        return starts[index];
    }

    int length(int index) {
        return lengths[index];
    }

    int sizeInBytes() {
        return data.length + 2 * starts.length * Integer.BYTES;
    }

    /** Those at some indexes, in this order, in the same array. */
    ByteStrings at(int[] indexes) {
        int[] newStarts = new int[indexes.length];
        int[] newLengths = new int[indexes.length];
        for (int i = 0; i < indexes.length; i++) {
            newStarts[i] = starts[indexes[i]];
            newLengths[i] = lengths[indexes[i]];
        }
        return new ByteStrings(data, newStarts, newLengths);
    }
}
