// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.scan;

import java.util.List;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.ResultColumn;
import org.kalamdb.engine.ResultCursor;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.exec.CompiledQuery;
import org.kalamdb.exec.PlanDescription;
import org.kalamdb.exec.QueryContext;
import org.kalamdb.exec.QueryProfile;
import org.kalamdb.plan.LogicalPlan;
import org.kalamdb.plan.RowOrigin;
import org.kalamdb.storage.RowCursor;
import org.kalamdb.storage.ScanDemand;

/** A query that is one scan: batches go from storage to the client as they are. */
public final class ScanQuery implements CompiledQuery {
    private final List<ResultColumn> columns;
    private final TableScanSource scan;
    private final double estimatedRows;

    /** @param estimatedRows how many rows it is thought to answer, or NaN if nobody has estimated it */
    public ScanQuery(List<ResultColumn> columns, TableScanSource scan, double estimatedRows) {
        this.columns = columns;
        this.scan = scan;
        this.estimatedRows = estimatedRows;
    }

    /** The query of a plan that is one scan of a table, answered by a key alone; null if it is more than that. */
    public static @Nullable ScanQuery of(LogicalPlan plan) {
        RelNode root = plan.root();
        StoredScan stored = StoredScan.of(root);
        if (stored == null || stored.table().origin() != RowOrigin.STORED) {
            return null;
        }
        StoredScan.Way way = stored.way(null, root.getCluster().getRexBuilder());
        if (!way.residual().isEmpty()) {
            return null;
        }
        List<RexNode> projects = stored.projects();
        int[] columns = new int[root.getRowType().getFieldCount()];
        for (int i = 0; i < columns.length; i++) {
            if (projects == null) {
                columns[i] = i;
            } else if (projects.get(i) instanceof RexInputRef ref) {
                columns[i] = ref.getIndex();
            } else {
                return null;
            }
        }
        TableScanSource scan = TableScanSource.of(stored.table(), columns, false, way.path());
        return new ScanQuery(plan.columns(), scan, plan.estimatedRows());
    }

    @Override
    public ResultCursor open(QueryContext context) {
        QueryProfile profile = context.profile();
        return profile == null ? start(context) : profile.cursor(this, () -> start(context));
    }

    private ResultCursor start(QueryContext context) {
        return new Cursor(columns, scan.open(context, ScanDemand.ALL_ROWS_ALONE), context);
    }

    @Override
    public PlanDescription describe() {
        return PlanDescription.of(this, toString()).withEstimate(estimatedRows);
    }

    @Override
    public Enumerable<@Nullable Object[]> rows(QueryContext context) {
        QueryProfile profile = context.profile();
        return profile == null ? scan.rows(context) : profile.rows(this, scan.rows(context));
    }

    /** As in a plan. */
    @Override
    public String toString() {
        return "Scan(" + scan + ")";
    }

    private static final class Cursor implements ResultCursor {
        private final List<ResultColumn> columns;
        private final @Nullable RowCursor batches;
        private final QueryContext context;

        Cursor(List<ResultColumn> columns, @Nullable RowCursor batches, QueryContext context) {
            this.columns = columns;
            this.batches = batches;
            this.context = context;
        }

        @Override
        public List<ResultColumn> columns() {
            return columns;
        }

        @Override
        public @Nullable ColumnBatch next() {
            context.checkCancelled();
            return batches == null ? null : batches.next();
        }

        @Override
        public void close() {
            if (batches != null) {
                batches.close();
            }
        }
    }
}
