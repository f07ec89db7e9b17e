// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableType;
import org.kalamdb.storage.cold.Segment;
import org.kalamdb.storage.cold.SegmentEntry;
import org.kalamdb.storage.row.KeySpan;
import org.kalamdb.storage.row.RowKeys;
import org.kalamdb.transaction.KeySpace;
import org.kalamdb.transaction.SchemaGuard;
import org.kalamdb.transaction.StoreSnapshot;
import org.kalamdb.transaction.Transactions;

/**
 * Moves rows into segments and segments into fewer and fuller ones. Safe for use by several threads; a table is worked on
 * by one of them at a time.
 *
 * <p>Nothing that a transaction sees changes: files are written from a snapshot, without locks; then, while no transaction
 * commits, rows that have changed meanwhile are masked in the new segment, and one batch puts it in place of what it holds.
 */
public final class SegmentMaintenance {
    private final RocksStorage storage;
    private final TableStore tables;
    private final Transactions transactions;
    private final SchemaGuard guard;
    private final InstantSource clock;

    /** Segments that an earlier process may have left behind have lesser numbers. */
    private final long firstOwnSegment;
    /** A reader in another process that sees this write needs no file that an earlier process left behind. */
    private final long firstOwnWrite;

    public SegmentMaintenance(
            RocksStorage storage,
            TableStore tables,
            Transactions transactions,
            SchemaGuard guard,
            InstantSource clock) {
        this.storage = requireNonNull(storage, "storage is null");
        this.tables = requireNonNull(tables, "tables is null");
        this.transactions = requireNonNull(transactions, "transactions is null");
        this.guard = requireNonNull(guard, "guard is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.firstOwnWrite = storage.lastSequence();
        this.firstOwnSegment = storage.cold().isAvailable() && !storage.isReadOnly()
                ? storage.sequences().segmentIds().upcoming()
                : 0;
    }

    /** Whether the database can have segments; one in memory cannot. */
    public boolean isAvailable() {
        return storage.cold().isAvailable();
    }

    /** The folder of segments. @throws KalamException NOT_SUPPORTED for a database in memory */
    public Path folder() {
        return storage.cold().requireFolder();
    }

    /** As the other one, to its end. */
    public MovedRows flush(TableDefinition table) {
        return flush(table, () -> {});
    }

    /** As the other one, to its end. */
    public MovedRows compact(TableDefinition table) {
        return compact(table, () -> {});
    }

    /**
     * Moves the hot rows of a table, of all users, to new segments.
     *
     * @param check called between batches of rows; what it throws ends the work, of which the segments that are done stay
     * @return what was moved
     * @throws KalamException NOT_SUPPORTED for a STREAM table or a database in memory; SERIALIZATION_FAILURE if the table
     *     was altered or dropped meanwhile; IO_ERROR
     */
    public MovedRows flush(TableDefinition table, Runnable check) {
        storage.cold().requireFolder();
        if (table.type() == TableType.STREAM || table.type() == TableType.SYSTEM) {
            throw new KalamException(
                    ErrorCode.NOT_SUPPORTED,
                    "Cannot flush table " + table.id() + ": rows of " + table.type() + " tables have no segments");
        }
        ColdTable cold = storage.cold().table(table.objectId());
        cold.maintenance().lock();
        try {
            return new TableFlush(storage, tables.format(table), transactions, guard, clock).run(check);
        } finally {
            cold.maintenance().unlock();
        }
    }

    /**
     * Merges small segments of a table, and those of which much is masked.
     *
     * @param check as for {@link #flush}
     * @return what was rewritten
     * @throws KalamException NOT_SUPPORTED for a database in memory; SERIALIZATION_FAILURE if the table was altered or
     *     dropped meanwhile; IO_ERROR; DATA_CORRUPTED if a segment is damaged
     */
    public MovedRows compact(TableDefinition table, Runnable check) {
        storage.cold().requireFolder();
        ColdTable cold = storage.cold().table(table.objectId());
        cold.maintenance().lock();
        try {
            return new TableCompaction(storage, tables.format(table), guard, clock).run(check);
        } finally {
            cold.maintenance().unlock();
        }
    }

    /**
     * How many hot rows a table has, of the user who has most where rows belong to users.
     *
     * @param limit where to stop counting
     */
    public long hotRows(TableDefinition table, long limit) {
        RowKeys keys = tables.format(table).keys();
        long most = 0;
        long count = 0;
        @Nullable KeySpan user = null;
        try (NativeCursor cursor = storage.cursor(KeySpace.ROWS, null, RowKeys.table(table.objectId()))) {
            cursor.enter();
            try {
                for (cursor.seek(); most < limit && cursor.isValid(); cursor.next()) {
                    byte[] key = cursor.key();
                    if (user == null || !user.contains(key)) {
                        user = keys.ofUser(keys.userOf(key));
                        count = 0;
                    }
                    most = Math.max(most, ++count);
                }
            } finally {
                cursor.leave();
            }
        }
        return most;
    }

    /** Whether {@link #compact} would find something worth its while. */
    public boolean needsCompaction(TableDefinition table) {
        if (!storage.cold().isUsed(table.objectId())) {
            return false;
        }
        try (StoreSnapshot now = storage.snapshot()) {
            return !TableCompaction.candidates(storage.cold(), table.objectId(), now)
                    .isEmpty();
        }
    }

    /** What the manifest says of a table's segments now. */
    public List<SegmentInfo> segments(TableDefinition table) {
        if (!storage.cold().isUsed(table.objectId())) {
            return List.of();
        }
        try (StoreSnapshot now = storage.snapshot()) {
            return storage.cold().view(table.objectId(), now).segments().stream()
                    .map(segment -> info(segment, now))
                    .toList();
        }
    }

    private SegmentInfo info(Segment segment, StoreSnapshot now) {
        SegmentEntry entry = segment.entry();
        return new SegmentInfo(entry, storage.cold().masks(now, segment).count());
    }

    /**
     * Deletes files that nobody needs any more: of replaced segments, and what an earlier process left behind.
     *
     * @return false if readers in other processes may need some of what an earlier process left behind
     */
    public boolean removeUnusedFiles() {
        storage.cold().removeRetired();
        if (storage.firstNeededByReaders() < firstOwnWrite) {
            return false;
        }
        storage.cold().removeLeftovers(firstOwnSegment);
        return true;
    }

    /** Deletes files of replaced segments that nobody reads any more. */
    public void removeRetiredFiles() {
        storage.cold().removeRetired();
    }
}
