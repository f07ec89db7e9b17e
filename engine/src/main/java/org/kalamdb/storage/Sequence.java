// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/**
 * A counter that never gives a number twice. Safe for use by several threads.
 *
 * <p>Numbers are taken from the store in blocks: what is stored is the first number beyond the block, so a process that
 * dies loses the rest of a block and repeats nothing. Numbers given to a transaction that rolls back are not given again.
 */
public final class Sequence {
    private static final int STORED_BYTES = Long.BYTES + 1;

    private final ReentrantLock lock = new ReentrantLock();
    private final MetaStore meta;
    private final byte[] key;
    private final long increment;
    private final int blockSize;

    private long next;
    /** Numbers from {@code next} on that may be given before the store must be told. */
    private int remaining;
    /** Whether {@code next} would be beyond the range of a long. */
    private boolean exhausted;

    private Sequence(MetaStore meta, byte[] key, long next, long increment, int blockSize, boolean exhausted) {
        this.meta = meta;
        this.key = key;
        this.next = next;
        this.increment = increment;
        this.blockSize = blockSize;
        this.exhausted = exhausted;
    }

    static Sequence load(MetaStore meta, byte[] key, long start, long increment, int blockSize) {
        if (increment == 0) {
            throw new KalamException(ErrorCode.INVALID_DEFINITION, "Invalid identity increment: must not be 0");
        }
        byte[] stored = meta.get(key);
        if (stored == null) {
            return new Sequence(meta, key, start, increment, blockSize, false);
        }
        if (stored.length != STORED_BYTES) {
            throw new KalamException(ErrorCode.DATA_CORRUPTED, "Failed to read a stored identity counter");
        }
        ByteBuffer buffer = ByteBuffer.wrap(stored);
        long next = buffer.getLong();
        return new Sequence(meta, key, next, increment, blockSize, buffer.get() != 0);
    }

    /**
     * The next number.
     *
     * @throws KalamException NUMERIC_OUT_OF_RANGE if all numbers of 64 bits are given
     */
    public long next() {
        lock.lock();
        try {
            if (exhausted) {
                throw new KalamException(
                        ErrorCode.NUMERIC_OUT_OF_RANGE,
                        "No number is left after " + next + ": give an explicit value or restart the counter");
            }
            if (remaining == 0) {
                reserve();
            }
            long value = next;
            remaining--;
            step();
            return value;
        } finally {
            lock.unlock();
        }
    }

    /** The number that {@link #next} gives next. */
    long upcoming() {
        lock.lock();
        try {
            return next;
        } finally {
            lock.unlock();
        }
    }

    /** Moves on, if need be, so that no number given later is {@code value} or lies before it. */
    public void advancePast(long value) {
        lock.lock();
        try {
            if (exhausted || (increment > 0 ? value < next : value > next)) {
                return;
            }
            // The distance fits 64 bits without sign, and what lies between next and value fits a long again.
            long steps = Long.divideUnsigned(increment > 0 ? value - next : next - value, Math.abs(increment));
            remaining = steps >= 0 && steps < remaining ? (int) (remaining - steps - 1) : 0;
            next += steps * increment;
            step();
            if (remaining == 0) {
                reserve();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Starts again at a number, which was then never given as far as the counter knows. */
    public void restart(long start) {
        lock.lock();
        try {
            next = start;
            exhausted = false;
            reserve();
        } finally {
            lock.unlock();
        }
    }

    void flush() {
        lock.lock();
        try {
            if (remaining > 0) {
                store(next, exhausted);
                remaining = 0;
            }
        } finally {
            lock.unlock();
        }
    }

    private void step() {
        long after = next + increment;
        if (((next ^ after) & (increment ^ after)) < 0) {
            exhausted = true;
            remaining = 0;
        } else {
            next = after;
        }
    }

    private void reserve() {
        if (exhausted) {
            store(next, true);
            return;
        }
        long distance = increment * blockSize;
        boolean distanceOverflows = Math.multiplyHigh(increment, blockSize) != distance >> 63;
        long beyond = next + distance;
        if (distanceOverflows || ((next ^ beyond) & (distance ^ beyond)) < 0) {
            // The last numbers before the end of the range: a process that dies now loses them.
            store(next, true);
        } else {
            store(beyond, false);
        }
        remaining = blockSize;
    }

    private void store(long number, boolean isExhausted) {
        meta.put(
                key,
                ByteBuffer.allocate(STORED_BYTES)
                        .putLong(number)
                        .put((byte) (isExhausted ? 1 : 0))
                        .array());
    }
}
