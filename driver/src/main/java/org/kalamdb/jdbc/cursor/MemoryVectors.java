// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc.cursor;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.batch.BooleanVector;
import org.kalamdb.engine.batch.BytesVector;
import org.kalamdb.engine.batch.ColumnVector;
import org.kalamdb.engine.batch.Decimal128Vector;
import org.kalamdb.engine.batch.DoubleVector;
import org.kalamdb.engine.batch.EmbeddingVector;
import org.kalamdb.engine.batch.FloatVector;
import org.kalamdb.engine.batch.IntVector;
import org.kalamdb.engine.batch.LongVector;
import org.kalamdb.engine.batch.ShortVector;
import org.kalamdb.engine.batch.UuidVector;
import org.kalamdb.type.DecimalType;
import org.kalamdb.type.EmbeddingType;
import org.kalamdb.type.KalamDataType;

/** Makes vectors of stored values. */
final class MemoryVectors {
    private MemoryVectors() {}

    /** @param values stored values of {@code type}, null for NULL */
    static ColumnVector of(KalamDataType type, @Nullable Object[] values) {
        int size = values.length;
        long @Nullable [] nulls = nulls(values);
        return switch (type.kind()) {
            case BOOLEAN -> new BooleanVector(type, size, booleans(values), nulls);
            case SMALLINT -> new ShortVector(type, size, shorts(values), nulls);
            case INT, DATE -> new IntVector(type, size, ints(values), nulls);
            case BIGINT, TIME, TIMESTAMP, DATETIME -> new LongVector(type, size, longs(values), nulls);
            case FLOAT -> new FloatVector(type, size, floats(values), nulls);
            case DOUBLE -> new DoubleVector(type, size, doubles(values), nulls);
            case DECIMAL -> decimals((DecimalType) type, values, nulls);
            case TEXT, JSON, BYTES -> bytes(type, values, nulls);
            case UUID -> uuids(values, nulls);
            case EMBEDDING -> embeddings((EmbeddingType) type, values, nulls);
        };
    }

    private static long @Nullable [] nulls(@Nullable Object[] values) {
        long[] nulls = new long[(values.length + Long.SIZE - 1) / Long.SIZE];
        boolean any = false;
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null) {
                nulls[i >> 6] |= 1L << i;
                any = true;
            }
        }
        return any ? nulls : null;
    }

    private static byte[] booleans(@Nullable Object[] values) {
        byte[] result = new byte[values.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = (byte) (Boolean.TRUE.equals(values[i]) ? 1 : 0);
        }
        return result;
    }

    private static short[] shorts(@Nullable Object[] values) {
        short[] result = new short[values.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = values[i] instanceof Short value ? value : 0;
        }
        return result;
    }

    private static int[] ints(@Nullable Object[] values) {
        int[] result = new int[values.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = values[i] instanceof Integer value ? value : 0;
        }
        return result;
    }

    private static long[] longs(@Nullable Object[] values) {
        long[] result = new long[values.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = values[i] instanceof Long value ? value : 0;
        }
        return result;
    }

    private static float[] floats(@Nullable Object[] values) {
        float[] result = new float[values.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = values[i] instanceof Float value ? value : 0;
        }
        return result;
    }

    private static double[] doubles(@Nullable Object[] values) {
        double[] result = new double[values.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = values[i] instanceof Double value ? value : 0;
        }
        return result;
    }

    private static ColumnVector decimals(DecimalType type, @Nullable Object[] values, long @Nullable [] nulls) {
        long[] high = new long[values.length];
        long[] low = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            if (values[i] instanceof BigDecimal value) {
                BigInteger unscaled = value.unscaledValue();
                low[i] = unscaled.longValue();
                high[i] = unscaled.shiftRight(Long.SIZE).longValue();
            }
        }
        return type.fitsLong()
                ? new LongVector(type, values.length, low, nulls)
                : new Decimal128Vector(type, values.length, high, low, nulls);
    }

    private static ColumnVector bytes(KalamDataType type, @Nullable Object[] values, long @Nullable [] nulls) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        int[] offsets = new int[values.length + 1];
        for (int i = 0; i < values.length; i++) {
            if (values[i] instanceof String text) {
                data.writeBytes(text.getBytes(StandardCharsets.UTF_8));
            } else if (values[i] instanceof byte[] bytes) {
                data.writeBytes(bytes);
            }
            offsets[i + 1] = data.size();
        }
        return new BytesVector(type, values.length, data.toByteArray(), offsets, nulls);
    }

    private static ColumnVector uuids(@Nullable Object[] values, long @Nullable [] nulls) {
        long[] high = new long[values.length];
        long[] low = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            if (values[i] instanceof UUID value) {
                high[i] = value.getMostSignificantBits();
                low[i] = value.getLeastSignificantBits();
            }
        }
        return new UuidVector(values.length, high, low, nulls);
    }

    private static ColumnVector embeddings(EmbeddingType type, @Nullable Object[] values, long @Nullable [] nulls) {
        int dimension = type.dimension();
        float[] all = new float[values.length * dimension];
        for (int i = 0; i < values.length; i++) {
            if (values[i] instanceof float[] value) {
                System.arraycopy(value, 0, all, i * dimension, dimension);
            }
        }
        return new EmbeddingVector(type, values.length, all, nulls);
    }
}
