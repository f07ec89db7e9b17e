// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.adapter.enumerable.EnumerableInterpretable;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.runtime.Bindable;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.plan.LogicalPlan;
import org.kalamdb.plan.RowOrigin;

/**
 * The seam between planning and execution: makes an optimised plan runnable. A scan that is answered by a key
 * alone runs without generated code; everything else goes through Calcite's enumerable convention.
 */
public final class QueryCompiler {
    private QueryCompiler() {}

    public static CompiledQuery compile(LogicalPlan plan) {
        TableScanSource scan = directScan(plan.root());
        if (scan != null) {
            return new ScanQuery(plan.columns(), scan);
        }
        DirectRows direct = DirectRows.of(plan.root());
        if (direct != null) {
            return new EnumerableQuery(plan.columns(), direct, Map.of());
        }
        RexBuilder rexBuilder = plan.root().getCluster().getRexBuilder();
        EnumerableRel physical = new EnumerableConversion(rexBuilder).convert(plan.root());
        Map<String, Object> constants = new HashMap<>();
        Bindable<?> bindable = generate(physical, constants);
        return new EnumerableQuery(plan.columns(), bindable, Map.copyOf(constants));
    }

    private static Bindable<?> generate(EnumerableRel physical, Map<String, Object> constants) {
        try {
            return EnumerableInterpretable.toBindable(constants, null, physical, EnumerableRel.Prefer.ARRAY);
        } catch (IllegalStateException e) {
            for (Throwable suppressed : e.getSuppressed()) {
                String reason = String.valueOf(suppressed.getMessage());
                if (reason.startsWith("Unable to get aggregate implementation")) {
                    throw new KalamException(
                            ErrorCode.NOT_SUPPORTED,
                            "Unsupported function " + reason.replaceAll(".*for aggregate ", "")
                                    + ": it cannot be computed",
                            e);
                }
            }
            throw e;
        }
    }

    /** The physical plan as text, one operator a line. */
    public static String explain(LogicalPlan plan) {
        TableScanSource scan = directScan(plan.root());
        if (scan != null) {
            return "Scan(" + scan + ")\n";
        }
        DirectRows direct = DirectRows.of(plan.root());
        if (direct != null) {
            return "Scan(" + direct + ")\n";
        }
        RexBuilder rexBuilder = plan.root().getCluster().getRexBuilder();
        return RelOptUtil.toString(new EnumerableConversion(rexBuilder).convert(plan.root()));
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
