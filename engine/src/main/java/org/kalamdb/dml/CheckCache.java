// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.dml;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.List;
import java.util.function.Supplier;
import org.kalamdb.plan.QueryPlanner;
import org.kalamdb.schema.Constraint;
import org.kalamdb.schema.TableDefinition;

/** The compiled check constraints of the tables written to last. Safe for use by several threads. */
public final class CheckCache {
    private static final int MAX_TABLES = 1000;

    private final Cache<Long, Compiled> byObjectId = Caffeine.newBuilder()
            .maximumSize(MAX_TABLES)
            .executor(Runnable::run)
            .build();

    private record Compiled(int schemaVersion, CheckConstraints checks) {}

    CheckConstraints of(Supplier<QueryPlanner> planner, TableDefinition table, List<Constraint.Check> checks) {
        if (checks.isEmpty()) {
            return CheckConstraints.none(table);
        }
        Compiled known = byObjectId.getIfPresent(table.objectId());
        if (known == null || known.schemaVersion() != table.schemaVersion()) {
            known = new Compiled(table.schemaVersion(), CheckConstraints.compile(planner.get(), table, checks));
            byObjectId.put(table.objectId(), known);
        }
        return known.checks();
    }
}
