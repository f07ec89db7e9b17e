// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kalamdb.storage.cold.Segment;
import org.kalamdb.storage.row.KeySpan;
import org.kalamdb.storage.row.RowExpiry;
import org.kalamdb.storage.row.TableFormat;
import org.kalamdb.transaction.KeySpace;
import org.kalamdb.transaction.PendingRange;
import org.kalamdb.transaction.ReadView;
import org.kalamdb.transaction.StoreSnapshot;

/** Opens one scan over the tiers in which a table has rows: segments without their masked rows, then hot rows. Immutable. */
final class TierScan {
    private final RocksStorage storage;
    private final ColdTier cold;
    private final TableFormat format;
    private final ScanRequest request;
    private final RowExpiry expiry;
    private final KeySpan span;

    TierScan(RocksStorage storage, TableFormat format, ScanRequest request, RowExpiry expiry, KeySpan span) {
        this.storage = storage;
        this.cold = storage.cold();
        this.format = format;
        this.request = request;
        this.expiry = expiry;
        this.span = span;
    }

    /** @param view what to see, or null for what is committed now */
    RowCursor open(@Nullable ReadView view) {
        if (view != null) {
            PendingRange pending = view.pending(KeySpace.ROWS, span.lower(), span.upper());
            return open(view.snapshot(), pending);
        }
        RowCursor latest = hot(null, request, PendingRange.EMPTY);
        // Asked after the cursor was opened, so that no row has left it unseen.
        if (!cold.isUsed(format.table().objectId())) {
            return latest;
        }
        latest.close();
        try (StoreSnapshot now = storage.snapshot()) {
            return open(now, PendingRange.EMPTY);
        }
    }

    private RowCursor open(StoreSnapshot snapshot, PendingRange pending) {
        ColdView all = cold.view(format.table().objectId(), snapshot);
        List<Segment> segments = wanted(all);
        if (segments.isEmpty()) {
            return hot(snapshot, request, pending);
        }
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
        ScanRequest part = request.isInKeyOrder() ? request.withRowKeys() : request;
        List<RowCursor> cursors = new ArrayList<>();
        segments.forEach(Segment::pin);
        boolean opened = false;
        try {
            for (Segment segment : segments) {
                Masks hidden = masks.getOrDefault(segment, new Masks());
                cursors.add(new SegmentCursor(segment, format, part, span, hidden, cold.pages()));
            }
            cursors.add(hot(snapshot, part, pending));
            opened = true;
        } finally {
            if (!opened) {
                segments.forEach(Segment::unpin);
            }
        }
        if (request.isInKeyOrder()) {
            RowCursor merged = new MergingCursor(
                    cursors,
                    RangeCursor.builder(format, request.columnIndexes(), request.batchRows()),
                    request.batchRows());
            cursors = List.of(merged);
        }
        return new TieredCursor(cursors, segments);
    }

    private List<Segment> wanted(ColdView all) {
        SegmentFilter filter = new SegmentFilter(format.table(), request.filter());
        List<Segment> wanted = all.segments().stream()
                .filter(segment -> SegmentKeys.intersects(segment, span) && filter.mayMatch(segment.entry()))
                .toList();
        cold.statistics().scanned(wanted.size(), all.segments().size() - wanted.size());
        return wanted;
    }

    private RowCursor hot(@Nullable StoreSnapshot snapshot, ScanRequest wanted, PendingRange pending) {
        return new RangeCursor(format, wanted, expiry, storage.cursor(KeySpace.ROWS, snapshot, span), pending);
    }
}
