// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/**
 * Writes {@code f(x) FILTER (WHERE c) OVER w} as {@code f(CASE WHEN c THEN x END) OVER w}, which is the same for every
 * aggregate that passes over NULLs.
 */
final class WindowFilters {
    private static final Set<String> PASS_OVER_NULLS = Set.of(
            "COUNT",
            "SUM",
            "AVG",
            "MIN",
            "MAX",
            "STDDEV",
            "STDDEV_POP",
            "STDDEV_SAMP",
            "VARIANCE",
            "VAR_POP",
            "VAR_SAMP",
            "EVERY",
            "SOME",
            "BOOL_AND",
            "BOOL_OR",
            "BIT_AND",
            "BIT_OR",
            "BIT_XOR",
            "STRING_AGG",
            "LISTAGG",
            "ANY_VALUE",
            "MODE",
            "MEDIAN",
            "COVAR_POP",
            "COVAR_SAMP",
            "CORR",
            "REGR_SLOPE",
            "REGR_INTERCEPT",
            "REGR_R2",
            "REGR_COUNT",
            "REGR_AVGX",
            "REGR_AVGY",
            "REGR_SXX",
            "REGR_SYY",
            "REGR_SXY",
            "APPROX_COUNT_DISTINCT");

    private WindowFilters() {}

    /** The node itself, or what it is written as if it is a filtered aggregate over a window. */
    static SqlNode expand(SqlNode node) {
        if (!(node instanceof SqlCall over)
                || over.getKind() != SqlKind.OVER
                || !(over.operand(0) instanceof SqlCall filtered)
                || filtered.getKind() != SqlKind.FILTER) {
            return node;
        }
        SqlCall aggregate = filtered.operand(0);
        String name = aggregate.getOperator().getName();
        if (!PASS_OVER_NULLS.contains(name.toUpperCase(Locale.ROOT)) || aggregate.operandCount() == 0) {
            throw new KalamException(
                    ErrorCode.NOT_SUPPORTED,
                    "Unsupported FILTER of " + name + " over a window; use a subquery that leaves out the rows");
        }
        List<SqlNode> operands = new ArrayList<>(aggregate.getOperandList());
        operands.set(0, where(filtered.operand(1), operands.get(0)));
        SqlCall narrowed = aggregate
                .getOperator()
                .createCall(aggregate.getFunctionQuantifier(), aggregate.getParserPosition(), operands);
        return over.getOperator().createCall(over.getParserPosition(), narrowed, over.operand(1));
    }

    private static SqlNode where(SqlNode condition, SqlNode value) {
        SqlParserPos position = value.getParserPosition();
        boolean rows = value instanceof SqlIdentifier identifier && identifier.isStar();
        SqlNode counted = rows ? SqlLiteral.createExactNumeric("1", position) : value;
        return new SqlCase(
                position, null, SqlNodeList.of(condition), SqlNodeList.of(counted), SqlLiteral.createNull(position));
    }
}
