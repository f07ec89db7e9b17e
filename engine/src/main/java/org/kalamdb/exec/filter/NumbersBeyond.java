// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.filter;

import org.kalamdb.exec.kernel.Lane;
import org.kalamdb.exec.kernel.LongLane;

/**
 * The whole numbers that lie beyond those which MIN and MAX have met: no others can change what these answer. Immutable.
 *
 * @param extremes on which side they may lie
 * @param least the least number met
 * @param greatest the greatest number met
 */
public record NumbersBeyond(Extremes extremes, long least, long greatest) implements KeySet {
    /** Those that lie beyond these and further numbers. */
    public NumbersBeyond and(long less, long greater) {
        return new NumbersBeyond(extremes, Math.min(least, less), Math.max(greatest, greater));
    }

    @Override
    public boolean isEmpty() {
        return false;
    }

    @Override
    public boolean hasNull() {
        return false;
    }

    @Override
    public boolean mayHoldBetween(long from, long to) {
        return extremes.includeLeast() && from < least || extremes.includeGreatest() && to > greatest;
    }

    @Override
    public int select(Lane lane, int[] rows, int count, int[] selected, long[] hashes) {
        long[] values = ((LongLane) lane).values();
        boolean[] nulls = lane.nulls();
        long below = extremes.includeLeast() ? least : Long.MIN_VALUE;
        long above = extremes.includeGreatest() ? greatest : Long.MAX_VALUE;
        int found = 0;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            selected[found] = row;
            boolean beyond = values[row] < below || values[row] > above;
            found += beyond && (nulls == null || !nulls[row]) ? 1 : 0;
        }
        return found;
    }
}
