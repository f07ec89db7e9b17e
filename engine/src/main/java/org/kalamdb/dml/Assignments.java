// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.dml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.plan.ObjectNames;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.IdentityDefinition;
import org.kalamdb.sql.Modification.Assignment;
import org.kalamdb.type.StoredValues;

/** SET clauses as select items. */
final class Assignments {
    private Assignments() {}

    /** One expression a column of the table: what is assigned to it, or the column as it is. */
    static List<SqlNode> newRow(Target target, List<Assignment> assignments) {
        Map<Integer, SqlNode> assigned = new HashMap<>();
        for (Assignment assignment : assignments) {
            int index = target.indexOf(assignment.column());
            SqlNode value = value(target.column(index), assignment);
            if (assigned.put(index, value) != null) {
                throw new KalamException(
                        ErrorCode.COLUMN_EXISTS,
                        ObjectNames.position(assignment.column().getParserPosition()),
                        "Column " + target.column(index).name() + " is assigned twice",
                        null);
            }
        }
        List<SqlNode> row = new ArrayList<>(target.width());
        for (int i = 0; i < target.width(); i++) {
            SqlNode value = assigned.get(i);
            row.add(
                    value != null
                            ? value
                            : SqlNodes.column(target.alias(), target.column(i).name(), target.position()));
        }
        return row;
    }

    private static SqlNode value(ColumnDefinition column, Assignment assignment) {
        SqlNode value = assignment.value();
        IdentityDefinition identity = column.identity();
        if (identity != null && (identity.always() || SqlNodes.isDefault(value))) {
            throw new KalamException(
                    ErrorCode.GENERATED_ALWAYS,
                    ObjectNames.position(assignment.column().getParserPosition()),
                    "Cannot assign to column " + column.name() + ": the engine numbers it",
                    null);
        }
        return SqlNodes.isDefault(value)
                ? defaultValue(column, value.getParserPosition())
                : SqlNodes.typed(value, column);
    }

    /** The default of a column as an expression. */
    static SqlNode defaultValue(ColumnDefinition column, SqlParserPos pos) {
        SqlNode expression = DefaultValue.expression(column);
        if (expression != null) {
            return expression;
        }
        @Nullable Object constant = DefaultValue.constant(column);
        SqlNode literal = constant == null
                ? SqlLiteral.createNull(pos)
                : SqlLiteral.createCharString(StoredValues.toText(column.dataType(), constant), "UTF-8", pos);
        return SqlNodes.cast(literal, column);
    }
}
