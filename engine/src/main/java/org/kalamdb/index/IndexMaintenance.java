// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.index;

import org.jspecify.annotations.Nullable;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableType;
import org.kalamdb.storage.RowListener;
import org.kalamdb.storage.TableStore;
import org.kalamdb.transaction.KeySpace;
import org.kalamdb.transaction.Transaction;

/**
 * Keeps the entries of indexes in step with the rows. Safe for use by several threads.
 *
 * <p>Whoever adds or removes an entry that must be unique holds its lock until the transaction ends, so that of two
 * transactions that want one key the second waits and then finds it taken or free. Other entries end with a row key, whose
 * lock the transaction holds anyway.
 */
final class IndexMaintenance implements RowListener {
    private final IndexFormats formats;

    IndexMaintenance(IndexFormats formats) {
        this.formats = formats;
    }

    @Override
    public void changed(
            TableStore tables,
            Transaction transaction,
            TableDefinition table,
            byte[] rowKey,
            @Nullable Object @Nullable [] before,
            @Nullable Object @Nullable [] after) {
        int prefixLength = tables.prefixLength(table, rowKey);
        for (IndexKeys keys : formats.of(table)) {
            IndexEntry old = before == null ? null : keys.entry(rowKey, prefixLength, before);
            IndexEntry current = after == null ? null : keys.entry(rowKey, prefixLength, after);
            if (old != null && current != null && old.isSameAs(current.key(), current.value())) {
                continue;
            }
            if (old != null) {
                remove(transaction, table, old);
            }
            if (current != null && after != null) {
                add(tables, transaction, table, keys, rowKey, current, after);
            }
        }
    }

    private static void remove(Transaction transaction, TableDefinition table, IndexEntry entry) {
        if (entry.isUnique()) {
            byte[] stored = transaction.lockAndRead(table, KeySpace.INDEXES, entry.key());
            if (stored == null || !entry.isSameAs(entry.key(), stored)) {
                // The row had expired and another one has taken its place.
                return;
            }
        }
        transaction.delete(table, KeySpace.INDEXES, entry.key());
    }

    private static void add(
            TableStore tables,
            Transaction transaction,
            TableDefinition table,
            IndexKeys keys,
            byte[] rowKey,
            IndexEntry entry,
            @Nullable Object[] row) {
        if (entry.isUnique()) {
            byte[] taken = transaction.lockAndRead(table, KeySpace.INDEXES, entry.key());
            if (taken != null && isThere(tables, transaction, table, keys, rowKey, entry.key(), taken)) {
                throw keys.violation(row);
            }
        }
        transaction.put(table, KeySpace.INDEXES, entry.key(), entry.value());
    }

    /** Whether the row of an entry can still be seen, as one that has expired cannot. */
    private static boolean isThere(
            TableStore tables,
            Transaction transaction,
            TableDefinition table,
            IndexKeys keys,
            byte[] rowKey,
            byte[] key,
            byte[] value) {
        if (table.type() != TableType.STREAM) {
            return true;
        }
        byte[] prefix = java.util.Arrays.copyOf(rowKey, tables.prefixLength(table, rowKey));
        return tables.findByRowKey(transaction, table, keys.rowKey(prefix, key, value)) != null;
    }
}
