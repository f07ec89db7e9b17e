// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.index;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.storage.IndexEntries;
import org.kalamdb.storage.RowCursor;
import org.kalamdb.storage.ScanRequest;
import org.kalamdb.storage.StoredRow;
import org.kalamdb.storage.TableStore;
import org.kalamdb.storage.row.KeyRange;
import org.kalamdb.store.WriteBatch;
import org.kalamdb.transaction.ChangeLog;
import org.kalamdb.transaction.SchemaGuard;
import org.kalamdb.transaction.Transaction;
import org.kalamdb.transaction.Transactions;

/**
 * Stores the entries of a new index. It reads a snapshot of the table while transactions go on, then what they have changed
 * meanwhile, round by round, and the last of it while nobody commits. If it fails, or the process dies, some entries may be
 * stored: {@link Indexes#remove} removes them. Confined to one thread.
 */
public final class IndexBuild implements AutoCloseable {
    private static final int ENTRIES_PER_WRITE = 4096;
    /** So few rows are caught up with while nobody commits. */
    private static final int FEW_ROWS = 1000;
    /** Who writes faster than rows are caught up with waits for the rest. */
    private static final int MAX_ROUNDS = 10;

    private final TableStore tables;
    private final IndexEntries entries;
    private final Transactions transactions;
    private final SchemaGuard guard;
    private final TableDefinition table;
    private final IndexKeys keys;
    private final Runnable onFinish;
    private final int[] columnIndexes;
    private final ChangeLog changes;
    /** Sees the rows that the entries are to be those of. */
    private Transaction reader;

    private final Set<ByteBuffer> uniqueKeys = new HashSet<>();
    private WriteBatch batch = new WriteBatch();

    /** What the reader sees, and which rows have changed since the last one. */
    private record Step(Transaction reader, ChangeLog.Changes changes) {}

    IndexBuild(
            TableStore tables,
            IndexEntries entries,
            Transactions transactions,
            SchemaGuard guard,
            TableDefinition table,
            IndexKeys keys,
            Runnable onFinish) {
        this.tables = tables;
        this.entries = entries;
        this.transactions = transactions;
        this.guard = guard;
        this.table = table;
        this.keys = keys;
        this.onFinish = onFinish;
        this.columnIndexes = keys.columnIndexes();
        this.changes = tables.logChanges(transactions, table);
        boolean begun = false;
        try {
            this.reader = step().reader();
            begun = true;
        } finally {
            if (!begun) {
                changes.close();
            }
        }
    }

    /**
     * Stores the entries for nearly all rows, while transactions go on.
     *
     * @param stopCheck called now and then; throws if the statement is to stop
     * @throws org.kalamdb.error.KalamException UNIQUE_VIOLATION
     */
    public void run(Runnable stopCheck) {
        scan(stopCheck);
        for (int round = 0; round < MAX_ROUNDS; round++) {
            Step step = step();
            catchUp(step, stopCheck);
            if (step.changes().complete() && step.changes().keys().size() <= FEW_ROWS) {
                return;
            }
        }
    }

    /**
     * Stores the entries for the other rows. Nobody may commit from before this call until the definition has the index.
     *
     * @throws org.kalamdb.error.KalamException UNIQUE_VIOLATION
     */
    public void finish() {
        catchUp(step(), () -> {});
        onFinish.run();
    }

    @Override
    public void close() {
        changes.close();
        reader.close();
    }

    /** Nobody commits meanwhile, so that each change is either seen by the reader or among the next changes. */
    private Step step() {
        List<Step> taken = new ArrayList<>(1);
        guard.exclusively(() -> {
            Transaction next = transactions.begin();
            next.view().snapshot();
            taken.add(new Step(next, changes.drain()));
        });
        return taken.get(0);
    }

    private void scan(Runnable stopCheck) {
        ScanRequest request =
                ScanRequest.of(table, "", columnIndexes, KeyRange.ALL).withRowKeys();
        try (RowCursor rows = tables.scanOfAllUsers(reader.view(), request)) {
            for (ColumnBatch found = rows.next(); found != null; found = rows.next()) {
                stopCheck.run();
                for (int row = 0; row < found.rowCount(); row++) {
                    @Nullable
                    Object[] values = new @Nullable Object[table.columns().size()];
                    for (int i = 0; i < columnIndexes.length; i++) {
                        values[columnIndexes[i]] = found.column(i).storedValue(row);
                    }
                    add(rows.rowKey(row), values);
                }
            }
        }
        write();
    }

    private void catchUp(Step step, Runnable stopCheck) {
        Transaction before = reader;
        reader = step.reader();
        try (before) {
            if (step.changes().complete()) {
                // All that goes, first: a value may have gone from one row to another.
                removeChanged(before, step.changes().keys(), stopCheck);
                addChanged(step.changes().keys(), stopCheck);
            } else {
                entries.remove(IndexKeys.all(keys.index().indexId()));
                scan(stopCheck);
            }
        }
    }

    private void removeChanged(Transaction before, List<byte[]> rowKeys, Runnable stopCheck) {
        for (byte[] rowKey : rowKeys) {
            @Nullable Object[] values = tables.findStored(before.view(), table, rowKey);
            if (values != null) {
                remove(keys.entry(rowKey, tables.prefixLength(table, rowKey), values), stopCheck);
            }
        }
        write();
    }

    private void remove(IndexEntry entry, Runnable stopCheck) {
        if (entry.isUnique()) {
            byte[] stored = entries.get(null, entry.key());
            if (stored == null || !entry.isSameAs(entry.key(), stored)) {
                // The row had expired and was not entered.
                return;
            }
        }
        batch.delete(entry.key());
        if (batch.size() == ENTRIES_PER_WRITE) {
            stopCheck.run();
            write();
        }
    }

    private void addChanged(List<byte[]> rowKeys, Runnable stopCheck) {
        for (byte[] rowKey : rowKeys) {
            StoredRow row = tables.findInView(reader.view(), table, rowKey);
            if (row != null) {
                add(rowKey, row.values());
            }
        }
        stopCheck.run();
        write();
    }

    /** @param values stored values, of the indexed columns at least */
    private void add(byte[] rowKey, @Nullable Object[] values) {
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
