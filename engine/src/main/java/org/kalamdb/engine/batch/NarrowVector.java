// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.batch;

import java.math.BigDecimal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.kalamdb.type.DecimalType;
import org.kalamdb.type.KalamDataType;

/**
 * A column of whole numbers that lie close together, each kept as its difference from the first one in 1, 2 or 4 bytes:
 * SMALLINT, INT, DATE, BIGINT, TIME, TIMESTAMP, DATETIME or DECIMAL of precision 18 or less. Only scans for operators give
 * it; rows for clients are copied into the vectors of their types. Confined to one thread.
 */
public final class NarrowVector extends ColumnVector {
    private static final int MAX_BIT_WIDTH = Long.SIZE - 1;

    private final long first;
    private final int bitWidth;
    private final Differences differences;

    private NarrowVector(
            KalamDataType type, int size, long first, int bitWidth, Differences differences, long @Nullable [] nulls) {
        super(type, size, nulls);
        this.first = first;
        this.bitWidth = bitWidth;
        this.differences = differences;
    }

    /**
     * The first numbers of an array as a vector that takes as little room as possible: one of this kind, or of the kind that
     * vectors of the type are otherwise.
     *
     * @param numbers copied; rows that are NULL have any number, best one that others have too
     */
    public static ColumnVector of(KalamDataType type, int size, long[] numbers, long @Nullable [] nulls) {
        long first = size == 0 ? 0 : numbers[0];
        long bits = 0;
        for (int row = 0; row < size; row++) {
            // One that overflows is right all the same, as it overflows back.
            long difference = numbers[row] - first;
            bits |= difference ^ difference >> Long.SIZE - 1;
        }
        int width = Long.SIZE - Long.numberOfLeadingZeros(bits);
        int usual = usualBytes(type);
        if (width < Byte.SIZE && usual > Byte.BYTES) {
            return narrow(type, size, first, width, new Bytes(numbers, size, first), nulls);
        }
        if (width < Short.SIZE && usual > Short.BYTES) {
            return narrow(type, size, first, width, new Shorts(numbers, size, first), nulls);
        }
        if (width < Integer.SIZE && usual > Integer.BYTES) {
            return narrow(type, size, first, width, new Ints(numbers, size, first), nulls);
        }
        return switch (usual) {
            case Short.BYTES -> new ShortVector(type, size, shorts(numbers, size, 0), nulls);
            case Integer.BYTES -> new IntVector(type, size, ints(numbers, size, 0), nulls);
            default -> new LongVector(type, size, Arrays.copyOf(numbers, size), nulls);
        };
    }

    private static NarrowVector narrow(
            KalamDataType type, int size, long first, int width, Differences differences, long @Nullable [] nulls) {
        int bitsOfFirst = Long.SIZE - Long.numberOfLeadingZeros(first ^ first >> Long.SIZE - 1);
        int bitWidth = Math.min(MAX_BIT_WIDTH, Math.max(bitsOfFirst, width) + 1);
        return new NarrowVector(type, size, first, bitWidth, differences, nulls);
    }

    private static int usualBytes(KalamDataType type) {
        return switch (type.kind()) {
            case SMALLINT -> Short.BYTES;
            case INT, DATE -> Integer.BYTES;
            case BIGINT, TIME, TIMESTAMP, DATETIME, DECIMAL -> Long.BYTES;
            default -> throw new IllegalArgumentException("No whole numbers are values of " + type);
        };
    }

    private static short[] shorts(long[] numbers, int size, long first) {
        short[] shorts = new short[size];
        for (int row = 0; row < size; row++) {
            shorts[row] = (short) (numbers[row] - first);
        }
        return shorts;
    }

    private static int[] ints(long[] numbers, int size, long first) {
        int[] ints = new int[size];
        for (int row = 0; row < size; row++) {
            ints[row] = (int) (numbers[row] - first);
        }
        return ints;
    }

    /** As {@link LongVector#bitWidth}, perhaps one more than is needed. */
    public int bitWidth() {
        return bitWidth;
    }

    /** How many bytes the number of a row takes. */
    public int bytesOfRow() {
        return differences.bytesOfRow();
    }

    /** Writes all numbers to the first entries of an array; those of rows that are NULL mean nothing. */
    public void widen(long[] to) {
        differences.addTo(first, to, size());
    }

    @Override
    public int getInt(int row) {
        return switch (type().kind()) {
            case SMALLINT, INT, DATE -> (int) getLong(row);
            default -> super.getInt(row);
        };
    }

    @Override
    public long getLong(int row) {
        return first + differences.get(row);
    }

    @Override
    public BigDecimal getDecimal(int row) {
        if (type() instanceof DecimalType decimal) {
            return BigDecimal.valueOf(getLong(row), decimal.scale());
        }
        return super.getDecimal(row);
    }

    @Override
    Object nonNullValue(int row) {
        return switch (type().kind()) {
            case SMALLINT -> (short) getLong(row);
            case INT, DATE -> (int) getLong(row);
            case DECIMAL -> getDecimal(row);
            default -> getLong(row);
        };
    }

    private abstract static class Differences {
        abstract int bytesOfRow();

        abstract long get(int row);

        abstract void addTo(long first, long[] to, int size);
    }

    private static final class Bytes extends Differences {
        private final byte[] values;

        Bytes(long[] numbers, int size, long first) {
            values = new byte[size];
            for (int row = 0; row < size; row++) {
                values[row] = (byte) (numbers[row] - first);
            }
        }

        @Override
        int bytesOfRow() {
            return Byte.BYTES;
        }

        @Override
        long get(int row) {
            return values[row];
        }

        @Override
        void addTo(long first, long[] to, int size) {
            byte[] from = values;
            for (int row = 0; row < size; row++) {
                to[row] = first + from[row];
            }
        }
    }

    private static final class Shorts extends Differences {
        private final short[] values;

        Shorts(long[] numbers, int size, long first) {
            values = shorts(numbers, size, first);
        }

        @Override
        int bytesOfRow() {
            return Short.BYTES;
        }

        @Override
        long get(int row) {
            return values[row];
        }

        @Override
        void addTo(long first, long[] to, int size) {
            short[] from = values;
            for (int row = 0; row < size; row++) {
                to[row] = first + from[row];
            }
        }
    }

    private static final class Ints extends Differences {
        private final int[] values;

        Ints(long[] numbers, int size, long first) {
            values = ints(numbers, size, first);
        }

        @Override
        int bytesOfRow() {
            return Integer.BYTES;
        }

        @Override
        long get(int row) {
            return values[row];
        }

        @Override
        void addTo(long first, long[] to, int size) {
            int[] from = values;
            for (int row = 0; row < size; row++) {
                to[row] = first + from[row];
            }
        }
    }
}
