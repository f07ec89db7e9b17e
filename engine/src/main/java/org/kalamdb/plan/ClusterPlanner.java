// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import org.apache.calcite.plan.ConventionTraitDef;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.volcano.VolcanoPlanner;
import org.apache.calcite.rel.RelCollationTraitDef;

/**
 * What a cluster wants for a planner: it knows the traits there are, and whether to stop, and searches for nothing. Confined to one
 * thread.
 */
final class ClusterPlanner extends VolcanoPlanner {
    private final Runnable cancellation;

    /** @param cancellation throws if planning is to stop */
    ClusterPlanner(Runnable cancellation) {
        this.cancellation = cancellation;
        addRelTraitDef(ConventionTraitDef.INSTANCE);
        addRelTraitDef(RelCollationTraitDef.INSTANCE);
    }

    static ClusterPlanner of(RelOptCluster cluster) {
        return (ClusterPlanner) cluster.getPlanner();
    }

    @Override
    public void checkCancel() {
        cancellation.run();
    }
}
