// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.kalamdb.storage.TableCounts.Totals;
import org.kalamdb.storage.cold.Segment;
import org.kalamdb.storage.row.RowKeys;
import org.kalamdb.transaction.KeySpace;
import org.kalamdb.transaction.SchemaGuard;
import org.kalamdb.transaction.StoreSnapshot;

/** Counts what a table has stored, in both tiers, while others go on changing it. Immutable. */
final class Recount implements TableCounts.Counting {
    private final RocksStorage storage;
    private final SchemaGuard guard;
    private final long objectId;

    Recount(RocksStorage storage, SchemaGuard guard, long objectId) {
        this.storage = storage;
        this.guard = guard;
        this.objectId = objectId;
    }

    @Override
    public Totals count(Runnable atThatMoment) {
        AtomicReference<@Nullable StoreSnapshot> taken = new AtomicReference<>();
        guard.exclusively(() -> {
            taken.set(storage.snapshot());
            atThatMoment.run();
        });
        try (StoreSnapshot snapshot = requireNonNull(taken.get())) {
            return new Totals(hotRows(snapshot) + coldRows(snapshot), bytes(snapshot));
        }
    }

    private long hotRows(StoreSnapshot snapshot) {
        long rows = 0;
        try (NativeCursor cursor = storage.cursor(KeySpace.ROWS, snapshot, RowKeys.table(objectId))) {
            cursor.enter();
            try {
                for (cursor.seek(); cursor.isValid(); cursor.next()) {
                    rows++;
                }
            } finally {
                cursor.leave();
            }
        }
        return rows;
    }

    private long coldRows(StoreSnapshot snapshot) {
        long rows = 0;
        for (Segment segment : storage.cold().view(objectId, snapshot).segments()) {
            rows += segment.entry().summary().rowCount()
                    - storage.cold().masks(snapshot, segment).count();
        }
        return rows;
    }

    private long bytes(StoreSnapshot snapshot) {
        long bytes = 0;
        try (NativeCursor cursor = storage.cursor(KeySpace.ARRIVALS, snapshot, RowKeys.table(objectId))) {
            cursor.enter();
            try {
                for (cursor.seek(); cursor.isValid(); cursor.next()) {
                    bytes += Arrivals.size(cursor.value());
                }
            } finally {
                cursor.leave();
            }
        }
        return bytes;
    }
}
