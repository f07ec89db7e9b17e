// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.row;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.batch.ColumnVector;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableType;
import org.kalamdb.type.TypeKind;

/**
 * The keys of one table's rows: object id, then the user in tables where each user has their own rows, then the primary
 * key or, without one, the hidden row id. Safe for use by several threads.
 */
public final class RowKeys {
    private static final long MAX_OBJECT_ID = 0xffff_fffeL;

    private final TableDefinition table;
    private final boolean perUser;
    private final List<ColumnDefinition> keyColumns;
    /** Where the key columns are in {@link TableDefinition#columns()}. */
    private final int[] keyIndexes;

    public RowKeys(TableDefinition table) {
        if (table.objectId() < 1 || table.objectId() > MAX_OBJECT_ID) {
            throw new KalamException(
                    ErrorCode.LIMIT_EXCEEDED, "Invalid object id of table " + table.id() + ": " + table.objectId());
        }
        this.table = table;
        this.perUser = table.type() == TableType.USER || table.type() == TableType.STREAM;
        this.keyColumns = table.primaryKeyColumns();
        this.keyIndexes = new int[keyColumns.size()];
        for (int i = 0; i < keyIndexes.length; i++) {
            ColumnDefinition column = keyColumns.get(i);
            keyIndexes[i] = table.indexOf(column);
            if (column.dataType().kind() == TypeKind.EMBEDDING) {
                throw new KalamException(
                        ErrorCode.INVALID_DEFINITION,
                        "Column \"" + column.name() + "\" of table " + table.id()
                                + " cannot be part of a primary key: values of "
                                + column.dataType().sqlName()
                                + " have no order");
            }
        }
    }

    /** Whether the table has a primary key, so that its rows are not known by a hidden id. */
    public boolean hasPrimaryKey() {
        return keyIndexes.length > 0;
    }

    public int columnCount() {
        return keyIndexes.length;
    }

    /** The key of a row, given all its values. */
    public byte[] of(String user, @Nullable Object[] row) {
        KeyEncoder encoder = start(user);
        for (int i = 0; i < keyIndexes.length; i++) {
            encode(encoder, keyColumns.get(i), row[keyIndexes[i]]);
        }
        return encoder.toBytes();
    }

    /** The key of a row, given vectors of all columns of the table. */
    public byte[] of(String user, List<ColumnVector> columns, int row) {
        KeyEncoder encoder = start(user);
        for (int i = 0; i < keyIndexes.length; i++) {
            ColumnVector vector = columns.get(keyIndexes[i]);
            if (vector.isNull(row)) {
                throw nullInKey(keyColumns.get(i));
            }
            encoder.value(vector, row);
        }
        return encoder.toBytes();
    }

    /** The key of a row, given the values of all key columns in key order. */
    public byte[] ofKey(String user, List<?> keyValues) {
        requireColumns(keyValues.size());
        KeyEncoder encoder = start(user);
        for (int i = 0; i < keyValues.size(); i++) {
            encode(encoder, keyColumns.get(i), keyValues.get(i));
        }
        return encoder.toBytes();
    }

    public byte[] ofRowId(String user, long rowId) {
        return start(user).integer(rowId).toBytes();
    }

    /** All keys of a range, for one user where rows belong to users. */
    public KeySpan span(String user, KeyRange range) {
        requireColumns(range.columnCount());
        KeyEncoder encoder = start(user);
        List<Object> prefix = range.prefix();
        for (int i = 0; i < prefix.size(); i++) {
            encode(encoder, keyColumns.get(i), prefix.get(i));
        }
        byte[] prefixKey = encoder.toBytes();
        byte[] lower = prefixKey;
        byte[] upper = KeyEncoder.successor(prefixKey);
        KeyRange.Bound lowerBound = range.lower();
        if (lowerBound != null) {
            byte[] bound = boundKey(user, prefix, lowerBound.value());
            lower = lowerBound.inclusive() ? bound : KeyEncoder.successor(bound);
        }
        KeyRange.Bound upperBound = range.upper();
        if (upperBound != null) {
            byte[] bound = boundKey(user, prefix, upperBound.value());
            upper = upperBound.inclusive() ? KeyEncoder.successor(bound) : bound;
        }
        return new KeySpan(lower, upper);
    }

    /**
     * How many bytes of a row key come before the primary key or hidden row id: those of the table and, where rows belong
     * to users, of the user.
     */
    public int prefixLength(byte[] rowKey) {
        return perUser ? KeyEncoder.endOfText(rowKey, Integer.BYTES) : Integer.BYTES;
    }

    /** The user whose row a key names; empty where rows do not belong to users. */
    public String user(byte[] rowKey) {
        return perUser ? KeyEncoder.decodeText(rowKey, Integer.BYTES) : "";
    }

    /** What the keys of all rows of a user, or of the table where rows do not belong to users, begin with. */
    public byte[] prefix(String user) {
        return start(user).toBytes();
    }

    /** All keys of the table, of all users. */
    public static KeySpan table(long objectId) {
        byte[] prefix = new KeyEncoder().unsignedInt(objectId).toBytes();
        return new KeySpan(prefix, KeyEncoder.successor(prefix));
    }

    /** The object id of the table that a row key belongs to. */
    public static long objectId(byte[] rowKey) {
        return ByteBuffer.wrap(rowKey).getInt() & 0xffff_ffffL;
    }

    /** Whose row a key names, or null in a table where rows belong to nobody. */
    @Nullable
    public String userOf(byte[] rowKey) {
        return perUser ? user(rowKey) : null;
    }

    /** The hidden row id that a key of a table without primary key ends with. */
    public long rowIdOf(byte[] rowKey) {
        return KeyEncoder.decodeInteger(rowKey, prefixLength(rowKey));
    }

    /** All keys of one user, or of the table if its rows belong to nobody. */
    public KeySpan ofUser(@Nullable String user) {
        return span(user == null ? "" : user, KeyRange.ALL);
    }

    /** Where the key columns are in the columns of the table, in key order; none without primary key. */
    public List<Integer> keyIndexes() {
        return Arrays.stream(keyIndexes).boxed().toList();
    }

    private byte[] boundKey(String user, List<Object> prefix, Object value) {
        KeyEncoder encoder = start(user);
        for (int i = 0; i < prefix.size(); i++) {
            encode(encoder, keyColumns.get(i), prefix.get(i));
        }
        encode(encoder, keyColumns.get(prefix.size()), value);
        return encoder.toBytes();
    }

    private KeyEncoder start(String user) {
        KeyEncoder encoder = new KeyEncoder().unsignedInt(table.objectId());
        return perUser ? encoder.text(user) : encoder;
    }

    private void requireColumns(int count) {
        if (count > keyIndexes.length) {
            throw new IllegalArgumentException(
                    "Expected at most " + keyIndexes.length + " key values of table " + table.id() + ", got: " + count);
        }
    }

    private void encode(KeyEncoder encoder, ColumnDefinition column, @Nullable Object value) {
        if (value == null) {
            throw nullInKey(column);
        }
        try {
            encoder.value(column.dataType(), value);
        } catch (ClassCastException e) {
            throw StoredTypes.mismatch(table, column, value, e);
        }
    }

    private KalamException nullInKey(ColumnDefinition column) {
        return new KalamException(
                ErrorCode.NOT_NULL_VIOLATION,
                "Null value in primary key column \"" + column.name() + "\" of table " + table.id() + "; give a value");
    }
}
