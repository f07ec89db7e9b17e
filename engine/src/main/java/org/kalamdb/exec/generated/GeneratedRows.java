// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.generated;

import java.util.HashMap;
import java.util.Map;
import org.apache.calcite.adapter.enumerable.EnumerableInterpretable;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.runtime.Bindable;
import org.kalamdb.error.KalamException;
import org.kalamdb.exec.QueryContext;

/** The rows of a plan in Calcite's enumerable convention, for which code is generated. Safe for use by several threads. */
public final class GeneratedRows {
    private final EnumerableRel plan;
    private final Bindable<?> bindable;
    private final Map<String, Object> constants;

    private GeneratedRows(EnumerableRel plan, Bindable<?> bindable, Map<String, Object> constants) {
        this.plan = plan;
        this.bindable = bindable;
        this.constants = constants;
    }

    /** @throws KalamException NOT_SUPPORTED or TYPE_MISMATCH if there is no code for a function of the plan */
    public static GeneratedRows of(EnumerableRel plan) {
        Map<String, Object> constants = new HashMap<>();
        try {
            Bindable<?> bindable =
                    EnumerableInterpretable.toBindable(constants, null, plan, EnumerableRel.Prefer.ARRAY);
            return new GeneratedRows(plan, bindable, Map.copyOf(constants));
        } catch (RuntimeException | AssertionError e) {
            throw MissingCode.explain(plan, e);
        }
    }

    /** The rows of one run: arrays of internal values, or the bare values if there is one column. */
    public Enumerable<?> bind(QueryContext context) {
        return bindable.bind(context.withConstants(constants));
    }

    /** The plan, one operator a line. */
    @Override
    public String toString() {
        return RelOptUtil.toString(plan);
    }
}
