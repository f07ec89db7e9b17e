// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable.ViewExpander;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.jspecify.annotations.Nullable;
import org.kalamdb.function.ExactConvertlets;

/**
 * Calcite's converter, which looks before each query and each item of FROM whether to stop: what a WITH names is converted wherever
 * it is read, so that a short text may be a large query. Confined to one thread.
 */
final class QueryConverter extends SqlToRelConverter {
    /** IN lists stay conditions however long they are, so that scans can use them. */
    private static final Config CONFIG = SqlToRelConverter.config()
            .withExpand(false)
            .withTrimUnusedFields(false)
            .withInSubQueryThreshold(Integer.MAX_VALUE);

    QueryConverter(ViewExpander views, SqlValidator validator, CalciteCatalogReader reader, RelOptCluster cluster) {
        super(views, validator, reader, cluster, ExactConvertlets.INSTANCE, CONFIG);
    }

    @Override
    protected RelRoot convertQueryRecursive(SqlNode query, boolean top, @Nullable RelDataType targetRowType) {
        ClusterPlanner.of(cluster).checkCancel();
        return super.convertQueryRecursive(query, top, targetRowType);
    }

    @Override
    protected void convertFrom(Blackboard scope, @Nullable SqlNode from, @Nullable List<String> fieldNames) {
        ClusterPlanner.of(cluster).checkCancel();
        super.convertFrom(scope, from, fieldNames);
    }
}
