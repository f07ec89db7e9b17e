// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import static java.util.Objects.requireNonNull;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The planner of one statement, made when a part of the statement first needs one: most statements that change rows by
 * their key do not, and a planner loads much of Calcite. Confined to one thread.
 */
public final class PlannerOnDemand implements Supplier<QueryPlanner> {
    private final Supplier<QueryPlanner> maker;
    private @Nullable QueryPlanner planner;

    /** @param maker called at most once */
    public PlannerOnDemand(Supplier<QueryPlanner> maker) {
        this.maker = requireNonNull(maker, "maker is null");
    }

    @Override
    public QueryPlanner get() {
        QueryPlanner made = planner;
        if (made == null) {
            made = maker.get();
            planner = made;
        }
        return made;
    }
}
