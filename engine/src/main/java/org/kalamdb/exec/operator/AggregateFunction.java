// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.kalamdb.exec.aggregate.Accumulator;
import org.kalamdb.exec.kernel.LaneType;

/** One aggregate of a plan, shared by its runs. Safe for use by several threads. */
public final class AggregateFunction {
    private final LaneType type;
    private final Function<Set<Integer>, Aggregation> aggregations;

    private AggregateFunction(LaneType type, Function<Set<Integer>, Aggregation> aggregations) {
        this.type = type;
        this.aggregations = aggregations;
    }

    private static AggregateFunction of(LaneType type, Supplier<Aggregation> aggregations) {
        return new AggregateFunction(type, groupedBy -> aggregations.get());
    }

    /** COUNT of rows that are not NULL in any of some columns. */
    public static AggregateFunction count(int... columns) {
        return of(LaneType.BIGINT, () -> new CountAggregation(columns));
    }

    /** SUM of whole numbers as BIGINT. */
    public static AggregateFunction longSum(int column, boolean zeroIfEmpty) {
        return of(LaneType.BIGINT, () -> new LongSum(column, zeroIfEmpty));
    }

    /** SUM of FLOAT or DOUBLE as DOUBLE. */
    public static AggregateFunction doubleSum(int column, boolean zeroIfEmpty) {
        return of(LaneType.DOUBLE, () -> new DoubleSum(column, zeroIfEmpty));
    }

    /** SUM of whole numbers or decimals as DECIMAL. */
    public static AggregateFunction decimalSum(int column, boolean zeroIfEmpty, int precision, int scale) {
        return of(LaneType.DECIMAL, () -> new DecimalSum(column, zeroIfEmpty, precision, scale));
    }

    public static AggregateFunction min(int column, LaneType type) {
        return of(type, () -> ExtremeAggregation.min(column, type));
    }

    public static AggregateFunction max(int column, LaneType type) {
        return of(type, () -> ExtremeAggregation.max(column, type));
    }

    /** The value of the only row. */
    public static AggregateFunction single(int column, LaneType type) {
        return of(type, () -> new SingleAggregation(column, type));
    }

    /** What an accumulator computes row by row. @param accumulators given the columns that rows are grouped by */
    public static AggregateFunction accumulated(
            LaneType type, Function<Set<Integer>, Accumulator> accumulators, int... columns) {
        return new AggregateFunction(
                type, groupedBy -> new AccumulatorAggregation(() -> accumulators.apply(groupedBy), columns));
    }

    /** The same of the rows for which a BOOLEAN column is true. */
    public AggregateFunction filtered(int filterColumn) {
        return new AggregateFunction(
                type, groupedBy -> new FilteredAggregation(aggregations.apply(groupedBy), filterColumn));
    }

    LaneType type() {
        return type;
    }

    Aggregation open(Set<Integer> groupedBy) {
        return aggregations.apply(groupedBy);
    }
}
