// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.planning;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.GeneratedKeys;
import org.kalamdb.exec.direct.BoundQuery;
import org.kalamdb.plan.PlannerCatalog;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.sql.StatementShape;

/**
 * The plans of queries that differ in no more than the values of their {@link StatementShape}. Such a plan is made when the first
 * of them comes, and kept under the text that has parameters in the places of the values; each query gives it its own. Safe for
 * use by several threads.
 */
final class SharedPlans {
    /** How many rows a range may leave out or not, so that a plan is better made for its very bounds. */
    private static final double MAX_ROWS_OF_ANY_RANGE = 10_000;

    private final PlanCache plans;
    private final PlannerCatalog catalog;
    private final SeenTexts unfit = new SeenTexts();

    /** Plans a shape in full, and says whether a plan is current. */
    interface Planning {
        /** @param catalog where tables and views are found */
        PlannedStatement plan(StatementShape shape, PlanningScope scope, PlannerCatalog catalog);

        boolean isCurrent(PlannedStatement plan);
    }

    SharedPlans(PlanCache plans, PlannerCatalog catalog) {
        this.plans = plans;
        this.catalog = catalog;
    }

    /**
     * The plan of a query, as of all others of its shape.
     *
     * @param outcome how the query came by it
     */
    record SharedPlan(PlannedStatement.OfQuery plan, PlanCache.Outcome outcome) {}

    /** The plan of a query, as of all others of its shape; null if the query has to be planned by itself. */
    @Nullable
    SharedPlan find(String sql, PlanningScope scope, Planning planning) {
        StatementShape shape = StatementShape.read(sql);
        if (shape == null) {
            return null;
        }
        PlanCache.Outcome outcome = PlanCache.Outcome.SHARED_HIT;
        PlanCache.Key key = new PlanCache.Key(shape.text(), scope.namespace(), GeneratedKeys.NONE);
        PlannedStatement shared = plans.find(key);
        if (shared == null || !planning.isCurrent(shared)) {
            outcome = PlanCache.Outcome.MISS;
            shared = plan(shape, scope, planning);
            if (shared == null) {
                return null;
            }
            plans.put(key, shared);
        }
        PlannedStatement.OfQuery bound =
                shared instanceof PlannedStatement.OfQuery query ? bound(query, shape, sql) : null;
        return bound == null ? null : new SharedPlan(bound, outcome);
    }

    private @Nullable PlannedStatement plan(StatementShape shape, PlanningScope scope, Planning planning) {
        if (unfit.contains(shape.text())) {
            return null;
        }
        try {
            return planning.plan(
                    shape, scope, shape.hasRanges() ? new SmallTablesCatalog(catalog, MAX_ROWS_OF_ANY_RANGE) : catalog);
        } catch (RuntimeException e) {
            scope.cancellation().run();
            // The query as it was written is planned instead, and says itself what is wrong with it, if anything is.
            unfit.add(shape.text());
            return null;
        }
    }

    private PlannedStatement.@Nullable OfQuery bound(PlannedStatement.OfQuery query, StatementShape shape, String sql) {
        if (shape.hasRanges() && hasLarge(query.inputs())) {
            return null;
        }
        BoundQuery bound = BoundQuery.of(
                query.query(),
                query.parameterTypes(),
                shape.slots(),
                inShape -> StatementShape.placeInQuery(sql, inShape));
        return bound == null
                ? null
                : new PlannedStatement.OfQuery(
                        bound, query.columns(), Map.of(), query.inputs(), query.betweenCommits(), query.rowOrigin());
    }

    private boolean hasLarge(PlanInputs inputs) {
        for (TableDefinition table : inputs.tables()) {
            if (catalog.rowCount(table) > MAX_ROWS_OF_ANY_RANGE) {
                return true;
            }
        }
        return false;
    }
}
