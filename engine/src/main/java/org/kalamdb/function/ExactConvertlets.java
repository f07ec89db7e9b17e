// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.function;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql2rel.SqlRexContext;
import org.apache.calcite.sql2rel.SqlRexConvertlet;
import org.apache.calcite.sql2rel.SqlRexConvertletTable;
import org.apache.calcite.sql2rel.StandardConvertletTable;
import org.jspecify.annotations.Nullable;

/**
 * How calls become expressions: as Calcite does it, except that TIMESTAMPADD and TIMESTAMPDIFF stay whole instead of being
 * spelled out in milliseconds and INTEGER seconds, that SUBSTR is SUBSTRING, and that arithmetic of days is ours. Immutable.
 */
public final class ExactConvertlets implements SqlRexConvertletTable {
    public static final ExactConvertlets INSTANCE = new ExactConvertlets();

    private ExactConvertlets() {}

    @Override
    public @Nullable SqlRexConvertlet get(SqlCall call) {
        if (call.getOperator() == SqlStdOperatorTable.TIMESTAMP_ADD
                || call.getOperator() == SqlStdOperatorTable.TIMESTAMP_DIFF) {
            return ExactConvertlets::convert;
        }
        if (call.getOperator() == SqlStdOperatorTable.PERCENT_REMAINDER) {
            return ExactConvertlets::convertRemainder;
        }
        if (call.getOperator() == SqlLibraryOperators.SUBSTR_POSTGRESQL) {
            return ExactConvertlets::convertSubstr;
        }
        if (call.getOperator() == TimeZones.TIMEZONE) {
            return TimeZones::convert;
        }
        SqlRexConvertlet standard = StandardConvertletTable.INSTANCE.get(call);
        return call.getKind() == SqlKind.PLUS || call.getKind() == SqlKind.MINUS
                ? (context, arithmetic) -> {
                    RexNode days = arithmetic.operandCount() == 2 ? DateOperators.convert(context, arithmetic) : null;
                    return days == null ? requireNonNull(standard).convertCall(context, arithmetic) : days;
                }
                : standard;
    }

    /** It is MOD; Calcite's alias for it forgets where the call stands. */
    private static RexNode convertRemainder(SqlRexContext context, SqlCall call) {
        SqlCall mod = SqlStdOperatorTable.MOD.createCall(call.getParserPosition(), call.getOperandList());
        context.getValidator().setValidatedNodeType(mod, context.getValidator().getValidatedNodeType(call));
        return context.convertExpression(mod);
    }

    /** It is SUBSTRING; Calcite's form of it for the start of bytes fails on a NULL without a type. */
    private static RexNode convertSubstr(SqlRexContext context, SqlCall call) {
        List<RexNode> operands =
                call.getOperandList().stream().map(context::convertExpression).toList();
        boolean untyped =
                operands.stream().anyMatch(operand -> operand.getType().getSqlTypeName() == SqlTypeName.NULL);
        if (SqlTypeUtil.isBinary(operands.get(0).getType()) && !untyped) {
            return requireNonNull(StandardConvertletTable.INSTANCE.get(call)).convertCall(context, call);
        }
        return context.getRexBuilder()
                .makeCall(
                        call.getParserPosition(),
                        context.getValidator().getValidatedNodeType(call),
                        SqlStdOperatorTable.SUBSTRING,
                        operands);
    }

    private static RexNode convert(SqlRexContext context, SqlCall call) {
        RexBuilder rexBuilder = context.getRexBuilder();
        SqlIntervalQualifier qualifier = call.operand(0);
        TimeUnit unit = context.getValidator().validateTimeFrame(qualifier).unit();
        return rexBuilder.makeCall(
                context.getValidator().getValidatedNodeType(call),
                call.getOperator(),
                List.of(
                        rexBuilder.makeFlag(unit == null ? qualifier.getUnit() : unit),
                        context.convertExpression(call.operand(1)),
                        context.convertExpression(call.operand(2))));
    }
}
