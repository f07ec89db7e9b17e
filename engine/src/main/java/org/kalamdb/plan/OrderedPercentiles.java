// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import java.util.Locale;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.function.PercentileAggregate;
import org.kalamdb.function.PercentileAggregate.Choice;

/**
 * Writes {@code PERCENTILE_CONT(f) WITHIN GROUP (ORDER BY x)} as an aggregate of f and x, which unlike the other form can
 * be filtered and computed over windows.
 */
final class OrderedPercentiles {
    private OrderedPercentiles() {}

    /** The node itself, or the aggregate that it is written as if it is a percentile. */
    static SqlNode expand(SqlNode node) {
        if (!(node instanceof SqlCall call)) {
            return node;
        }
        if (choice(call) != null) {
            throw new KalamException(
                    ErrorCode.GROUPING_ERROR, name(call) + " must be followed by WITHIN GROUP (ORDER BY ..)");
        }
        if (call.getKind() != SqlKind.WITHIN_GROUP || !(call.operand(0) instanceof SqlCall percentile)) {
            return node;
        }
        Choice choice = choice(percentile);
        return choice == null ? node : aggregate(percentile, choice, call.operand(1));
    }

    private static @Nullable Choice choice(SqlCall call) {
        if (!(call.getOperator() instanceof SqlFunction) || call.getOperator() instanceof PercentileAggregate) {
            return null;
        }
        return switch (name(call)) {
            case "PERCENTILE_CONT" -> Choice.CONTINUOUS;
            case "PERCENTILE_DISC" -> Choice.DISCRETE;
            default -> null;
        };
    }

    private static String name(SqlCall call) {
        return call.getOperator().getName().toUpperCase(Locale.ROOT);
    }

    /** NULLs do not count, so it does not matter where they come. */
    private static SqlNode aggregate(SqlCall percentile, Choice choice, SqlNodeList keys) {
        if (percentile.operandCount() != 1 || keys.size() != 1) {
            throw new KalamException(
                    ErrorCode.INVALID_PARAMETER,
                    name(percentile) + " takes one fraction and one key in ORDER BY, got: " + percentile.operandCount()
                            + " and " + keys.size());
        }
        SqlNode key = keys.get(0);
        boolean descending = false;
        while (key instanceof SqlBasicCall order && isOrdering(order.getKind())) {
            descending |= order.getKind() == SqlKind.DESCENDING;
            key = order.operand(0);
        }
        return PercentileAggregate.ordered(choice, descending)
                .createCall(
                        percentile.getFunctionQuantifier(), percentile.getParserPosition(), percentile.operand(0), key);
    }

    private static boolean isOrdering(SqlKind kind) {
        return kind == SqlKind.DESCENDING || kind == SqlKind.NULLS_FIRST || kind == SqlKind.NULLS_LAST;
    }
}
