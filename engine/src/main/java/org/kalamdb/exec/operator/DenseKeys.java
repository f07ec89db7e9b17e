// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.kernel.Lane;
import org.kalamdb.exec.kernel.LongLane;
import org.kalamdb.exec.kernel.Run;

/**
 * The numbers of keys that are whole numbers and lie close together, by key: an array takes less time than a hash table does.
 * Immutable.
 */
final class DenseKeys {
    /** How many places of the array there may be for a key. */
    private static final int MAX_PLACES_PER_KEY = 8;

    private static final int KEYS_PER_CHECK = 1 << 16;

    private final long least;
    /** The number of a key plus 1, or 0. */
    private final int[] numbers;

    private DenseKeys(long least, int[] numbers) {
        this.least = least;
        this.numbers = numbers;
    }

    /** How many bytes the array of some keys has, or 0 if there should be none. */
    static long bytes(KeyTable table) {
        long places = places(table);
        return places * Integer.BYTES;
    }

    /** @return null if the keys are others */
    static @Nullable DenseKeys of(KeyTable table, Run run) {
        int places = (int) places(table);
        if (places == 0) {
            return null;
        }
        long[] keys = ((LongLane) table.key(0)).values();
        long least = least(keys, table.size());
        int[] numbers = new int[places];
        for (int i = 0; i < table.size(); i++) {
            if (i % KEYS_PER_CHECK == 0) {
                run.checkCancelled();
            }
            numbers[(int) (keys[i] - least)] = i + 1;
        }
        return new DenseKeys(least, numbers);
    }

    private static long places(KeyTable table) {
        int size = table.size();
        if (size == 0 || table.columnCount() != 1 || !(table.key(0) instanceof LongLane lane) || hasNull(lane, size)) {
            return 0;
        }
        long least = least(lane.values(), size);
        long greatest = least;
        for (int i = 0; i < size; i++) {
            greatest = Math.max(greatest, lane.values()[i]);
        }
        long range = greatest - least;
        boolean dense = range >= 0 && range < (long) MAX_PLACES_PER_KEY * size && range < Integer.MAX_VALUE - 8;
        return dense ? range + 1 : 0;
    }

    private static boolean hasNull(Lane lane, int size) {
        boolean found = false;
        for (int i = 0; i < size; i++) {
            found |= lane.isNull(i);
        }
        return found;
    }

    private static long least(long[] keys, int size) {
        long least = keys[0];
        for (int i = 0; i < size; i++) {
            least = Math.min(least, keys[i]);
        }
        return least;
    }

    /** Looks the keys of rows up: {@code found[i]} becomes the number of that of {@code rows[i]}, or -1. */
    void find(LongLane lane, int[] rows, int count, int[] found) {
        long[] values = lane.values();
        boolean[] nulls = lane.nulls();
        for (int i = 0; i < count; i++) {
            long place = values[rows[i]] - least;
            found[i] = place >= 0 && place < numbers.length ? numbers[(int) place] - 1 : -1;
        }
        for (int i = 0; nulls != null && i < count; i++) {
            found[i] = nulls[rows[i]] ? -1 : found[i];
        }
    }
}
