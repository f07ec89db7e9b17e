// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.generated;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.adapter.enumerable.EnumerableCalc;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexProgram;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.kalamdb.exec.lowering.CastLowering;
import org.kalamdb.exec.lowering.MachineCalls;
import org.kalamdb.exec.lowering.MachineTypes;

/**
 * Columns added to the input of an aggregate or window for SUM of BIGINT: Calcite's accumulator is a BigDecimal, as the sum
 * is a DECIMAL, but its code cannot add a long to it. Confined to one thread.
 */
final class WidenedArguments {
    private final RelNode input;
    private final RexBuilder rexBuilder;
    private final CastLowering casts;
    private final List<RexNode> projects;
    private final List<String> names;
    private final Map<Integer, Integer> columns = new HashMap<>();

    WidenedArguments(RelNode input, RexBuilder rexBuilder) {
        this.input = input;
        this.rexBuilder = rexBuilder;
        this.casts = new CastLowering(
                rexBuilder, new MachineTypes(rexBuilder.getTypeFactory()), new MachineCalls(rexBuilder));
        this.projects = new ArrayList<>(rexBuilder.identityProjects(input.getRowType()));
        this.names = new ArrayList<>(input.getRowType().getFieldNames());
    }

    /** The column that {@code function}, of result type {@code type}, shall aggregate instead of {@code argument}. */
    int widen(SqlAggFunction function, int argument, RelDataType type) {
        RelDataTypeField field = input.getRowType().getFieldList().get(argument);
        boolean sum = function.getKind() == SqlKind.SUM || function.getKind() == SqlKind.SUM0;
        if (!sum
                || type.getSqlTypeName() != SqlTypeName.DECIMAL
                || field.getType().getSqlTypeName() == SqlTypeName.DECIMAL) {
            return argument;
        }
        RelDataType target = rexBuilder
                .getTypeFactory()
                .createTypeWithNullability(type, field.getType().isNullable());
        Integer known = columns.get(argument);
        if (known != null) {
            return known;
        }
        projects.add(casts.lower(field.getType(), target, projects.get(argument)));
        names.add("$widened" + projects.size());
        columns.put(argument, projects.size() - 1);
        return projects.size() - 1;
    }

    /** Whether the input itself has such a column. */
    boolean isColumn(int index) {
        return index < input.getRowType().getFieldCount();
    }

    /** Number of added columns. */
    int count() {
        return projects.size() - input.getRowType().getFieldCount();
    }

    /** The input with the added columns behind its own. */
    RelNode input() {
        if (count() == 0) {
            return input;
        }
        RexProgram program = RexProgram.create(input.getRowType(), projects, null, names, rexBuilder);
        return new EnumerableCalc(input.getCluster(), input.getTraitSet(), input, program);
    }
}
