// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.index;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.storage.IndexEntries;
import org.kalamdb.storage.KeyRange;
import org.kalamdb.storage.RowCursor;
import org.kalamdb.storage.ScanRequest;
import org.kalamdb.storage.TableStore;
import org.kalamdb.store.WriteBatch;

/** Writes the entries of a new index for the rows that are there, while nobody commits. Confined to one thread. */
final class IndexBuild {
    private static final int ENTRIES_PER_WRITE = 4096;

    private final TableStore tables;
    private final IndexEntries entries;
    private final TableDefinition table;
    private final IndexKeys keys;
    private final int[] columnIndexes;
    private final Set<ByteBuffer> uniqueKeys = new HashSet<>();
    private WriteBatch batch = new WriteBatch();

    IndexBuild(TableStore tables, IndexEntries entries, TableDefinition table, IndexKeys keys) {
        this.tables = tables;
        this.entries = entries;
        this.table = table;
        this.keys = keys;
        this.columnIndexes = keys.columnIndexes();
    }

    void run() {
        ScanRequest request =
                ScanRequest.of(table, "", columnIndexes, KeyRange.ALL).withRowKeys();
        try (RowCursor rows = tables.scanOfAllUsers(null, request)) {
            for (ColumnBatch found = rows.next(); found != null; found = rows.next()) {
                for (int row = 0; row < found.rowCount(); row++) {
                    add(rows.rowKey(row), found, row);
                }
            }
        }
        write();
    }

    private void add(byte[] rowKey, ColumnBatch found, int row) {
        @Nullable Object[] values = new @Nullable Object[table.columns().size()];
        for (int i = 0; i < columnIndexes.length; i++) {
            values[columnIndexes[i]] = found.column(i).storedValue(row);
        }
        IndexEntry entry = keys.entry(rowKey, tables.prefixLength(table, rowKey), values);
        if (entry.isUnique()
                && (!uniqueKeys.add(ByteBuffer.wrap(entry.key())) || entries.get(null, entry.key()) != null)) {
            throw keys.violation(values);
        }
        batch.put(entry.key(), entry.value());
        if (batch.size() == ENTRIES_PER_WRITE) {
            write();
        }
    }

    private void write() {
        if (batch.size() > 0) {
            entries.write(batch);
            batch = new WriteBatch();
            uniqueKeys.clear();
        }
    }
}
