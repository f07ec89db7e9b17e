// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.storage.cold.ColumnCache;
import org.kalamdb.storage.cold.Segment;
import org.kalamdb.storage.cold.SegmentEntry;
import org.kalamdb.storage.row.KeySpan;
import org.kalamdb.storage.row.RowKeys;
import org.kalamdb.storage.row.TableFormat;
import org.kalamdb.transaction.KeySpace;
import org.kalamdb.transaction.SchemaGuard;
import org.kalamdb.transaction.StoreSnapshot;

/** One compaction of a table. Confined to one thread, which holds the table's maintenance lock. */
final class TableCompaction {
    private static final int SMALL_ROWS = 64 << 10;
    private static final int MAX_SEGMENT_ROWS = 1 << 20;
    /** A segment is worth rewriting when one row of as many is masked. */
    private static final int MASKED_FRACTION = 5;

    private final RocksStorage storage;
    private final ColdTier cold;
    private final TableFormat format;
    private final SchemaGuard guard;
    private final InstantSource clock;

    TableCompaction(RocksStorage storage, TableFormat format, SchemaGuard guard, InstantSource clock) {
        this.storage = storage;
        this.cold = storage.cold();
        this.format = format;
        this.guard = guard;
        this.clock = clock;
    }

    /** Segments to become one. @param masks the rows of each that are gone */
    record Group(@Nullable String user, List<Segment> segments, Map<Segment, Masks> masks) {}

    MovedRows run(Runnable check) {
        List<Group> groups;
        MovedRows moved = MovedRows.NONE;
        try (StoreSnapshot snapshot = storage.snapshot()) {
            groups = candidates(cold, format.table().objectId(), snapshot);
            for (Group group : groups) {
                moved = moved.plus(merge(group, check));
            }
        }
        cold.retire(List.of());
        return moved;
    }

    static List<Group> candidates(ColdTier cold, long objectId, StoreSnapshot snapshot) {
        Map<String, List<Segment>> byUser = new HashMap<>();
        Map<Segment, Masks> allMasks = new HashMap<>();
        for (Segment segment : cold.view(objectId, snapshot).segments()) {
            Masks masks = cold.masks(snapshot, segment);
            int rows = segment.entry().summary().rowCount();
            if (rows - masks.count() < SMALL_ROWS || isWorn(masks, rows)) {
                allMasks.put(segment, masks);
                byUser.computeIfAbsent(
                                Objects.requireNonNullElse(segment.entry().user(), ""), user -> new ArrayList<>())
                        .add(segment);
            }
        }
        List<Group> groups = new ArrayList<>();
        for (List<Segment> segments : byUser.values()) {
            for (List<Segment> part : parts(segments, allMasks)) {
                Masks first = Objects.requireNonNull(allMasks.get(part.get(0)));
                boolean alone = part.size() == 1;
                if (!alone || isWorn(first, part.get(0).entry().summary().rowCount())) {
                    groups.add(new Group(part.get(0).entry().user(), part, allMasks));
                }
            }
        }
        return groups;
    }

    private static boolean isWorn(Masks masks, int rows) {
        return masks.count() >= Math.max(1, rows / MASKED_FRACTION);
    }

    /** Cuts the segments of one user where their rows would be too many for one. */
    private static List<List<Segment>> parts(List<Segment> segments, Map<Segment, Masks> masks) {
        List<List<Segment>> parts = new ArrayList<>();
        List<Segment> part = new ArrayList<>();
        long rows = 0;
        for (Segment segment : segments) {
            int live = segment.entry().summary().rowCount()
                    - Objects.requireNonNull(masks.get(segment)).count();
            if (!part.isEmpty() && rows + live > MAX_SEGMENT_ROWS) {
                parts.add(part);
                part = new ArrayList<>();
                rows = 0;
            }
            part.add(segment);
            rows += live;
        }
        parts.add(part);
        return parts;
    }

    private MovedRows merge(Group group, Runnable check) {
        long live = 0;
        for (Segment segment : group.segments()) {
            segment.file().verify();
            live += segment.entry().summary().rowCount()
                    - Objects.requireNonNull(group.masks().get(segment)).count();
        }
        if (live == 0) {
            put(group, null);
            return new MovedRows(0, 0, group.segments().size());
        }
        try (NewSegment segment = new NewSegment(storage, format, group.user())) {
            write(segment, group, check);
            SegmentEntry entry = segment.finish(clock);
            boolean done = false;
            try {
                put(group, entry);
                done = true;
            } finally {
                if (!done) {
                    segment.deleteUnlessNamed();
                }
            }
            return new MovedRows(live, 1, group.segments().size());
        }
    }

    private void write(NewSegment target, Group group, Runnable check) {
        TableDefinition table = format.table();
        ScanRequest request = NewSegment.request(table);
        KeySpan everything = RowKeys.table(table.objectId());
        List<RowCursor> inputs = new ArrayList<>();
        for (Segment segment : group.segments()) {
            Masks masks = Objects.requireNonNull(group.masks().get(segment));
            inputs.add(new SegmentCursor(
                    segment, format, request, everything, PageFilter.NONE, masks, ColumnCache.none()));
        }
        try (RowCursor merged = new MergingCursor(inputs, format, request)) {
            for (ColumnBatch batch = merged.next(); batch != null; batch = merged.next()) {
                check.run();
                target.write(batch, merged::rowKey);
            }
        }
    }

    /** @param entry of the segment that takes the place of the group, or null if nothing of it is left */
    private void put(Group group, @Nullable SegmentEntry entry) {
        long objectId = format.table().objectId();
        @Nullable Segment merged = entry == null ? null : cold.newSegment(entry);
        try {
            guard.exclusively(() -> {
                TableFlush.requireUnaltered(guard, format.table());
                List<byte[]> masks = merged == null ? List.of() : newMasks(group, merged);
                storage.write(batch -> {
                    for (Segment segment : group.segments()) {
                        long segmentId = segment.entry().segmentId();
                        batch.delete(KeySpace.SEGMENTS, SegmentKeySpace.manifest(objectId, segmentId));
                        batch.deleteRange(KeySpace.SEGMENTS, SegmentKeySpace.masks(objectId, segmentId));
                    }
                    for (byte[] mask : masks) {
                        batch.put(KeySpace.SEGMENTS, mask, SegmentKeySpace.PRESENT);
                    }
                    if (entry != null) {
                        byte[] key = SegmentKeySpace.manifest(objectId, entry.segmentId());
                        batch.put(KeySpace.SEGMENTS, key, entry.encode());
                    }
                    batch.put(
                            KeySpace.SEGMENTS,
                            SegmentKeySpace.version(objectId),
                            TableFlush.nextVersion(storage, objectId));
                });
            });
            cold.retire(group.segments());
        } finally {
            if (merged != null) {
                merged.close();
            }
        }
    }

    /** The masks of the merged segment: rows of the group that were masked while it was written. */
    private List<byte[]> newMasks(Group group, Segment merged) {
        List<byte[]> masks = new ArrayList<>();
        SegmentKeys target = new SegmentKeys(merged, ColumnCache.none());
        try (StoreSnapshot now = storage.snapshot()) {
            for (Segment segment : group.segments()) {
                Masks before = Objects.requireNonNull(group.masks().get(segment));
                Masks after = cold.masks(now, segment);
                if (after.count() == before.count()) {
                    continue;
                }
                SegmentKeys source = new SegmentKeys(segment, ColumnCache.none());
                for (int row = 0; row < segment.entry().summary().rowCount(); row++) {
                    if (after.contains(row) && !before.contains(row)) {
                        masks.add(SegmentKeySpace.mask(
                                merged.entry().objectId(), merged.entry().segmentId(), target.find(source.key(row))));
                    }
                }
            }
        }
        return masks;
    }
}
