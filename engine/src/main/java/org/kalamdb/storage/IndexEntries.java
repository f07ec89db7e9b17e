// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.storage.row.KeySpan;
import org.kalamdb.store.WriteBatch;
import org.kalamdb.transaction.KeySpace;
import org.kalamdb.transaction.KnownEntries;
import org.kalamdb.transaction.PendingRange;
import org.kalamdb.transaction.RangeCollector;
import org.kalamdb.transaction.ReadView;

/**
 * The entries of secondary indexes as bytes. Safe for use by several threads, each with its own transaction. Where a
 * view may be null, null reads what is committed at the time of the call.
 */
public final class IndexEntries {
    private final RocksStorage storage;

    public IndexEntries(RocksStorage storage) {
        this.storage = requireNonNull(storage, "storage is null");
    }

    /** The value of an entry, or null if there is none. */
    public byte @Nullable [] get(@Nullable ReadView view, byte[] key) {
        return view == null ? storage.get(KeySpace.INDEXES, null, key) : view.read(KeySpace.INDEXES, key);
    }

    /**
     * The entries of a span in ascending order if they are all on the heap, else null.
     *
     * @param enough how many of the first entries suffice
     */
    public @Nullable KnownEntries known(ReadView view, KeySpan span, long enough) {
        return view.known(KeySpace.INDEXES, span.lower(), span.upper(), enough, false);
    }

    /**
     * Opens a cursor over the entries of some spans, as they are now in the view.
     *
     * @param spans in ascending order, at least one, none overlapping another
     * @param descending whether to read from the last span's last entry to the first one's first
     */
    public EntryCursor cursor(@Nullable ReadView view, List<KeySpan> spans, boolean descending) {
        KeySpan all =
                new KeySpan(spans.get(0).lower(), spans.get(spans.size() - 1).upper());
        NativeCursor committed = storage.cursor(KeySpace.INDEXES, view == null ? null : view.snapshot(), all);
        PendingRange pending =
                view == null ? PendingRange.EMPTY : view.pending(KeySpace.INDEXES, all.lower(), all.upper());
        boolean isOneSpan = !descending && spans.size() == 1 && pending.size() == 0;
        RangeCollector collector =
                view == null || !isOneSpan ? null : view.collect(KeySpace.INDEXES, all.lower(), all.upper());
        return new EntryCursor(committed, pending, spans, descending, collector);
    }

    /** Writes entries outside of any transaction, all or none of them. */
    public void write(WriteBatch entries) {
        storage.write(KeySpace.INDEXES, entries);
    }

    /** Removes the entries of a span outside of any transaction. Nobody may write to it any more. */
    public void remove(KeySpan span) {
        storage.deleteRange(KeySpace.INDEXES, span);
    }

    /** The number of the last write to the database. */
    public long lastWrite() {
        return storage.lastSequence();
    }

    /** Whether a view shows the write of a number. */
    public boolean shows(ReadView view, long write) {
        return storage.lastSequence(view.snapshot()) >= write;
    }
}
