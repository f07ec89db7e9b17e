// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Gives the aggregates of two numbers numbers that are both there or both NULL, in floating point. Calcite spells them out
 * as sums of each one, which is right for no others.
 */
final class PairedAggregates {
    private static final Set<String> NAMES = Set.of("COVAR_POP", "COVAR_SAMP", "REGR_SXX", "REGR_SYY");

    private PairedAggregates() {}

    /** The node itself, or the aggregate of paired numbers that it stands for. */
    static SqlNode expand(SqlNode node) {
        if (!(node instanceof SqlCall call)
                || !(call.getOperator() instanceof SqlFunction function)
                || !NAMES.contains(function.getName().toUpperCase(Locale.ROOT))
                || call.operandCount() != 2) {
            return node;
        }
        return function.createCall(
                call.getFunctionQuantifier(),
                call.getParserPosition(),
                ifPaired(call.operand(0), call.operand(1)),
                ifPaired(call.operand(1), call.operand(0)));
    }

    private static SqlNode ifPaired(SqlNode value, SqlNode other) {
        SqlParserPos position = value.getParserPosition();
        SqlNode floating = SqlStdOperatorTable.CAST.createCall(
                position, value, new SqlDataTypeSpec(new SqlBasicTypeNameSpec(SqlTypeName.DOUBLE, position), position));
        return new SqlCase(
                position,
                null,
                SqlNodeList.of(SqlStdOperatorTable.IS_NULL.createCall(position, other)),
                SqlNodeList.of(SqlLiteral.createNull(position)),
                floating);
    }
}
