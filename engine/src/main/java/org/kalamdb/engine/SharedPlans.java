// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.BoundQuery;
import org.kalamdb.plan.PlannerCatalog;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.sql.StatementShape;

/**
 * The plans of queries that differ in no more than values of {@link StatementShape}s. Such a plan is made when a second query of a {@link StatementShape} comes, and kept under the text that has parameters in the places of the values; each
 * query gives it its own. Safe for use by several threads.
 */
final class SharedPlans {
    /** How many rows a range may leave out or not, so that a plan is better made for its very bounds. */
    private static final double MAX_ROWS_OF_ANY_RANGE = 10_000;

    private final PlanCache plans;
    private final PlannerCatalog catalog;
    private final SeenTexts seen = new SeenTexts();
    private final SeenTexts unfit = new SeenTexts();

    /** Plans a shape in full, and says whether a plan is current. */
    interface Planning {
        PlannedStatement plan(StatementShape shape, String namespace);

        boolean isCurrent(PlannedStatement plan);
    }

    SharedPlans(PlanCache plans, PlannerCatalog catalog) {
        this.plans = plans;
        this.catalog = catalog;
    }

    /** The plan of a query, as of others of its shape; null if there is none, or it is the first. */
    @Nullable
    PlannedStatement find(String sql, String namespace, Planning planning) {
        StatementShape shape = StatementShape.read(sql);
        if (shape == null) {
            return null;
        }
        PlanCache.Key key = new PlanCache.Key(shape.text(), namespace, GeneratedKeys.NONE);
        PlannedStatement shared = plans.find(key);
        if (shared == null || !planning.isCurrent(shared)) {
            shared = seen.isNew(shape.text()) ? null : plan(shape, namespace, planning);
            if (shared == null) {
                return null;
            }
            plans.put(key, shared);
        }
        return shared instanceof PlannedStatement.OfQuery query ? bound(query, shape) : null;
    }

    private @Nullable PlannedStatement plan(StatementShape shape, String namespace, Planning planning) {
        if (unfit.contains(shape.text())) {
            return null;
        }
        try {
            return planning.plan(shape, namespace);
        } catch (RuntimeException e) {
            // The query as it was written is planned instead, and says itself what is wrong with it, if anything is.
            unfit.add(shape.text());
            return null;
        }
    }

    private PlannedStatement.@Nullable OfQuery bound(PlannedStatement.OfQuery query, StatementShape shape) {
        if (shape.hasRanges() && query.inputs().tables().stream().anyMatch(this::isLarge)) {
            return null;
        }
        BoundQuery bound = BoundQuery.of(query.query(), query.parameterTypes(), shape.slots());
        return bound == null
                ? null
                : new PlannedStatement.OfQuery(
                        bound, query.columns(), Map.of(), query.inputs(), query.betweenCommits(), query.rowOrigin());
    }

    private boolean isLarge(TableDefinition table) {
        return catalog.rowCount(table) > MAX_ROWS_OF_ANY_RANGE;
    }
}
