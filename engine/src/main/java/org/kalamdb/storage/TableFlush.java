// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.storage.cold.SegmentEntry;
import org.kalamdb.storage.row.KeySpan;
import org.kalamdb.storage.row.RowExpiry;
import org.kalamdb.storage.row.RowKeys;
import org.kalamdb.storage.row.TableFormat;
import org.kalamdb.transaction.ChangeWatch;
import org.kalamdb.transaction.KeySpace;
import org.kalamdb.transaction.PendingRange;
import org.kalamdb.transaction.SchemaGuard;
import org.kalamdb.transaction.StoreSnapshot;
import org.kalamdb.transaction.Transactions;
import org.rocksdb.RocksDBException;

/** One flush of a table. Confined to one thread, which holds the table's maintenance lock. */
final class TableFlush {
    /** Commits wait while the keys of one segment leave the key-value store, so that there must not be too many. */
    private static final int MAX_SEGMENT_ROWS = 128 << 10;

    private final RocksStorage storage;
    private final TableFormat format;
    private final Transactions transactions;
    private final SchemaGuard guard;
    private final InstantSource clock;

    TableFlush(
            RocksStorage storage,
            TableFormat format,
            Transactions transactions,
            SchemaGuard guard,
            InstantSource clock) {
        this.storage = storage;
        this.format = format;
        this.transactions = transactions;
        this.guard = guard;
        this.clock = clock;
    }

    MovedRows run(Runnable check) {
        MovedRows moved = MovedRows.NONE;
        KeySpan rest = RowKeys.table(format.table().objectId());
        while (true) {
            ChangeWatch watch = transactions.watchChanges();
            try (StoreSnapshot snapshot = storage.snapshot()) {
                byte[] first = firstKey(snapshot, rest);
                if (first == null) {
                    break;
                }
                String user = format.keys().userOf(first);
                KeySpan users = format.keys().ofUser(user);
                List<byte[]> keys = new ArrayList<>();
                try (NewSegment segment = new NewSegment(storage, format, user)) {
                    write(segment, snapshot, new KeySpan(first, users.upper()), keys, check);
                    moved = moved.plus(put(segment, segment.finish(clock), snapshot, watch, keys));
                }
                rest = new KeySpan(successor(keys.get(keys.size() - 1)), rest.upper());
            }
        }
        if (moved.rows() > 0) {
            // Else scans would step over what is left of each row.
            storage.compact(KeySpace.ROWS, RowKeys.table(format.table().objectId()));
        }
        return moved;
    }

    private byte @Nullable [] firstKey(StoreSnapshot snapshot, KeySpan span) {
        try (NativeCursor cursor = storage.cursor(KeySpace.ROWS, snapshot, span)) {
            cursor.enter();
            try {
                cursor.seek();
                return cursor.isValid() ? cursor.key() : null;
            } finally {
                cursor.leave();
            }
        }
    }

    private static byte[] successor(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }

    private void write(NewSegment segment, StoreSnapshot snapshot, KeySpan span, List<byte[]> keys, Runnable check) {
        TableDefinition table = format.table();
        ScanRequest request = NewSegment.request(table);
        try (RowCursor rows = new RangeCursor(
                format,
                request,
                RowExpiry.of(table, clock),
                storage.cursor(KeySpace.ROWS, snapshot, span),
                PendingRange.EMPTY)) {
            while (keys.size() < MAX_SEGMENT_ROWS) {
                check.run();
                ColumnBatch batch = rows.next();
                if (batch == null) {
                    return;
                }
                segment.write(batch, rows::rowKey);
                for (int row = 0; row < batch.rowCount(); row++) {
                    keys.add(rows.rowKey(row));
                }
            }
        }
    }

    /** Puts the segment in place of the hot rows that are still what it holds. */
    private MovedRows put(
            NewSegment segment, SegmentEntry entry, StoreSnapshot snapshot, ChangeWatch watch, List<byte[]> keys) {
        List<Integer> changed = new ArrayList<>();
        boolean done = false;
        try {
            guard.exclusively(() -> {
                requireUnaltered(guard, format.table());
                for (int row = 0; row < keys.size(); row++) {
                    if (hasChanged(snapshot, watch, keys.get(row))) {
                        changed.add(row);
                    }
                }
                if (changed.size() < keys.size()) {
                    put(entry, keys, changed, watch.isQuiet());
                }
            });
            done = changed.size() < keys.size();
        } finally {
            if (!done) {
                segment.deleteUnlessNamed();
            }
        }
        return done ? new MovedRows(keys.size() - changed.size(), 1, 0) : MovedRows.NONE;
    }

    private boolean hasChanged(StoreSnapshot snapshot, ChangeWatch watch, byte[] key) {
        return watch.mayHaveChanged(KeySpace.ROWS, key)
                && !Arrays.equals(
                        storage.getStored(KeySpace.ROWS, null, key), storage.getStored(KeySpace.ROWS, snapshot, key));
    }

    /** @param quiet whether nothing was written meanwhile, so that there are no rows between these */
    private void put(SegmentEntry entry, List<byte[]> keys, List<Integer> changed, boolean quiet) {
        long objectId = entry.objectId();
        storage.cold().table(objectId).use();
        storage.write(batch -> {
            if (quiet) {
                batch.deleteRange(KeySpace.ROWS, new KeySpan(keys.get(0), successor(keys.get(keys.size() - 1))));
            } else {
                deleteUnchanged(batch, entry, keys, changed);
            }
            batch.put(KeySpace.SEGMENTS, SegmentKeySpace.manifest(objectId, entry.segmentId()), entry.encode());
            batch.put(KeySpace.SEGMENTS, SegmentKeySpace.version(objectId), nextVersion(storage, objectId));
        });
    }

    private static void deleteUnchanged(
            KeySpaceBatch batch, SegmentEntry entry, List<byte[]> keys, List<Integer> changed) throws RocksDBException {
        int nextChanged = 0;
        for (int row = 0; row < keys.size(); row++) {
            if (nextChanged < changed.size() && changed.get(nextChanged) == row) {
                nextChanged++;
                batch.put(
                        KeySpace.SEGMENTS,
                        SegmentKeySpace.mask(entry.objectId(), entry.segmentId(), row),
                        SegmentKeySpace.PRESENT);
            } else {
                batch.delete(KeySpace.ROWS, keys.get(row));
            }
        }
    }

    /** The value for {@link SegmentKeySpace#version(long)} after a change. */
    static byte[] nextVersion(RocksStorage storage, long objectId) {
        byte[] stored = storage.getStored(KeySpace.SEGMENTS, null, SegmentKeySpace.version(objectId));
        long version = stored == null ? 0 : ByteBuffer.wrap(stored).getLong();
        return ByteBuffer.allocate(Long.BYTES).putLong(version + 1).array();
    }

    static void requireUnaltered(SchemaGuard guard, TableDefinition table) {
        int version = guard.currentSchemaVersion(table);
        if (version != table.schemaVersion()) {
            throw new KalamException(
                    ErrorCode.SERIALIZATION_FAILURE,
                    "Cannot move rows of table " + table.id() + ": it was " + (version == 0 ? "dropped" : "altered")
                            + " meanwhile; retry");
        }
    }
}
