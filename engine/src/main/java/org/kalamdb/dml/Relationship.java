// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.dml;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.Constraint.ForeignKey;
import org.kalamdb.schema.IndexDefinition;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableType;
import org.kalamdb.storage.RowCursor;
import org.kalamdb.storage.ScanRequest;
import org.kalamdb.storage.StoredRow;
import org.kalamdb.storage.row.KeyEncoder;
import org.kalamdb.storage.row.KeyRange;
import org.kalamdb.transaction.KeySpace;
import org.kalamdb.transaction.LockMode;
import org.kalamdb.transaction.ReadView;
import org.kalamdb.transaction.Transaction;
import org.kalamdb.type.KalamDataType;
import org.kalamdb.type.StoredValues;

/**
 * A foreign key with both of its tables: finds the row that is referenced, and the rows that reference it by the primary
 * key or an index that begins with its columns, else by reading the table. Safe for use by several threads.
 */
final class Relationship {
    private final TableDefinition child;
    private final ForeignKey key;
    private final TableDefinition parent;
    private final int[] childColumns;
    private final int[] parentColumns;
    private final List<ColumnDefinition> keyColumns;
    /** The key of the parent: its unique index, or null for its primary key; and the foreign key's columns in its order. */
    private final @Nullable IndexDefinition parentIndex;

    private final int[] parentOrder;
    /** How children are found: an index, the primary key, or neither; and the foreign key's columns in its order. */
    private final @Nullable IndexDefinition childIndex;

    private final boolean childByPrimaryKey;
    private final int[] childOrder;

    Relationship(TableDefinition child, ForeignKey key, TableDefinition parent) {
        this.child = child;
        this.key = key;
        this.parent = parent;
        this.childColumns = child.columnIndexes(key.columns());
        this.parentColumns = parent.columnIndexes(key.referencedColumns());
        this.keyColumns = parent.columns(key.referencedColumns());
        Set<String> referenced = Set.copyOf(key.referencedColumns());
        Optional<List<String>> primaryKey = parent.findPrimaryKey()
                .map(found -> found.columns())
                .filter(columns -> Set.copyOf(columns).equals(referenced));
        this.parentIndex = primaryKey.isPresent()
                ? null
                : parent.indexes().stream()
                        .filter(index ->
                                index.unique() && Set.copyOf(index.columns()).equals(referenced))
                        .findFirst()
                        .orElseThrow();
        this.parentOrder = order(
                primaryKey.orElseGet(
                        () -> java.util.Objects.requireNonNull(parentIndex).columns()),
                key.referencedColumns());
        int width = key.columns().size();
        Set<String> referencing = Set.copyOf(key.columns());
        this.childByPrimaryKey = child.findPrimaryKey()
                .filter(found -> beginsWith(found.columns(), referencing))
                .isPresent();
        this.childIndex = childByPrimaryKey
                ? null
                : child.indexes().stream()
                        .filter(index -> beginsWith(index.columns(), referencing))
                        .findFirst()
                        .orElse(null);
        List<String> path = childByPrimaryKey
                ? child.findPrimaryKey().orElseThrow().columns().subList(0, width)
                : childIndex != null ? childIndex.columns().subList(0, width) : key.columns();
        this.childOrder = order(path, key.columns());
    }

    private static boolean beginsWith(List<String> columns, Set<String> wanted) {
        return columns.size() >= wanted.size()
                && Set.copyOf(columns.subList(0, wanted.size())).equals(wanted);
    }

    private static int[] order(List<String> columns, List<String> names) {
        return columns.stream().mapToInt(names::indexOf).toArray();
    }

    TableDefinition child() {
        return child;
    }

    TableDefinition parent() {
        return parent;
    }

    ForeignKey key() {
        return key;
    }

    /** What a row references, or null if one of its columns is NULL, which references nothing. @param user whose row it is */
    @Nullable
    ReferencedKey referencedBy(String user, @Nullable Object[] childRow) {
        return key(user, childRow, childColumns);
    }

    /** What references to a row hold, or null if one of its columns is NULL, which nothing references. */
    @Nullable
    ReferencedKey keyOf(String user, @Nullable Object[] parentRow) {
        return key(user, parentRow, parentColumns);
    }

    private @Nullable ReferencedKey key(String user, @Nullable Object[] row, int[] columns) {
        List<Object> values = new ArrayList<>(columns.length);
        for (int column : columns) {
            Object value = row[column];
            if (value == null) {
                return null;
            }
            values.add(value);
        }
        return new ReferencedKey(isPerUser(parent) ? user : "", values);
    }

    /** The key as something to look up in a hash table. */
    ByteBuffer hashable(ReferencedKey referenced) {
        KeyEncoder encoder = new KeyEncoder().text(referenced.user());
        for (int i = 0; i < keyColumns.size(); i++) {
            encoder.value(keyColumns.get(i).dataType(), referenced.values().get(i));
        }
        return ByteBuffer.wrap(encoder.toBytes());
    }

    /** A row of the child that references something else. @param referenced null to reference nothing */
    @Nullable
    Object[] redirected(@Nullable Object[] childRow, @Nullable ReferencedKey referenced) {
        @Nullable Object[] row = childRow.clone();
        for (int i = 0; i < childColumns.length; i++) {
            ColumnDefinition column = child.columns().get(childColumns[i]);
            row[childColumns[i]] = referenced == null
                    ? null
                    : converted(column.dataType(), i, referenced.values().get(i));
        }
        return row;
    }

    /** Integers of different types may reference each other; all other types are the same on both sides. */
    private @Nullable Object converted(KalamDataType type, int i, Object value) {
        return type.equals(keyColumns.get(i).dataType()) ? value : StoredValues.fromJava(type, value);
    }

    /** A row of the child whose columns have their defaults. */
    @Nullable
    Object[] defaulted(@Nullable Object[] childRow) {
        @Nullable Object[] row = childRow.clone();
        for (int column : childColumns) {
            row[column] = DefaultValue.constant(child.columns().get(column));
        }
        return row;
    }

    /**
     * Keeps others from removing what is referenced until the transaction ends, and from adding references too if the lock
     * is exclusive. What is locked is a key among those of indexes that begins with the number of a table and not of an
     * index, so that no entry has it.
     */
    void lock(RowAccess rows, Transaction transaction, ReferencedKey referenced, LockMode mode) {
        KeyEncoder encoder = new KeyEncoder().unsignedInt(parent.objectId());
        byte[] prefix = rows.tables().prefix(parent, referenced.user());
        encoder.raw(prefix, Integer.BYTES, prefix.length);
        encoder.unsignedInt(parentIndex == null ? 0 : parentIndex.indexId());
        for (int column : parentOrder) {
            encoder.value(keyColumns.get(column).dataType(), referenced.values().get(column));
        }
        transaction.guard(parent.id(), KeySpace.INDEXES, encoder.toBytes(), mode);
    }

    /** The row that is referenced, or null if there is none. @param view null for what is committed by now */
    @Nullable
    StoredRow findParent(RowAccess rows, @Nullable ReadView view, ReferencedKey referenced) {
        KeyRange range = new KeyRange(ordered(parentOrder, referenced), null, null);
        ScanRequest request = ScanRequest.all(parent, referenced.user()).withRowKeys();
        List<StoredRow> found = read(
                parentIndex == null
                        ? rows.tables().scan(view, request.withRange(range))
                        : rows.indexes().scan(view, request, parentIndex, List.of(range), false));
        return found.isEmpty() ? null : found.get(0);
    }

    /** The rows that reference one of some keys, of whatever user. @param view null for what is committed by now */
    List<StoredRow> findChildren(RowAccess rows, @Nullable ReadView view, Map<ByteBuffer, ReferencedKey> keys) {
        boolean indexed = childByPrimaryKey || childIndex != null;
        if (!indexed || isPerUser(child) && !isPerUser(parent)) {
            return search(rows, view, keys);
        }
        List<StoredRow> found = new ArrayList<>();
        for (ReferencedKey referenced : keys.values()) {
            ScanRequest request = ScanRequest.all(child, referenced.user()).withRowKeys();
            KeyRange range = new KeyRange(ordered(childOrder, referenced), null, null);
            found.addAll(read(
                    childIndex == null
                            ? rows.tables().scan(view, request.withRange(range))
                            : rows.indexes().scan(view, request, childIndex, List.of(range), false)));
        }
        return found;
    }

    private List<StoredRow> search(RowAccess rows, @Nullable ReadView view, Map<ByteBuffer, ReferencedKey> keys) {
        ScanRequest request = ScanRequest.all(child, "").withRowKeys();
        return read(rows.tables().scanOfAllUsers(view, request)).stream()
                .filter(row -> {
                    ReferencedKey referenced = referencedBy(rows.tables().userOf(child, row.rowKey()), row.values());
                    return referenced != null && keys.containsKey(hashable(referenced));
                })
                .toList();
    }

    private static List<Object> ordered(int[] order, ReferencedKey referenced) {
        return Arrays.stream(order).<Object>mapToObj(referenced.values()::get).toList();
    }

    static boolean isPerUser(TableDefinition table) {
        return table.type() == TableType.USER || table.type() == TableType.STREAM;
    }

    private static List<StoredRow> read(RowCursor cursor) {
        List<StoredRow> rows = new ArrayList<>();
        try (cursor) {
            for (ColumnBatch batch = cursor.next(); batch != null; batch = cursor.next()) {
                for (int row = 0; row < batch.rowCount(); row++) {
                    @Nullable
                    Object[] values = new @Nullable Object[batch.columns().size()];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = batch.column(i).storedValue(row);
                    }
                    rows.add(new StoredRow(cursor.rowKey(row), values));
                }
            }
        }
        return rows;
    }

    /** The values as in error messages: {@code (a, b) = (1, 2)}. */
    String text(List<String> columns, ReferencedKey referenced) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            texts.add(StoredValues.toText(
                    keyColumns.get(i).dataType(), referenced.values().get(i)));
        }
        return "(" + String.join(", ", columns) + ") = (" + String.join(", ", texts) + ")";
    }
}
