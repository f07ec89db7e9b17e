// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.storage.cold.ColumnCache;
import org.kalamdb.storage.cold.PageDecompressor;
import org.kalamdb.storage.cold.Segment;
import org.kalamdb.storage.cold.SegmentEntry;
import org.kalamdb.storage.file.FileAccess;
import org.kalamdb.storage.file.FileFaults;
import org.kalamdb.storage.row.RowEncoder;
import org.kalamdb.storage.row.RowKeys;
import org.kalamdb.storage.row.TableFormat;
import org.kalamdb.storage.row.TableFormats;
import org.kalamdb.transaction.KeySpace;
import org.kalamdb.transaction.PendingWrites;
import org.kalamdb.transaction.StoreSnapshot;
import org.kalamdb.transaction.TableChange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rows that have left the key-value store for segments. Safe for use by several threads.
 *
 * <p>A row is in one tier only. Its key is absent from {@link KeySpace#ROWS} when a segment holds it, and the segment's row
 * is masked when the key is written again or removed. Which segments there are and which of their rows are masked lies in
 * {@link KeySpace#SEGMENTS}, so that one snapshot sees both tiers at one moment.
 *
 * <p>Masks are found when a transaction commits: what it wrote is looked up in the segments there are then. So a row may
 * move from tier to tier and from segment to segment while a transaction has it locked.
 */
final class ColdTier {
    private static final Logger LOGGER = LoggerFactory.getLogger(ColdTier.class);

    /** Where segments are in the folder of a database. */
    static final String FOLDER = "cold";

    private static final String SUFFIX = ".parquet";

    private final RocksStorage storage;
    /** Null in memory, where there is no cold tier. */
    private final @Nullable Path folder;

    private final FileAccess files;
    private final TableFormats formats = new TableFormats();
    private final ColumnCache pages;
    private final PageDecompressor decompressor = new PageDecompressor();
    private final ReentrantLock commitWithSegments = new ReentrantLock();
    private final SegmentStatistics statistics = new SegmentStatistics();
    private final ConcurrentHashMap<Long, ColdTable> tables = new ConcurrentHashMap<>();
    private final RetiredSegments retired;

    /** @param cacheBytes the heap that decoded pages may take */
    ColdTier(RocksStorage storage, @Nullable Path folder, FileAccess files, long cacheBytes) {
        this.pages = new ColumnCache(cacheBytes);
        this.storage = storage;
        this.folder = folder;
        this.files = files;
        this.retired = new RetiredSegments(storage, files);
    }

    /** How its files are reached. */
    FileAccess files() {
        return files;
    }

    TableFormats formats() {
        return formats;
    }

    /** Pages of segments as they were decoded for scans and look-ups. */
    ColumnCache pages() {
        return pages;
    }

    SegmentStatistics statistics() {
        return statistics;
    }

    /** The folder of segments. @throws KalamException NOT_SUPPORTED for a database in memory */
    Path requireFolder() {
        Path known = folder;
        if (known == null) {
            throw new KalamException(
                    ErrorCode.NOT_SUPPORTED,
                    "Cannot write segments: a database in memory has no cold tier; open a database in a folder");
        }
        return known;
    }

    /** One that the manifest names. */
    Segment newSegment(SegmentEntry entry) {
        return new Segment(entry, requireFolder(), files, decompressor);
    }

    boolean isAvailable() {
        return folder != null;
    }

    ColdTable table(long objectId) {
        ColdTable table = tables.get(objectId);
        return table != null ? table : tables.computeIfAbsent(objectId, this::load);
    }

    private ColdTable load(long objectId) {
        boolean used =
                folder != null && storage.getStored(KeySpace.SEGMENTS, null, SegmentKeySpace.version(objectId)) != null;
        return new ColdTable(objectId, used);
    }

    /**
     * Whether the table has segments or had some. Asked after a read of hot rows, false means that this read has missed
     * nothing: a flush says so before it moves the first row.
     */
    boolean isUsed(long objectId) {
        return folder != null && table(objectId).isUsed();
    }

    /** Whether a segment may hold the row of a key that was not found among the hot rows. */
    boolean mayHold(byte[] rowKey) {
        return folder != null && rowKey.length > Integer.BYTES && isUsed(RowKeys.objectId(rowKey));
    }

    /** The segments that a snapshot sees. */
    ColdView view(long objectId, StoreSnapshot snapshot) {
        if (!isUsed(objectId)) {
            return ColdView.EMPTY;
        }
        byte[] stored = storage.getStored(KeySpace.SEGMENTS, snapshot, SegmentKeySpace.version(objectId));
        if (stored == null) {
            return ColdView.EMPTY;
        }
        ColdTable table = table(objectId);
        long version = ByteBuffer.wrap(stored).getLong();
        ColdView latest = table.latest();
        return latest.version() == version ? latest : table.remember(readView(table, version, snapshot));
    }

    private ColdView readView(ColdTable table, long version, StoreSnapshot snapshot) {
        List<Segment> segments = new ArrayList<>();
        storage.forEach(
                KeySpace.SEGMENTS,
                snapshot,
                SegmentKeySpace.manifest(table.objectId()),
                (key, value) -> segments.add(table.segment(SegmentEntry.decode(value), this)));
        return new ColdView(version, segments);
    }

    /** The masked rows of a segment. */
    Masks masks(StoreSnapshot snapshot, Segment segment) {
        Masks masks = new Masks();
        SegmentEntry entry = segment.entry();
        storage.forEachKey(
                KeySpace.SEGMENTS,
                snapshot,
                SegmentKeySpace.masks(entry.objectId(), entry.segmentId()),
                key -> masks.add(SegmentKeySpace.maskedRow(key)));
        return masks;
    }

    /** The row of a key as {@link RowEncoder} encodes it under the segment's schema version, or null if there is none. */
    byte @Nullable [] get(StoreSnapshot snapshot, byte[] rowKey) {
        SegmentRow place = find(view(RowKeys.objectId(rowKey), snapshot), snapshot, rowKey);
        if (place == null) {
            return null;
        }
        SegmentEntry entry = place.segment().entry();
        TableFormat format = requireNonNull(formats.find(entry.objectId()), "The table is not in use");
        return format.encode(entry.schemaVersion(), place.values(pages), place.seq(pages));
    }

    /**
     * Where the row of a key is, or null if no segment has it or it is masked.
     *
     * @param view the segments of the key's table that the snapshot sees
     */
    @Nullable
    SegmentRow find(ColdView view, StoreSnapshot snapshot, byte[] rowKey) {
        for (Segment segment : view.segments()) {
            int row = new SegmentKeys(segment, pages).find(rowKey);
            if (row >= 0 && !isMasked(snapshot, segment, row)) {
                return new SegmentRow(segment, row);
            }
        }
        return null;
    }

    private boolean isMasked(StoreSnapshot snapshot, Segment segment, int row) {
        SegmentEntry entry = segment.entry();
        byte[] key = SegmentKeySpace.mask(entry.objectId(), entry.segmentId(), row);
        return storage.getStored(KeySpace.SEGMENTS, snapshot, key) != null;
    }

    /**
     * The masks that a commit has to write beside its own writes, which {@code writes} hands over. Nobody else may change the rows written meanwhile, nor
     * the set of segments.
     */
    List<byte[]> masksOf(Consumer<PendingWrites.Action> writes, Collection<TableChange> changes) {
        if (changes.stream().noneMatch(change -> isUsed(change.definition().objectId()))) {
            return List.of();
        }
        List<byte[]> masks = new ArrayList<>();
        try (StoreSnapshot now = storage.snapshot()) {
            Map<Long, ColdView> views = new HashMap<>();
            for (TableChange change : changes) {
                long objectId = change.definition().objectId();
                views.put(objectId, view(objectId, now));
            }
            writes.accept((space, key, value) -> {
                ColdView view = space == KeySpace.ROWS ? views.get(RowKeys.objectId(key)) : null;
                SegmentRow place = view == null ? null : find(view, now, key);
                if (place != null) {
                    SegmentEntry entry = place.segment().entry();
                    masks.add(SegmentKeySpace.mask(entry.objectId(), entry.segmentId(), place.row()));
                }
            });
        }
        return masks;
    }

    /**
     * Runs a commit that adds segments: one at a time, for each makes the next version of its tables' manifests. What else
     * changes manifests does so while nobody commits.
     */
    void changeSegments(Runnable commit) {
        commitWithSegments.lock();
        try {
            commit.run();
        } finally {
            commitWithSegments.unlock();
        }
    }

    /** Removes all segments of a dropped table. */
    void drop(long objectId) {
        formats.forget(objectId);
        if (!isUsed(objectId)) {
            return;
        }
        List<Segment> segments;
        try (StoreSnapshot now = storage.snapshot()) {
            segments = view(objectId, now).segments();
        }
        storage.write(batch -> {
            batch.deleteRange(KeySpace.SEGMENTS, SegmentKeySpace.manifest(objectId));
            batch.deleteRange(KeySpace.SEGMENTS, SegmentKeySpace.masks(objectId));
            batch.delete(KeySpace.SEGMENTS, SegmentKeySpace.version(objectId));
        });
        retire(segments);
    }

    /**
     * Lets files go that the manifest no longer names, as soon as no snapshot and no cursor needs them. It does not fail:
     * what was done before is done, and what cannot be removed now is removed later.
     */
    void retire(List<Segment> segments) {
        retired.add(segments);
        try {
            removeRetired();
        } catch (KalamException e) {
            LOGGER.warn("Failed to remove unused segments; it is tried again", e);
        }
    }

    void removeRetired() {
        for (Segment segment : retired.remove()) {
            table(segment.entry().objectId()).forget(segment);
            pages.forget(segment);
        }
    }

    /**
     * Removes files that no manifest entry names: what a flush left that ended with the process.
     *
     * @param firstNewSegment segments from this number on may be being written
     * @return how many were removed
     * @throws KalamException IO_ERROR
     */
    int removeLeftovers(long firstNewSegment) {
        Path root = folder;
        if (root == null || !Files.isDirectory(root)) {
            return 0;
        }
        try {
            List<Path> found;
            try (Stream<Path> tree = Files.walk(root)) {
                found = tree.filter(file -> isOlder(file, firstNewSegment)).toList();
            }
            // Files first, manifest second: what is named by now was there before.
            Set<Path> named = namedFiles(root);
            int removed = 0;
            for (Path file : found) {
                if (!named.contains(file)) {
                    files.delete(file);
                    removed++;
                }
            }
            return removed;
        } catch (UncheckedIOException e) {
            throw FileFaults.failed("remove unused segments in " + root, new IOException(e));
        } catch (IOException e) {
            throw FileFaults.failed("remove unused segments in " + root, e);
        }
    }

    private Set<Path> namedFiles(Path root) {
        Set<Path> named = new HashSet<>();
        storage.forEach(
                KeySpace.SEGMENTS,
                null,
                SegmentKeySpace.manifest(),
                (key, value) ->
                        named.add(root.resolve(SegmentEntry.decode(value).file())));
        for (Segment segment : retired.waiting()) {
            named.add(segment.path());
        }
        return named;
    }

    private static boolean isOlder(Path file, long firstNewSegment) {
        String name = file.getFileName().toString();
        if (!name.endsWith(SUFFIX)) {
            return false;
        }
        try {
            return Long.parseLong(name.substring(0, name.length() - SUFFIX.length())) < firstNewSegment;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** The file of a new segment, relative to the folder. */
    static String fileName(String tableFolder, long segmentId) {
        return String.format(Locale.ROOT, "%s/%012d%s", tableFolder, segmentId, SUFFIX);
    }

    void close() {
        for (ColdTable table : tables.values()) {
            table.close();
        }
        decompressor.close();
    }
}
