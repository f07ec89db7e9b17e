// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class WorkerPoolTest {
    @Test
    void hasThreadsWhileTheyAreNeededOnly() {
        WorkerPool pool = new WorkerPool(3);
        assertThat(pool.liveThreads()).isZero();

        CompletableFuture<Boolean> isDaemon = new CompletableFuture<>();
        pool.submit(() -> isDaemon.complete(Thread.currentThread().isDaemon()));

        assertThat(isDaemon.join()).isTrue();
        assertThat(pool.liveThreads()).isOne();
        pool.close();
        assertThat(pool.liveThreads()).isZero();
    }

    @Test
    void runsNothingAfterItWasClosed() {
        WorkerPool pool = new WorkerPool(2);
        pool.close();
        AtomicBoolean ran = new AtomicBoolean();

        pool.submit(() -> ran.set(true));

        assertThat(ran).isFalse();
        assertThat(pool.liveThreads()).isZero();
    }

    @Test
    void changesItsSize() {
        try (WorkerPool pool = new WorkerPool(1)) {
            pool.submit(() -> {});
            pool.setThreads(8);
            pool.setThreads(2);

            assertThat(pool.threads()).isEqualTo(2);
            assertThatThrownBy(() -> pool.setThreads(0)).hasMessage("threads is not from 1 to 256: 0");
        }
    }
}
