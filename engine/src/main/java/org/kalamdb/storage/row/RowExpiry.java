// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.row;

import java.time.InstantSource;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableOptions;

/** Which rows of a table have outlived it at one moment. Immutable. */
public final class RowExpiry {
    private static final RowExpiry NEVER = new RowExpiry(Long.MIN_VALUE, 0);
    private static final long MICROS_PER_SECOND = 1_000_000;

    private final long nowSeconds;
    private final long ttlSeconds;

    private RowExpiry(long nowSeconds, long ttlSeconds) {
        this.nowSeconds = nowSeconds;
        this.ttlSeconds = ttlSeconds;
    }

    /** No row expires. */
    public static RowExpiry never() {
        return NEVER;
    }

    /** Asks the clock only if rows of the table expire. */
    public static RowExpiry of(TableDefinition table, InstantSource clock) {
        return table.options() instanceof TableOptions.Stream stream
                ? new RowExpiry(clock.instant().getEpochSecond(), stream.ttlSeconds())
                : NEVER;
    }

    /** Rows inserted before this time, in microseconds, have expired, and no others. */
    public long limitMicros() {
        return (nowSeconds - ttlSeconds + 1) * MICROS_PER_SECOND;
    }

    public boolean canExpire() {
        return this != NEVER;
    }

    /** Whether now is at or after insertion plus time to live, in whole seconds. */
    boolean isExpired(long insertionMicros) {
        return this != NEVER && nowSeconds - Math.floorDiv(insertionMicros, MICROS_PER_SECOND) >= ttlSeconds;
    }
}
