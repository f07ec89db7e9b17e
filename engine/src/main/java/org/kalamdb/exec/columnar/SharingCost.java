// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.columnar;

import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rel.core.Window;
import org.kalamdb.plan.cost.Estimator;

/** Whether holding the rows of a part of a plan costs less than computing them again. Confined to one thread. */
final class SharingCost {
    /** How much more it costs to hold a row and read it twice than to compute it, at most. */
    private static final double COST_OF_HELD_ROW = 4;

    /** How much more a row that is sorted costs than one that is read. */
    private static final double COST_OF_SORTED_ROW = 4;

    private static final double COST_OF_PASSED_ROW = 0.25;

    /** An occurrence of which joins leave less than this part is thought to be computed faster by itself. */
    private static final double LEAST_WANTED_PART = 0.5;

    private final Estimator estimator;

    SharingCost(Estimator estimator) {
        this.estimator = estimator;
    }

    /** @param filters those that are expected to come down to the part */
    boolean pays(RelNode rel, ExpectedFilters filters) {
        return isCostly(rel)
                && filters.wantedPart(rel) >= LEAST_WANTED_PART
                && rows(rel) * COST_OF_HELD_ROW <= work(rel);
    }

    /** Filters and projections cost no more than reading what is held. */
    private static boolean isCostly(RelNode rel) {
        return rel instanceof Aggregate
                || rel instanceof Join
                || rel instanceof Sort
                || rel instanceof Window
                || rel instanceof SetOp
                || rel instanceof TableFunctionScan;
    }

    /** In rows that are read or looked at. */
    private double work(RelNode rel) {
        double work = 0;
        double inputRows = 0;
        for (RelNode input : rel.getInputs()) {
            work += work(input);
            inputRows += rows(input);
        }
        if (rel.getInputs().isEmpty()) {
            return rows(rel);
        }
        if (rel instanceof Join) {
            return work + inputRows + rows(rel);
        }
        if (rel instanceof Sort || rel instanceof Window) {
            return work + COST_OF_SORTED_ROW * inputRows;
        }
        return work + (isCostly(rel) ? inputRows : COST_OF_PASSED_ROW * inputRows);
    }

    private double rows(RelNode rel) {
        return estimator.rows(rel);
    }
}
