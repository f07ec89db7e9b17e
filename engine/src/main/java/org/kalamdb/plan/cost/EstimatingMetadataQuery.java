// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan.cost;

import org.apache.calcite.rel.metadata.MetadataHandlerProvider;
import org.apache.calcite.rel.metadata.RelMetadataQuery;

/** What is known of a plan while it does not change. Confined to one thread. */
public final class EstimatingMetadataQuery extends RelMetadataQuery {
    private final Estimator estimator = new Estimator();

    public EstimatingMetadataQuery(MetadataHandlerProvider handlers) {
        super(handlers);
    }

    Estimator estimator() {
        return estimator;
    }
}
