// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

import java.util.Arrays;
import org.kalamdb.function.Numbers;

/** A lane of FLOAT or DOUBLE. Confined to one thread. */
public final class DoubleLane extends Lane {
    private double[] values = {};

    public DoubleLane(LaneType type) {
        super(type);
    }

    /** The array behind the lane. */
    public double[] values() {
        return values;
    }

    /** Makes the lane a view of an array. */
    public void share(double[] shared) {
        values = shared;
    }

    @Override
    int capacity() {
        return values.length;
    }

    @Override
    long valueBytes() {
        return (long) Double.BYTES * values.length;
    }

    @Override
    void writeValues(int[] rows, int count, BlockWriter to) {
        for (int i = 0; i < count; i++) {
            to.writeLong(Double.doubleToRawLongBits(values[rows[i]]));
        }
    }

    @Override
    void readValues(BlockReader from, int count) {
        for (int i = 0; i < count; i++) {
            values[i] = Double.longBitsToDouble(from.readLong());
        }
    }

    @Override
    void grow(int capacity) {
        values = Arrays.copyOf(values, capacity);
    }

    @Override
    Object value(int row) {
        return type() == LaneType.FLOAT ? (Object) (float) values[row] : (Object) values[row];
    }

    @Override
    void setValue(int row, Object internal) {
        values[row] = ((Number) internal).doubleValue();
    }

    @Override
    void setNullValue(int row) {
        values[row] = 0;
    }

    @Override
    void gatherValues(Lane source, int[] rows, int count, boolean someNegative) {
        double[] from = ((DoubleLane) source).values;
        for (int i = 0; i < count; i++) {
            values[i] = rows[i] < 0 ? 0 : from[rows[i]];
        }
    }

    @Override
    void appendValues(Lane source, int[] rows, int count, int at) {
        double[] from = ((DoubleLane) source).values;
        for (int i = 0; i < count; i++) {
            values[at + i] = from[rows[i]];
        }
    }

    @Override
    void mergeValues(Lane source, int[] rows, int count) {
        double[] from = ((DoubleLane) source).values;
        for (int i = 0; i < count; i++) {
            values[rows[i]] = from[rows[i]];
        }
    }

    @Override
    boolean sameValue(int row, Lane other, int otherRow) {
        return canonicalBits(values[row]) == canonicalBits(((DoubleLane) other).values[otherRow]);
    }

    /** The same for both zeros, and for all that is not a number. */
    private static long canonicalBits(double value) {
        return Double.doubleToLongBits(value + 0.0);
    }

    @Override
    public void hash(int[] rows, int count, long[] hashes) {
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            hashes[i] = Hashes.mix(hashes[i], isNull(row) ? Hashes.NULL : canonicalBits(values[row]));
        }
    }

    @Override
    public int compare(int row, Lane other, int otherRow) {
        return Numbers.compare(values[row], ((DoubleLane) other).values[otherRow]);
    }

    @Override
    public long orderPrefix(int row) {
        long bits = canonicalBits(values[row]);
        return bits ^ (bits >> 63 & Long.MAX_VALUE);
    }
}
