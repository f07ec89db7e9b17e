// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.ddl;

import java.time.Instant;
import org.kalamdb.exec.QueryContext;
import org.kalamdb.index.Indexes;
import org.kalamdb.plan.QueryPlanner;
import org.kalamdb.storage.TableStore;
import org.kalamdb.store.Catalog;

/**
 * What one statement that changes the catalog works with. Confined to one thread.
 *
 * @param catalog what it changes
 * @param lock keeps commits away meanwhile
 * @param tables the rows, to check
 * @param indexes their indexes, to build and to drop
 * @param planner validates the queries and expressions in the statement
 * @param query evaluates constant expressions
 * @param namespace where unqualified names belong
 * @param now time of the change
 */
public record DdlContext(
        Catalog catalog,
        CatalogLock lock,
        TableStore tables,
        Indexes indexes,
        QueryPlanner planner,
        QueryContext query,
        String namespace,
        Instant now) {}
