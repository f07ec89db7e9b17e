// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableType;
import org.kalamdb.storage.EntryCursor;
import org.kalamdb.storage.IndexEntries;
import org.kalamdb.storage.RowCursor;
import org.kalamdb.storage.ScanRequest;
import org.kalamdb.storage.StoredRow;
import org.kalamdb.storage.TableStore;
import org.kalamdb.storage.row.KeyRange;
import org.kalamdb.transaction.Transaction;

/**
 * Compares an index with its table: each entry must be the one its row has, and there must be as many as rows. Confined
 * to one thread.
 */
final class IndexCheck {
    private static final int MAX_PROBLEMS = 10;

    private final TableStore tables;
    private final IndexEntries entries;
    private final Transaction transaction;
    private final TableDefinition table;
    private final IndexKeys keys;
    private final List<String> problems = new ArrayList<>();

    IndexCheck(
            TableStore tables, IndexEntries entries, Transaction transaction, TableDefinition table, IndexKeys keys) {
        this.tables = tables;
        this.entries = entries;
        this.transaction = transaction;
        this.table = table;
        this.keys = keys;
    }

    IndexReport run() {
        long entryCount = 0;
        try (EntryCursor cursor = entries.cursor(
                transaction.view(), List.of(IndexKeys.all(keys.index().indexId())), false)) {
            while (cursor.next()) {
                if (check(cursor.key(), cursor.value())) {
                    entryCount++;
                }
            }
        }
        long rowCount = countRows();
        if (rowCount != entryCount) {
            report("index has " + entryCount + " entries for " + rowCount + " rows");
        }
        return new IndexReport(rowCount, entryCount, problems);
    }

    /** Returns whether the entry counts; that of an expired row does not. */
    private boolean check(byte[] key, byte[] value) {
        int prefixLength = tables.prefixLength(table, key);
        byte[] prefix = Arrays.copyOf(key, prefixLength);
        for (int i = 0; i < Integer.BYTES; i++) {
            prefix[i] = (byte) (table.objectId() >>> Byte.SIZE * (Integer.BYTES - 1 - i));
        }
        byte[] rowKey = keys.rowKey(prefix, key, value);
        StoredRow row = tables.findByRowKey(transaction, table, rowKey);
        if (row == null) {
            if (table.type() == TableType.STREAM) {
                return false;
            }
            report("entry " + HexFormat.of().formatHex(key) + " names a row that does not exist");
        } else if (!keys.entry(rowKey, prefixLength, row.values()).isSameAs(key, value)) {
            report("entry " + HexFormat.of().formatHex(key) + " does not have the values of its row");
        }
        return true;
    }

    private long countRows() {
        long count = 0;
        try (RowCursor rows =
                tables.scanOfAllUsers(transaction.view(), ScanRequest.of(table, "", new int[0], KeyRange.ALL))) {
            for (ColumnBatch batch = rows.next(); batch != null; batch = rows.next()) {
                count += batch.rowCount();
            }
        }
        return count;
    }

    private void report(String problem) {
        if (problems.size() < MAX_PROBLEMS) {
            problems.add("Index " + keys.index().name() + " of table " + table.id() + ": " + problem);
        }
    }
}
