// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One transaction among several: a connection with a thread of its own, so that a statement may wait for another
 * transaction while the test goes on. A conflict rolls it back; what it is told to do then is left out.
 */
final class Actor implements AutoCloseable {
    private static final Future<?> IDLE = CompletableFuture.completedFuture(null);

    private final Client client;
    private final ExecutorService executor;
    private volatile @Nullable Thread thread;
    private Future<?> running = IDLE;
    private @Nullable String failureState;

    Actor(String url, int isolation) throws SQLException {
        client = new Client(url);
        client.connection().setTransactionIsolation(isolation);
        client.connection().setAutoCommit(false);
        executor = Executors.newSingleThreadExecutor(work -> {
            Thread created = new Thread(work, "actor");
            thread = created;
            return created;
        });
    }

    /** Begins a statement and returns when it has ended or waits for a lock. */
    Actor start(String sql) throws Exception {
        return start(() -> client.run(sql));
    }

    /** As the other one, for a batch of a statement with one parameter. */
    Actor startBatch(String sql, int... values) throws Exception {
        return start(() -> {
            try (PreparedStatement statement = client.connection().prepareStatement(sql)) {
                for (int value : values) {
                    statement.setInt(1, value);
                    statement.addBatch();
                }
                statement.executeBatch();
            }
        });
    }

    /** What an actor does. */
    @FunctionalInterface
    private interface Action {
        void run() throws SQLException;
    }

    private Actor start(Action action) throws Exception {
        finish();
        if (failureState == null) {
            running = executor.submit(() -> {
                action.run();
                return null;
            });
            awaitEndOrLock();
        }
        return this;
    }

    /** Runs a statement that need not wait for anybody. */
    Actor run(String sql) throws Exception {
        start(sql);
        assertThat(isWaiting()).as("%s waits for a lock", sql).isFalse();
        return this;
    }

    /** The rows of a query; none once it has been rolled back. */
    List<String> rows(String sql) throws Exception {
        finish();
        return failureState != null ? List.of() : client.rows(sql);
    }

    /** Whether the statement that was started last still waits. */
    boolean isWaiting() {
        return !running.isDone();
    }

    /** Waits for the statement that was started last. */
    void finish() throws Exception {
        try {
            running.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            rollBack(e.getCause());
        }
    }

    /** The SQLSTATE of the conflict that it was rolled back for, after its last statement; null if it was not. */
    @Nullable
    String failureState() throws Exception {
        finish();
        return failureState;
    }

    /** Answers whether it could. */
    boolean commit() throws Exception {
        finish();
        if (failureState == null) {
            try {
                client.connection().commit();
            } catch (SQLException e) {
                rollBack(e);
            }
        }
        return failureState == null;
    }

    void rollback() throws Exception {
        finish();
        client.connection().rollback();
    }

    private void rollBack(Throwable failure) throws SQLException {
        assertThat(failure).isInstanceOf(SQLTransactionRollbackException.class);
        failureState = ((SQLException) failure).getSQLState();
        client.connection().rollback();
        running = IDLE;
    }

    private void awaitEndOrLock() throws InterruptedException {
        while (!running.isDone()) {
            Thread worker = thread;
            if (worker != null
                    && Arrays.stream(worker.getStackTrace())
                            .anyMatch(frame -> frame.getClassName().endsWith(".LockTable")
                                    && frame.getMethodName().equals("await"))) {
                return;
            }
            Thread.sleep(1);
        }
    }

    @Override
    public void close() throws Exception {
        executor.shutdownNow();
        client.close();
    }
}
