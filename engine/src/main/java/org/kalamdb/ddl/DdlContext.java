// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.ddl;

import java.time.Instant;
import java.util.function.Supplier;
import org.kalamdb.exec.QueryContext;
import org.kalamdb.index.Indexes;
import org.kalamdb.plan.QueryPlanner;
import org.kalamdb.storage.Sequences;
import org.kalamdb.storage.TableStore;
import org.kalamdb.store.Catalog;
import org.kalamdb.transaction.Transactions;

/**
 * What one statement that changes the catalog works with. Confined to one thread.
 *
 * @param catalog what it changes
 * @param lock keeps commits away meanwhile
 * @param transactions those that go on while an index is built
 * @param tables the rows, to check
 * @param indexes their indexes, to build and to drop
 * @param sequences the counters
 * @param planners makes planners, which most statements do without
 * @param query evaluates constant expressions
 * @param namespace where unqualified names belong
 * @param now time of the change
 */
public record DdlContext(
        Catalog catalog,
        CatalogLock lock,
        Transactions transactions,
        TableStore tables,
        Indexes indexes,
        Sequences sequences,
        Supplier<QueryPlanner> planners,
        QueryContext query,
        String namespace,
        Instant now) {

    /** Validates the queries and expressions in the statement. */
    QueryPlanner planner() {
        return planners.get();
    }
}
