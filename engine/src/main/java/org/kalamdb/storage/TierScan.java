// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.kalamdb.storage.cold.Segment;
import org.kalamdb.storage.cold.SegmentFile;
import org.kalamdb.storage.row.KeySpan;
import org.kalamdb.storage.row.RowExpiry;
import org.kalamdb.storage.row.TableFormat;
import org.kalamdb.transaction.KeySpace;
import org.kalamdb.transaction.KnownEntries;
import org.kalamdb.transaction.PendingRange;
import org.kalamdb.transaction.RangeCollector;
import org.kalamdb.transaction.ReadView;
import org.kalamdb.transaction.StoreSnapshot;

/** Opens one scan over the tiers in which a table has rows: segments without their masked rows, then hot rows. Immutable. */
final class TierScan {
    /** Some 32,768 rows: enough that a thread need not ask for the next part too often, and not so many that others wait. */
    private static final int PAGES_OF_PART = 8;

    /** Fewer rows of the hot tier cost less than finding out where to divide them. */
    private static final long MIN_ROWS_TO_DIVIDE = 50_000;

    private static final int MAX_HOT_PARTS = 32;
    private static final long MIN_BYTES_OF_HOT_PART = 256 << 10;

    private final RocksStorage storage;
    private final ColdTier cold;
    private final TableFormat format;
    private final ScanRequest request;
    private final RowExpiry expiry;
    private final KeySpan span;
    private final SegmentFilter filter;
    private final PageFilter pages;

    TierScan(RocksStorage storage, TableFormat format, ScanRequest request, RowExpiry expiry, KeySpan span) {
        this.storage = storage;
        this.cold = storage.cold();
        this.format = format;
        this.request = request;
        this.expiry = expiry;
        this.span = span;
        this.filter = new SegmentFilter(format.table(), request.filter());
        this.pages = new PageFilter(filter, cold.statistics());
    }

    /** @param view what to see, or null for what is committed now */
    RowCursor open(@Nullable ReadView view) {
        if (view != null) {
            RowCursor known = known(view);
            return known == null ? read(view) : known;
        }
        RowCursor latest = hot(null, request, PendingRange.EMPTY, null);
        // Asked after the cursor was opened, so that no row has left it unseen.
        if (!cold.isUsed(format.table().objectId())) {
            return latest;
        }
        latest.close();
        try (StoreSnapshot now = storage.snapshot()) {
            return open(now, PendingRange.EMPTY);
        }
    }

    /** The rows if they are all on the heap, else null. */
    private @Nullable RowCursor known(ReadView view) {
        if (!mayBeKept()) {
            return null;
        }
        ScanDemand demand = request.demand();
        KnownEntries rows = view.known(KeySpace.ROWS, span.lower(), span.upper(), demand.rows(), demand.isAlone());
        // Asked after they were found, as what is kept knows no rows that have left for segments.
        return rows == null || cold.isUsed(format.table().objectId())
                ? null
                : new KnownRowsCursor(format, request, expiry, rows);
    }

    private RowCursor read(ReadView view) {
        PendingRange pending = view.pending(KeySpace.ROWS, span.lower(), span.upper());
        StoreSnapshot snapshot = view.snapshot();
        if (pending.size() > 0 || !mayBeKept() || cold.isUsed(format.table().objectId())) {
            return open(snapshot, pending);
        }
        return hot(snapshot, request, pending, view.collect(KeySpace.ROWS, span.lower(), span.upper()));
    }

    /** Whether its rows may be kept on the heap: they stay until they are deleted, and somebody wants their values. */
    private boolean mayBeKept() {
        return !expiry.canExpire() && !request.isForCountOnly();
    }

    private RowCursor open(StoreSnapshot snapshot, PendingRange pending) {
        ColdView all = cold.view(format.table().objectId(), snapshot);
        List<Segment> segments = wanted(all);
        if (segments.isEmpty()) {
            return hot(snapshot, request, pending, null);
        }
        Map<Segment, Masks> masks = masks(all, segments, snapshot, pending);
        ScanRequest part = request.isInKeyOrder() ? request.withRowKeys() : request;
        List<RowCursor> cursors = new ArrayList<>();
        pinned(segments, () -> {
            for (Segment segment : segments) {
                Masks hidden = Objects.requireNonNull(masks.get(segment));
                cursors.add(new SegmentCursor(segment, format, part, span, pages, hidden, cold.pages()));
            }
            cursors.add(hot(snapshot, part, pending, null));
        });
        if (!request.isInKeyOrder()) {
            return new TieredCursor(cursors, segments);
        }
        RowCursor merged = new MergingCursor(cursors, format, request);
        return new TieredCursor(List.of(merged), segments);
    }

    /** Opens it in parts that several threads may read. The request is one without row keys and in no order. */
    ScanParts openParts(ReadView view) {
        if (!cold.isUsed(format.table().objectId()) && hotSpans(rowCount()).size() == 1) {
            return ScanParts.of(open(view));
        }
        PendingRange pending = view.pending(KeySpace.ROWS, span.lower(), span.upper());
        StoreSnapshot snapshot = view.snapshot();
        ColdView all = cold.view(format.table().objectId(), snapshot);
        List<Segment> segments = wanted(all);
        Map<Segment, Masks> masks = masks(all, segments, snapshot, pending);
        long hotRows = rowCount()
                - all.segments().stream()
                        .mapToLong(segment -> segment.entry().summary().rowCount())
                        .sum();
        List<KeySpan> hotSpans = hotSpans(hotRows);
        List<BatchCursor> parts = new ArrayList<>();
        AtomicLong segmentRows = new AtomicLong();
        pinned(segments, () -> {
            for (Segment segment : segments) {
                segmentRows.addAndGet(addParts(segment, Objects.requireNonNull(masks.get(segment)), parts));
            }
            for (KeySpan each : hotSpans) {
                parts.add(new RowBatches(hotPart(view, snapshot, each)));
            }
        });
        return new ScanParts(parts, segments, segmentRows.get(), hotSpans.size() > 1 ? hotRows : 0);
    }

    /** How many rows the table has, of all users and in both tiers, about. */
    private long rowCount() {
        return storage.counts().rows(format.table().objectId());
    }

    /** What to read of the hot tier, in several spans if the table has so many rows there. */
    private List<KeySpan> hotSpans(long hotRows) {
        return hotRows < MIN_ROWS_TO_DIVIDE
                ? List.of(span)
                : SpanDivision.divide(storage, KeySpace.ROWS, span, MAX_HOT_PARTS, MIN_BYTES_OF_HOT_PART);
    }

    private RowCursor hotPart(ReadView view, StoreSnapshot snapshot, KeySpan part) {
        PendingRange pending = view.pending(KeySpace.ROWS, part.lower(), part.upper());
        return new RangeCursor(format, request, expiry, storage.cursor(KeySpace.ROWS, snapshot, part), pending);
    }

    /** @return how many rows the parts have, those that are hidden included */
    private int addParts(Segment segment, Masks hidden, List<BatchCursor> parts) {
        RowInterval interval = RowInterval.of(segment, new SegmentKeys(segment, cold.pages()), span);
        SegmentFile file = segment.file();
        int from = interval.from();
        while (from < interval.to()) {
            int lastPage = Math.min(file.pageOf(from) + PAGES_OF_PART, file.pageCount()) - 1;
            int to = Math.min(interval.to(), file.firstRow(lastPage + 1));
            RowInterval rows = new RowInterval(from, to);
            parts.add(new SegmentBatches(segment, format, request, rows, pages, hidden, cold.pages()));
            from = to;
        }
        return Math.max(0, interval.to() - interval.from());
    }

    /** Pins segments, for good unless the action fails. */
    private static void pinned(List<Segment> segments, Runnable action) {
        segments.forEach(Segment::pin);
        boolean done = false;
        try {
            action.run();
            done = true;
        } finally {
            if (!done) {
                segments.forEach(Segment::unpin);
            }
        }
    }

    /** The rows of each segment that are masked, or hidden by what the transaction has written. */
    private Map<Segment, Masks> masks(
            ColdView all, List<Segment> segments, StoreSnapshot snapshot, PendingRange pending) {
        Map<Segment, Masks> masks = new HashMap<>();
        for (Segment segment : segments) {
            masks.put(segment, cold.masks(snapshot, segment));
        }
        for (int i = 0; i < pending.size(); i++) {
            SegmentRow hidden = cold.find(all, snapshot, pending.key(i));
            if (hidden != null) {
                masks.computeIfAbsent(hidden.segment(), segment -> new Masks()).add(hidden.row());
            }
        }
        return masks;
    }

    private List<Segment> wanted(ColdView all) {
        List<Segment> wanted = all.segments().stream()
                .filter(segment -> SegmentKeys.intersects(segment, span) && filter.mayMatch(segment.entry()))
                .toList();
        cold.statistics().scanned(wanted.size(), all.segments().size() - wanted.size());
        return wanted;
    }

    private RowCursor hot(
            @Nullable StoreSnapshot snapshot,
            ScanRequest wanted,
            PendingRange pending,
            @Nullable RangeCollector collector) {
        NativeCursor committed = storage.cursor(KeySpace.ROWS, snapshot, span);
        return new RangeCursor(format, wanted, expiry, committed, pending, collector);
    }
}
