// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import org.apache.calcite.plan.RelOptCostImpl;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;

/** Applies the rules of one phase; it stops when the planner of the cluster does. Confined to one thread. */
final class RulePlanner extends HepPlanner {
    private final ClusterPlanner ofCluster;

    RulePlanner(HepProgram program, ClusterPlanner ofCluster) {
        super(program, null, true, null, RelOptCostImpl.FACTORY);
        this.ofCluster = ofCluster;
    }

    /** Called before a rule is applied. */
    @Override
    public void checkCancel() {
        ofCluster.checkCancel();
    }
}
