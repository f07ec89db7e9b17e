// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelShuttleImpl;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.jspecify.annotations.Nullable;
import org.kalamdb.type.KalamDataType;

/** A table whose rows are literals of the plan, so that it needs no storage. */
public final class LiteralTable {
    private LiteralTable() {}

    /** The plan of a query over the table {@code t}. @param rows of what literals are made of */
    public static RelNode plan(
            String sql, List<String> columns, List<KalamDataType> types, List<@Nullable Object[]> rows) {
        RelNode plan = new SqlRunner().table("t", columns, types, List.of()).logical(sql);
        return plan.accept(new RelShuttleImpl() {
            @Override
            public RelNode visit(TableScan scan) {
                return literals(scan, rows);
            }
        });
    }

    private static RelNode literals(TableScan scan, List<@Nullable Object[]> rows) {
        RexBuilder rexBuilder = scan.getCluster().getRexBuilder();
        ImmutableList.Builder<ImmutableList<RexLiteral>> tuples = ImmutableList.builder();
        for (@Nullable Object[] row : rows) {
            ImmutableList.Builder<RexLiteral> tuple = ImmutableList.builder();
            for (int i = 0; i < row.length; i++) {
                RelDataType type = scan.getRowType().getFieldList().get(i).getType();
                tuple.add(
                        row[i] == null
                                ? rexBuilder.makeNullLiteral(type)
                                : (RexLiteral) rexBuilder.makeLiteral(row[i], type));
            }
            tuples.add(tuple.build());
        }
        return LogicalValues.create(scan.getCluster(), scan.getRowType(), tuples.build());
    }
}
