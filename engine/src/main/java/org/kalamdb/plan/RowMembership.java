// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * Writes {@code (a, b) IN (query)} as what SQL defines it by: true if a row is equal, unknown if one may be, else false.
 * Calcite takes a NULL on either side for unknown even if the other values differ, and finds rows twice.
 */
final class RowMembership {
    private static final String ROWS = "$rows";

    private RowMembership() {}

    /** The node itself, or what it is written as if it is a membership of rows in a query. */
    static SqlNode expand(SqlNode node) {
        if (!(node instanceof SqlCall call)
                || call.getKind() != SqlKind.IN && call.getKind() != SqlKind.NOT_IN
                || !(call.operand(0) instanceof SqlCall row)
                || row.getKind() != SqlKind.ROW
                || !call.operand(1).isA(SqlKind.QUERY)) {
            return node;
        }
        SqlParserPos position = call.getParserPosition();
        SqlNode equal = equality(row, position);
        SqlNode member = new SqlCase(
                position,
                null,
                SqlNodeList.of(
                        exists(call.operand(1), row.operandCount(), equal, position),
                        exists(
                                SyntaxTrees.copy(call.operand(1)),
                                row.operandCount(),
                                apply(SqlStdOperatorTable.IS_NOT_FALSE, position, SyntaxTrees.copy(equal)),
                                position)),
                SqlNodeList.of(SqlLiteral.createBoolean(true, position), SqlLiteral.createNull(position)),
                SqlLiteral.createBoolean(false, position));
        return call.getKind() == SqlKind.IN ? member : apply(SqlStdOperatorTable.NOT, position, member);
    }

    private static SqlNode equality(SqlCall row, SqlParserPos position) {
        SqlNode all = SqlLiteral.createBoolean(true, position);
        for (int i = 0; i < row.operandCount(); i++) {
            SqlNode column = new SqlIdentifier(List.of(ROWS, column(i)), position);
            SqlNode equal = apply(SqlStdOperatorTable.EQUALS, position, row.operand(i), column);
            all = i == 0 ? equal : apply(SqlStdOperatorTable.AND, position, all, equal);
        }
        return all;
    }

    private static SqlNode exists(SqlNode query, int width, SqlNode condition, SqlParserPos position) {
        List<SqlNode> named = new ArrayList<>();
        named.add(query);
        named.add(new SqlIdentifier(ROWS, position));
        for (int i = 0; i < width; i++) {
            named.add(new SqlIdentifier(column(i), position));
        }
        SqlNode rows = SyntaxTrees.select(
                List.of(SqlLiteral.createExactNumeric("1", position)),
                SqlStdOperatorTable.AS.createCall(position, named),
                condition,
                position);
        return apply(SqlStdOperatorTable.EXISTS, position, rows);
    }

    private static String column(int index) {
        return "$" + index;
    }

    private static SqlNode apply(SqlOperator operator, SqlParserPos position, SqlNode... operands) {
        return operator.createCall(position, operands);
    }
}
