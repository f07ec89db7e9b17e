// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.resource;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of the heap all running queries of a database may hold together, beside the batches that they pass on.
 * Safe for use by several threads.
 */
public final class MemoryBudget {
    /** The least limit. */
    public static final long MIN_LIMIT_BYTES = 1L << 20;

    private static final long MIN_FREE_BYTES = 16L << 10;
    private static final long MAX_FREE_BYTES = 1L << 20;
    private static final int FREE_SHARE = 64;

    private final AtomicLong heldBytes = new AtomicLong();
    private volatile long limitBytes;

    /** @param limitBytes at least {@link #MIN_LIMIT_BYTES} */
    public MemoryBudget(long limitBytes) {
        this.limitBytes = limitBytes;
        requireValid(limitBytes);
    }

    /** Half of what the heap can grow to. */
    public static long defaultLimitBytes() {
        return Math.max(MIN_LIMIT_BYTES, Runtime.getRuntime().maxMemory() / 2);
    }

    private static void requireValid(long limitBytes) {
        if (limitBytes < MIN_LIMIT_BYTES) {
            throw new IllegalArgumentException("limitBytes is below 1 MB: " + limitBytes);
        }
    }

    public long limitBytes() {
        return limitBytes;
    }

    /** Changes the limit; who holds more than the new one spills when it asks for more. */
    public void setLimitBytes(long bytes) {
        requireValid(bytes);
        limitBytes = bytes;
    }

    /** Bytes held at this moment. */
    public long heldBytes() {
        return heldBytes.get();
    }

    /** An account of a part of a query, which holds nothing yet. */
    public MemoryAccount openAccount() {
        return new MemoryAccount(this, null);
    }

    /** What every account may hold without asking, so that a query goes on, if slowly, when others hold everything. */
    long freeBytes() {
        return Math.max(MIN_FREE_BYTES, Math.min(MAX_FREE_BYTES, limitBytes / FREE_SHARE));
    }

    /** @return whether there is room for them; if not, nothing has changed */
    boolean take(long bytes) {
        long held = heldBytes.get();
        while (held + bytes <= limitBytes) {
            if (heldBytes.compareAndSet(held, held + bytes)) {
                return true;
            }
            held = heldBytes.get();
        }
        return false;
    }

    void give(long bytes) {
        heldBytes.addAndGet(-bytes);
    }
}
