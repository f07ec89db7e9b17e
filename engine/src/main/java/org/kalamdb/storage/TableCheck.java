// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.storage.cold.ColumnCache;
import org.kalamdb.storage.cold.Segment;
import org.kalamdb.storage.cold.SegmentEntry;
import org.kalamdb.storage.row.KeyRange;
import org.kalamdb.storage.row.RowBlock;
import org.kalamdb.storage.row.RowExpiry;
import org.kalamdb.storage.row.RowKeys;
import org.kalamdb.storage.row.TableFormat;
import org.kalamdb.transaction.KeySpace;
import org.kalamdb.transaction.PendingRange;
import org.kalamdb.transaction.SchemaGuard;
import org.kalamdb.transaction.StoreSnapshot;

/**
 * Reads every row of a table in both tiers and tells what is wrong with it; what is behind a fault is read too, as far as
 * it can be found. Confined to one thread.
 */
public final class TableCheck {
    /** Faults of one kind told one by one; of the others only the number. */
    private static final int MAX_TOLD = 10;

    private static final String HOT_ROWS = "hot rows";

    private final RocksStorage storage;
    private final StoreSnapshot snapshot;
    private final TableDefinition table;
    private final TableFormat format;
    private final Runnable cancellation;
    private final Consumer<Fault> listener;
    private final Map<String, Integer> told = new HashMap<>();
    private boolean hotReadable = true;
    private boolean sound = true;
    private long rowCount;

    /**
     * @param table as it is in the snapshot
     * @param cancellation called again and again; throws if the check is not wanted any more
     */
    public TableCheck(
            RocksStorage storage,
            SchemaGuard guard,
            StoreSnapshot snapshot,
            TableDefinition table,
            Runnable cancellation,
            Consumer<Fault> listener) {
        this.storage = requireNonNull(storage, "storage is null");
        this.snapshot = requireNonNull(snapshot, "snapshot is null");
        this.table = requireNonNull(table, "table is null");
        this.cancellation = requireNonNull(cancellation, "cancellation is null");
        this.listener = requireNonNull(listener, "listener is null");
        this.format = new TableFormat(table, guard);
    }

    /** Reads the table. Returns whether all of its rows can be read. */
    public boolean run() {
        checkHotRows();
        List<Segment> readable = new ArrayList<>();
        Map<Segment, Masks> masks = new HashMap<>();
        for (Segment segment : segments()) {
            cancellation.run();
            Masks hidden = storage.cold().masks(snapshot, segment);
            if (checkSegment(segment, hidden)) {
                readable.add(segment);
                masks.put(segment, hidden);
            }
        }
        checkMasks(masks.keySet());
        if (!readable.isEmpty() && hotReadable) {
            checkKeys(readable, masks);
        }
        if (sound) {
            checkRowCount();
        }
        return sound;
    }

    private List<Segment> segments() {
        try {
            return storage.cold().view(table.objectId(), snapshot).segments();
        } catch (KalamException e) {
            error("manifest", e);
            return List.of();
        }
    }

    private void checkHotRows() {
        try (NativeCursor cursor = storage.cursor(KeySpace.ROWS, snapshot, RowKeys.table(table.objectId()))) {
            cursor.enter();
            try {
                for (cursor.seek(); cursor.isValid(); cursor.next()) {
                    checkHotRow(cursor.key(), cursor.value());
                    if (++rowCount % ScanRequest.DEFAULT_BATCH_ROWS == 0) {
                        cancellation.run();
                    }
                }
            } finally {
                cursor.leave();
            }
        } catch (KalamException e) {
            rethrowCancel(e);
            hotReadable = false;
            error(HOT_ROWS, e.rawMessage() + " (the rows behind it were not read)");
        }
    }

    private void checkHotRow(byte[] key, byte[] value) {
        @Nullable Object[] values;
        try {
            values = format.values(RowBlock.of(table, RowExpiry.never(), value), 0);
        } catch (KalamException e) {
            error(HOT_ROWS, "row " + hex(key) + " cannot be decoded: " + e.rawMessage());
            return;
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            error(HOT_ROWS, "row " + hex(key) + " cannot be decoded: " + e);
            return;
        }
        for (int i = 0; i < values.length; i++) {
            ColumnDefinition column = table.columns().get(i);
            if (values[i] == null && !column.nullable()) {
                error(HOT_ROWS, "row " + hex(key) + " has NULL in column " + column.name() + ", which is NOT NULL");
                return;
            }
        }
        RowKeys keys = format.keys();
        if (keys.hasPrimaryKey() && !Arrays.equals(keys.of(keys.user(key), values), key)) {
            error(HOT_ROWS, "row " + hex(key) + " is not stored under its primary key");
        }
    }

    /** Returns whether the segment can be read. */
    private boolean checkSegment(Segment segment, Masks masks) {
        String object = object(segment.entry());
        try {
            segment.file().verify();
            checkSegmentRows(segment, masks, object);
        } catch (KalamException e) {
            rethrowCancel(e);
            error(object, e);
            return false;
        } catch (IndexOutOfBoundsException | IllegalArgumentException | IllegalStateException e) {
            error(object, "rows cannot be decoded: " + e);
            return false;
        }
        rowCount += segment.entry().summary().rowCount() - masks.count();
        return true;
    }

    private void checkSegmentRows(Segment segment, Masks masks, String object) {
        SegmentEntry entry = segment.entry();
        long found = 0;
        byte[] last = {};
        try (SegmentCursor rows = cursor(segment, new Masks(), ScanRequest.all(table, ""))) {
            for (ColumnBatch batch = rows.next(); batch != null; batch = rows.next()) {
                cancellation.run();
                requireNoNulls(batch, object);
                for (int row = 0; row < batch.rowCount(); row++) {
                    byte[] key = rows.rowKey(row);
                    if (Arrays.compareUnsigned(last, key) >= 0) {
                        error(object, "row " + hex(key) + " does not come after the one before it");
                    }
                    last = key;
                }
                found += batch.rowCount();
            }
        }
        if (found != entry.summary().rowCount()) {
            error(
                    object,
                    "it has " + found + " rows, the manifest says "
                            + entry.summary().rowCount());
        }
        if (!Arrays.equals(last, entry.summary().maxKey())) {
            error(object, "its last key is not what the manifest says");
        }
        for (int row : masks.rows()) {
            if (row < 0 || row >= entry.summary().rowCount()) {
                error(
                        object,
                        "row " + row + " is masked and it has "
                                + entry.summary().rowCount() + " rows");
            }
        }
    }

    private void requireNoNulls(ColumnBatch batch, String object) {
        for (int i = 0; i < table.columns().size(); i++) {
            ColumnDefinition column = table.columns().get(i);
            if (!column.nullable() && batch.column(i).hasNulls()) {
                error(object, "a row has NULL in column " + column.name() + ", which is NOT NULL");
            }
        }
    }

    /** Masks belong to segments that the manifest names. */
    private void checkMasks(Set<Segment> readable) {
        Set<Long> known = new HashSet<>();
        readable.forEach(segment -> known.add(segment.entry().segmentId()));
        segments().forEach(segment -> known.add(segment.entry().segmentId()));
        storage.forEachKey(KeySpace.SEGMENTS, snapshot, SegmentKeySpace.masks(table.objectId()), key -> {
            long segmentId = SegmentKeySpace.maskedSegment(key);
            if (!known.contains(segmentId)) {
                warning("masks", "rows of segment " + segmentId + " are masked, which the manifest does not name");
            }
        });
    }

    /** A key is in one place only. */
    private void checkKeys(List<Segment> readable, Map<Segment, Masks> masks) {
        ScanRequest keysOnly = ScanRequest.of(table, "", new int[0], KeyRange.ALL);
        List<RowCursor> inputs = new ArrayList<>();
        for (Segment segment : readable) {
            inputs.add(cursor(segment, requireNonNull(masks.get(segment)), keysOnly));
        }
        inputs.add(new RangeCursor(
                format,
                keysOnly.withRowKeys(),
                RowExpiry.never(),
                storage.cursor(KeySpace.ROWS, snapshot, RowKeys.table(table.objectId())),
                PendingRange.EMPTY));
        byte[] last = {};
        try (MergingCursor merged = new MergingCursor(inputs, format, keysOnly)) {
            for (ColumnBatch batch = merged.next(); batch != null; batch = merged.next()) {
                cancellation.run();
                for (int row = 0; row < batch.rowCount(); row++) {
                    byte[] key = merged.rowKey(row);
                    if (Arrays.equals(last, key)) {
                        error("rows", "row " + hex(key) + " is there more than once");
                    }
                    last = key;
                }
            }
        }
    }

    /** After a crash the count is off until somebody has counted, and others may be changing it. */
    private void checkRowCount() {
        long kept = storage.counts().rows(table.objectId());
        if (Math.abs(kept - rowCount) > TableCounts.maxDrift(rowCount)) {
            warning("row count", "it has " + rowCount + " rows, the statistics say " + kept);
        }
    }

    private SegmentCursor cursor(Segment segment, Masks masks, ScanRequest request) {
        return new SegmentCursor(
                segment,
                format,
                request.withRowKeys(),
                RowKeys.table(table.objectId()),
                PageFilter.NONE,
                masks,
                ColumnCache.none());
    }

    private static String object(SegmentEntry entry) {
        return "segment " + entry.file();
    }

    private static String hex(byte[] key) {
        return HexFormat.of().formatHex(key);
    }

    private static void rethrowCancel(KalamException e) {
        if (e.code() == ErrorCode.QUERY_CANCELED || e.code() == ErrorCode.CONNECTION_CLOSED) {
            throw e;
        }
    }

    private void error(String object, KalamException e) {
        error(object, e.rawMessage());
    }

    private void error(String object, String message) {
        sound = false;
        tell(Fault.error(object, message));
    }

    private void warning(String object, String message) {
        tell(Fault.warning(object, message));
    }

    private void tell(Fault fault) {
        int count = told.merge(fault.object(), 1, Integer::sum);
        if (count < MAX_TOLD) {
            listener.accept(fault);
        } else if (count == MAX_TOLD) {
            listener.accept(new Fault(fault.severity(), fault.object(), fault.message() + " (more are not listed)"));
        }
    }
}
