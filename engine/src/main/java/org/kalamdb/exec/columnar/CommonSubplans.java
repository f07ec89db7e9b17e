// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.columnar;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.RepeatUnion;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.expression.LaneTypes;
import org.kalamdb.exec.scan.PrunedScan;
import org.kalamdb.exec.scan.StoredScan;
import org.kalamdb.plan.RowOrigin;
import org.kalamdb.plan.StoredTable;
import org.kalamdb.plan.cost.Estimator;

/**
 * The parts that a plan contains several times, as it does if a named query or a view is read twice: what is worth it is
 * computed once in a run, and its rows are held for all that read them. The largest such parts are found. Confined to one
 * thread.
 */
final class CommonSubplans {
    private final SharingCost cost;
    private final Map<Subplan, Integer> counts = new HashMap<>();
    private final Map<Subplan, SharedSubplan> shared = new HashMap<>();

    /** A part of a plan, equal to others that answer the same rows. */
    private record Subplan(RelNode rel) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Subplan that
                    && rel.deepEquals(that.rel)
                    && sources(rel).equals(sources(that.rel));
        }

        @Override
        public int hashCode() {
            return rel.deepHashCode();
        }
    }

    /** What a scan reads, beside the name of its table. */
    private record Source(long objectId, boolean withDeleted) {}

    private CommonSubplans(Estimator estimator) {
        this.cost = new SharingCost(estimator);
    }

    /** Those of a plan. */
    static CommonSubplans in(RelNode root) {
        Estimator estimator = new Estimator();
        CommonSubplans found = new CommonSubplans(estimator);
        found.count(root, ExpectedFilters.none(estimator));
        found.counts.values().removeIf(count -> count == 1);
        return found;
    }

    private void count(RelNode rel, ExpectedFilters filters) {
        boolean isNew = !cost.pays(rel, filters)
                || !answersTheSameAgain(rel)
                || counts.merge(new Subplan(rel), 1, Integer::sum) == 1;
        if (!isNew || rel instanceof RepeatUnion) {
            return;
        }
        List<ExpectedFilters> below = filters.below(rel);
        // What a correlation runs again and again has no columnar operators.
        int inputs = rel instanceof Correlate ? 1 : rel.getInputs().size();
        for (int i = 0; i < inputs; i++) {
            count(rel.getInput(i), below.get(i));
        }
    }

    /** Whether it reads nothing of a query around it, and computes nothing that differs each time. */
    private static boolean answersTheSameAgain(RelNode rel) {
        return RelOptUtil.getVariablesUsed(rel).isEmpty() && isRepeatable(rel);
    }

    private static boolean isRepeatable(RelNode rel) {
        if (rel instanceof TableScan scan) {
            StoredScan stored = StoredScan.of(scan);
            return PrunedScan.fileTable(scan) != null
                    || stored != null && stored.table().origin() == RowOrigin.STORED;
        }
        boolean isKnown = !rel.getInputs().isEmpty() || rel instanceof Values || rel instanceof TableFunctionScan;
        return isKnown && isDeterministic(rel) && rel.getInputs().stream().allMatch(CommonSubplans::isRepeatable);
    }

    private static boolean isDeterministic(RelNode rel) {
        boolean[] deterministic = {true};
        rel.accept(new RexShuttle() {
            @Override
            public RexNode visitCall(RexCall call) {
                deterministic[0] &= RexUtil.isDeterministic(call);
                return call;
            }
        });
        return deterministic[0];
    }

    private static List<Source> sources(RelNode rel) {
        List<Source> sources = new ArrayList<>();
        addSources(rel, sources);
        return sources;
    }

    private static void addSources(RelNode rel, List<Source> sources) {
        StoredScan stored = rel instanceof TableScan ? StoredScan.of(rel) : null;
        if (stored != null) {
            StoredTable table = stored.table();
            sources.add(new Source(table.definition().objectId(), table.readsDeleted()));
        }
        rel.getInputs().forEach(input -> addSources(input, sources));
    }

    /**
     * A reader of the rows of a part that occurs several times; null if it does not, or has no columnar plan.
     *
     * @param conversion makes a plan of it
     */
    @Nullable
    OperatorPlan reader(RelNode rel, Supplier<@Nullable OperatorPlan> conversion) {
        if (counts.isEmpty()) {
            return null;
        }
        Subplan subplan = new Subplan(rel);
        if (!counts.containsKey(subplan)) {
            return null;
        }
        SharedSubplan known = shared.get(subplan);
        if (known != null) {
            return known.again();
        }
        OperatorPlan plan = conversion.get();
        if (plan == null) {
            return null;
        }
        SharedSubplan created = new SharedSubplan(shared.size() + 1, plan, LaneTypes.ofFields(rel.getRowType()));
        shared.put(subplan, created);
        return created.first();
    }
}
