// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.row;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.SystemColumns;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.type.DecimalType;
import org.kalamdb.type.EmbeddingType;

/** Turns stored values into stored rows of one schema version of a table. Safe for use by several threads. */
public final class RowEncoder {
    /** Stands for a row that does not carry its insertion time. */
    public static final long NO_INSERTION_TIME = Long.MIN_VALUE;

    static final int MAX_NARROW_LENGTH = 0xffff;
    private static final byte[] NO_BYTES = {};

    private final TableDefinition table;
    private final RowLayout layout;
    private final int schemaVersion;
    private final boolean numbered;

    /** @param schemaVersion the version of the table that the layout is of */
    RowEncoder(RowLayout layout, int schemaVersion) {
        this.table = layout.table();
        this.layout = layout;
        this.schemaVersion = schemaVersion;
        this.numbered = SystemColumns.of(table.type()).contains(SystemColumns.SEQ);
    }

    /**
     * A row that is written now, with room for the number of the commit where rows of the table have one.
     *
     * @param row one stored value for each column of the table, null for NULL
     * @param insertionMicros microseconds since 1970-01-01 UTC, or {@link #NO_INSERTION_TIME}
     * @throws KalamException TYPE_MISMATCH, NUMERIC_OUT_OF_RANGE or DIMENSION_MISMATCH if a value is not one of its column
     */
    public byte[] encode(@Nullable Object[] row, long insertionMicros) {
        return encode(row, flags(false, insertionMicros), insertionMicros, 0);
    }

    /** The flags of a row that is written now. */
    int flags(boolean wide, long insertionMicros) {
        return (insertionMicros == NO_INSERTION_TIME ? 0 : RowHeader.HAS_TIME)
                | (numbered ? RowHeader.HAS_SEQ : 0)
                | (wide ? RowHeader.WIDE : 0);
    }

    /** Writes the header of a row that is written now; returns where its body begins. */
    int putHeader(byte[] bytes, int flags, long insertionMicros) {
        return RowHeader.put(bytes, schemaVersion, flags, insertionMicros, 0);
    }

    /**
     * A row as it was when a commit had written it.
     *
     * @param seq the number of the commit, or 0 for a row from before the numbers
     */
    byte[] encodeCommitted(@Nullable Object[] row, long seq) {
        return encode(row, seq == 0 ? 0 : RowHeader.HAS_SEQ, NO_INSERTION_TIME, seq);
    }

    private byte[] encode(@Nullable Object[] row, int headerFlags, long time, long seq) {
        List<ColumnDefinition> columns = layout.columns();
        if (row.length != columns.size()) {
            throw new IllegalArgumentException(
                    "Expected " + columns.size() + " values for table " + table.id() + ", got: " + row.length);
        }
        byte[][] variable = new byte[layout.variableCount()][];
        Arrays.fill(variable, NO_BYTES);
        long variableLength = 0;
        for (int i = 0; i < row.length; i++) {
            Object value = row[i];
            if (value != null && !layout.isFixed(i)) {
                byte[] bytes = variableBytes(columns.get(i), value);
                variable[layout.variableIndex(i)] = bytes;
                variableLength += bytes.length;
            }
        }
        boolean wide = variableLength > MAX_NARROW_LENGTH;
        int flags = headerFlags | (wide ? RowHeader.WIDE : 0);
        byte[] bytes = allocate(flags, layout.headLength(wide) + variableLength);
        int body = RowHeader.put(bytes, schemaVersion, flags, time, seq);
        putBody(bytes, body, row, variable, wide);
        return bytes;
    }

    /** @throws KalamException LIMIT_EXCEEDED if there are no arrays of the length */
    byte[] allocate(int flags, long bodyLength) {
        long length = RowHeader.size(schemaVersion, flags) + bodyLength;
        if (length > Integer.MAX_VALUE - 8) {
            throw new KalamException(
                    ErrorCode.LIMIT_EXCEEDED, "Cannot store a row of " + length + " bytes in table " + table.id());
        }
        return new byte[(int) length];
    }

    private void putBody(byte[] bytes, int body, @Nullable Object[] row, byte[][] variable, boolean wide) {
        int ends = body + layout.endsOffset();
        int start = body + layout.headLength(wide);
        int end = 0;
        for (int i = 0; i < row.length; i++) {
            Object value = row[i];
            if (value == null) {
                bytes[body + (i >> 3)] |= (byte) (1 << (i & 7));
            }
            if (layout.isFixed(i)) {
                if (value != null) {
                    putFixed(
                            bytes,
                            body + layout.fixedOffset(i),
                            layout.columns().get(i),
                            value);
                }
                continue;
            }
            int index = layout.variableIndex(i);
            byte[] part = variable[index];
            System.arraycopy(part, 0, bytes, start + end, part.length);
            end += part.length;
            RowLayout.putEnd(bytes, ends, index, wide, end);
        }
    }

    private void putFixed(byte[] bytes, int at, ColumnDefinition column, Object value) {
        try {
            switch (column.dataType().kind()) {
                case BOOLEAN -> bytes[at] = (byte) ((Boolean) value ? 1 : 0);
                case SMALLINT -> LittleEndian.putShort(bytes, at, (Short) value);
                case INT, DATE -> LittleEndian.putInt(bytes, at, (Integer) value);
                case BIGINT, TIME, TIMESTAMP, DATETIME -> LittleEndian.putLong(bytes, at, (Long) value);
                case FLOAT -> LittleEndian.putInt(bytes, at, Float.floatToRawIntBits((Float) value));
                case DOUBLE -> LittleEndian.putLong(bytes, at, Double.doubleToRawLongBits((Double) value));
                case UUID -> {
                    UUID uuid = (UUID) value;
                    LittleEndian.putLong(bytes, at, uuid.getMostSignificantBits());
                    LittleEndian.putLong(bytes, at + Long.BYTES, uuid.getLeastSignificantBits());
                }
                case DECIMAL -> putDecimal(bytes, at, column, (BigDecimal) value);
                case TEXT, JSON, BYTES, EMBEDDING -> throw new IllegalStateException("Not of fixed width");
            }
        } catch (ClassCastException e) {
            throw StoredTypes.mismatch(table, column, value, e);
        }
    }

    private void putDecimal(byte[] bytes, int at, ColumnDefinition column, BigDecimal value) {
        DecimalType type = (DecimalType) column.dataType();
        if (value.scale() != type.scale() || value.precision() > type.precision()) {
            throw new KalamException(
                    ErrorCode.NUMERIC_OUT_OF_RANGE,
                    "Cannot store " + value.toPlainString() + " in column \"" + column.name() + "\" of table "
                            + table.id() + ": it is not a value of " + type.sqlName());
        }
        BigInteger unscaled = value.unscaledValue();
        LittleEndian.putLong(bytes, at, unscaled.longValue());
        if (!type.fitsLong()) {
            LittleEndian.putLong(
                    bytes, at + Long.BYTES, unscaled.shiftRight(Long.SIZE).longValue());
        }
    }

    private byte[] variableBytes(ColumnDefinition column, Object value) {
        try {
            return switch (column.dataType().kind()) {
                case TEXT, JSON -> ((String) value).getBytes(StandardCharsets.UTF_8);
                case BYTES -> (byte[]) value;
                case EMBEDDING -> embeddingBytes(column, (float[]) value);
                case BOOLEAN, SMALLINT, INT, BIGINT, FLOAT, DOUBLE, TIMESTAMP, DATE, DATETIME, TIME, UUID, DECIMAL ->
                    throw new IllegalStateException("Of fixed width");
            };
        } catch (ClassCastException e) {
            throw StoredTypes.mismatch(table, column, value, e);
        }
    }

    private byte[] embeddingBytes(ColumnDefinition column, float[] value) {
        int dimension = ((EmbeddingType) column.dataType()).dimension();
        if (value.length != dimension) {
            throw new KalamException(
                    ErrorCode.DIMENSION_MISMATCH,
                    "Cannot store a vector of " + value.length + " elements in column \"" + column.name()
                            + "\" of table " + table.id() + ": expected " + dimension);
        }
        byte[] bytes = new byte[dimension * Float.BYTES];
        for (int i = 0; i < dimension; i++) {
            LittleEndian.putInt(bytes, i * Float.BYTES, Float.floatToRawIntBits(value[i]));
        }
        return bytes;
    }
}
