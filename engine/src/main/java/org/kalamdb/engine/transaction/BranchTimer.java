// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.transaction;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Undoes branches when their time is over, in one daemon thread that is there while some branch has a limit, and a second
 * longer. Safe for use by several threads.
 */
final class BranchTimer implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(BranchTimer.class);

    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, BranchTimer::newThread);

    BranchTimer() {
        executor.setKeepAliveTime(1, TimeUnit.SECONDS);
        executor.allowCoreThreadTimeOut(true);
        executor.setRemoveOnCancelPolicy(true);
    }

    private static Thread newThread(Runnable work) {
        Thread thread = new Thread(work, "kalamdb-branches");
        thread.setDaemon(true);
        return thread;
    }

    /** Undoes a branch after a time. @return to be cancelled when the branch cannot be late any more */
    Future<?> undoAfter(Duration timeout, Branch branch) {
        return executor.schedule(() -> undo(branch), timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static void undo(Branch branch) {
        try {
            branch.expire();
        } catch (RuntimeException e) {
            LOGGER.warn("Branch {} could not be undone when its time was over", branch.id(), e);
        }
    }

    /** Ends the thread and waits for it. Idempotent. */
    @Override
    public void close() {
        executor.shutdownNow();
        boolean interrupted = false;
        boolean ended = false;
        while (!ended) {
            try {
                ended = executor.awaitTermination(1, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
