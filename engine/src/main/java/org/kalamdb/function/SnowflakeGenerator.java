// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.function;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/**
 * Unique, ascending 63-bit numbers: 41 bits of milliseconds since 2024-01-01T00:00Z, 10 bits of worker, 12 bits of
 * sequence. Safe for use by several threads.
 *
 * <p>If the clock goes back by at most {@value #MAX_REGRESSION_MILLIS} ms, or a millisecond's 4,096 numbers are used up,
 * numbers are taken from the milliseconds ahead of the clock; the generator then waits for the clock rather than run
 * further ahead than that.
 */
public final class SnowflakeGenerator {
    /** 2024-01-01T00:00Z in milliseconds since 1970. */
    public static final long EPOCH_MILLIS = 1_704_067_200_000L;
    /** Largest worker number. */
    public static final int MAX_WORKER = (1 << 10) - 1;
    /** How far the clock may go back. */
    public static final int MAX_REGRESSION_MILLIS = 50;

    private static final int SEQUENCE_BITS = 12;
    private static final int TIME_SHIFT = 22;
    private static final long SEQUENCE_MASK = (1L << SEQUENCE_BITS) - 1;
    private static final long MAX_TIME = (1L << 41) - 1;

    private final long workerBits;
    private final LongSupplier clock;
    /** Milliseconds since the epoch and sequence of the last number, as {@code millis << 12 | sequence}. */
    private final AtomicLong last = new AtomicLong(-1);

    /** @param worker 0 to {@value #MAX_WORKER}, different for databases whose numbers must not meet */
    public SnowflakeGenerator(int worker) {
        this(worker, System::currentTimeMillis);
    }

    SnowflakeGenerator(int worker, LongSupplier clock) {
        if (worker < 0 || worker > MAX_WORKER) {
            throw new IllegalArgumentException("Invalid worker: must be between 0 and 1023, got: " + worker);
        }
        this.workerBits = (long) worker << SEQUENCE_BITS;
        this.clock = clock;
    }

    /**
     * A number greater than all before.
     *
     * @throws KalamException DATA_EXCEPTION if the clock went back too far or stands outside of 2024 to 2093
     */
    public long next() {
        while (true) {
            long now = clock.getAsLong() - EPOCH_MILLIS;
            if (now < 0 || now > MAX_TIME) {
                throw new KalamException(
                        ErrorCode.DATA_EXCEPTION,
                        "Cannot make a SNOWFLAKE_ID: the system clock is outside of the years 2024 to 2093");
            }
            long previous = last.get();
            long candidate = Math.max(previous + 1, now << SEQUENCE_BITS);
            long aheadMillis = (candidate >>> SEQUENCE_BITS) - now;
            if (aheadMillis > MAX_REGRESSION_MILLIS) {
                awaitClock(previous, now, aheadMillis);
            } else if (last.compareAndSet(previous, candidate)) {
                return (candidate >>> SEQUENCE_BITS) << TIME_SHIFT | workerBits | candidate & SEQUENCE_MASK;
            }
        }
    }

    private static void awaitClock(long previous, long now, long aheadMillis) {
        if (aheadMillis > MAX_REGRESSION_MILLIS + 1) {
            throw new KalamException(
                    ErrorCode.DATA_EXCEPTION,
                    "Cannot make a SNOWFLAKE_ID: the system clock went back by "
                            + ((previous >>> SEQUENCE_BITS) - now)
                            + " ms, at most " + MAX_REGRESSION_MILLIS + " ms are tolerated");
        }
        Thread.onSpinWait();
    }

    /** Milliseconds since 1970 at which {@code id} was made. */
    public static long unixMillis(long id) {
        return (id >>> TIME_SHIFT) + EPOCH_MILLIS;
    }

    /** The worker that made {@code id}. */
    public static int worker(long id) {
        return (int) (id >>> SEQUENCE_BITS) & MAX_WORKER;
    }
}
