// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.rocks;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/**
 * Lets native calls in until it is shut, then waits for those inside, since a call into a closed native object ends the
 * process. Safe for use by several threads.
 */
public final class NativeGate {
    private static final int STRIPE_COUNT = 16;
    /** Counters lie on cache lines of their own. */
    private static final int STRIDE = 16;

    private static final long RETRY_NANOS = 50_000;

    private final AtomicIntegerArray inside = new AtomicIntegerArray(STRIPE_COUNT * STRIDE);
    private volatile boolean shut;

    /** Must be followed by {@link #leave} on the same thread. @throws KalamException CONNECTION_CLOSED once shut */
    public void enter() {
        if (!tryEnter()) {
            throw new KalamException(ErrorCode.CONNECTION_CLOSED, "The database is closed; open a new connection");
        }
    }

    /** Like {@link #enter}; false, and nothing to leave, once shut. */
    public boolean tryEnter() {
        int stripe = stripe();
        inside.getAndIncrement(stripe);
        if (shut) {
            inside.getAndDecrement(stripe);
            return false;
        }
        return true;
    }

    public void leave() {
        inside.getAndDecrement(stripe());
    }

    /** Refuses further calls and returns when nobody is inside. The caller must not be inside. */
    public void shut() {
        shut = true;
        for (int stripe = 0; stripe < STRIPE_COUNT; stripe++) {
            // A thread always uses the same stripe, so a stripe that reads zero holds no call that began before.
            while (inside.get(stripe * STRIDE) != 0) {
                LockSupport.parkNanos(RETRY_NANOS);
            }
        }
    }

    private static int stripe() {
        return (int) (Thread.currentThread().getId() & STRIPE_COUNT - 1) * STRIDE;
    }
}
