// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

/**
 * An expression under evaluation in one run: it owns the lane it answers, which is valid until its next call. Only the rows
 * asked for are computed, so that an error cannot come from a row that a condition has excluded. Confined to one thread.
 */
public abstract class Kernel {
    /**
     * The values of some rows.
     *
     * @param rows row numbers of the batch, ascending; the first {@code count} entries
     * @return a lane with values in those rows
     */
    public abstract Lane evaluate(RowBatch batch, int[] rows, int count);

    /**
     * The rows for which a BOOLEAN expression is true, and neither false nor unknown.
     *
     * @param selected where to write them; may be {@code rows}
     * @return how many they are
     */
    public int select(RowBatch batch, int[] rows, int count, int[] selected) {
        LongLane lane = (LongLane) evaluate(batch, rows, count);
        long[] values = lane.values();
        boolean[] nulls = lane.nulls();
        int found = 0;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            selected[found] = row;
            found += values[row] != 0 && (nulls == null || !nulls[row]) ? 1 : 0;
        }
        return found;
    }
}
