// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.SequenceDefinition;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.storage.cold.ColumnCache;
import org.kalamdb.storage.cold.Segment;
import org.kalamdb.storage.cold.SegmentEntry;
import org.kalamdb.storage.row.KeyEncoder;
import org.kalamdb.storage.row.KeySpan;
import org.kalamdb.storage.row.RowKeys;
import org.kalamdb.storage.row.TableFormat;
import org.kalamdb.store.WriteBatch;
import org.kalamdb.transaction.KeySpace;
import org.kalamdb.transaction.SchemaGuard;
import org.kalamdb.transaction.StoreSnapshot;

/**
 * Copies the rows of tables, in both tiers, and all that belongs to them from one database to another, where the tables
 * have other numbers and nobody sees them yet. Confined to one thread; must be closed.
 */
public final class TableCopy implements AutoCloseable {
    private static final int BATCH_BYTES = 1 << 20;

    private final RocksStorage source;
    private final RocksStorage target;
    private final SchemaGuard guard;
    private final InstantSource clock;
    private final Runnable cancellation;
    private final StoreSnapshot snapshot;

    /**
     * Begins to copy what {@code source} holds at the time of the call.
     *
     * @param guard of the source
     * @param clock tells when segments are written
     * @param cancellation called again and again; throws if the copy is not wanted any more
     */
    public TableCopy(
            RocksStorage source, RocksStorage target, SchemaGuard guard, InstantSource clock, Runnable cancellation) {
        this.source = requireNonNull(source, "source is null");
        this.target = requireNonNull(target, "target is null");
        this.guard = requireNonNull(guard, "guard is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.cancellation = requireNonNull(cancellation, "cancellation is null");
        // So that the copy goes on counting where the source is, and not behind what it has reserved.
        source.sequences().flush();
        this.snapshot = source.snapshot();
    }

    /**
     * Copies one table. If it fails, some of it is there.
     *
     * @param from the table as it was in the source when the copy began
     * @param to the same under its numbers in the target
     * @return number of rows
     * @throws KalamException IO_ERROR, DISK_FULL; DATA_CORRUPTED if the source is damaged; QUERY_CANCELED
     */
    public long copy(TableDefinition from, TableDefinition to) {
        // Rows keep the numbers of the commits that wrote them, so that those to come must be greater.
        target.commitNumbers().advancePast(source.commitNumbers());
        long rowCount = copyEntries(KeySpace.ROWS, from.objectId(), to.objectId());
        copyEntries(KeySpace.TOMBSTONES, from.objectId(), to.objectId());
        copyEntries(KeySpace.ARRIVALS, from.objectId(), to.objectId());
        for (int i = 0; i < from.indexes().size(); i++) {
            copyEntries(
                    KeySpace.INDEXES,
                    from.indexes().get(i).indexId(),
                    to.indexes().get(i).indexId());
        }
        rowCount += copySegments(from, to);
        target.sequences().copyFrom(source.sequences(), from.objectId(), to.objectId());
        target.greatestKeys().forget(to.objectId());
        target.counts().set(to.objectId(), new TableCounts.Totals(rowCount, byteCount(from)));
        return rowCount;
    }

    /** Copies how far a sequence has come, under its number in the target. */
    public void copy(SequenceDefinition from, SequenceDefinition to) {
        target.sequences().copyFrom(source.sequences(), from.objectId(), to.objectId());
    }

    private long byteCount(TableDefinition table) {
        AtomicLong bytes = new AtomicLong();
        source.forEach(
                KeySpace.ARRIVALS,
                snapshot,
                Arrivals.all(table),
                (key, value) -> bytes.addAndGet(Arrivals.size(value)));
        return bytes.get();
    }

    /** Copies entries whose keys begin with a number and gives them another one. */
    private long copyEntries(KeySpace space, long from, long to) {
        byte[] prefix = new KeyEncoder().unsignedInt(from).toBytes();
        KeySpan span = new KeySpan(prefix, KeyEncoder.successor(prefix));
        long count = 0;
        try (NativeCursor cursor = source.cursor(space, snapshot, span)) {
            cursor.enter();
            try {
                cursor.seek();
                while (cursor.isValid()) {
                    WriteBatch batch = new WriteBatch();
                    long bytes = 0;
                    while (bytes < BATCH_BYTES && cursor.isValid()) {
                        byte[] value = cursor.value();
                        byte[] key = renumbered(cursor.key(), to);
                        batch.put(key, value);
                        bytes += key.length + value.length;
                        cursor.next();
                    }
                    cancellation.run();
                    target.write(space, batch);
                    count += batch.size();
                }
            } finally {
                cursor.leave();
            }
        }
        return count;
    }

    private static byte[] renumbered(byte[] key, long number) {
        return ByteBuffer.wrap(key).putInt(0, (int) number).array();
    }

    private long copySegments(TableDefinition from, TableDefinition to) {
        TableFormat sourceFormat = new TableFormat(from, guard);
        TableFormat targetFormat = new TableFormat(to, guard);
        long rowCount = 0;
        for (Segment segment : source.cold().view(from.objectId(), snapshot).segments()) {
            try (SegmentCursor rows = rows(segment, sourceFormat)) {
                if (target.cold().isAvailable()) {
                    rowCount += copySegment(segment, rows, targetFormat);
                } else {
                    rowCount += copyHot(rows, targetFormat);
                }
            }
        }
        return rowCount;
    }

    /** The rows that are left of a segment. */
    private SegmentCursor rows(Segment segment, TableFormat from) {
        return new SegmentCursor(
                segment,
                from,
                NewSegment.request(from.table()),
                RowKeys.table(from.table().objectId()),
                PageFilter.NONE,
                source.cold().masks(snapshot, segment),
                ColumnCache.none());
    }

    /** Writes the rows of a segment into one of the target, whose keys have another number in front. */
    private long copySegment(Segment segment, SegmentCursor rows, TableFormat to) {
        try (NewSegment copy = new NewSegment(target, to, segment.entry().user())) {
            IntFunction<byte[]> rowKeys =
                    row -> renumbered(rows.rowKey(row), to.table().objectId());
            for (ColumnBatch batch = rows.next(); batch != null; batch = rows.next()) {
                cancellation.run();
                copy.write(batch, rowKeys);
            }
            if (copy.rowCount() == 0) {
                return 0;
            }
            SegmentEntry entry = copy.finish(clock);
            boolean done = false;
            try {
                put(entry);
                done = true;
            } finally {
                if (!done) {
                    copy.deleteUnlessNamed();
                }
            }
            return entry.summary().rowCount();
        }
    }

    private void put(SegmentEntry entry) {
        long objectId = entry.objectId();
        target.cold().table(objectId).use();
        target.write(batch -> {
            batch.put(KeySpace.SEGMENTS, SegmentKeySpace.manifest(objectId, entry.segmentId()), entry.encode());
            batch.put(KeySpace.SEGMENTS, SegmentKeySpace.version(objectId), TableFlush.nextVersion(target, objectId));
        });
    }

    /** Writes the rows of a segment into a target that has no segments. */
    private long copyHot(SegmentCursor rows, TableFormat to) {
        long count = 0;
        for (ColumnBatch batch = rows.next(); batch != null; batch = rows.next()) {
            cancellation.run();
            WriteBatch writes = new WriteBatch();
            for (int row = 0; row < batch.rowCount(); row++) {
                @Nullable
                Object[] values = new @Nullable Object[to.table().columns().size()];
                for (int column = 0; column < values.length; column++) {
                    values[column] = batch.column(column).storedValue(row);
                }
                long seq = batch.column(values.length).getLong(row);
                writes.put(
                        renumbered(rows.rowKey(row), to.table().objectId()),
                        to.encode(to.table().schemaVersion(), values, seq));
            }
            target.write(KeySpace.ROWS, writes);
            count += batch.rowCount();
        }
        return count;
    }

    @Override
    public void close() {
        snapshot.close();
    }
}
