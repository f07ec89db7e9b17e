// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.kalamdb.introspection.Introspection;
import org.kalamdb.plan.PlannerCatalog;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;
import org.kalamdb.schema.ViewDefinition;
import org.kalamdb.store.Catalog;
import org.kalamdb.store.InMemoryKeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the classes of the planner in the background while the first client is still connecting, so that its first query
 * does not wait for them. Once a JVM, on a catalog of its own in memory, so that no database has to wait for it to close.
 */
final class WarmUp {
    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
    private static final AtomicBoolean STARTED = new AtomicBoolean();

    /** Together they touch parsing, validation, joins, aggregation, sorting and code generation. */
    private static final List<String> STATEMENTS = List.of(
            "SELECT t.table_name, count(*) AS n FROM system.tables AS t JOIN system.namespaces AS s"
                    + " ON t.namespace = s.name WHERE t.schema_version > 1 GROUP BY t.table_name ORDER BY n DESC LIMIT 1");

    private WarmUp() {}

    /** Starts it unless this JVM has done so. */
    static void start() {
        if (STARTED.compareAndSet(false, true)) {
            Thread thread = new Thread(WarmUp::run, "kalamdb-warm-up");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private static void run() {
        try {
            Catalog catalog = Catalog.open(new InMemoryKeyValueStore());
            StatementPlanner planner =
                    new StatementPlanner(catalog, new EmptyTables(catalog), new Introspection(catalog));
            for (String statement : STATEMENTS) {
                planner.plan(statement, SessionConfig.DEFAULT_NAMESPACE, GeneratedKeys.NONE);
            }
        } catch (RuntimeException e) {
            LOG.warn("Failed to warm up: the first queries may take longer", e);
        }
    }

    /** A catalog whose tables have no rows. */
    private record EmptyTables(Catalog catalog) implements PlannerCatalog {
        @Override
        public boolean namespaceExists(String name) {
            return catalog.findNamespace(name).isPresent();
        }

        @Override
        public Optional<TableDefinition> findTable(TableId id) {
            return catalog.findTable(id);
        }

        @Override
        public Optional<ViewDefinition> findView(TableId id) {
            return catalog.findView(id);
        }

        @Override
        public double rowCount(TableDefinition table) {
            return 1;
        }
    }
}
