// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.transaction;

import java.time.Duration;

/** How long a statement is run again that others get in the way of. Confined to one thread. */
public final class Restarts {
    /** No second run. */
    public static final Restarts NONE = new Restarts(0, Long.MIN_VALUE);

    /** Each run holds the locks of those before it, so that a few are always worth their while. */
    private static final int ALWAYS = 20;

    private final long startNanos = System.nanoTime();
    private final long patienceNanos;
    private int left;

    /** @param patience the time after which there is no further run, but for a few */
    public Restarts(Duration patience) {
        this(ALWAYS, patience.toNanos());
    }

    private Restarts(int always, long patienceNanos) {
        this.left = always;
        this.patienceNanos = patienceNanos;
    }

    /** Whether to run once more. */
    public boolean once() {
        if (left > 0) {
            left--;
            return true;
        }
        return System.nanoTime() - startNanos < patienceNanos;
    }
}
