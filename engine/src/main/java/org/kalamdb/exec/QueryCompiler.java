// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec;

import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;
import org.kalamdb.plan.LogicalPlan;
import org.kalamdb.plan.RowOrigin;
import org.kalamdb.plan.ThreadState;

/**
 * The seam between planning and execution: makes an optimised plan runnable. A scan that is answered by a key
 * alone goes from storage to the client; everything else runs on columnar operators, or, what these cannot do, in Calcite's
 * enumerable convention, for which code is generated.
 */
public final class QueryCompiler {
    private QueryCompiler() {}

    public static CompiledQuery compile(LogicalPlan plan) {
        try {
            return compiled(plan);
        } finally {
            ThreadState.clear();
        }
    }

    private static CompiledQuery compiled(LogicalPlan plan) {
        TableScanSource scan = directScan(plan.root());
        if (scan != null) {
            return new ScanQuery(plan.columns(), scan, plan.estimatedRows());
        }
        RelNode root = plan.root();
        double rows = plan.estimatedRows();
        DirectRows direct = DirectRows.of(root);
        if (direct != null) {
            return new EnumerableQuery(plan.columns(), direct::bind, "Scan(" + direct + ")", rows);
        }
        RexBuilder rexBuilder = root.getCluster().getRexBuilder();
        ColumnarConversion columnar = new ColumnarConversion(rexBuilder, CommonSubplans.in(root));
        OperatorPlan operators = columnar.convert(root);
        if (operators != null) {
            return new ColumnarQuery(plan.columns(), LaneTypes.ofFields(root.getRowType()), operators);
        }
        GeneratedRows generated = GeneratedRows.of(new EnumerableConversion(rexBuilder, columnar).convert(root));
        return new EnumerableQuery(plan.columns(), generated::bind, generated.toString(), rows);
    }

    private static @Nullable TableScanSource directScan(RelNode root) {
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
        return TableScanSource.of(stored.table(), columns, false, way.path());
    }
}
