// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.function;

import java.security.SecureRandom;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Time-ordered 128-bit identifiers: UUID version 7 (RFC 9562) and ULID. Both ascend within one process: inside a
 * millisecond, or while the clock stands behind, the random part is counted up. Safe for use by several threads.
 */
final class TimeOrderedIds {
    private static final String CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int ULID_LENGTH = 26;
    /** The 12 bits that RFC 9562 calls rand_a. */
    private static final long UUID_HIGH_MASK = (1L << 12) - 1;
    /** The 62 bits that RFC 9562 calls rand_b. */
    private static final long UUID_LOW_MASK = (1L << 62) - 1;

    private static final long UUID_VERSION_7 = 0x7000;
    private static final long UUID_VARIANT = 1L << 63;
    /** A ULID has 80 random bits, 16 of which share a word with the time. */
    private static final long ULID_HIGH_MASK = (1L << 16) - 1;

    private final LongSupplier clock;
    private final SecureRandom random = new SecureRandom();
    private final Counter uuids = new Counter(UUID_HIGH_MASK, UUID_LOW_MASK);
    private final Counter ulids = new Counter(ULID_HIGH_MASK, -1L);

    TimeOrderedIds(LongSupplier clock) {
        this.clock = clock;
    }

    UUID uuidV7() {
        uuids.lock.lock();
        try {
            uuids.advance(clock.getAsLong(), random);
            return new UUID(uuids.millis << 16 | UUID_VERSION_7 | uuids.high, UUID_VARIANT | uuids.low);
        } finally {
            uuids.lock.unlock();
        }
    }

    String ulid() {
        ulids.lock.lock();
        try {
            ulids.advance(clock.getAsLong(), random);
            return crockford(ulids.millis << 16 | ulids.high, ulids.low);
        } finally {
            ulids.lock.unlock();
        }
    }

    /** The 128 bits as 26 digits of five bits, the highest of three. */
    private static String crockford(long high, long low) {
        char[] digits = new char[ULID_LENGTH];
        long upper = high;
        long lower = low;
        for (int i = ULID_LENGTH - 1; i >= 0; i--) {
            digits[i] = CROCKFORD.charAt((int) (lower & 31));
            lower = lower >>> 5 | upper << 59;
            upper >>>= 5;
        }
        return new String(digits);
    }

    /** The last identifier handed out. Guarded by its lock. */
    private static final class Counter {
        private final ReentrantLock lock = new ReentrantLock();
        private final long highMask;
        private final long lowMask;
        private long millis = -1;
        private long high;
        private long low;

        Counter(long highMask, long lowMask) {
            this.highMask = highMask;
            this.lowMask = lowMask;
        }

        void advance(long now, SecureRandom random) {
            if (now > millis) {
                millis = now;
                // The lower half of the range only, so that counting up has room.
                high = random.nextLong() & highMask >>> 1;
                low = random.nextLong() & lowMask;
                return;
            }
            low = low + 1 & lowMask;
            if (low == 0) {
                high = high + 1 & highMask;
                if (high == 0) {
                    millis++;
                }
            }
        }
    }
}
