// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.Arrays;
import org.kalamdb.exec.kernel.DecimalLane;

/**
 * Sums of the rows of one batch for few groups. Each group has several sums, which take turns: an addition need not wait for
 * the one before it, which most often is to the same group. Confined to one thread.
 */
final class GroupSums {
    /** For more groups it is no gain. */
    private static final int MAX_GROUPS = 64;

    private static final int TURNS = 4;

    private long[] sums = {};

    /**
     * Whether it may be used: sums of values that are not that small could overflow.
     *
     * @param bitWidth as {@link DecimalLane#bitWidth} says it of the values
     */
    static boolean isFor(int groupCount, int bitWidth, int count) {
        // As many values have at most so many bits more.
        int bitsOfCount = Integer.SIZE - Integer.numberOfLeadingZeros(count);
        return groupCount <= MAX_GROUPS && bitWidth + bitsOfCount < Long.SIZE - 1;
    }

    /** Whether it may be used to count. */
    static boolean isForCountsOf(int groupCount) {
        return groupCount <= MAX_GROUPS;
    }

    /** Most statements have a few groups. */
    private long[] roomFor(int groupCount) {
        if (sums.length < TURNS * groupCount) {
            sums = new long[TURNS * Math.min(MAX_GROUPS, 2 * groupCount)];
        }
        return sums;
    }

    /** The sum of each group, in an array that is used again. */
    long[] add(int groupCount, long[] values, int[] rows, int count, int[] groups) {
        long[] all = roomFor(groupCount);
        Arrays.fill(all, 0, TURNS * groupCount, 0);
        int i = 0;
        for (; i + TURNS <= count; i += TURNS) {
            all[TURNS * groups[i]] += values[rows[i]];
            all[TURNS * groups[i + 1] + 1] += values[rows[i + 1]];
            all[TURNS * groups[i + 2] + 2] += values[rows[i + 2]];
            all[TURNS * groups[i + 3] + 3] += values[rows[i + 3]];
        }
        for (; i < count; i++) {
            all[TURNS * groups[i]] += values[rows[i]];
        }
        return united(groupCount);
    }

    /** How many rows each group has, in an array that is used again. */
    long[] count(int groupCount, int count, int[] groups) {
        long[] all = roomFor(groupCount);
        Arrays.fill(all, 0, TURNS * groupCount, 0);
        int i = 0;
        for (; i + TURNS <= count; i += TURNS) {
            all[TURNS * groups[i]]++;
            all[TURNS * groups[i + 1] + 1]++;
            all[TURNS * groups[i + 2] + 2]++;
            all[TURNS * groups[i + 3] + 3]++;
        }
        for (; i < count; i++) {
            all[TURNS * groups[i]]++;
        }
        return united(groupCount);
    }

    private long[] united(int groupCount) {
        for (int group = 0; group < groupCount; group++) {
            int at = TURNS * group;
            sums[group] = sums[at] + sums[at + 1] + sums[at + 2] + sums[at + 3];
        }
        return sums;
    }
}
