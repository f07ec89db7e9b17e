// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.kalamdb.schema.SystemColumns;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.storage.row.KeySpan;
import org.kalamdb.storage.row.RowExpiry;
import org.kalamdb.storage.row.TableFormat;
import org.kalamdb.transaction.KeySpace;
import org.kalamdb.transaction.PendingRange;
import org.kalamdb.transaction.PendingWrites;
import org.kalamdb.transaction.ReadView;

/**
 * Rows that were deleted and are kept for a while. Safe for use by several threads.
 *
 * <p>They lie in a key space of their own, under the keys they had, so that reading the others costs nothing. When a key
 * is written again, what was deleted under it stays and is hidden: writers do not look for it.
 */
final class Tombstones {
    private final RocksStorage storage;

    Tombstones(RocksStorage storage) {
        this.storage = storage;
    }

    /** Whether deleted rows of a table are kept at all. */
    static boolean areKept(TableDefinition table) {
        return SystemColumns.of(table.type()).contains(SystemColumns.DELETED)
                && table.storage().keptHours() > 0;
    }

    /** The rows of a span that are there, and those that were deleted. */
    RowCursor scan(TableFormat format, ScanRequest request, KeySpan span, ReadView view) {
        ScanRequest part = request.isInKeyOrder() ? request.withRowKeys() : request;
        RowCursor live = new TierScan(storage, format, part, RowExpiry.never(), span).open(view);
        boolean opened = false;
        try {
            PendingRange changes = hiding(view.pending(KeySpace.TOMBSTONES, span.lower(), span.upper()), span, view);
            RowCursor deleted = new RangeCursor(
                    format,
                    part,
                    RowExpiry.never(),
                    storage.cursor(KeySpace.TOMBSTONES, view.snapshot(), span),
                    changes);
            opened = true;
            List<RowCursor> both = List.of(live, deleted);
            return request.isInKeyOrder()
                    ? new MergingCursor(both, format, request)
                    : new TieredCursor(both, List.of());
        } finally {
            if (!opened) {
                live.close();
            }
        }
    }

    /** Own writes that also take away what lies under keys that have a row again. */
    private PendingRange hiding(PendingRange own, KeySpan span, ReadView view) {
        PendingRange rows = view.pending(KeySpace.ROWS, span.lower(), span.upper());
        List<byte[]> hidden = new ArrayList<>();
        for (byte[] key : keys(view, span)) {
            byte[] written = rows.find(key);
            boolean live = written == null
                    ? storage.get(KeySpace.ROWS, view.snapshot(), key) != null
                    : !PendingWrites.isDeletion(written);
            if (live) {
                hidden.add(key);
            }
        }
        return own.removing(hidden);
    }

    /** The keys of a span under which something was kept or, in the view's own writes, removed; in order. */
    Iterable<byte[]> keys(ReadView view, KeySpan span) {
        TreeSet<byte[]> keys = new TreeSet<>(Arrays::compareUnsigned);
        storage.forEachKey(KeySpace.TOMBSTONES, view.snapshot(), span, keys::add);
        PendingRange own = view.pending(KeySpace.TOMBSTONES, span.lower(), span.upper());
        for (int i = 0; i < own.size(); i++) {
            keys.add(own.key(i));
        }
        return keys;
    }
}
