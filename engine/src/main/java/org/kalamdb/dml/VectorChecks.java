// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.dml;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.batch.BytesVector;
import org.kalamdb.engine.batch.ColumnVector;
import org.kalamdb.engine.batch.EmbeddingVector;
import org.kalamdb.engine.batch.LongVector;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.type.DecimalType;
import org.kalamdb.type.KalamDataType;
import org.kalamdb.type.StoredRange;
import org.kalamdb.type.StoredValues;

/**
 * What the values of a vector must satisfy before they are written: those of {@link RowChecks}, and that they are stored values
 * of the type, as whoever filled an array need not know.
 */
final class VectorChecks {
    private VectorChecks() {}

    /** The first of some rows whose value the column does not take, or {@code rows}. */
    static int firstRefused(ColumnDefinition column, ColumnVector vector, int rows) {
        IntPredicate accepted = accepted(column, vector);
        if (accepted == null && (column.nullable() || !vector.hasNulls())) {
            return rows;
        }
        for (int row = 0; row < rows; row++) {
            boolean isAccepted = vector.isNull(row) ? column.nullable() : accepted == null || accepted.test(row);
            if (!isAccepted) {
                return row;
            }
        }
        return rows;
    }

    /** The test of values that are not NULL; null if every value passes. */
    private static @Nullable IntPredicate accepted(ColumnDefinition column, ColumnVector vector) {
        KalamDataType type = column.dataType();
        return switch (type.kind()) {
            case BOOLEAN, SMALLINT, INT, BIGINT, FLOAT, DOUBLE, UUID -> null;
            case DATE, TIME, TIMESTAMP, DATETIME -> inRange(type, vector);
            case DECIMAL -> decimals((DecimalType) type, vector);
            case TEXT -> texts(column, (BytesVector) vector);
            case JSON -> documents((BytesVector) vector);
            case BYTES -> column.maxLength() == null ? null : bytes(column.maxLength(), (BytesVector) vector);
            case EMBEDDING -> finite((EmbeddingVector) vector);
        };
    }

    private static IntPredicate inRange(KalamDataType type, ColumnVector vector) {
        StoredRange range = StoredRange.of(type);
        return row -> range.contains(vector.getLong(row));
    }

    private static IntPredicate decimals(DecimalType type, ColumnVector vector) {
        return vector instanceof LongVector
                ? inRange(type, vector)
                : row -> vector.getDecimal(row).precision() <= type.precision();
    }

    private static IntPredicate texts(ColumnDefinition column, BytesVector vector) {
        Integer maxLength = column.maxLength();
        return row -> {
            int from = vector.offsets()[row];
            int to = vector.offsets()[row + 1];
            return isText(vector.data(), from, to)
                    && (maxLength == null
                            || to - from <= maxLength
                            || characters(vector.data(), from, to) <= maxLength);
        };
    }

    private static IntPredicate documents(BytesVector vector) {
        return row -> {
            if (!isText(vector.data(), vector.offsets()[row], vector.offsets()[row + 1])) {
                return false;
            }
            try {
                StoredValues.parse(KalamDataType.JSON, vector.getString(row));
                return true;
            } catch (KalamException e) {
                return false;
            }
        };
    }

    private static IntPredicate bytes(int maxLength, BytesVector vector) {
        return row -> vector.offsets()[row + 1] - vector.offsets()[row] <= maxLength;
    }

    private static IntPredicate finite(EmbeddingVector vector) {
        int dimension = vector.dimension();
        return row -> {
            for (int i = row * dimension; i < (row + 1) * dimension; i++) {
                if (!Float.isFinite(vector.values()[i])) {
                    return false;
                }
            }
            return true;
        };
    }

    private static boolean isText(byte[] data, int from, int to) {
        for (int at = from; at < to; at++) {
            if (data[at] < 0) {
                return isUtf8(data, at, to);
            }
        }
        return true;
    }

    private static boolean isUtf8(byte[] data, int from, int to) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(data, from, to - from));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** Characters of a text in UTF-8. */
    private static int characters(byte[] data, int from, int to) {
        int count = 0;
        for (int at = from; at < to; at++) {
            // All bytes of a character but the first begin with the bits 10.
            count += (data[at] & 0xc0) == 0x80 ? 0 : 1;
        }
        return count;
    }

    /** Why a column does not take the value of a row for which {@link #firstRefused} has found so. */
    static KalamException refusal(TableDefinition table, ColumnDefinition column, ColumnVector vector, int row) {
        if (vector instanceof BytesVector bytes
                && !vector.isNull(row)
                && column.dataType() != KalamDataType.BYTES
                && !isText(bytes.data(), bytes.offsets()[row], bytes.offsets()[row + 1])) {
            return new KalamException(
                    ErrorCode.INVALID_ENCODING,
                    "Invalid text for " + name(table, column) + ": its bytes are not UTF-8");
        }
        try {
            Object stored = vector.storedValue(row);
            RowChecks.check(table, column, stored);
            if (stored instanceof String text) {
                StoredValues.parse(column.dataType(), text);
            } else if (stored instanceof float[]) {
                StoredValues.fromJava(column.dataType(), stored);
            }
        } catch (KalamException e) {
            return e;
        }
        return new KalamException(
                ErrorCode.NUMERIC_OUT_OF_RANGE,
                "Invalid value for " + name(table, column) + ": out of the range of "
                        + column.dataType().sqlName() + ", got " + raw(column, vector, row));
    }

    private static String raw(ColumnDefinition column, ColumnVector vector, int row) {
        return column.dataType() instanceof DecimalType
                ? vector.getDecimal(row).toPlainString()
                : vector.getLong(row) + " as it is stored";
    }

    private static String name(TableDefinition table, ColumnDefinition column) {
        return "column " + column.name() + " of table " + table.id();
    }
}
