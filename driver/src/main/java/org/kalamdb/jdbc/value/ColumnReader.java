// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc.value;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.batch.ColumnVector;
import org.kalamdb.type.KalamDataType;
import org.kalamdb.type.StoredValues;

/**
 * Reads one column of a result as the Java types of JDBC. Each subclass reads without boxing what its vector holds and
 * what widens from it; every other conversion is that of {@link StoredValues}. Confined to one thread.
 *
 * <p>Rows are those of the vector bound last and must not be NULL.
 */
public class ColumnReader {
    private final KalamDataType type;
    private @Nullable ColumnVector vector;

    private ColumnReader(KalamDataType type) {
        this.type = type;
    }

    /** @param maxBytes what values of TEXT, JSON and BYTES are cut off to; 0 for any */
    public static ColumnReader of(KalamDataType type, int maxBytes) {
        boolean isCut = maxBytes > 0
                && switch (type.kind()) {
                    case TEXT, JSON, BYTES -> true;
                    case BOOLEAN,
                            SMALLINT,
                            INT,
                            BIGINT,
                            FLOAT,
                            DOUBLE,
                            DECIMAL,
                            UUID,
                            DATE,
                            TIME,
                            TIMESTAMP,
                            DATETIME,
                            EMBEDDING -> false;
                };
        return isCut ? new CutOff(type, maxBytes) : of(type);
    }

    private static ColumnReader of(KalamDataType type) {
        return switch (type.kind()) {
            case BOOLEAN -> new OfBoolean(type);
            case SMALLINT, INT -> new OfInt(type);
            case BIGINT -> new OfLong(type);
            case FLOAT -> new OfFloat(type);
            case DOUBLE -> new OfDouble(type);
            case DECIMAL -> new OfDecimal(type);
            case TEXT, JSON -> new OfText(type);
            case BYTES -> new OfBytes(type);
            case UUID, DATE, TIME, TIMESTAMP, DATETIME, EMBEDDING -> new ColumnReader(type);
        };
    }

    /** The type of the column. */
    public final KalamDataType type() {
        return type;
    }

    /** Reads rows of {@code next} from now on. */
    public final void bind(ColumnVector next) {
        vector = next;
    }

    final ColumnVector vector() {
        return Objects.requireNonNull(vector, "vector is null");
    }

    /** Whether a row has no value; of all methods this one may be called for such rows. */
    public final boolean isNull(int row) {
        return vector().isNull(row);
    }

    /** A row as {@code boolean}. @throws KalamException if it has no such value */
    public boolean getBoolean(int row) {
        return (Boolean) convert(row, Boolean.class);
    }

    /** A row as {@code byte}. @throws KalamException if it has no such value */
    public byte getByte(int row) {
        return (Byte) convert(row, Byte.class);
    }

    /** A row as {@code short}. @throws KalamException if it has no such value */
    public short getShort(int row) {
        return (Short) convert(row, Short.class);
    }

    /** A row as {@code int}. @throws KalamException if it has no such value */
    public int getInt(int row) {
        return (Integer) convert(row, Integer.class);
    }

    /** A row as {@code long}. @throws KalamException if it has no such value */
    public long getLong(int row) {
        return (Long) convert(row, Long.class);
    }

    /** A row as {@code float}. @throws KalamException if it has no such value */
    public float getFloat(int row) {
        return (Float) convert(row, Float.class);
    }

    /** A row as {@code double}. @throws KalamException if it has no such value */
    public double getDouble(int row) {
        return (Double) convert(row, Double.class);
    }

    /** A row as {@code BigDecimal}. @throws KalamException if it has no such value */
    public BigDecimal getBigDecimal(int row) {
        return (BigDecimal) convert(row, BigDecimal.class);
    }

    /** A row as text. */
    public String getString(int row) {
        return StoredValues.toText(type, stored(row));
    }

    /** A row as bytes. @throws KalamException if its type has none */
    public byte[] getBytes(int row) {
        return (byte[]) convert(row, byte[].class);
    }

    Object stored(int row) {
        return Objects.requireNonNull(vector().storedValue(row), "row is NULL");
    }

    /** The row as an object of {@code target}, as {@link StoredValues#toJava} converts it. */
    public final Object convert(int row, Class<?> target) {
        return StoredValues.toJava(type, stored(row), target);
    }

    /** What lies beyond a number of bytes is left out, as JDBC wants it of a maximum field size. */
    private static final class CutOff extends ColumnReader {
        private final int maxBytes;

        CutOff(KalamDataType type, int maxBytes) {
            super(type);
            this.maxBytes = maxBytes;
        }

        @Override
        Object stored(int row) {
            Object whole = super.stored(row);
            if (whole instanceof byte[] bytes) {
                return bytes.length <= maxBytes ? bytes : Arrays.copyOf(bytes, maxBytes);
            }
            return whole instanceof String text ? cut(text) : whole;
        }

        /** As many whole characters as fit in UTF-8. */
        private String cut(String text) {
            int bytes = 0;
            for (int at = 0; at < text.length(); ) {
                int character = text.codePointAt(at);
                bytes += character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
                if (bytes > maxBytes) {
                    return text.substring(0, at);
                }
                at += Character.charCount(character);
            }
            return text;
        }
    }

    private static final class OfBoolean extends ColumnReader {
        OfBoolean(KalamDataType type) {
            super(type);
        }

        @Override
        public boolean getBoolean(int row) {
            return vector().getBoolean(row);
        }
    }

    private static final class OfInt extends ColumnReader {
        OfInt(KalamDataType type) {
            super(type);
        }

        @Override
        public int getInt(int row) {
            return vector().getInt(row);
        }

        @Override
        public long getLong(int row) {
            return vector().getInt(row);
        }

        @Override
        public double getDouble(int row) {
            return vector().getInt(row);
        }
    }

    private static final class OfLong extends ColumnReader {
        OfLong(KalamDataType type) {
            super(type);
        }

        @Override
        public int getInt(int row) {
            long value = vector().getLong(row);
            return value == (int) value ? (int) value : super.getInt(row);
        }

        @Override
        public long getLong(int row) {
            return vector().getLong(row);
        }
    }

    private static final class OfFloat extends ColumnReader {
        OfFloat(KalamDataType type) {
            super(type);
        }

        @Override
        public float getFloat(int row) {
            return vector().getFloat(row);
        }
    }

    private static final class OfDouble extends ColumnReader {
        OfDouble(KalamDataType type) {
            super(type);
        }

        @Override
        public double getDouble(int row) {
            return vector().getDouble(row);
        }
    }

    private static final class OfDecimal extends ColumnReader {
        OfDecimal(KalamDataType type) {
            super(type);
        }

        @Override
        public BigDecimal getBigDecimal(int row) {
            return vector().getDecimal(row);
        }
    }

    private static final class OfText extends ColumnReader {
        OfText(KalamDataType type) {
            super(type);
        }

        @Override
        public String getString(int row) {
            return vector().getString(row);
        }

        @Override
        public byte[] getBytes(int row) {
            return vector().getBytes(row);
        }
    }

    private static final class OfBytes extends ColumnReader {
        OfBytes(KalamDataType type) {
            super(type);
        }

        @Override
        public byte[] getBytes(int row) {
            return vector().getBytes(row);
        }
    }
}
