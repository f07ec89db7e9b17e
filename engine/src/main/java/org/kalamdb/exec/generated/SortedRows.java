// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.generated;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.Linq4j;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.QueryContext;
import org.kalamdb.exec.expression.RowOrder;
import org.kalamdb.exec.scan.RowCount;

/**
 * The rows of its input in order, equal ones as they came, or some of the first of them. Holds all rows, or as many as
 * twice those up to the last that is wanted.
 */
final class SortedRows extends Sort implements EnumerableRel {
    private SortedRows(
            RelOptCluster cluster,
            RelTraitSet traits,
            RelNode input,
            RelCollation collation,
            @Nullable RexNode offset,
            @Nullable RexNode fetch) {
        super(cluster, traits, input, collation, offset, fetch);
    }

    /**
     * @param collation of at least one column
     * @param offset how many rows to leave out, a literal or parameter, or null for none
     * @param fetch how many rows to answer behind them, a literal or parameter, or null for all
     */
    static SortedRows create(RelNode input, RelCollation collation, @Nullable RexNode offset, @Nullable RexNode fetch) {
        RelOptCluster cluster = input.getCluster();
        RelTraitSet traits = cluster.traitSetOf(EnumerableConvention.INSTANCE).replace(collation);
        return new SortedRows(cluster, traits, input, collation, offset, fetch);
    }

    @Override
    public SortedRows copy(
            RelTraitSet traitSet,
            RelNode newInput,
            RelCollation newCollation,
            @Nullable RexNode newOffset,
            @Nullable RexNode newFetch) {
        return new SortedRows(getCluster(), traitSet, newInput, newCollation, newOffset, newFetch);
    }

    @Override
    public Result implement(EnumerableRelImplementor implementor, Prefer prefer) {
        return ComputedRows.implement(
                this,
                implementor,
                new Sorting(RowOrder.of(collation), RowCount.of(offset, 0), RowCount.of(fetch, Long.MAX_VALUE)));
    }

    /** What a plan knows of a sort. */
    private record Sorting(RowOrder order, RowCount offset, RowCount fetch) implements ComputedRows.Computation {
        private static final int ROWS_PER_CHECK = 256;

        @Override
        public Enumerator<@Nullable Object[]> rows(Enumerable<@Nullable Object[]> input, QueryContext context) {
            return Linq4j.enumerator(sorted(input, context));
        }

        private List<@Nullable Object[]> sorted(Enumerable<@Nullable Object[]> input, QueryContext context) {
            long skipped = offset.in(context);
            long wanted = fetch.in(context);
            long limit = wanted > Long.MAX_VALUE - skipped ? Long.MAX_VALUE : skipped + wanted;
            if (limit == 0) {
                return List.of();
            }
            FirstRows first = new FirstRows(order, limit);
            try (Enumerator<@Nullable Object[]> rows = input.enumerator()) {
                for (int count = 0; rows.moveNext(); count++) {
                    if (count % ROWS_PER_CHECK == 0) {
                        context.checkCancelled();
                    }
                    first.add(rows.current());
                }
            }
            List<@Nullable Object[]> sorted = first.sorted();
            return sorted.subList((int) Math.min(skipped, sorted.size()), sorted.size());
        }
    }

    /** The first rows of those that are added; it sorts whenever it holds twice as many. Confined to one thread. */
    private static final class FirstRows {
        /** Sorting fewer at a time would sort too often. */
        private static final int MIN_CAPACITY = 1024;

        private final RowOrder order;
        private final long limit;
        private final long capacity;
        private List<@Nullable Object[]> rows = new ArrayList<>();
        private @Nullable Object @Nullable [] last;

        FirstRows(RowOrder order, long limit) {
            this.order = order;
            this.limit = limit;
            this.capacity = limit > Long.MAX_VALUE / 2 ? Long.MAX_VALUE : Math.max(MIN_CAPACITY, 2 * limit);
        }

        void add(@Nullable Object[] row) {
            // Among equal rows the one that came first stays.
            if (last != null && order.compare(row, last) >= 0) {
                return;
            }
            rows.add(row);
            if (rows.size() >= capacity) {
                rows = sorted();
                last = rows.get(rows.size() - 1);
            }
        }

        List<@Nullable Object[]> sorted() {
            rows.sort(order);
            return rows.size() <= limit ? rows : new ArrayList<>(rows.subList(0, (int) limit));
        }
    }
}
