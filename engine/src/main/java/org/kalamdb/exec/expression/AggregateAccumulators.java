// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.expression;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.LongBinaryOperator;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.aggregate.Accumulator;
import org.kalamdb.exec.aggregate.Accumulators;
import org.kalamdb.function.PairedAggregate;
import org.kalamdb.function.PercentileAggregate;
import org.kalamdb.function.ValueOrder;

/** What computes each aggregate function. */
public final class AggregateAccumulators {
    private AggregateAccumulators() {}

    /**
     * Null if nothing computes that function.
     *
     * @param type of the result
     * @param argumentTypes types of the arguments
     */
    static @Nullable Supplier<Accumulator> find(
            SqlOperator function, boolean distinct, RelDataType type, List<RelDataType> argumentTypes) {
        Supplier<Accumulator> accumulators = find(function, type, argumentTypes);
        boolean onceEach = distinct || function == SqlStdOperatorTable.APPROX_COUNT_DISTINCT;
        return accumulators != null && onceEach ? () -> Accumulators.distinct(accumulators) : accumulators;
    }

    private static @Nullable Supplier<Accumulator> find(
            SqlOperator function, RelDataType type, List<RelDataType> argumentTypes) {
        if (function instanceof PairedAggregate paired) {
            return () -> Accumulators.paired(paired.statistic());
        }
        if (function instanceof PercentileAggregate percentile) {
            return percentile(percentile);
        }
        return switch (function.getKind()) {
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
            case BIT_AND -> bits(argumentTypes.get(0), (a, b) -> a & b);
            case BIT_OR -> bits(argumentTypes.get(0), (a, b) -> a | b);
            case BIT_XOR -> bits(argumentTypes.get(0), (a, b) -> a ^ b);
            default -> null;
        };
    }

    private static Supplier<Accumulator> percentile(PercentileAggregate function) {
        return switch (function.choice()) {
            case MEDIAN -> Accumulators::median;
            case CONTINUOUS -> () -> Accumulators.continuousPercentile(function.isDescending());
            case DISCRETE -> () -> Accumulators.discretePercentile(function.isDescending());
        };
    }

    /** What accumulates a percentile of rows that come sorted, given how many of them are without NULL. */
    public static LongFunction<Accumulator> ofSorted(PercentileAggregate function) {
        return switch (function.choice()) {
            case MEDIAN -> Accumulators::sortedMedian;
            case CONTINUOUS -> Accumulators::sortedContinuousPercentile;
            case DISCRETE -> Accumulators::sortedDiscretePercentile;
        };
    }

    private static Supplier<Accumulator> sum(RelDataType type, @Nullable BigDecimal empty) {
        return switch (type.getSqlTypeName()) {
            case DECIMAL -> () -> Accumulators.sumOfDecimals(type.getPrecision(), type.getScale(), empty);
            case REAL, FLOAT, DOUBLE -> () -> Accumulators.sumOfDoubles(empty == null ? null : empty.doubleValue());
            default -> () -> Accumulators.sumOfLongs(empty == null ? null : empty.longValue());
        };
    }

    private static @Nullable Supplier<Accumulator> bits(RelDataType type, LongBinaryOperator operator) {
        LongFunction<Object> narrowed = switch (type.getSqlTypeName()) {
            case SMALLINT -> value -> (short) value;
            case INTEGER -> value -> (int) value;
            case BIGINT -> value -> value;
            default -> null;
        };
        return narrowed == null ? null : () -> Accumulators.bits(operator, narrowed);
    }
}
