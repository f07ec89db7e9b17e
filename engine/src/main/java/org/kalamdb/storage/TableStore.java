// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.batch.BatchBuilder;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.engine.batch.ColumnVector;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableStatistics;
import org.kalamdb.schema.TableType;
import org.kalamdb.storage.row.KeyRange;
import org.kalamdb.storage.row.KeySpan;
import org.kalamdb.storage.row.RowBlock;
import org.kalamdb.storage.row.RowEncoder;
import org.kalamdb.storage.row.RowExpiry;
import org.kalamdb.storage.row.RowHeader;
import org.kalamdb.storage.row.RowKeys;
import org.kalamdb.storage.row.StoredTypes;
import org.kalamdb.storage.row.TableFormat;
import org.kalamdb.transaction.ChangeLog;
import org.kalamdb.transaction.KeySpace;
import org.kalamdb.transaction.ReadView;
import org.kalamdb.transaction.SchemaGuard;
import org.kalamdb.transaction.StoreSnapshot;
import org.kalamdb.transaction.Transaction;
import org.kalamdb.transaction.Transactions;

/**
 * The rows of all tables of a database, as typed values. Safe for use by several threads, each with its own transaction.
 *
 * <p>Rows are arrays of stored values (see {@code org.kalamdb.type.StoredValues}), one for each column of the definition.
 * Where a transaction or a view may be null, null reads what is committed at the time of the call, at less cost. The user decides
 * whose rows are meant in USER and STREAM tables and has no effect in others.
 *
 * <p>Constraints other than the primary key are the caller's. A row of a STREAM table is there until its time to live,
 * counted from its insertion in whole seconds, has passed; from then on nobody sees it and its key is free. A row of a
 * USER or SHARED table that is deleted is kept as it was, apart from the others, for those who ask for deleted rows.
 */
public final class TableStore {
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int NANOS_PER_MICRO = 1_000;

    private final RocksStorage storage;
    private final SchemaGuard guard;
    private final InstantSource clock;
    private final RowListener listener;
    private final Tombstones tombstones;

    /** As the other one, with nobody who listens. */
    public TableStore(RocksStorage storage, SchemaGuard guard, InstantSource clock) {
        this(storage, guard, clock, RowListener.NONE);
    }

    /**
     * @param clock what time it is for rows that expire
     * @param listener what is told of changes of tables that have indexes
     */
    public TableStore(RocksStorage storage, SchemaGuard guard, InstantSource clock, RowListener listener) {
        this.listener = requireNonNull(listener, "listener is null");
        this.storage = requireNonNull(storage, "storage is null");
        this.tombstones = new Tombstones(storage);
        this.guard = requireNonNull(guard, "guard is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /**
     * Opens a cursor over the rows that the request asks for. Their order is unspecified unless the request asks for key
     * order: that of the primary key or, without one, of insertion.
     */
    public RowCursor scan(@Nullable ReadView view, ScanRequest request) {
        TableFormat format = format(request.table());
        RowKeys keys = format.keys();
        KeyRange range = request.range();
        RowExpiry expiry = RowExpiry.of(request.table(), clock);
        if (keys.hasPrimaryKey() && range.prefix().size() == keys.columnCount()) {
            byte[] rowKey = keys.ofKey(request.user(), range.prefix());
            byte[] row = view != null && request.demand().isAlone() && !request.hasDeleted()
                    ? view.readAlone(KeySpace.ROWS, rowKey)
                    : read(view, rowKey);
            if (row == null && request.hasDeleted()) {
                row = requireNonNull(view, "view is null").read(KeySpace.TOMBSTONES, rowKey);
            }
            return new PointCursor(rowKey, pointBatch(format, expiry, request, row));
        }
        KeySpan span = keys.span(request.user(), range);
        if (request.hasDeleted()) {
            ReadView seen = requireNonNull(view, "view is null");
            return tombstones.scan(format, request, span, seen);
        }
        return new TierScan(storage, format, request, expiry, span).open(view);
    }

    /**
     * Opens a scan in parts, which several threads may read. Order, row keys, deleted rows and whole keys make it one of one
     * part.
     */
    public ScanParts scanParts(ReadView view, ScanRequest request) {
        TableFormat format = format(request.table());
        RowKeys keys = format.keys();
        boolean byKey = keys.hasPrimaryKey() && request.range().prefix().size() == keys.columnCount();
        if (byKey || request.hasRowKeys() || request.isInKeyOrder() || request.hasDeleted()) {
            return ScanParts.of(scan(view, request));
        }
        RowExpiry expiry = RowExpiry.of(request.table(), clock);
        KeySpan span = keys.span(request.user(), request.range());
        return new TierScan(storage, format, request, expiry, span).openParts(view);
    }

    /**
     * Opens a cursor over the rows that somebody names, in that order; those that are gone or have expired do not come.
     *
     * @param request what to read of them; its own range is of no effect
     * @param keys of rows; closed with the cursor
     */
    public RowCursor lookUp(@Nullable ReadView view, ScanRequest request, RowKeySource keys) {
        RowExpiry expiry = RowExpiry.of(request.table(), clock);
        return new LookupCursor(storage, format(request.table()), view, request, expiry, keys);
    }

    private static @Nullable ColumnBatch pointBatch(
            TableFormat format, RowExpiry expiry, ScanRequest request, byte @Nullable [] storedRow) {
        if (storedRow == null) {
            return null;
        }
        RowBlock rows = RowBlock.of(format.table(), expiry, storedRow);
        if (rows.count() == 0) {
            return null;
        }
        int[] columnIndexes = request.columnIndexes();
        BatchBuilder builder = format.builder(columnIndexes, 1);
        format.read(rows, columnIndexes, builder);
        return builder.build(1);
    }

    /**
     * The row with a primary key, or null if there is none.
     *
     * @param key stored values of all key columns in key order
     */
    public @Nullable StoredRow find(
            @Nullable Transaction transaction, TableDefinition table, String user, List<?> key) {
        return findByRowKey(transaction, table, format(table).keys().ofKey(user, key));
    }

    /** As {@link #findByRowKey} in a view, or for null in what is committed by now. */
    public @Nullable StoredRow findInView(@Nullable ReadView view, TableDefinition table, byte[] rowKey) {
        return decode(format(table), rowKey, read(view, rowKey));
    }

    /** Stored values of all columns of a row, even if it has expired, or null if there is none. */
    public @Nullable Object @Nullable [] findStored(ReadView view, TableDefinition table, byte[] rowKey) {
        return valuesOf(format(table), read(view, rowKey));
    }

    /** The row that a scan or an earlier call named by this key, or null if it is gone. */
    public @Nullable StoredRow findByRowKey(@Nullable Transaction transaction, TableDefinition table, byte[] rowKey) {
        return decode(format(table), rowKey, read(viewOf(transaction), rowKey));
    }

    /**
     * Inserts a row and returns its key.
     *
     * @throws KalamException PRIMARY_KEY_VIOLATION if its primary key is taken; SERIALIZATION_FAILURE, LOCK_TIMEOUT
     */
    public byte[] insert(Transaction transaction, TableDefinition table, String user, @Nullable Object[] row) {
        TableFormat format = format(table);
        byte[] rowKey = newKey(format, user, row);
        byte[] existing = transaction.lockAndRead(table, KeySpace.ROWS, rowKey);
        if (existing != null && !isExpired(format, existing)) {
            throw duplicateKey(table, row);
        }
        putNew(transaction, format, rowKey, row, existing);
        return rowKey;
    }

    /**
     * Makes rows of vectors, to be inserted one by one.
     *
     * @param columns one vector for each column of the table, of its type and of values that the column takes
     * @param from the first row of the vectors to take
     * @param to the row behind the last one
     */
    public EncodedRows encode(TableDefinition table, String user, List<ColumnVector> columns, int from, int to) {
        TableFormat format = format(table);
        RowKeys rowKeys = format.keys();
        byte[][] keys = new byte[to - from][];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = rowKeys.hasPrimaryKey()
                    ? rowKeys.of(user, columns, from + i)
                    : rowKeys.ofRowId(user, storage.sequences().rowIds(table).next());
        }
        byte[][] rows = format.batchEncoder().encode(columns, from, to, insertionMicros(table));
        return new EncodedRows(format, columns, from, keys, rows);
    }

    /**
     * Inserts one of the rows that {@link #encode} has made.
     *
     * @throws KalamException as {@link #insert(Transaction, TableDefinition, String, Object[])}
     */
    public void insert(Transaction transaction, EncodedRows rows, int index) {
        TableFormat format = rows.format();
        byte[] rowKey = rows.key(index);
        byte[] existing = transaction.lockAndRead(format.table(), KeySpace.ROWS, rowKey);
        if (existing != null && !isExpired(format, existing)) {
            throw duplicateKey(format.table(), rows.values(index));
        }
        putNew(transaction, format, rowKey, rows.row(index), existing);
        if (listens(format.table())) {
            tellWritten(transaction, format, rowKey, existing, rows.values(index));
        }
    }

    /**
     * Inserts a row unless its primary key is taken.
     *
     * @return null if it was inserted, else the row that is there, locked until the transaction ends
     * @throws KalamException SERIALIZATION_FAILURE, LOCK_TIMEOUT
     */
    public @Nullable StoredRow tryInsert(
            Transaction transaction, TableDefinition table, String user, @Nullable Object[] row) {
        TableFormat format = format(table);
        byte[] rowKey = newKey(format, user, row);
        byte[] existing = transaction.lockAndRead(table, KeySpace.ROWS, rowKey);
        StoredRow found = decode(format, rowKey, existing);
        if (found == null) {
            putNew(transaction, format, rowKey, row, existing);
        }
        return found;
    }

    /**
     * Replaces a row. A new primary key moves it, which must be free.
     *
     * @param row all values of the new row
     * @return false if there is no such row
     * @throws KalamException PRIMARY_KEY_VIOLATION, SERIALIZATION_FAILURE, LOCK_TIMEOUT
     */
    public boolean update(
            Transaction transaction, TableDefinition table, String user, byte[] rowKey, @Nullable Object[] row) {
        TableFormat format = format(table);
        byte[] old = transaction.lockAndRead(table, KeySpace.ROWS, rowKey);
        if (old == null) {
            return false;
        }
        RowBlock oldRow = RowBlock.of(table, RowExpiry.of(table, clock), old);
        if (oldRow.count() == 0) {
            return false;
        }
        byte[] value = format.encoder().encode(row, oldRow.insertionMicros());
        byte[] newKey = format.keys().hasPrimaryKey() ? format.keys().of(user, row) : rowKey;
        if (Arrays.equals(newKey, rowKey)) {
            Arrivals.remove(transaction, table, rowKey, old);
            write(transaction, table, rowKey, value);
            if (listens(table)) {
                listener.changed(this, transaction, table, rowKey, format.values(oldRow, 0), row);
            }
            return true;
        }
        byte[] existing = transaction.lockAndRead(table, KeySpace.ROWS, newKey);
        if (existing != null && !isExpired(format, existing)) {
            throw duplicateKey(table, row);
        }
        transaction.delete(table, KeySpace.ROWS, rowKey);
        Arrivals.remove(transaction, table, rowKey, old);
        keepDeleted(transaction, table, rowKey, old);
        tellRemoved(transaction, format, rowKey, old);
        if (existing != null) {
            Arrivals.remove(transaction, table, newKey, existing);
            transaction.countRows(table, -1);
        }
        write(transaction, table, newKey, value);
        tellWritten(transaction, format, newKey, existing, row);
        return true;
    }

    /**
     * Removes a row. What it was is kept as long as the table keeps deleted rows.
     *
     * @return false if there is no such row
     * @throws KalamException SERIALIZATION_FAILURE, LOCK_TIMEOUT
     */
    public boolean delete(Transaction transaction, TableDefinition table, byte[] rowKey) {
        byte[] old = transaction.lockAndRead(table, KeySpace.ROWS, rowKey);
        if (old == null) {
            return false;
        }
        keepDeleted(transaction, table, rowKey, old);
        return remove(transaction, table, rowKey, old);
    }

    /** As {@link #delete}, and nothing of the row is kept. */
    public boolean erase(Transaction transaction, TableDefinition table, byte[] rowKey) {
        byte[] old = transaction.lockAndRead(table, KeySpace.ROWS, rowKey);
        return old != null && remove(transaction, table, rowKey, old);
    }

    /** Removes what is kept of rows that a user has deleted; in SHARED tables of all. */
    public void eraseDeleted(Transaction transaction, TableDefinition table, String user) {
        KeySpan span = format(table).keys().span(user, KeyRange.ALL);
        tombstones
                .keys(transaction.view(), span)
                .forEach(rowKey -> transaction.delete(table, KeySpace.TOMBSTONES, rowKey));
    }

    private void keepDeleted(Transaction transaction, TableDefinition table, byte[] rowKey, byte[] old) {
        if (Tombstones.areKept(table)) {
            transaction.put(table, KeySpace.TOMBSTONES, rowKey, RowHeader.deleted(old, nowMicros()));
        }
    }

    private boolean remove(Transaction transaction, TableDefinition table, byte[] rowKey, byte[] old) {
        TableFormat format = format(table);
        boolean visible = !isExpired(format, old);
        transaction.delete(table, KeySpace.ROWS, rowKey);
        Arrivals.remove(transaction, table, rowKey, old);
        transaction.countRows(table, -1);
        tellRemoved(transaction, format, rowKey, old);
        return visible;
    }

    /**
     * Writes the new state of a row that the same statement has removed: under its new primary key, which must be free,
     * or in a table without a key under its old one.
     *
     * @return the key it has now
     * @throws KalamException PRIMARY_KEY_VIOLATION, SERIALIZATION_FAILURE, LOCK_TIMEOUT
     */
    public byte[] reinsert(
            Transaction transaction, TableDefinition table, String user, byte[] rowKey, @Nullable Object[] row) {
        TableFormat format = format(table);
        if (format.keys().hasPrimaryKey()) {
            return insert(transaction, table, user, row);
        }
        putNew(transaction, format, rowKey, row, transaction.lockAndRead(table, KeySpace.ROWS, rowKey));
        return rowKey;
    }

    /** The exact number of rows in a range, without reading their values where they cannot expire. */
    public long count(@Nullable ReadView view, ScanRequest request) {
        ScanRequest keysOnly = ScanRequest.of(request.table(), request.user(), new int[0], request.range());
        long count = 0;
        try (RowCursor cursor = scan(view, keysOnly)) {
            for (ColumnBatch batch = cursor.next(); batch != null; batch = cursor.next()) {
                count += batch.rowCount();
            }
        }
        return count;
    }

    /** Whether the table has no committed row, of any user; rows that have expired but are not removed count. */
    public boolean isEmpty(TableDefinition table) {
        KeySpan span = RowKeys.table(table.objectId());
        try (StoreSnapshot now = storage.snapshot()) {
            try (NativeCursor cursor = storage.cursor(KeySpace.ROWS, now, span)) {
                if (cursor.seekToFirst()) {
                    return false;
                }
            }
            ColdTier cold = storage.cold();
            return cold.view(table.objectId(), now).segments().stream()
                    .allMatch(segment -> cold.masks(now, segment).count()
                            == segment.entry().summary().rowCount());
        }
    }

    /** As {@link #scan} over all rows of all users, whatever user and range the request names. */
    public RowCursor scanOfAllUsers(@Nullable ReadView view, ScanRequest request) {
        TableDefinition table = request.table();
        KeySpan span = RowKeys.table(table.objectId());
        return new TierScan(storage, format(table), request, RowExpiry.of(table, clock), span).open(view);
    }

    /** Begins to collect the keys of the table's rows, of all users, that transactions commit. */
    public ChangeLog logChanges(Transactions transactions, TableDefinition table) {
        KeySpan span = RowKeys.table(table.objectId());
        return transactions.logChanges(KeySpace.ROWS, span.lower(), span.upper());
    }

    /** The user whose row a key names; empty where rows do not belong to users. */
    public String userOf(TableDefinition table, byte[] rowKey) {
        return format(table).keys().user(rowKey);
    }

    /**
     * How many bytes of a row key come before the primary key or hidden row id: four for the table and, where rows belong
     * to users, those of the user.
     */
    public int prefixLength(TableDefinition table, byte[] rowKey) {
        return format(table).keys().prefixLength(rowKey);
    }

    /** What the keys of all rows of a user, or of the table where rows do not belong to users, begin with. */
    public byte[] prefix(TableDefinition table, String user) {
        return format(table).keys().prefix(user);
    }

    /** Whether a committed row, of any user, has NULL in a column. @param columnIndex 0-based */
    public boolean hasNull(TableDefinition table, int columnIndex) {
        ScanRequest request = ScanRequest.of(table, "", new int[] {columnIndex}, KeyRange.ALL);
        try (RowCursor cursor = scanOfAllUsers(null, request)) {
            for (ColumnBatch batch = cursor.next(); batch != null; batch = cursor.next()) {
                if (batch.column(0).hasNulls()) {
                    return true;
                }
            }
            return false;
        }
    }

    /** About how many committed rows the table has, of all users. Costs nothing. */
    public long estimatedRowCount(TableDefinition table) {
        return storage.counts().rows(table.objectId());
    }

    /** What is known of a table's rows without reading any. */
    public TableStatistics statistics(TableDefinition table) {
        long rows = estimatedRowCount(table);
        if (!storage.cold().isUsed(table.objectId())) {
            return new TableStatistics(rows, List.of());
        }
        try (StoreSnapshot now = storage.snapshot()) {
            ManifestStatistics cold = storage.cold()
                    .table(table.objectId())
                    .statistics(table, storage.cold().view(table.objectId(), now));
            // A few hot rows hardly change the picture, many may.
            return new TableStatistics(rows, 2 * cold.rowCount() < rows ? List.of() : cold.columns());
        }
    }

    /**
     * Makes the counts of a table exact, which they are not after the end of the process has come as a surprise. Reads the
     * keys of all rows then, and else does nothing.
     */
    public void recount(TableDefinition table) {
        storage.counts().correct(table.objectId(), new Recount(storage, guard, table.objectId()));
    }

    /** How many rows the table has stored, of all users. Rows that have expired count until they are removed. */
    public long rowCount(TableDefinition table) {
        recount(table);
        return storage.counts().rows(table.objectId());
    }

    /** How many bytes the keys and values of a STREAM table's rows have, of all users; 0 for other tables. */
    public long byteCount(TableDefinition table) {
        recount(table);
        return storage.counts().bytes(table.objectId());
    }

    /**
     * Removes rows of any user that have expired, which nobody sees any more but which still take room. Reads no others.
     *
     * @param maxRows the most rows to remove, at least 0; call again as long as the answer is as many
     * @return how many were removed; they are gone for good when the transaction commits
     * @throws KalamException WRITE_CONFLICT, LOCK_TIMEOUT if others work on such a row
     */
    public int removeExpired(Transaction transaction, TableDefinition table, int maxRows) {
        RowExpiry expiry = RowExpiry.of(table, clock);
        return expiry.canExpire()
                ? removeOldest(
                        transaction, table, Arrivals.before(table, expiry.limitMicros()), maxRows, Long.MAX_VALUE)
                : 0;
    }

    /**
     * Removes the oldest rows of a STREAM table, whichever users they belong to, as long as the table has more bytes than it
     * may have.
     *
     * @return as {@link #removeExpired}
     * @throws KalamException WRITE_CONFLICT, LOCK_TIMEOUT if others work on such a row
     */
    public int removeOldest(Transaction transaction, TableDefinition table, long maxBytes, int maxRows) {
        long excess = storage.counts().bytes(table.objectId()) - maxBytes;
        return excess <= 0 ? 0 : removeOldest(transaction, table, Arrivals.all(table), maxRows, excess);
    }

    /** @param minBytes how many bytes to remove, if there are as many */
    private int removeOldest(
            Transaction transaction, TableDefinition table, KeySpan arrivals, int maxRows, long minBytes) {
        int removed = 0;
        for (byte[] rowKey : oldest(transaction, arrivals, maxRows, minBytes)) {
            byte[] row = transaction.lockAndRead(table, KeySpace.ROWS, rowKey);
            if (row != null) {
                remove(transaction, table, rowKey, row);
                removed++;
            }
        }
        return removed;
    }

    private List<byte[]> oldest(Transaction transaction, KeySpan arrivals, int maxRows, long minBytes) {
        List<byte[]> keys = new ArrayList<>();
        long bytes = 0;
        StoreSnapshot snapshot = transaction.view().snapshot();
        try (NativeCursor cursor = storage.cursor(KeySpace.ARRIVALS, snapshot, arrivals)) {
            cursor.enter();
            try {
                cursor.seek();
                while (cursor.isValid() && keys.size() < maxRows && bytes < minBytes) {
                    keys.add(Arrivals.rowKey(cursor.key()));
                    bytes += Arrivals.size(cursor.value());
                    cursor.next();
                }
            } finally {
                cursor.leave();
            }
        }
        return keys;
    }

    /** Whether the table has rows that {@link #removeExpired} would remove. */
    public boolean hasExpired(TableDefinition table) {
        RowExpiry expiry = RowExpiry.of(table, clock);
        if (!expiry.canExpire()) {
            return false;
        }
        KeySpan expired = Arrivals.before(table, expiry.limitMicros());
        try (NativeCursor cursor = storage.cursor(KeySpace.ARRIVALS, null, expired)) {
            return cursor.seekToFirst();
        }
    }

    /** Removes all rows and counters of a dropped table. Nobody may write to it any more. */
    public void dropRows(long objectId) {
        storage.cold().drop(objectId);
        storage.deleteRange(KeySpace.ROWS, RowKeys.table(objectId));
        storage.deleteRange(KeySpace.TOMBSTONES, RowKeys.table(objectId));
        storage.deleteRange(KeySpace.ARRIVALS, RowKeys.table(objectId));
        storage.sequences().forget(objectId);
        storage.counts().forget(objectId);
        storage.greatestKeys().forget(objectId);
    }

    private byte[] newKey(TableFormat format, String user, @Nullable Object[] row) {
        RowKeys keys = format.keys();
        return keys.hasPrimaryKey()
                ? keys.of(user, row)
                : keys.ofRowId(user, storage.sequences().rowIds(format.table()).next());
    }

    private void putNew(
            Transaction transaction,
            TableFormat format,
            byte[] rowKey,
            @Nullable Object[] row,
            byte @Nullable [] expired) {
        byte[] stored = format.encoder().encode(row, insertionMicros(format.table()));
        putNew(transaction, format, rowKey, stored, expired);
        tellWritten(transaction, format, rowKey, expired, row);
    }

    private static void putNew(
            Transaction transaction, TableFormat format, byte[] rowKey, byte[] stored, byte @Nullable [] expired) {
        TableDefinition table = format.table();
        if (expired != null) {
            Arrivals.remove(transaction, table, rowKey, expired);
        }
        write(transaction, table, rowKey, stored);
        transaction.countRows(table, expired == null ? 1 : 0);
    }

    private long insertionMicros(TableDefinition table) {
        return table.type() == TableType.STREAM ? nowMicros() : RowEncoder.NO_INSERTION_TIME;
    }

    private static void write(Transaction transaction, TableDefinition table, byte[] rowKey, byte[] row) {
        transaction.put(table, KeySpace.ROWS, rowKey, row);
        Arrivals.add(transaction, table, rowKey, row);
    }

    private static boolean listens(TableDefinition table) {
        return !table.indexes().isEmpty();
    }

    private void tellWritten(
            Transaction transaction,
            TableFormat format,
            byte[] rowKey,
            byte @Nullable [] expired,
            @Nullable Object[] row) {
        if (listens(format.table())) {
            listener.changed(this, transaction, format.table(), rowKey, valuesOf(format, expired), row);
        }
    }

    private void tellRemoved(Transaction transaction, TableFormat format, byte[] rowKey, byte[] old) {
        if (listens(format.table())) {
            listener.changed(this, transaction, format.table(), rowKey, valuesOf(format, old), null);
        }
    }

    /** All values of a row, expired or not. */
    private static @Nullable Object @Nullable [] valuesOf(TableFormat format, byte @Nullable [] storedRow) {
        return storedRow == null ? null : format.values(RowBlock.of(format.table(), RowExpiry.never(), storedRow), 0);
    }

    private long nowMicros() {
        Instant now = clock.instant();
        return now.getEpochSecond() * MICROS_PER_SECOND + now.getNano() / NANOS_PER_MICRO;
    }

    private boolean isExpired(TableFormat format, byte[] storedRow) {
        RowExpiry expiry = RowExpiry.of(format.table(), clock);
        return expiry.canExpire()
                && RowBlock.of(format.table(), expiry, storedRow).count() == 0;
    }

    private @Nullable StoredRow decode(TableFormat format, byte[] rowKey, byte @Nullable [] storedRow) {
        if (storedRow == null) {
            return null;
        }
        RowBlock rows = RowBlock.of(format.table(), RowExpiry.of(format.table(), clock), storedRow);
        return rows.count() == 0 ? null : new StoredRow(rowKey, format.values(rows, 0), rows.seq(0));
    }

    private static @Nullable ReadView viewOf(@Nullable Transaction transaction) {
        return transaction == null ? null : transaction.view();
    }

    private byte @Nullable [] read(@Nullable ReadView view, byte[] rowKey) {
        return view == null ? storage.get(KeySpace.ROWS, null, rowKey) : view.read(KeySpace.ROWS, rowKey);
    }

    TableFormat format(TableDefinition table) {
        return storage.cold().formats().of(table, guard);
    }

    private static KalamException duplicateKey(TableDefinition table, @Nullable Object[] row) {
        StringBuilder names = new StringBuilder();
        StringBuilder values = new StringBuilder();
        for (ColumnDefinition column : table.primaryKeyColumns()) {
            Object value = row[table.columns().indexOf(column)];
            names.append(names.isEmpty() ? "" : ", ").append(column.name());
            values.append(values.isEmpty() ? "" : ", ").append(StoredTypes.text(column, value));
        }
        String constraint = table.findPrimaryKey().orElseThrow().name();
        return new KalamException(
                ErrorCode.PRIMARY_KEY_VIOLATION,
                "Duplicate key value violates primary key \"" + constraint + "\" of table " + table.id() + ": (" + names
                        + ") = (" + values + ")");
    }
}
