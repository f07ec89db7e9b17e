// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.kernel.DecimalLane;
import org.kalamdb.exec.kernel.Lane;
import org.kalamdb.exec.kernel.LongLane;
import org.kalamdb.exec.kernel.Rows;
import org.kalamdb.exec.kernel.Run;

/**
 * A number for each row, in the order of as many of its sort keys as find room in 64 bits: a key of whole numbers takes as many
 * bits as its greatest and least value lie apart, one of few different values as many as tell these apart. Confined to one thread.
 */
final class SortPrefixes {
    private static final int ROWS_PER_CHECK = 1 << 14;

    /** More different values are not looked for. */
    private static final int MAX_RANKS = 1 << 10;

    /** With fewer rows it does not pay. */
    private static final int MIN_ROWS_WITH_RANKS = 2 * MAX_RANKS;

    private final RowStore rows;
    private final Run run;
    /** Compared without sign. */
    private final long[] values;

    private int usedBits;
    private int decidedKeys;

    private SortPrefixes(RowStore rows, Run run) {
        this.rows = rows;
        this.run = run;
        this.values = new long[rows.size()];
    }

    static SortPrefixes of(List<SortKey> keys, RowStore rows, Run run) {
        SortPrefixes prefixes = new SortPrefixes(rows, run);
        while (prefixes.decidedKeys < keys.size() && prefixes.add(keys.get(prefixes.decidedKeys))) {
            prefixes.decidedKeys++;
        }
        return prefixes;
    }

    /** One number for each row, to be compared without sign. */
    long[] values() {
        return values;
    }

    /** Behind which bit, from the lowest on, all numbers have zeros. */
    int usedBits() {
        return usedBits;
    }

    /** How many of the first keys are the same where two numbers are. */
    int decidedKeys() {
        return decidedKeys;
    }

    /** Returns false if the key has no room, or only a part of it. */
    private boolean add(SortKey key) {
        Lane lane = rows.lane(key.column());
        int free = Long.SIZE - usedBits;
        long @Nullable [] numbers = numbers(lane);
        if (numbers == null) {
            boolean added = addRanks(key, lane, free);
            if (!added) {
                addPart(key, lane, free);
            }
            return added;
        }
        long least = Long.MAX_VALUE;
        long greatest = Long.MIN_VALUE;
        boolean someNull = false;
        for (int row = 0; row < values.length; row++) {
            check(row);
            if (lane.isNull(row)) {
                someNull = true;
            } else {
                least = Math.min(least, numbers[row]);
                greatest = Math.max(greatest, numbers[row]);
            }
        }
        // Without sign; all bits are set if it does not fit.
        long range = least > greatest ? 0 : greatest - least;
        long codes = someNull && range != -1 ? range + 1 : range;
        int bits = Long.SIZE - Long.numberOfLeadingZeros(codes);
        if (bits > free || someNull && range == -1) {
            addPart(key, lane, free);
            return false;
        }
        addCodes(key, lane, numbers, least, range, bits);
        return true;
    }

    /** The numbers that are in the order of the values, or null if there are none. */
    private static long @Nullable [] numbers(Lane lane) {
        if (lane instanceof LongLane longs) {
            return longs.values();
        }
        return lane instanceof DecimalLane decimals && !decimals.isWide() ? decimals.unscaled() : null;
    }

    private void addCodes(SortKey key, Lane lane, long[] numbers, long least, long range, int bits) {
        boolean @Nullable [] nulls = lane.nulls();
        boolean shiftsNothing = usedBits == 0;
        long firstValue = nulls != null && key.nullsFirst() ? 1 : 0;
        long codeOfNull = key.nullsFirst() ? 0 : range + 1;
        for (int row = 0; row < values.length; row++) {
            check(row);
            long code;
            if (nulls != null && nulls[row]) {
                code = codeOfNull;
            } else {
                long distance = numbers[row] - least;
                code = firstValue + (key.descending() ? range - distance : distance);
            }
            values[row] = shiftsNothing ? code : values[row] << bits | code;
        }
        usedBits += bits;
    }

    /** Adds the places of values among the different ones there are, such as those of texts, if these are few. */
    private boolean addRanks(SortKey key, Lane lane, int free) {
        if (values.length < MIN_ROWS_WITH_RANKS) {
            return false;
        }
        KeyTable different = new KeyTable(List.of(lane.type()), run);
        Lane[] lanes = {lane};
        int[] found = new int[values.length];
        int[] numbers = new int[Rows.BATCH_SIZE];
        for (int from = 0; from < values.length; from += Rows.BATCH_SIZE) {
            run.checkCancelled();
            int count = Math.min(Rows.BATCH_SIZE, values.length - from);
            different.add(lanes, Rows.range(from, from + count), count, numbers);
            System.arraycopy(numbers, 0, found, from, count);
            if (different.size() > MAX_RANKS) {
                return false;
            }
        }
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(different.size() - 1);
        if (bits > free) {
            return false;
        }
        long[] ranks = ranks(key, different);
        for (int row = 0; row < values.length; row++) {
            check(row);
            values[row] = values[row] << bits | ranks[found[row]];
        }
        usedBits += bits;
        return true;
    }

    private static long[] ranks(SortKey key, KeyTable different) {
        Lane lane = different.key(0);
        List<Integer> order = new ArrayList<>(different.size());
        for (int number = 0; number < different.size(); number++) {
            order.add(number);
        }
        order.sort((a, b) -> RowSorter.compare(key, lane, a, lane, b));
        long[] ranks = new long[order.size()];
        for (int rank = 0; rank < ranks.length; rank++) {
            ranks[order.get(rank)] = rank;
        }
        return ranks;
    }

    /** Adds the upper bits of what is known of the order of a key. */
    private void addPart(SortKey key, Lane lane, int free) {
        for (int row = 0; row < values.length && free > 0; row++) {
            check(row);
            long prefix = RowSorter.prefix(key, lane, row) ^ Long.MIN_VALUE;
            values[row] = free == Long.SIZE ? prefix : values[row] << free | prefix >>> (Long.SIZE - free);
        }
        usedBits = Long.SIZE;
    }

    private void check(int row) {
        if ((row & ROWS_PER_CHECK - 1) == 0) {
            run.checkCancelled();
        }
    }
}
