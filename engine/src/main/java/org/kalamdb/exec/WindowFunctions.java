// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec;

import java.util.List;
import java.util.function.Supplier;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rel.type.RelDataType;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.exec.aggregate.Accumulator;
import org.kalamdb.exec.window.AggregateFunction;
import org.kalamdb.exec.window.Argument;
import org.kalamdb.exec.window.FrameValueFunction;
import org.kalamdb.exec.window.NeighbourFunction;
import org.kalamdb.exec.window.RankingFunction;
import org.kalamdb.exec.window.WindowFunction;

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
        Supplier<Accumulator> accumulators =
                AggregateAccumulators.find(call.getOperator(), call.distinct, call.getType(), types);
        if (accumulators == null) {
            throw new KalamException(
                    ErrorCode.NOT_SUPPORTED,
                    "Unsupported function " + call.getOperator().getName()
                            + " over a window; compute it in a subquery with GROUP BY");
        }
        return new AggregateFunction(accumulators, arguments);
    }
}
