// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan.cost;

import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.metadata.BuiltInMetadata;
import org.apache.calcite.rel.metadata.RelMetadataQuery;

/** Tells Calcite how many rows an expression is thought to answer. Safe for use by several threads. */
public final class EstimatedRowCount implements BuiltInMetadata.RowCount.Handler {
    @Override
    public Double getRowCount(RelNode rel, RelMetadataQuery metadata) {
        return ((EstimatingMetadataQuery) metadata).estimator().rows(rel);
    }
}
