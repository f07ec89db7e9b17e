// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.batch.LongVector;

/**
 * A lane of DECIMAL. Its values are either all numbers of 64 bits with one scale, which is fast, or all BigDecimals of any
 * scale, if one of them is too large or has another scale. Confined to one thread.
 */
public final class DecimalLane extends Lane {
    /** A reference, the object, and for most its number of 64 bits. */
    private static final int BIG_DECIMAL_BYTES = 48;

    private static final int UNKNOWN = -1;

    /** Forms in which values are written. */
    private static final int EMPTY = 0;

    private static final int UNSCALED = 1;
    private static final int WIDE = 2;

    private long[] unscaled = {};
    private int scale;
    private @Nullable BigDecimal @Nullable [] wide;
    /** Whether a value has set the scale. */
    private boolean scaled;
    /** As {@link LongVector#bitWidth} says it of the unscaled values, or -1 if it is not known. */
    private int bitWidth = UNKNOWN;
    /** What the lane is a view of, if that knows. */
    private @Nullable LongVector vector;

    public DecimalLane() {
        super(LaneType.DECIMAL);
    }

    /** Whether {@link #decimal} is the way to the values, and not {@link #unscaled()} and {@link #scale()}. */
    public boolean isWide() {
        return wide != null;
    }

    /** Digits behind the point of {@link #unscaled()}. */
    public int scale() {
        return scale;
    }

    /** The values times ten to the power of the scale, unless {@link #isWide()}. */
    public long[] unscaled() {
        return unscaled;
    }

    /** A value that is not NULL. */
    public BigDecimal decimal(int row) {
        return wide == null ? BigDecimal.valueOf(unscaled[row], scale) : requireNonNull(wide[row]);
    }

    /**
     * A number {@code n}, from 0 to 63, so that the unscaled values of some rows lie from {@code -2^n} on and below
     * {@code 2^n}; unless {@link #isWide()}.
     */
    public int bitWidth(int[] rows, int count) {
        if (bitWidth != UNKNOWN) {
            return bitWidth;
        }
        LongVector source = vector;
        return source == null ? BitWidths.of(unscaled, rows, count) : source.bitWidth();
    }

    /** Makes the lane a view of unscaled values. */
    public void share(long[] shared, int newScale) {
        share(shared, newScale, UNKNOWN);
    }

    /** As {@link #share(long[], int)}, when it is known how large the values of the rows that count are. */
    void share(long[] shared, int newScale, int newBitWidth) {
        unscaled = shared;
        scale = newScale;
        scaled = true;
        wide = null;
        vector = null;
        bitWidth = newBitWidth;
    }

    /** Makes the lane a view of the unscaled values of a vector. */
    void share(LongVector source, int newScale) {
        share(source.values(), newScale);
        vector = source;
    }

    /** Finds out how large the values of the first rows are, which are all there are. */
    void rememberBitWidth(int count) {
        if (!isWide()) {
            bitWidth = BitWidths.of(unscaled, Rows.all(count), count);
        }
    }

    private void forgetBitWidth() {
        bitWidth = UNKNOWN;
        vector = null;
    }

    /** Makes the lane one of unscaled values, which are then to be written to {@link #unscaled()}. */
    public void prepare(int capacity, int newScale) {
        prepare(capacity);
        scale = newScale;
        scaled = true;
    }

    @Override
    public void prepare(int capacity) {
        super.prepare(capacity);
        forgetBitWidth();
        wide = null;
        scaled = false;
    }

    @Override
    int capacity() {
        return unscaled.length;
    }

    @Override
    long valueBytes() {
        return (long) Long.BYTES * unscaled.length + (wide == null ? 0 : (long) BIG_DECIMAL_BYTES * wide.length);
    }

    @Override
    void writeValues(int[] rows, int count, BlockWriter to) {
        if (wide == null) {
            to.writeByte(scaled ? UNSCALED : EMPTY);
            to.writeInt(scale);
            to.writeLongs(unscaled, rows, count);
            return;
        }
        to.writeByte(WIDE);
        for (int i = 0; i < count; i++) {
            BigDecimal value = isNull(rows[i]) ? BigDecimal.ZERO : decimal(rows[i]);
            byte[] number = value.unscaledValue().toByteArray();
            to.writeInt(value.scale());
            to.writeInt(number.length);
            to.writeBytes(number, 0, number.length);
        }
    }

    @Override
    void readValues(BlockReader from, int count) {
        byte form = from.readByte();
        if (form != WIDE) {
            scale = from.readInt();
            scaled = form == UNSCALED;
            from.readLongs(unscaled, count);
            return;
        }
        @Nullable BigDecimal[] values = new @Nullable BigDecimal[unscaled.length];
        for (int i = 0; i < count; i++) {
            int digitsBehindPoint = from.readInt();
            byte[] number = new byte[from.readInt()];
            from.readBytes(number, 0, number.length);
            values[i] = new BigDecimal(new BigInteger(number), digitsBehindPoint);
        }
        wide = values;
    }

    @Override
    void grow(int capacity) {
        unscaled = Arrays.copyOf(unscaled, capacity);
        if (wide != null) {
            wide = Arrays.copyOf(wide, capacity);
        }
    }

    /** The array of BigDecimals, made of what there is if there was none. */
    private @Nullable BigDecimal[] widened() {
        @Nullable BigDecimal[] current = wide;
        if (current == null) {
            current = new @Nullable BigDecimal[unscaled.length];
            if (scaled) {
                for (int i = 0; i < current.length; i++) {
                    current[i] = BigDecimal.valueOf(unscaled[i], scale);
                }
            }
            wide = current;
        }
        return current;
    }

    @Override
    Object value(int row) {
        return decimal(row);
    }

    @Override
    void setValue(int row, Object internal) {
        BigDecimal value =
                internal instanceof BigDecimal decimal ? decimal : BigDecimal.valueOf(((Number) internal).longValue());
        if (wide == null && value.precision() <= PowersOfTen.MAX_DIGITS) {
            if (!scaled) {
                scale = value.scale();
                scaled = true;
            }
            if (scale == value.scale()) {
                forgetBitWidth();
                unscaled[row] = value.unscaledValue().longValue();
                return;
            }
        }
        widened()[row] = value;
    }

    @Override
    void setNullValue(int row) {
        if (wide == null) {
            unscaled[row] = 0;
        } else {
            wide[row] = BigDecimal.ZERO;
        }
    }

    /** Whether rows of {@code source} can be written here as unscaled values; takes its scale if none is set. */
    private boolean takes(DecimalLane source) {
        if (wide != null || source.wide != null) {
            return false;
        }
        if (!scaled) {
            scale = source.scale;
            scaled = source.scaled;
        }
        return scale == source.scale || !source.scaled;
    }

    @Override
    void gatherValues(Lane source, int[] rows, int count, boolean someNegative) {
        DecimalLane from = (DecimalLane) source;
        bitWidth = from.vector == null ? from.bitWidth : from.vector.bitWidth();
        vector = null;
        wide = null;
        scaled = false;
        if (takes(from)) {
            for (int i = 0; i < count; i++) {
                unscaled[i] = rows[i] < 0 ? 0 : from.unscaled[rows[i]];
            }
        } else {
            @Nullable BigDecimal[] to = widened();
            for (int i = 0; i < count; i++) {
                to[i] = rows[i] < 0 || from.isNull(rows[i]) ? BigDecimal.ZERO : from.decimal(rows[i]);
            }
        }
    }

    @Override
    void appendValues(Lane source, int[] rows, int count, int at) {
        DecimalLane from = (DecimalLane) source;
        forgetBitWidth();
        if (takes(from)) {
            for (int i = 0; i < count; i++) {
                unscaled[at + i] = from.unscaled[rows[i]];
            }
        } else {
            @Nullable BigDecimal[] to = widened();
            for (int i = 0; i < count; i++) {
                to[at + i] = from.isNull(rows[i]) ? BigDecimal.ZERO : from.decimal(rows[i]);
            }
        }
    }

    @Override
    void mergeValues(Lane source, int[] rows, int count) {
        DecimalLane from = (DecimalLane) source;
        forgetBitWidth();
        if (takes(from)) {
            for (int i = 0; i < count; i++) {
                unscaled[rows[i]] = from.unscaled[rows[i]];
            }
        } else {
            @Nullable BigDecimal[] to = widened();
            for (int i = 0; i < count; i++) {
                to[rows[i]] = from.isNull(rows[i]) ? BigDecimal.ZERO : from.decimal(rows[i]);
            }
        }
    }

    @Override
    boolean sameValue(int row, Lane other, int otherRow) {
        return compare(row, other, otherRow) == 0;
    }

    @Override
    public int compare(int row, Lane other, int otherRow) {
        DecimalLane to = (DecimalLane) other;
        return wide == null && to.wide == null && scale == to.scale
                ? Long.compare(unscaled[row], to.unscaled[otherRow])
                : decimal(row).compareTo(to.decimal(otherRow));
    }

    @Override
    public void hash(int[] rows, int count, long[] hashes) {
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            hashes[i] = Hashes.mix(hashes[i], isNull(row) ? Hashes.NULL : hash(row));
        }
    }

    /** The same for equal numbers of different scales. */
    private long hash(int row) {
        if (wide == null) {
            return hash(unscaled[row], scale);
        }
        BigDecimal stripped = decimal(row).stripTrailingZeros();
        BigInteger number = stripped.unscaledValue();
        return number.bitLength() < Long.SIZE
                ? hash(number.longValue(), stripped.scale())
                : 31L * number.hashCode() + stripped.scale();
    }

    private static long hash(long number, int scale) {
        long digits = number;
        int rest = scale;
        while (digits != 0 && digits % 10 == 0) {
            digits /= 10;
            rest--;
        }
        return digits == 0 ? 0 : Hashes.mix(digits, rest);
    }

    /** Of the integer parts, as the scales of BigDecimals may differ. */
    @Override
    public long orderPrefix(int row) {
        if (wide == null && scale >= 0 && scale <= PowersOfTen.MAX_DIGITS) {
            return Math.floorDiv(unscaled[row], PowersOfTen.of(scale));
        }
        BigInteger floor = decimal(row).setScale(0, RoundingMode.FLOOR).toBigInteger();
        if (floor.bitLength() < Long.SIZE) {
            return floor.longValue();
        }
        return floor.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
}
