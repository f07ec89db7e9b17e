// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.kernel.LongLane;
import org.kalamdb.exec.kernel.Run;

/**
 * The numbers of keys that are whole numbers and lie close together, by key: an array takes less time than a hash table does.
 * Confined to one thread.
 */
final class DirectKeys {
    /** How many places of the array there may be for a key. */
    private static final int MAX_PLACES_PER_KEY = 16;

    /** How many places there may be at once; beyond that they at most double. */
    private static final int FIRST_PLACES = 1 << 15;

    private static final int KEYS_PER_CHECK = 1 << 16;

    /** Without any key. Immutable, since nothing can be added to it. */
    static final DirectKeys NONE = new DirectKeys(0, new int[0], -1, Long.MAX_VALUE, Long.MIN_VALUE);

    /** The key that the first place is for. */
    private final long first;
    /** The number of a key plus 1, or 0. */
    private final int[] numbers;
    /** The number of NULL, or -1. */
    private int numberOfNull;
    /** The least and the greatest of the keys, the one beyond the other if there are none. */
    private long least;

    private long greatest;

    private DirectKeys(long first, int[] numbers, int numberOfNull, long least, long greatest) {
        this.first = first;
        this.numbers = numbers;
        this.numberOfNull = numberOfNull;
        this.least = least;
        this.greatest = greatest;
    }

    /** Keys that are numbered as the rows of a lane; null if they lie too far apart. */
    static @Nullable DirectKeys of(LongLane keys, int size, Run run) {
        long[] values = keys.values();
        long from = Long.MAX_VALUE;
        long to = Long.MIN_VALUE;
        for (int number = 0; number < size; number++) {
            if (!keys.isNull(number)) {
                from = Math.min(from, values[number]);
                to = Math.max(to, values[number]);
            }
        }
        DirectKeys known = NONE.withRoom(from, to, MAX_PLACES_PER_KEY * (long) size);
        for (int number = 0; known != null && number < size; number++) {
            if (number % KEYS_PER_CHECK == 0) {
                run.checkCancelled();
            }
            if (keys.isNull(number)) {
                known.numberOfNull = number;
            } else {
                known.numbers[(int) (values[number] - known.first)] = number + 1;
            }
        }
        return known;
    }

    /** Bytes of the heap that it would hold at most with more keys. */
    long heapBytes(int keyCount, int moreKeys) {
        return Integer.BYTES * (moreKeys == 0 ? numbers.length : maxPlaces((long) keyCount + moreKeys));
    }

    private long maxPlaces(long keyCount) {
        return Math.min(Math.max(FIRST_PLACES, 2L * numbers.length), MAX_PLACES_PER_KEY * keyCount);
    }

    /**
     * The same keys with places for those of some rows; null if that would be too many places.
     *
     * @param keyCount how many keys there are
     */
    @Nullable
    DirectKeys covering(LongLane lane, int[] rows, int count, int keyCount) {
        long[] values = lane.values();
        boolean[] nulls = lane.nulls();
        long from = least;
        long to = greatest;
        for (int i = 0; i < count; i++) {
            long value = values[rows[i]];
            if (nulls == null || !nulls[rows[i]]) {
                from = Math.min(from, value);
                to = Math.max(to, value);
            }
        }
        if (this == NONE || from < first || to - first >= numbers.length || to - first < 0) {
            return withRoom(from, to, maxPlaces((long) keyCount + count));
        }
        least = from;
        greatest = to;
        return this;
    }

    private @Nullable DirectKeys withRoom(long from, long to, long maxPlaces) {
        if (from > to) {
            return new DirectKeys(0, new int[0], numberOfNull, least, greatest);
        }
        long range = to - from;
        if (range < 0 || range >= maxPlaces || range >= Integer.MAX_VALUE - Long.BYTES) {
            return null;
        }
        // Keys that go on in one direction should not be copied for each batch.
        long wanted = Math.min(maxPlaces, Math.max(range + 1, 2L * numbers.length));
        int places = (int) Math.min(wanted, Integer.MAX_VALUE - Long.BYTES);
        boolean grewDown = greatest >= least && from < least;
        long newFirst = grewDown && to - places + 1 < from ? to - places + 1 : from;
        int[] moved = new int[places];
        if (greatest >= least) {
            System.arraycopy(
                    numbers, (int) (least - first), moved, (int) (least - newFirst), (int) (greatest - least) + 1);
        }
        return new DirectKeys(newFirst, moved, numberOfNull, from, to);
    }

    /**
     * Numbers the keys of rows, for all of which there are places.
     *
     * @param newRows becomes the rows of keys that were not here
     * @param size how many keys there are
     * @return how many there are now
     */
    int add(LongLane lane, int[] rows, int count, int[] found, int[] newRows, int size) {
        long[] values = lane.values();
        boolean[] nulls = lane.nulls();
        int known = size;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            if (nulls != null && nulls[row]) {
                if (numberOfNull < 0) {
                    newRows[known - size] = row;
                    numberOfNull = known++;
                }
                found[i] = numberOfNull;
            } else {
                int place = (int) (values[row] - first);
                if (numbers[place] == 0) {
                    newRows[known - size] = row;
                    numbers[place] = ++known;
                }
                found[i] = numbers[place] - 1;
            }
        }
        return known;
    }

    /** Looks the keys of rows up: {@code found[i]} becomes the number of that of {@code rows[i]}, or -1. */
    void find(LongLane lane, int[] rows, int count, int[] found) {
        long[] values = lane.values();
        boolean[] nulls = lane.nulls();
        int[] known = numbers;
        for (int i = 0; i < count; i++) {
            long place = values[rows[i]] - first;
            found[i] = place >= 0 && place < known.length ? known[(int) place] - 1 : -1;
        }
        for (int i = 0; nulls != null && i < count; i++) {
            found[i] = nulls[rows[i]] ? numberOfNull : found[i];
        }
    }
}
