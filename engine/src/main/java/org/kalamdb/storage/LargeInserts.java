// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.kalamdb.engine.batch.BatchBuilder;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableType;
import org.kalamdb.storage.cold.SegmentEntry;
import org.kalamdb.storage.row.KeySpan;
import org.kalamdb.storage.row.RowBlock;
import org.kalamdb.storage.row.RowExpiry;
import org.kalamdb.storage.row.RowKeys;
import org.kalamdb.storage.row.TableFormat;
import org.kalamdb.transaction.KeySpace;
import org.kalamdb.transaction.PendingRange;
import org.kalamdb.transaction.PendingWrites;
import org.kalamdb.transaction.TableChange;
import org.rocksdb.RocksDBException;

/**
 * The rows of a commit that go straight to segments: those of tables to which it does nothing but add many rows. Their files
 * are on the device before the commit's batch names them. Confined to one thread; must be closed, which removes files that
 * no batch names.
 */
final class LargeInserts implements AutoCloseable {
    /** Segments of fewer rows would be merged by the next compaction. */
    static final int MIN_ROWS = 1 << 16;

    private static final int ROWS_PER_BATCH = 1024;
    private static final int INITIAL_BYTES = 64 << 10;

    private final RocksStorage storage;
    /** By object id of the table. */
    private final Map<Long, List<SegmentEntry>> entries = new HashMap<>();

    private final List<NewSegment> segments = new ArrayList<>();
    private int rowCount;
    private boolean keepsFiles;

    private LargeInserts(RocksStorage storage) {
        this.storage = storage;
    }

    /** Writes the files of a commit. Nobody else may change its rows meanwhile, nor the definitions of its tables. */
    static LargeInserts of(RocksStorage storage, PendingWrites writes, Collection<TableChange> changes) {
        LargeInserts inserts = new LargeInserts(storage);
        boolean written = false;
        try {
            for (TableChange change : changes) {
                inserts.add(change, writes);
            }
            written = true;
            return inserts;
        } finally {
            if (!written) {
                inserts.close();
            }
        }
    }

    private void add(TableChange change, PendingWrites writes) {
        TableDefinition table = change.definition();
        if (change.rowCountDelta() < MIN_ROWS || !storage.cold().isAvailable() || table.type() == TableType.STREAM) {
            return;
        }
        TableFormat format = storage.cold().formats().find(table.objectId());
        if (format == null || format.table().schemaVersion() != table.schemaVersion()) {
            return;
        }
        KeySpan span = RowKeys.table(table.objectId());
        PendingRange rows = writes.range(KeySpace.ROWS, span.lower(), span.upper());
        // Each new row counts one, and each row removed takes one away: if there are as many as writes, all are new.
        if (rows.size() != change.rowCountDelta()) {
            return;
        }
        for (int from = 0; from < rows.size(); ) {
            from = addUser(format, rows, from);
        }
        rowCount += rows.size();
    }

    /** Writes the rows of one user, or all where rows do not belong to users. @return the row after them */
    private int addUser(TableFormat format, PendingRange rows, int from) {
        String user = format.keys().userOf(rows.key(from));
        byte[] upper = format.keys().ofUser(user).upper();
        int to = from;
        while (to < rows.size() && Arrays.compareUnsigned(rows.key(to), upper) < 0) {
            to++;
        }
        try (NewSegment segment = new NewSegment(storage, format, user)) {
            write(segment, format, rows, from, to);
            SegmentEntry entry = segment.finish(InstantSource.system());
            segments.add(segment);
            entries.computeIfAbsent(entry.objectId(), id -> new ArrayList<>()).add(entry);
        }
        return to;
    }

    private static void write(NewSegment segment, TableFormat format, PendingRange rows, int from, int to) {
        int[] columns = NewSegment.request(format.table()).columnIndexes();
        RowBlock block = new RowBlock(format.table(), RowExpiry.never(), ROWS_PER_BATCH, INITIAL_BYTES);
        BatchBuilder builder = format.builder(columns, ROWS_PER_BATCH);
        for (int start = from; start < to; start += ROWS_PER_BATCH) {
            int first = start;
            block.clear();
            builder.reset();
            for (int row = start; row < Math.min(to, start + ROWS_PER_BATCH); row++) {
                block.add(rows.value(row));
            }
            format.read(block, columns, builder);
            segment.write(builder.build(block.count()), row -> rows.key(first + row));
        }
    }

    boolean isEmpty() {
        return segments.isEmpty();
    }

    /** How many rows are in the segments. */
    int rowCount() {
        return rowCount;
    }

    /** Hands over the writes that are not in the segments. */
    void forEachOther(PendingWrites writes, PendingWrites.Action action) {
        if (isEmpty()) {
            writes.forEach(action);
            return;
        }
        writes.forEach((space, key, value) -> {
            if (space != KeySpace.ROWS || !entries.containsKey(RowKeys.objectId(key))) {
                action.accept(space, key, value);
            }
        });
    }

    /** Adds to a batch what names the segments; nobody else may change the set of segments until it is applied. */
    void addTo(KeySpaceBatch batch) throws RocksDBException {
        for (Map.Entry<Long, List<SegmentEntry>> table : entries.entrySet()) {
            long objectId = table.getKey();
            storage.cold().table(objectId).use();
            for (SegmentEntry entry : table.getValue()) {
                batch.put(KeySpace.SEGMENTS, SegmentKeySpace.manifest(objectId, entry.segmentId()), entry.encode());
            }
            batch.put(KeySpace.SEGMENTS, SegmentKeySpace.version(objectId), TableFlush.nextVersion(storage, objectId));
        }
    }

    /** Says that the batch may be applied from now on; should it fail, its files are leftovers to collect. */
    void keepFiles() {
        keepsFiles = true;
    }

    @Override
    public void close() {
        if (!keepsFiles) {
            segments.forEach(NewSegment::deleteUnlessNamed);
        }
    }
}
