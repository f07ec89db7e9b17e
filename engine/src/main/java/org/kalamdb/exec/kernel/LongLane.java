// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

import java.util.Arrays;

/** A lane of BOOLEAN, SMALLINT, INT or BIGINT. Confined to one thread. */
public final class LongLane extends Lane {
    private long[] values = {};

    public LongLane(LaneType type) {
        super(type);
    }

    /** The array behind the lane. */
    public long[] values() {
        return values;
    }

    /** A number {@code n}, from 0 to 63, so that the values of some rows lie from {@code -2^n} on and below {@code 2^n}. */
    public int bitWidth(int[] rows, int count) {
        return switch (type()) {
            case BOOLEAN -> 1;
            case SMALLINT -> Short.SIZE - 1;
            case INT -> Integer.SIZE - 1;
            default -> BitWidths.of(values, rows, count);
        };
    }

    /** Makes the lane a view of an array. */
    public void share(long[] shared) {
        values = shared;
    }

    @Override
    int capacity() {
        return values.length;
    }

    @Override
    long valueBytes() {
        return (long) Long.BYTES * values.length;
    }

    @Override
    void writeValues(int[] rows, int count, BlockWriter to) {
        to.writeLongs(values, rows, count);
    }

    @Override
    void readValues(BlockReader from, int count) {
        from.readLongs(values, count);
    }

    @Override
    void grow(int capacity) {
        values = Arrays.copyOf(values, capacity);
    }

    @Override
    Object value(int row) {
        long value = values[row];
        return switch (type()) {
            case BOOLEAN -> value != 0;
            case SMALLINT -> (short) value;
            case INT -> (int) value;
            default -> value;
        };
    }

    @Override
    void setValue(int row, Object internal) {
        values[row] = internal instanceof Boolean truth ? (truth ? 1 : 0) : ((Number) internal).longValue();
    }

    @Override
    void setNullValue(int row) {
        values[row] = 0;
    }

    @Override
    void gatherValues(Lane source, int[] rows, int count, boolean someNegative) {
        long[] from = ((LongLane) source).values;
        if (someNegative) {
            for (int i = 0; i < count; i++) {
                values[i] = rows[i] < 0 ? 0 : from[rows[i]];
            }
        } else {
            appendValues(source, rows, count, 0);
        }
    }

    @Override
    void appendValues(Lane source, int[] rows, int count, int at) {
        long[] from = ((LongLane) source).values;
        for (int i = 0; i < count; i++) {
            values[at + i] = from[rows[i]];
        }
    }

    @Override
    void mergeValues(Lane source, int[] rows, int count) {
        long[] from = ((LongLane) source).values;
        for (int i = 0; i < count; i++) {
            values[rows[i]] = from[rows[i]];
        }
    }

    @Override
    boolean sameValue(int row, Lane other, int otherRow) {
        return values[row] == ((LongLane) other).values[otherRow];
    }

    @Override
    public void keepSame(int[] rows, int count, Lane other, int[] otherRows, boolean[] same) {
        if (nulls() != null || other.nulls() != null) {
            super.keepSame(rows, count, other, otherRows, same);
            return;
        }
        long[] mine = values;
        long[] others = ((LongLane) other).values;
        for (int i = 0; i < count; i++) {
            same[i] &= mine[rows[i]] == others[otherRows[i]];
        }
    }

    @Override
    public void hash(int[] rows, int count, long[] hashes) {
        boolean[] marks = nulls();
        if (marks == null) {
            for (int i = 0; i < count; i++) {
                hashes[i] = Hashes.mix(hashes[i], values[rows[i]]);
            }
        } else {
            for (int i = 0; i < count; i++) {
                hashes[i] = Hashes.mix(hashes[i], marks[rows[i]] ? Hashes.NULL : values[rows[i]]);
            }
        }
    }

    @Override
    public int compare(int row, Lane other, int otherRow) {
        return Long.compare(values[row], ((LongLane) other).values[otherRow]);
    }

    @Override
    public long orderPrefix(int row) {
        return values[row];
    }
}
