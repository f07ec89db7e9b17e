// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import static java.util.Objects.requireNonNull;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.kalamdb.schema.StorageSettings;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.storage.row.KeySpan;
import org.kalamdb.storage.row.RowHeader;
import org.kalamdb.storage.row.RowKeys;
import org.kalamdb.transaction.KeySpace;
import org.kalamdb.transaction.SchemaGuard;

/** Removes rows that were deleted and have been kept for as long as their table says. Safe for use by several threads. */
public final class DeletedRows {
    /** Commits wait while as many are removed. */
    private static final int ROWS_PER_STEP = 1024;

    private final RocksStorage storage;
    private final SchemaGuard guard;
    private final InstantSource clock;

    public DeletedRows(RocksStorage storage, SchemaGuard guard, InstantSource clock) {
        this.storage = requireNonNull(storage, "storage is null");
        this.guard = requireNonNull(guard, "guard is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** Whether {@link #purge} would find something. Reads what is kept of the table up to the first such row. */
    public boolean hasOverdue(TableDefinition table) {
        return !overdue(table, RowKeys.table(table.objectId()), 1).isEmpty();
    }

    /** Removes what is overdue. @return how many rows */
    public long purge(TableDefinition table) {
        long removed = 0;
        KeySpan rest = RowKeys.table(table.objectId());
        while (true) {
            List<Kept> overdue = overdue(table, rest, ROWS_PER_STEP);
            if (overdue.isEmpty()) {
                return removed;
            }
            guard.exclusively(() -> remove(overdue));
            removed += overdue.size();
            byte[] last = overdue.get(overdue.size() - 1).key();
            rest = new KeySpan(Arrays.copyOf(last, last.length + 1), rest.upper());
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Kept(byte[] key, byte[] row) {}

    private List<Kept> overdue(TableDefinition table, KeySpan span, int limit) {
        List<Kept> overdue = new ArrayList<>();
        int hours = table.storage().keptHours();
        if (hours == StorageSettings.KEPT_FOR_EVER) {
            return overdue;
        }
        long keptSeconds = TimeUnit.HOURS.toSeconds(hours);
        long latest = TimeUnit.SECONDS.toMicros(clock.instant().getEpochSecond() - keptSeconds);
        try (NativeCursor cursor = storage.cursor(KeySpace.TOMBSTONES, null, span)) {
            cursor.enter();
            try {
                for (cursor.seek(); cursor.isValid() && overdue.size() < limit; cursor.next()) {
                    byte[] row = cursor.value();
                    if (RowHeader.time(row) <= latest) {
                        overdue.add(new Kept(cursor.key(), row));
                    }
                }
            } finally {
                cursor.leave();
            }
        }
        return overdue;
    }

    private void remove(List<Kept> overdue) {
        storage.write(batch -> {
            for (Kept kept : overdue) {
                byte @Nullable [] now = storage.getStored(KeySpace.TOMBSTONES, null, kept.key());
                // The key may have been written and deleted again meanwhile.
                if (Arrays.equals(now, kept.row())) {
                    batch.delete(KeySpace.TOMBSTONES, kept.key());
                }
            }
        });
    }
}
