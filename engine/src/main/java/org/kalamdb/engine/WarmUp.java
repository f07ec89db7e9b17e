// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the classes of the planner in the background while the client is still connecting, so that its first query does
 * not wait for them. One thread, gone after a second at most. Safe for use by several threads.
 */
final class WarmUp {
    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

    /** Together they touch parsing, validation, joins, aggregation, sorting and code generation. */
    private static final List<String> STATEMENTS = List.of(
            "SELECT t.table_name, count(*) AS n FROM system.tables AS t JOIN system.namespaces AS s ON t.namespace = s.name"
                    + " WHERE t.schema_version > 1 GROUP BY t.table_name ORDER BY n DESC LIMIT 1");

    private final StatementPlanner planner;
    private final Thread thread;

    WarmUp(StatementPlanner planner) {
        this.planner = planner;
        this.thread = new Thread(this::run, "kalamdb-warm-up");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            for (String statement : STATEMENTS) {
                planner.plan(statement, SessionConfig.DEFAULT_NAMESPACE, GeneratedKeys.NONE);
            }
        } catch (RuntimeException e) {
            LOG.warn("Failed to warm up: the first queries may take longer", e);
        }
    }

    /** Waits until the thread is gone. */
    void await() {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
