// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.columnar;

import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexBuilder;
import org.kalamdb.exec.CompiledQuery;
import org.kalamdb.exec.expression.LaneTypes;
import org.kalamdb.exec.generated.EnumerableConversion;
import org.kalamdb.exec.generated.EnumerableQuery;
import org.kalamdb.exec.generated.GeneratedRows;
import org.kalamdb.exec.scan.DirectRows;
import org.kalamdb.exec.scan.ScanQuery;
import org.kalamdb.plan.LogicalPlan;
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
        ScanQuery scan = ScanQuery.of(plan);
        if (scan != null) {
            return scan;
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
        GeneratedRows generated = GeneratedRows.of(new EnumerableConversion(rexBuilder, columnar::leaf).convert(root));
        return new EnumerableQuery(plan.columns(), generated::bind, generated.toString(), rows);
    }
}
