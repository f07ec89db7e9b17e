// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.storage.cold.ColumnSummary;
import org.kalamdb.storage.cold.PageBounds;
import org.kalamdb.storage.cold.Segment;
import org.kalamdb.storage.cold.SegmentEntry;
import org.kalamdb.storage.cold.SegmentFile;
import org.kalamdb.storage.row.ConvertingColumnReader;
import org.kalamdb.storage.row.DefaultLiterals;
import org.kalamdb.storage.row.KeyEncoder;
import org.kalamdb.storage.row.LittleEndian;
import org.kalamdb.type.DecimalType;
import org.kalamdb.type.KalamDataType;
import org.kalamdb.type.StoredValues;
import org.kalamdb.type.TypeKind;

/**
 * What is known of a column's values in a segment or one of its pages. Immutable.
 *
 * @param hasNulls whether some may be NULL
 * @param hasValues whether some may be not NULL
 * @param min bytes at or before those of the others, as {@link #bytes} makes them, or null if nothing is known
 * @param max bytes at or behind those of the others, or null if nothing is known
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record ColumnBounds(boolean hasNulls, boolean hasValues, byte @Nullable [] min, byte @Nullable [] max) {
    /** Whether values of a type have an order that statistics follow. */
    static boolean areOrdered(KalamDataType type) {
        return switch (type.kind()) {
            case BOOLEAN,
                    SMALLINT,
                    INT,
                    BIGINT,
                    FLOAT,
                    DOUBLE,
                    DECIMAL,
                    TEXT,
                    BYTES,
                    UUID,
                    DATE,
                    TIME,
                    TIMESTAMP,
                    DATETIME -> true;
            case JSON, EMBEDDING -> false;
        };
    }

    /** A stored value in bytes that are ordered as values are. */
    static byte[] bytes(KalamDataType type, Object value) {
        return new KeyEncoder().value(type, value).toBytes();
    }

    static ColumnBounds of(SegmentEntry entry, ColumnDefinition column) {
        KalamDataType type = column.dataType();
        int index = entry.indexOf(column.columnId());
        if (index < 0) {
            // The segment is older than the column: all its rows have the default.
            Object value = DefaultLiterals.storedValue(column, column.initialDefault());
            byte @Nullable [] bytes = value == null || !areOrdered(type) ? null : bytes(type, value);
            return new ColumnBounds(value == null, value != null, bytes, bytes);
        }
        ColumnSummary summary = entry.summary().columns().get(index);
        return of(
                entry.columns().get(index).type(),
                type,
                entry.summary().rowCount(),
                summary.nullCount(),
                summary.min(),
                summary.max());
    }

    /** Of one page, or of all if it is not known for pages. */
    static ColumnBounds ofPage(Segment segment, ColumnDefinition column, int page) {
        SegmentEntry entry = segment.entry();
        int index = entry.indexOf(column.columnId());
        PageBounds bounds = index < 0 ? null : segment.file().pageBounds(index);
        if (bounds == null) {
            return of(entry, column);
        }
        PageBounds.Page known = bounds.page(page);
        SegmentFile file = segment.file();
        return of(
                entry.columns().get(index).type(),
                column.dataType(),
                file.firstRow(page + 1) - file.firstRow(page),
                known.nullCount(),
                known.min(),
                known.max());
    }

    /** Between which whole numbers the values of a page lie; null if that is not known or they are none. */
    static @Nullable ValueRange rangeOfPage(Segment segment, ColumnDefinition column, int page) {
        int index = segment.entry().indexOf(column.columnId());
        PageBounds bounds = index < 0 ? null : segment.file().pageBounds(index);
        if (bounds == null || !isSameNumber(segment.entry().columns().get(index).type(), column.dataType())) {
            return null;
        }
        KalamDataType stored = segment.entry().columns().get(index).type();
        PageBounds.Page known = bounds.page(page);
        if (known.min() == null || known.max() == null) {
            return null;
        }
        return value(known.min(), stored) instanceof Number least
                        && value(known.max(), stored) instanceof Number greatest
                ? new ValueRange(least.longValue(), greatest.longValue(), known.nullCount() > 0)
                : null;
    }

    /** Whether values of one type are whole numbers, and the same ones as those of another. */
    private static boolean isSameNumber(KalamDataType stored, KalamDataType type) {
        return switch (stored.kind()) {
            case SMALLINT, INT, BIGINT ->
                type.kind() == TypeKind.SMALLINT || type.kind() == TypeKind.INT || type.kind() == TypeKind.BIGINT;
            case DATE, TIME, TIMESTAMP, DATETIME -> type.kind() == stored.kind();
            case BOOLEAN, FLOAT, DOUBLE, DECIMAL, TEXT, BYTES, UUID, JSON, EMBEDDING -> false;
        };
    }

    private static ColumnBounds of(
            KalamDataType stored,
            KalamDataType type,
            int rowCount,
            long nullCount,
            byte @Nullable [] min,
            byte @Nullable [] max) {
        return new ColumnBounds(
                nullCount > 0, nullCount < rowCount, bound(min, stored, type), bound(max, stored, type));
    }

    private static byte @Nullable [] bound(byte @Nullable [] plain, KalamDataType stored, KalamDataType type) {
        if (plain == null || !areOrdered(stored) || !areOrdered(type)) {
            return null;
        }
        Object value = value(plain, stored);
        if (value == null) {
            return null;
        }
        if (ConvertingColumnReader.isSameForm(stored, type)) {
            return bytes(type, value);
        }
        return isNumber(stored) && isNumber(type) ? bytes(type, StoredValues.cast(stored, value, type)) : null;
    }

    /** A greater number is not less as one of another type. */
    private static boolean isNumber(KalamDataType type) {
        return switch (type.kind()) {
            case SMALLINT, INT, BIGINT, FLOAT, DOUBLE, DECIMAL -> true;
            case BOOLEAN, TEXT, BYTES, UUID, DATE, TIME, TIMESTAMP, DATETIME, JSON, EMBEDDING -> false;
        };
    }

    /** The stored value that Parquet's plain encoding means; null if it is none. */
    static @Nullable Object value(byte[] plain, KalamDataType type) {
        return switch (type.kind()) {
            case BOOLEAN -> plain[0] != 0;
            case SMALLINT -> (short) LittleEndian.getInt(plain, 0);
            case INT, DATE -> LittleEndian.getInt(plain, 0);
            case BIGINT, TIME, TIMESTAMP, DATETIME -> LittleEndian.getLong(plain, 0);
            case FLOAT -> Float.intBitsToFloat(LittleEndian.getInt(plain, 0));
            case DOUBLE -> Double.longBitsToDouble(LittleEndian.getLong(plain, 0));
            case DECIMAL -> decimal(plain, (DecimalType) type);
            case UUID -> {
                ByteBuffer bits = ByteBuffer.wrap(plain);
                yield new UUID(bits.getLong(), bits.getLong());
            }
            case TEXT -> text(plain);
            case BYTES -> plain;
            case JSON, EMBEDDING -> null;
        };
    }

    private static BigDecimal decimal(byte[] plain, DecimalType type) {
        BigInteger unscaled =
                type.fitsLong() ? BigInteger.valueOf(LittleEndian.getLong(plain, 0)) : new BigInteger(plain);
        return new BigDecimal(unscaled, type.scale());
    }

    /** A bound that was cut may be no text. */
    private static @Nullable String text(byte[] plain) {
        String text = new String(plain, UTF_8);
        return Arrays.equals(text.getBytes(UTF_8), plain) ? text : null;
    }
}
