// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.row;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.batch.BooleanVectorBuilder;
import org.kalamdb.engine.batch.Decimal128VectorBuilder;
import org.kalamdb.engine.batch.DoubleVectorBuilder;
import org.kalamdb.engine.batch.FloatVectorBuilder;
import org.kalamdb.engine.batch.IntVectorBuilder;
import org.kalamdb.engine.batch.LongVectorBuilder;
import org.kalamdb.engine.batch.ShortVectorBuilder;
import org.kalamdb.engine.batch.UuidVectorBuilder;
import org.kalamdb.engine.batch.VectorBuilder;
import org.kalamdb.type.DecimalType;
import org.kalamdb.type.KalamDataType;

/** Reads a column of fixed width, in one loop for each kind of vector. Immutable. */
final class FixedColumnReader extends ColumnReader {
    private final KalamDataType type;
    private final int nullOffset;
    private final int nullMask;
    private final int offset;

    FixedColumnReader(RowLayout layout, int column) {
        this.type = layout.columns().get(column).dataType();
        this.nullOffset = column >> 3;
        this.nullMask = 1 << (column & 7);
        this.offset = layout.fixedOffset(column);
    }

    private boolean isNull(byte[] data, int body) {
        return (data[body + nullOffset] & nullMask) != 0;
    }

    @Override
    @Nullable
    Object value(RowBlock rows, int row) {
        byte[] data = rows.data();
        int body = rows.body(row);
        if (isNull(data, body)) {
            return null;
        }
        int at = body + offset;
        return switch (type.kind()) {
            case BOOLEAN -> data[at] != 0;
            case SMALLINT -> LittleEndian.getShort(data, at);
            case INT, DATE -> LittleEndian.getInt(data, at);
            case BIGINT, TIME, TIMESTAMP, DATETIME -> LittleEndian.getLong(data, at);
            case FLOAT -> Float.intBitsToFloat(LittleEndian.getInt(data, at));
            case DOUBLE -> Double.longBitsToDouble(LittleEndian.getLong(data, at));
            case UUID -> new UUID(LittleEndian.getLong(data, at), LittleEndian.getLong(data, at + Long.BYTES));
            case DECIMAL -> decimal(data, at, (DecimalType) type);
            case TEXT, JSON, BYTES, EMBEDDING -> throw new IllegalStateException("Not of fixed width");
        };
    }

    private static BigDecimal decimal(byte[] data, int at, DecimalType type) {
        long low = LittleEndian.getLong(data, at);
        if (type.fitsLong()) {
            return BigDecimal.valueOf(low, type.scale());
        }
        long high = LittleEndian.getLong(data, at + Long.BYTES);
        if (high == low >> 63) {
            return BigDecimal.valueOf(low, type.scale());
        }
        byte[] bytes =
                ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array();
        return new BigDecimal(new BigInteger(bytes), type.scale());
    }

    @Override
    void read(RowBlock rows, int from, int to, VectorBuilder target) {
        if (target instanceof LongVectorBuilder longs) {
            readLongs(rows, from, to, longs);
        } else if (target instanceof IntVectorBuilder ints) {
            readInts(rows, from, to, ints);
        } else if (target instanceof DoubleVectorBuilder doubles) {
            readDoubles(rows, from, to, doubles);
        } else if (target instanceof FloatVectorBuilder floats) {
            readFloats(rows, from, to, floats);
        } else if (target instanceof ShortVectorBuilder shorts) {
            readShorts(rows, from, to, shorts);
        } else if (target instanceof BooleanVectorBuilder booleans) {
            readBooleans(rows, from, to, booleans);
        } else if (target instanceof UuidVectorBuilder uuids) {
            readUuids(rows, from, to, uuids);
        } else {
            readDecimals(rows, from, to, (Decimal128VectorBuilder) target);
        }
    }

    private void readLongs(RowBlock rows, int from, int to, LongVectorBuilder target) {
        byte[] data = rows.data();
        for (int row = from; row < to; row++) {
            int body = rows.body(row);
            if (isNull(data, body)) {
                target.appendNull();
            } else {
                target.append(LittleEndian.getLong(data, body + offset));
            }
        }
    }

    private void readInts(RowBlock rows, int from, int to, IntVectorBuilder target) {
        byte[] data = rows.data();
        for (int row = from; row < to; row++) {
            int body = rows.body(row);
            if (isNull(data, body)) {
                target.appendNull();
            } else {
                target.append(LittleEndian.getInt(data, body + offset));
            }
        }
    }

    private void readDoubles(RowBlock rows, int from, int to, DoubleVectorBuilder target) {
        byte[] data = rows.data();
        for (int row = from; row < to; row++) {
            int body = rows.body(row);
            if (isNull(data, body)) {
                target.appendNull();
            } else {
                target.append(Double.longBitsToDouble(LittleEndian.getLong(data, body + offset)));
            }
        }
    }

    private void readFloats(RowBlock rows, int from, int to, FloatVectorBuilder target) {
        byte[] data = rows.data();
        for (int row = from; row < to; row++) {
            int body = rows.body(row);
            if (isNull(data, body)) {
                target.appendNull();
            } else {
                target.append(Float.intBitsToFloat(LittleEndian.getInt(data, body + offset)));
            }
        }
    }

    private void readShorts(RowBlock rows, int from, int to, ShortVectorBuilder target) {
        byte[] data = rows.data();
        for (int row = from; row < to; row++) {
            int body = rows.body(row);
            if (isNull(data, body)) {
                target.appendNull();
            } else {
                target.append(LittleEndian.getShort(data, body + offset));
            }
        }
    }

    private void readBooleans(RowBlock rows, int from, int to, BooleanVectorBuilder target) {
        byte[] data = rows.data();
        for (int row = from; row < to; row++) {
            int body = rows.body(row);
            if (isNull(data, body)) {
                target.appendNull();
            } else {
                target.append(data[body + offset] != 0);
            }
        }
    }

    private void readUuids(RowBlock rows, int from, int to, UuidVectorBuilder target) {
        byte[] data = rows.data();
        for (int row = from; row < to; row++) {
            int body = rows.body(row);
            if (isNull(data, body)) {
                target.appendNull();
            } else {
                int at = body + offset;
                target.append(LittleEndian.getLong(data, at), LittleEndian.getLong(data, at + Long.BYTES));
            }
        }
    }

    private void readDecimals(RowBlock rows, int from, int to, Decimal128VectorBuilder target) {
        byte[] data = rows.data();
        for (int row = from; row < to; row++) {
            int body = rows.body(row);
            if (isNull(data, body)) {
                target.appendNull();
            } else {
                int at = body + offset;
                target.append(LittleEndian.getLong(data, at + Long.BYTES), LittleEndian.getLong(data, at));
            }
        }
    }
}
