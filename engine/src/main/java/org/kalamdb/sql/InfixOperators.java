// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import java.util.Arrays;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * Infix operators that are another spelling of a call: they have a place in the order of precedence, and what they make
 * is that call. Safe for use by several threads.
 */
public final class InfixOperators {
    // Calcite's numbers: a unary sign has 80, a dot 100.
    private static final int CAST_PRECEDENCE = 94;
    private static final int JSON_PRECEDENCE = 90;
    /** Less than a sign and more than a product, as in PostgreSQL. */
    private static final int AT_TIME_ZONE_PRECEDENCE = 70;

    /** {@code value::TYPE} for {@code CAST(value AS TYPE)}. */
    public static final SqlOperator CAST = new Infix("::", CAST_PRECEDENCE) {
        @Override
        SqlCall call(SqlParserPos position, @Nullable SqlNode[] operands) {
            return SqlStdOperatorTable.CAST.createCall(position, operands);
        }
    };

    /** {@code document -> path} for {@code json_get(document, path)}. */
    public static final SqlOperator JSON_GET = new FunctionCall("->", "json_get");

    /** {@code document ->> path} for {@code json_get_text(document, path)}. */
    public static final SqlOperator JSON_GET_TEXT = new FunctionCall("->>", "json_get_text");

    /** {@code value AT TIME ZONE zone} for {@code timezone(zone, value)}. */
    public static final SqlOperator AT_TIME_ZONE = new Infix("AT TIME ZONE", AT_TIME_ZONE_PRECEDENCE) {
        @Override
        SqlCall call(SqlParserPos position, @Nullable SqlNode[] operands) {
            return FunctionCalls.of("timezone", Arrays.asList(operands[1], operands[0]), position);
        }
    };

    private InfixOperators() {}

    private abstract static class Infix extends SqlBinaryOperator {
        Infix(String name, int precedence) {
            super(name, SqlKind.OTHER, precedence, true, null, null, null);
        }

        abstract SqlCall call(SqlParserPos position, @Nullable SqlNode[] operands);

        @Override
        public SqlCall createCall(
                @Nullable SqlLiteral functionQualifier, SqlParserPos position, @Nullable SqlNode... operands) {
            return call(position, operands);
        }
    }

    private static final class FunctionCall extends Infix {
        private final String function;

        FunctionCall(String name, String function) {
            super(name, JSON_PRECEDENCE);
            this.function = function;
        }

        @Override
        SqlCall call(SqlParserPos position, @Nullable SqlNode[] operands) {
            return FunctionCalls.of(function, Arrays.asList(operands), position);
        }
    }
}
