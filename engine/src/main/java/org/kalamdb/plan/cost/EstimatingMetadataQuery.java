// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan.cost;

import org.apache.calcite.rel.metadata.MetadataHandlerProvider;
import org.apache.calcite.rel.metadata.RelMetadataQuery;

/** What is known of a plan while it does not change. Confined to one thread. */
public final class EstimatingMetadataQuery extends RelMetadataQuery {
    private final Estimator estimator = new Estimator();
    private final Runnable cancellation;

    /** @param cancellation throws if planning is to stop */
    public EstimatingMetadataQuery(MetadataHandlerProvider handlers, Runnable cancellation) {
        super(handlers);
        this.cancellation = cancellation;
    }

    /** To be called before something is found out that is not known yet. */
    public void checkCancelled() {
        cancellation.run();
    }

    Estimator estimator() {
        return estimator;
    }
}
