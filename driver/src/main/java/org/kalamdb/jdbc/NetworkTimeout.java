// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc;

import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** After how long a statement ends, and its connection with it. Confined to one thread. */
final class NetworkTimeout {
    private int millis;
    private Executor executor = Runnable::run;

    /** @param executor closes the connection @param millis 0 for never */
    void set(Executor executor, int millis) {
        this.executor = executor;
        this.millis = millis;
    }

    /** Milliseconds; 0 for never. */
    int millis() {
        return millis;
    }

    Executor executor() {
        return executor;
    }

    /** The time that a statement has, in milliseconds; 0 for any. @param ownMillis its own limit, 0 for none */
    long limitMillis(long ownMillis) {
        return millis == 0 || ownMillis != 0 && ownMillis <= millis ? ownMillis : millis;
    }

    /** @param startedNanos in {@link System#nanoTime()} */
    boolean hasPassedSince(long startedNanos) {
        return millis > 0 && TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos) >= millis;
    }
}
