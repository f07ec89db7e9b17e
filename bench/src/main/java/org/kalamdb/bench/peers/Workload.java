// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.bench.peers;

import java.sql.SQLException;

/** Something to do for a while, and to count. */
@FunctionalInterface
interface Workload {
    /**
     * Does it on a database until the time is over or there is nothing left to do.
     *
     * @param timer started when the work starts, after everything that is not measured
     * @return how many operations were done
     */
    long run(Contestant contestant, Timer timer) throws SQLException;

    /** A stretch of time. Confined to one thread, but for {@link #isOver}, once it has started. */
    final class Timer {
        private final long limitNanos;
        private long startNanos;
        private long endNanos;

        Timer(long limitNanos) {
            this.limitNanos = limitNanos;
        }

        void start() {
            startNanos = System.nanoTime();
        }

        boolean isOver() {
            return System.nanoTime() - startNanos >= limitNanos;
        }

        void stop() {
            endNanos = System.nanoTime();
        }

        double seconds() {
            return (endNanos - startNanos) / 1e9;
        }
    }
}
