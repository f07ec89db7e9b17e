// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.LongBinaryOperator;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.exec.window.Accumulator;
import org.kalamdb.exec.window.Accumulators;
import org.kalamdb.exec.window.AggregateFunction;
import org.kalamdb.exec.window.Argument;
import org.kalamdb.exec.window.FrameValueFunction;
import org.kalamdb.exec.window.NeighbourFunction;
import org.kalamdb.exec.window.RankingFunction;
import org.kalamdb.exec.window.WindowFunction;
import org.kalamdb.function.ValueOrder;

/** What computes each window function. */
final class WindowFunctions {
    private WindowFunctions() {}

    /** @throws KalamException NOT_SUPPORTED if the function cannot be computed over a window */
    static WindowFunction of(Window.RexWinAggCall call, List<Argument> arguments, List<RelDataType> types) {
        return switch (call.getOperator().getKind()) {
            case ROW_NUMBER -> RankingFunction.ROW_NUMBER;
            case RANK -> RankingFunction.RANK;
            case DENSE_RANK -> RankingFunction.DENSE_RANK;
            case PERCENT_RANK -> RankingFunction.PERCENT_RANK;
            case CUME_DIST -> RankingFunction.CUME_DIST;
            case NTILE -> new RankingFunction.Buckets(arguments.get(0));
            case LEAD -> neighbour(call, arguments, true);
            case LAG -> neighbour(call, arguments, false);
            case FIRST_VALUE -> new FrameValueFunction(arguments.get(0), null, false, call.ignoreNulls);
            case LAST_VALUE -> new FrameValueFunction(arguments.get(0), null, true, call.ignoreNulls);
            case NTH_VALUE -> new FrameValueFunction(arguments.get(0), arguments.get(1), false, call.ignoreNulls);
            default -> aggregate(call, arguments, types);
        };
    }

    private static WindowFunction neighbour(Window.RexWinAggCall call, List<Argument> arguments, boolean forward) {
        return new NeighbourFunction(
                arguments.get(0),
                arguments.size() > 1 ? arguments.get(1) : null,
                arguments.size() > 2 ? arguments.get(2) : null,
                forward,
                call.ignoreNulls);
    }

    private static WindowFunction aggregate(
            Window.RexWinAggCall call, List<Argument> arguments, List<RelDataType> types) {
        Supplier<Accumulator> accumulators = accumulators(call, types);
        boolean distinct = call.distinct || call.getOperator() == SqlStdOperatorTable.APPROX_COUNT_DISTINCT;
        return new AggregateFunction(distinct ? () -> Accumulators.distinct(accumulators) : accumulators, arguments);
    }

    private static Supplier<Accumulator> accumulators(Window.RexWinAggCall call, List<RelDataType> types) {
        RelDataType type = call.getType();
        return switch (call.getOperator().getKind()) {
            case COUNT, REGR_COUNT -> Accumulators::count;
            case SUM -> sum(type, null);
            case SUM0 -> sum(type, BigDecimal.ZERO);
            case MIN -> () -> Accumulators.greatest(ValueOrder.INSTANCE.reversed());
            case MAX -> () -> Accumulators.greatest(ValueOrder.INSTANCE);
            case ANY_VALUE -> Accumulators::first;
            case ARG_MIN -> () -> Accumulators.valueOfGreatest(ValueOrder.INSTANCE.reversed());
            case ARG_MAX -> () -> Accumulators.valueOfGreatest(ValueOrder.INSTANCE);
            case MODE -> Accumulators::mode;
            case LISTAGG, STRING_AGG -> Accumulators::joined;
            case BIT_AND -> bits(call, types.get(0), (a, b) -> a & b);
            case BIT_OR -> bits(call, types.get(0), (a, b) -> a | b);
            case BIT_XOR -> bits(call, types.get(0), (a, b) -> a ^ b);
            default -> throw notSupported(call);
        };
    }

    private static Supplier<Accumulator> sum(RelDataType type, @Nullable BigDecimal empty) {
        return switch (type.getSqlTypeName()) {
            case DECIMAL -> () -> Accumulators.sumOfDecimals(type.getPrecision(), type.getScale(), empty);
            case REAL, FLOAT, DOUBLE -> () -> Accumulators.sumOfDoubles(empty == null ? null : empty.doubleValue());
            default -> () -> Accumulators.sumOfLongs(empty == null ? null : empty.longValue());
        };
    }

    private static Supplier<Accumulator> bits(
            Window.RexWinAggCall call, RelDataType type, LongBinaryOperator operator) {
        LongFunction<Object> narrowed = switch (type.getSqlTypeName()) {
            case SMALLINT -> value -> (short) value;
            case INTEGER -> value -> (int) value;
            case BIGINT -> value -> value;
            default -> throw notSupported(call);
        };
        return () -> Accumulators.bits(operator, narrowed);
    }

    private static KalamException notSupported(Window.RexWinAggCall call) {
        return new KalamException(
                ErrorCode.NOT_SUPPORTED,
                "Unsupported function " + call.getOperator().getName()
                        + " over a window; compute it in a subquery with GROUP BY");
    }
}
