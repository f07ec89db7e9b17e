// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.ColumnDefinition;

/**
 * What becomes of the columns of a query whose rows are to be stored. Immutable.
 *
 * @param targets one entry a column of the query: the column it is stored in, or null if it is kept as it is
 * @param defaults columns that the query does not give, and the expressions they get; they follow those of the query
 */
public record RowShape(List<@Nullable ColumnDefinition> targets, List<DefaultedColumn> defaults) {
    /** @param value an expression over no columns, evaluated for each row */
    public record DefaultedColumn(ColumnDefinition column, SqlNode value) {}

    public RowShape {
        targets = java.util.Collections.unmodifiableList(new ArrayList<>(targets));
        defaults = List.copyOf(defaults);
    }

    /** @throws KalamException TYPE_MISMATCH if the query has another number of columns */
    void requireWidth(int width) {
        if (width != targets.size()) {
            throw new KalamException(
                    ErrorCode.TYPE_MISMATCH,
                    "Number of values does not match the number of columns: " + targets.size() + " columns, " + width
                            + " values");
        }
    }

    /** @param defaultValues the converted expressions of {@link #defaults} */
    RelNode cast(RelNode query, List<RexNode> defaultValues, KalamTypeFactory types) {
        int width = query.getRowType().getFieldCount();
        requireWidth(width);
        List<RexNode> values = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            ColumnDefinition target = targets.get(i);
            RexNode value = RexInputRef.of(i, query.getRowType());
            values.add(target == null ? value : cast(query.getCluster().getRexBuilder(), value, target, types));
            names.add("c" + i);
        }
        for (int i = 0; i < defaults.size(); i++) {
            values.add(cast(
                    query.getCluster().getRexBuilder(),
                    defaultValues.get(i),
                    defaults.get(i).column(),
                    types));
            names.add("d" + i);
        }
        return LogicalProject.create(query, List.of(), values, names, java.util.Set.of());
    }

    private static RexNode cast(RexBuilder rexBuilder, RexNode value, ColumnDefinition target, KalamTypeFactory types) {
        RelDataType type = types.relType(target.dataType(), value.getType().isNullable());
        if (!SqlTypeUtil.canCastFrom(type, value.getType(), CastRules.INSTANCE)) {
            throw new KalamException(
                    ErrorCode.TYPE_MISMATCH,
                    "Column " + target.name() + " is of type " + target.dataType() + " but the value is of type "
                            + value.getType() + ": cast it");
        }
        return rexBuilder.makeCast(type, value);
    }
}
