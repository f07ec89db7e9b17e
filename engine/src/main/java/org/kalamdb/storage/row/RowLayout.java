// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.row;

import java.util.List;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.type.DecimalType;
import org.kalamdb.type.KalamDataType;

/**
 * Where the values of a row are, for one schema version. Immutable.
 *
 * <p>A stored row is a {@link RowHeader} and a body: one bit a column, set for NULL; the values of fixed width
 * in column order, least significant byte first; for each column of variable width the end of its bytes, counted from
 * the first of them, in two bytes or, in a wide row, four; the bytes themselves. A NULL of fixed width takes its place, of
 * variable width none.
 */
final class RowLayout {
    private final TableDefinition table;
    private final List<ColumnDefinition> columns;
    /** For a column of fixed width its offset in the body, else the complement of its index among the others. */
    private final int[] places;

    private final int nullBytes;
    private final int endsOffset;
    private final int variableCount;

    RowLayout(TableDefinition table, List<ColumnDefinition> columns) {
        this.table = table;
        this.columns = columns;
        this.places = new int[columns.size()];
        this.nullBytes = (columns.size() + 7) >> 3;
        int offset = nullBytes;
        int variable = 0;
        for (int i = 0; i < places.length; i++) {
            int width = width(columns.get(i).dataType());
            if (width == 0) {
                places[i] = ~variable;
                variable++;
            } else {
                places[i] = offset;
                offset += width;
            }
        }
        this.endsOffset = offset;
        this.variableCount = variable;
    }

    /** Bytes of a value, or 0 if its length varies. */
    private static int width(KalamDataType type) {
        return switch (type.kind()) {
            case BOOLEAN -> 1;
            case SMALLINT -> Short.BYTES;
            case INT, DATE -> Integer.BYTES;
            case FLOAT -> Float.BYTES;
            case BIGINT, TIME, TIMESTAMP, DATETIME -> Long.BYTES;
            case DOUBLE -> Double.BYTES;
            case UUID -> 2 * Long.BYTES;
            case DECIMAL -> ((DecimalType) type).fitsLong() ? Long.BYTES : 2 * Long.BYTES;
            case TEXT, JSON, BYTES, EMBEDDING -> 0;
        };
    }

    TableDefinition table() {
        return table;
    }

    List<ColumnDefinition> columns() {
        return columns;
    }

    boolean isFixed(int column) {
        return places[column] >= 0;
    }

    /** Offset in the body of a column of fixed width. */
    int fixedOffset(int column) {
        return places[column];
    }

    /** Index of a column of variable width among those. */
    int variableIndex(int column) {
        return ~places[column];
    }

    int variableCount() {
        return variableCount;
    }

    /** Offset in the body of the ends of the values of variable width. */
    int endsOffset() {
        return endsOffset;
    }

    /** Bytes of the body before the values of variable width. */
    int headLength(boolean wide) {
        return endsOffset + variableCount * endBytes(wide);
    }

    static int endBytes(boolean wide) {
        return wide ? Integer.BYTES : Short.BYTES;
    }

    static int end(byte[] data, int endsAt, int index, boolean wide) {
        return wide
                ? LittleEndian.getInt(data, endsAt + index * Integer.BYTES)
                : LittleEndian.getShort(data, endsAt + index * Short.BYTES) & 0xffff;
    }

    static void putEnd(byte[] data, int endsAt, int index, boolean wide, int end) {
        if (wide) {
            LittleEndian.putInt(data, endsAt + index * Integer.BYTES, end);
        } else {
            LittleEndian.putShort(data, endsAt + index * Short.BYTES, (short) end);
        }
    }

    /** Checks that every value lies inside its row, so that reading cannot go astray. @throws KalamException DATA_CORRUPTED */
    void requireSound(RowBlock rows, int row) {
        int body = rows.body(row);
        boolean wide = rows.isWide(row);
        int variableLength = rows.end(row) - body - headLength(wide);
        if (variableLength < 0) {
            throw corrupted(table);
        }
        int previous = 0;
        for (int i = 0; i < variableCount; i++) {
            int end = end(rows.data(), body + endsOffset, i, wide);
            if (end < previous) {
                throw corrupted(table);
            }
            previous = end;
        }
        if (previous != variableLength) {
            throw corrupted(table);
        }
    }

    static KalamException corrupted(TableDefinition table) {
        return new KalamException(
                ErrorCode.DATA_CORRUPTED,
                "Failed to read a row of table " + table.id()
                        + ": its bytes are damaged; restore the table from a backup");
    }
}
