// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.scan;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.runtime.Bindable;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.QueryContext;
import org.kalamdb.exec.lowering.Literals;
import org.kalamdb.plan.StoredTable;

/**
 * The rows of a scan that a key answers alone, each made of columns, literals and parameters, so that there is nothing to
 * compute and no code to generate: what UPDATE and DELETE by a key mostly read. Safe for use by several threads.
 */
public final class DirectRows implements Bindable<@Nullable Object[]> {
    private final TableScanSource source;
    private final List<Output> outputs;

    /** One value of a row. */
    private interface Output {
        @Nullable
        Object value(@Nullable Object[] row, QueryContext context);
    }

    private DirectRows(TableScanSource source, List<Output> outputs) {
        this.source = source;
        this.outputs = outputs;
    }

    /** The rows of a plan, or null if it computes something. */
    public static @Nullable DirectRows of(RelNode root) {
        StoredScan stored = StoredScan.of(root);
        List<RexNode> projects = stored == null ? null : stored.projects();
        if (stored == null || projects == null || stored.isAtHand()) {
            return null;
        }
        StoredScan.Way way = stored.way(null, root.getCluster().getRexBuilder());
        if (!way.residual().isEmpty()) {
            return null;
        }
        StoredTable table = stored.table();
        int[] columns = new int
                [table.definition().columns().size() + table.systemColumns().size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = i;
        }
        List<Output> outputs = new ArrayList<>(projects.size());
        for (RexNode project : projects) {
            Output output = output(project);
            if (output == null) {
                return null;
            }
            outputs.add(output);
        }
        boolean withRowKey = stored.scan().getRowType().getFieldCount() > columns.length;
        return new DirectRows(TableScanSource.of(table, columns, withRowKey, way.path()), outputs);
    }

    private static @Nullable Output output(RexNode node) {
        if (node instanceof RexInputRef ref) {
            int index = ref.getIndex();
            return (row, context) -> row[index];
        }
        if (node instanceof RexLiteral literal) {
            Object value = Literals.internalValue(literal);
            return (row, context) -> value;
        }
        RexNode uncast = node instanceof RexCall call
                        && call.getKind() == SqlKind.CAST
                        && SqlTypeUtil.equalSansNullability(
                                call.getType(), call.getOperands().get(0).getType())
                ? call.getOperands().get(0)
                : node;
        if (uncast instanceof RexDynamicParam parameter) {
            int index = parameter.getIndex();
            return (row, context) -> context.parameter(index);
        }
        return null;
    }

    @Override
    public Enumerable<@Nullable Object[]> bind(DataContext dataContext) {
        QueryContext context = (QueryContext) dataContext;
        return source.rows(context).select(row -> {
            @Nullable Object[] values = new @Nullable Object[outputs.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = outputs.get(i).value(row, context);
            }
            return values;
        });
    }

    @Override
    public String toString() {
        return source.toString();
    }
}
