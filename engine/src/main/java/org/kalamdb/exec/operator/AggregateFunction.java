// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.aggregate.Accumulator;
import org.kalamdb.exec.kernel.LaneType;
import org.kalamdb.exec.kernel.Run;

/** One aggregate of a plan, shared by its runs. Safe for use by several threads. */
public final class AggregateFunction {
    private final LaneType type;
    private final Opener opener;
    private final @Nullable IntFunction<AggregateFunction> merging;

    private interface Opener {
        Aggregation open(Set<Integer> groupedBy, Run run);
    }

    private AggregateFunction(LaneType type, Opener opener, @Nullable IntFunction<AggregateFunction> merging) {
        this.type = type;
        this.opener = opener;
        this.merging = merging;
    }

    private static AggregateFunction mergeable(
            LaneType type, Supplier<Aggregation> aggregations, IntFunction<AggregateFunction> merging) {
        return new AggregateFunction(type, (groupedBy, run) -> aggregations.get(), merging);
    }

    /** COUNT of rows that are not NULL in any of some columns. */
    public static AggregateFunction count(int... columns) {
        return mergeable(LaneType.BIGINT, () -> new CountAggregation(columns), count -> longSum(count, true));
    }

    /** SUM of whole numbers as BIGINT. */
    public static AggregateFunction longSum(int column, boolean zeroIfEmpty) {
        return mergeable(LaneType.BIGINT, () -> new LongSum(column, zeroIfEmpty), sum -> longSum(sum, zeroIfEmpty));
    }

    /** SUM of FLOAT or DOUBLE as DOUBLE. */
    public static AggregateFunction doubleSum(int column, boolean zeroIfEmpty) {
        return mergeable(LaneType.DOUBLE, () -> new DoubleSum(column, zeroIfEmpty), sum -> doubleSum(sum, zeroIfEmpty));
    }

    /** SUM of whole numbers or decimals as DECIMAL. */
    public static AggregateFunction decimalSum(int column, boolean zeroIfEmpty, int precision, int scale) {
        return mergeable(
                LaneType.DECIMAL,
                () -> new DecimalSum(column, zeroIfEmpty, precision, scale),
                sum -> decimalSum(sum, zeroIfEmpty, precision, scale));
    }

    public static AggregateFunction min(int column, LaneType type) {
        return mergeable(type, () -> ExtremeAggregation.min(column, type), extreme -> min(extreme, type));
    }

    public static AggregateFunction max(int column, LaneType type) {
        return mergeable(type, () -> ExtremeAggregation.max(column, type), extreme -> max(extreme, type));
    }

    /** ANY_VALUE: that of the first row that has one. */
    public static AggregateFunction any(int column, LaneType type) {
        return mergeable(type, () -> new AnyAggregation(column, type), value -> any(value, type));
    }

    /** The value of the only row. */
    public static AggregateFunction single(int column, LaneType type) {
        return new AggregateFunction(type, (groupedBy, run) -> new SingleAggregation(column, type), null);
    }

    /** What does not depend on rows. @param values given the columns that rows are grouped by */
    public static AggregateFunction constant(LaneType type, Function<Set<Integer>, Object> values) {
        return new AggregateFunction(
                type,
                (groupedBy, run) -> new ConstantAggregation(values.apply(groupedBy)),
                partial -> constant(type, values));
    }

    /** What an accumulator computes row by row. @param accumulators given the columns that rows are grouped by */
    public static AggregateFunction accumulated(
            LaneType type, Function<Set<Integer>, Accumulator> accumulators, int... columns) {
        return new AggregateFunction(
                type,
                (groupedBy, run) -> new AccumulatorAggregation(() -> accumulators.apply(groupedBy), columns),
                null);
    }

    /**
     * What an accumulator computes of the rows of a group, which are collected first, as many as they are.
     *
     * @param accumulators given the columns that rows are grouped by
     * @param types of the arguments
     * @param columns the arguments
     */
    public static AggregateFunction collected(
            LaneType type,
            Function<Set<Integer>, Accumulator> accumulators,
            List<LaneType> types,
            List<Integer> columns) {
        return collected(
                type,
                new CollectedAggregation.Definition(
                        types, null, (groupedBy, count) -> accumulators.apply(groupedBy), columns));
    }

    /**
     * As {@link #collected}, of rows that come in an order.
     *
     * @param order as a column of the arguments
     * @param accumulators given the number of rows of the group without NULL
     */
    public static AggregateFunction sorted(
            LaneType type,
            SortKey order,
            LongFunction<Accumulator> accumulators,
            List<LaneType> types,
            List<Integer> columns) {
        return collected(
                type,
                new CollectedAggregation.Definition(
                        types, order, (groupedBy, count) -> accumulators.apply(count), columns));
    }

    private static AggregateFunction collected(LaneType type, CollectedAggregation.Definition definition) {
        return new AggregateFunction(
                type, (groupedBy, run) -> new CollectedAggregation(definition, groupedBy, run), null);
    }

    /**
     * The same of the different values of each group.
     *
     * @param columns the arguments, which this function has as columns from 0 on
     * @param types of the arguments
     */
    public AggregateFunction distinct(List<LaneType> types, int... columns) {
        return new AggregateFunction(
                type,
                (groupedBy, run) ->
                        new DistinctAggregation(opener.open(groupedBy, run), groupedBy.isEmpty(), columns, types, run),
                null);
    }

    /** The same of the rows for which a BOOLEAN column is true. */
    public AggregateFunction filtered(int filterColumn) {
        return new AggregateFunction(
                type, (groupedBy, run) -> new FilteredAggregation(opener.open(groupedBy, run), filterColumn), merging);
    }

    LaneType type() {
        return type;
    }

    Aggregation open(Set<Integer> groupedBy, Run run) {
        return opener.open(groupedBy, run);
    }

    /** What makes this aggregate of partial ones in a column; null if nothing does. */
    @Nullable
    AggregateFunction merging(int column) {
        return merging == null ? null : merging.apply(column);
    }
}
