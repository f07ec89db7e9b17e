// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.storage.row.KeySpan;
import org.kalamdb.transaction.PendingRange;
import org.kalamdb.transaction.PendingWrites;
import org.kalamdb.transaction.RangeCollector;

/**
 * Reads index entries span by span and in key order, merging what is committed with the writes of a transaction. Confined
 * to one thread; must be closed.
 */
public final class EntryCursor implements AutoCloseable {
    private final NativeCursor committed;
    private final PendingRange pending;
    private final List<KeySpan> spans;
    private final boolean descending;
    /** Takes the committed entries, or null. */
    private final @Nullable RangeCollector collector;

    private int spanIndex = -1;
    private int pendingIndex;
    /** The key under the cursor over committed entries, or null if it has left its span. */
    private byte @Nullable [] committedKey;

    private byte[] key = {};
    private byte[] value = {};

    /** @param collector takes the committed entries as they are read in ascending order, or null */
    EntryCursor(
            NativeCursor committed,
            PendingRange pending,
            List<KeySpan> spans,
            boolean descending,
            @Nullable RangeCollector collector) {
        this.collector = collector;
        this.committed = committed;
        this.pending = pending;
        this.spans = List.copyOf(spans);
        this.descending = descending;
        this.pendingIndex = descending ? pending.size() - 1 : 0;
    }

    /** Goes to the next entry. Returns false at the end. */
    public boolean next() {
        committed.enter();
        try {
            while (true) {
                if (spanIndex >= 0 && advance()) {
                    return true;
                }
                if (++spanIndex == spans.size()) {
                    spanIndex--;
                    if (collector != null) {
                        collector.end();
                    }
                    return false;
                }
                startSpan();
            }
        } finally {
            committed.leave();
        }
    }

    /** The key here; not to be changed. */
    public byte[] key() {
        return key;
    }

    /** The value here; not to be changed. */
    public byte[] value() {
        return value;
    }

    private KeySpan span() {
        return spans.get(descending ? spans.size() - 1 - spanIndex : spanIndex);
    }

    private void startSpan() {
        KeySpan span = span();
        if (descending) {
            committed.seekBefore(span.upper());
            while (pendingIndex >= 0 && Arrays.compareUnsigned(pending.key(pendingIndex), span.upper()) >= 0) {
                pendingIndex--;
            }
        } else {
            committed.seek(span.lower());
            while (pendingIndex < pending.size()
                    && Arrays.compareUnsigned(pending.key(pendingIndex), span.lower()) < 0) {
                pendingIndex++;
            }
        }
        readCommitted();
    }

    private void readCommitted() {
        byte[] found = committed.isValid() ? committed.key() : null;
        committedKey = found != null && contains(found) ? found : null;
    }

    private boolean contains(byte[] candidate) {
        KeySpan span = span();
        return descending
                ? Arrays.compareUnsigned(candidate, span.lower()) >= 0
                : Arrays.compareUnsigned(candidate, span.upper()) < 0;
    }

    /** Goes to the next entry of this span; a written one hides a committed one. */
    private boolean advance() {
        while (true) {
            byte[] stored = committedKey;
            byte[] written = pendingIndex >= 0 && pendingIndex < pending.size() ? pending.key(pendingIndex) : null;
            if (written != null && !contains(written)) {
                written = null;
            }
            if (stored == null && written == null) {
                return false;
            }
            int order = compare(stored, written);
            if (order < 0) {
                key = stored == null ? key : stored;
                value = committed.value();
                if (collector != null) {
                    collector.add(key, value, 0, value.length);
                }
                moveCommitted();
                return true;
            }
            if (order == 0) {
                moveCommitted();
            }
            byte[] pendingValue = pending.value(pendingIndex);
            key = pending.key(pendingIndex);
            pendingIndex += descending ? -1 : 1;
            if (!PendingWrites.isDeletion(pendingValue)) {
                value = pendingValue;
                return true;
            }
        }
    }

    /** Negative if the committed entry comes first, 0 if both are the same, else positive. */
    private int compare(byte @Nullable [] stored, byte @Nullable [] written) {
        if (stored == null) {
            return 1;
        }
        if (written == null) {
            return -1;
        }
        int order = Arrays.compareUnsigned(stored, written);
        return descending ? -order : order;
    }

    private void moveCommitted() {
        if (descending) {
            committed.previous();
        } else {
            committed.next();
        }
        readCommitted();
    }

    /** Frees what it holds. Idempotent. */
    @Override
    public void close() {
        if (collector != null) {
            collector.stop();
        }
        committed.close();
    }
}
