// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.index;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.schema.IndexDefinition;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableType;
import org.kalamdb.storage.EntryCursor;
import org.kalamdb.storage.IndexEntries;
import org.kalamdb.storage.RowCursor;
import org.kalamdb.storage.RowKeySource;
import org.kalamdb.storage.RowListener;
import org.kalamdb.storage.ScanRequest;
import org.kalamdb.storage.StoredRow;
import org.kalamdb.storage.TableStore;
import org.kalamdb.storage.row.KeyRange;
import org.kalamdb.storage.row.KeySpan;
import org.kalamdb.transaction.KeySpace;
import org.kalamdb.transaction.KnownEntries;
import org.kalamdb.transaction.ReadView;
import org.kalamdb.transaction.SchemaGuard;
import org.kalamdb.transaction.Transaction;
import org.kalamdb.transaction.Transactions;

/** The secondary indexes of a database. Safe for use by several threads, each with its own transaction. */
public final class Indexes {
    private final TableStore tables;
    private final IndexEntries entries;
    private final IndexFormats formats = new IndexFormats();
    /** By which write indexes made by this process were complete; older views do not show all their entries. */
    private final ConcurrentHashMap<Long, Long> builtBy = new ConcurrentHashMap<>();

    /** @param tables the rows, which tell {@link #maintenance()} of their changes */
    public Indexes(TableStore tables, IndexEntries entries) {
        this.tables = requireNonNull(tables, "tables is null");
        this.entries = requireNonNull(entries, "entries is null");
    }

    /** What keeps entries in step with the rows of any database. */
    public static RowListener maintenance() {
        return new IndexMaintenance(new IndexFormats());
    }

    /**
     * Opens a cursor over the rows that an index names.
     *
     * @param request what to read of them; its own range is of no effect
     * @param ranges what the first columns of the index must be; rows in several of them come once
     * @param descending whether they come in the descending order of the index; NULL is greater than any value
     */
    public RowCursor scan(
            @Nullable ReadView view,
            ScanRequest request,
            IndexDefinition index,
            List<KeyRange> ranges,
            boolean descending) {
        IndexKeys keys = formats.of(request.table(), index);
        byte[] prefix = tables.prefix(request.table(), request.user());
        return tables.lookUp(view, request, rowKeys(view, request, keys, prefix, ranges, descending));
    }

    private RowKeySource rowKeys(
            @Nullable ReadView view,
            ScanRequest request,
            IndexKeys keys,
            byte[] prefix,
            List<KeyRange> ranges,
            boolean descending) {
        List<KeySpan> spans = keys.spans(prefix, ranges);
        if (spans.isEmpty()) {
            return new ListedRowKeys(List.of());
        }
        if (view != null && isOlder(view, keys.index())) {
            return new ListedRowKeys(search(view, request, keys, spans, descending));
        }
        if (keys.index().unique() && spans.size() == 1 && ranges.stream().allMatch(keys::isPoint)) {
            byte[] key = spans.get(0).lower();
            byte[] value = entries.get(view, key);
            return new ListedRowKeys(value == null ? List.of() : List.of(keys.rowKey(prefix, key, value)));
        }
        KnownEntries known = view == null || spans.size() > 1
                ? null
                : entries.known(view, spans.get(0), enoughEntries(request, descending));
        return known == null
                ? new EntryRowKeys(entries.cursor(view, spans, descending), keys, prefix)
                : new KnownRowKeys(descending ? known.descending() : known, keys, prefix);
    }

    /** How many of the first entries name as many rows as are wanted, where each names one that is there. */
    private static long enoughEntries(ScanRequest request, boolean descending) {
        boolean mayBeGone = request.table().type() == TableType.STREAM;
        return descending || mayBeGone ? Long.MAX_VALUE : request.demand().rows();
    }

    /** Whether the view shows rows as they were before the index had all its entries. */
    private boolean isOlder(ReadView view, IndexDefinition index) {
        Long lastWrite = builtBy.get(index.indexId());
        return lastWrite != null && !entries.shows(view, lastWrite);
    }

    /** What the index would answer if it had been there. */
    private List<byte[]> search(
            ReadView view, ScanRequest request, IndexKeys keys, List<KeySpan> spans, boolean descending) {
        NavigableMap<byte[], byte[]> found = new TreeMap<>(Arrays::compareUnsigned);
        TableDefinition table = request.table();
        try (RowCursor rows =
                tables.scan(view, ScanRequest.all(table, request.user()).withRowKeys())) {
            for (ColumnBatch batch = rows.next(); batch != null; batch = rows.next()) {
                for (int row = 0; row < batch.rowCount(); row++) {
                    byte[] rowKey = rows.rowKey(row);
                    byte[] key = keys.entry(rowKey, tables.prefixLength(table, rowKey), values(batch, row))
                            .key();
                    if (spans.stream().anyMatch(span -> contains(span, key))) {
                        found.put(key, rowKey);
                    }
                }
            }
        }
        return List.copyOf((descending ? found.descendingMap() : found).values());
    }

    private static @Nullable Object[] values(ColumnBatch batch, int row) {
        @Nullable Object[] values = new @Nullable Object[batch.columns().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = batch.column(i).storedValue(row);
        }
        return values;
    }

    private static boolean contains(KeySpan span, byte[] key) {
        return Arrays.compareUnsigned(key, span.lower()) >= 0 && Arrays.compareUnsigned(key, span.upper()) < 0;
    }

    /**
     * The row that has what a unique index allows only once. Whether there is one or not, nobody else can add or remove
     * one until the transaction ends.
     *
     * @param row stored values of all columns of the new row; one with NULL in the index is like no other
     * @throws org.kalamdb.error.KalamException SERIALIZATION_FAILURE, LOCK_TIMEOUT
     */
    public @Nullable StoredRow lockTaken(
            Transaction transaction,
            TableDefinition table,
            String user,
            IndexDefinition index,
            @Nullable Object[] row) {
        IndexKeys keys = formats.of(table, index);
        byte[] prefix = tables.prefix(table, user);
        byte[] key = keys.uniqueKey(prefix, row);
        byte[] value = key == null ? null : transaction.lockAndRead(table, KeySpace.INDEXES, key);
        return key == null || value == null
                ? null
                : tables.findByRowKey(transaction, table, keys.rowKey(prefix, key, value));
    }

    /**
     * Begins to store the entries of a new index.
     *
     * @param transactions those that change the table meanwhile
     * @param guard keeps their commits away at the end
     * @param table the definition as it is, without the index; it must not change until the index is part of it
     */
    public IndexBuild startBuild(
            Transactions transactions, SchemaGuard guard, TableDefinition table, IndexDefinition index) {
        IndexKeys keys = new IndexKeys(table, index);
        Runnable onFinish = () -> builtBy.put(index.indexId(), entries.lastWrite());
        return new IndexBuild(tables, entries, transactions, guard, table, keys, onFinish);
    }

    /** Removes the entries of an index that is gone. */
    public void remove(long indexId) {
        entries.remove(IndexKeys.all(indexId));
        builtBy.remove(indexId);
    }

    /** Removes the rows and index entries of a table that is gone. Nobody may write to it any more. */
    public void removeTable(TableDefinition table) {
        tables.dropRows(table.objectId());
        table.indexes().forEach(index -> remove(index.indexId()));
    }

    /** Compares an index with its table as the transaction sees them. Reads all of both. */
    public IndexReport check(Transaction transaction, TableDefinition table, IndexDefinition index) {
        return new IndexCheck(tables, entries, transaction, table, formats.of(table, index)).run();
    }

    /** Row keys that are known. */
    private static final class ListedRowKeys implements RowKeySource {
        private final Iterator<byte[]> rowKeys;

        ListedRowKeys(List<byte[]> rowKeys) {
            this.rowKeys = rowKeys.iterator();
        }

        @Override
        public byte @Nullable [] next() {
            return rowKeys.hasNext() ? rowKeys.next() : null;
        }

        @Override
        public void close() {
            // It holds nothing.
        }
    }

    /** Row keys out of entries that are on the heap. */
    private static final class KnownRowKeys implements RowKeySource {
        private final KnownEntries entries;
        private final IndexKeys keys;
        private final byte[] prefix;

        KnownRowKeys(KnownEntries entries, IndexKeys keys, byte[] prefix) {
            this.entries = entries;
            this.keys = keys;
            this.prefix = prefix;
        }

        @Override
        public byte @Nullable [] next() {
            return entries.next() ? keys.rowKey(prefix, entries.key(), entries.value()) : null;
        }

        @Override
        public void close() {
            // It holds nothing.
        }
    }

    /** Row keys out of entries. */
    private static final class EntryRowKeys implements RowKeySource {
        private final EntryCursor entries;
        private final IndexKeys keys;
        private final byte[] prefix;

        EntryRowKeys(EntryCursor entries, IndexKeys keys, byte[] prefix) {
            this.entries = entries;
            this.keys = keys;
            this.prefix = prefix;
        }

        @Override
        public byte @Nullable [] next() {
            return entries.next() ? keys.rowKey(prefix, entries.key(), entries.value()) : null;
        }

        @Override
        public void close() {
            entries.close();
        }
    }
}
