// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.ResultColumn;
import org.kalamdb.engine.ResultCursor;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.exec.filter.RuntimeFilter;
import org.kalamdb.exec.kernel.RowBatch;
import org.kalamdb.exec.operator.Operator;
import org.kalamdb.exec.resource.ResourceMeter;

/**
 * What the parts of plans have done in the runs that were given this profile: a part is measured from outside, whatever it is.
 * Safe for use by several threads.
 */
public final class QueryProfile {
    private final Map<Object, Work> parts = Collections.synchronizedMap(new IdentityHashMap<>());

    /**
     * What one part has done.
     *
     * @param rows that it has answered, in all runs together
     * @param nanos that it took, with what it reads from; the sum of all threads
     * @param runs how often it was started
     * @param filteredRows that it has left out since they did not pass a filter which a join has made while it ran
     * @param peakBytes the most bytes of the heap that it has held at once, of those it has counted
     * @param spilledBytes that it has written to temporary files
     */
    public record Measurement(long rows, long nanos, long runs, long filteredRows, long peakBytes, long spilledBytes) {}

    private static final class Work {
        private final LongAdder rows = new LongAdder();
        private final LongAdder nanos = new LongAdder();
        private final LongAdder runs = new LongAdder();
        private final LongAdder filteredRows = new LongAdder();
        private final ResourceMeter resources = new ResourceMeter();

        /** Counts the time of {@code step}. */
        <T> T timed(Supplier<T> step) {
            long start = System.nanoTime();
            try {
                return step.get();
            } finally {
                nanos.add(System.nanoTime() - start);
            }
        }
    }

    /** What a part has done; null if it never ran. */
    public @Nullable Measurement of(Object part) {
        Work work = parts.get(part);
        return work == null
                ? null
                : new Measurement(
                        work.rows.sum(),
                        work.nanos.sum(),
                        work.runs.sum(),
                        work.filteredRows.sum(),
                        work.resources.peakBytes(),
                        work.resources.spilledBytes());
    }

    private Work started(Object part) {
        Work work = parts.computeIfAbsent(part, key -> new Work());
        work.runs.increment();
        return work;
    }

    public Operator operator(Object part, QueryContext context, Function<QueryContext, Operator> opener) {
        Work work = started(part);
        QueryContext own = context.measuredBy(work.resources);
        return new MeasuredOperator(work.timed(() -> opener.apply(own)), work);
    }

    /** Operators that together are one part. */
    public List<Operator> operators(Object part, QueryContext context, Function<QueryContext, List<Operator>> opener) {
        Work work = started(part);
        QueryContext own = context.measuredBy(work.resources);
        return work.timed(() -> opener.apply(own)).stream()
                .<Operator>map(operator -> new MeasuredOperator(operator, work))
                .toList();
    }

    public ResultCursor cursor(Object part, Supplier<ResultCursor> opener) {
        Work work = started(part);
        return new MeasuredCursor(work.timed(opener), work);
    }

    public Enumerable<@Nullable Object[]> rows(Object part, Enumerable<@Nullable Object[]> rows) {
        Work work = started(part);
        return new AbstractEnumerable<@Nullable Object[]>() {
            @Override
            public Enumerator<@Nullable Object[]> enumerator() {
                return new MeasuredEnumerator(work.timed(rows::enumerator), work);
            }
        };
    }

    private record MeasuredOperator(Operator measured, Work work) implements Operator {
        @Override
        public @Nullable RowBatch next() {
            long start = System.nanoTime();
            long filtered = measured.filteredRows();
            try {
                RowBatch batch = measured.next();
                work.rows.add(batch == null ? 0 : batch.count());
                return batch;
            } finally {
                work.nanos.add(System.nanoTime() - start);
                work.filteredRows.add(measured.filteredRows() - filtered);
            }
        }

        @Override
        public boolean filterBy(int column, RuntimeFilter filter) {
            return measured.filterBy(column, filter);
        }

        @Override
        public void prepare() {
            long start = System.nanoTime();
            measured.prepare();
            work.nanos.add(System.nanoTime() - start);
        }

        @Override
        public void close() {
            measured.close();
        }
    }

    private record MeasuredCursor(ResultCursor measured, Work work) implements ResultCursor {
        @Override
        public List<ResultColumn> columns() {
            return measured.columns();
        }

        @Override
        public @Nullable ColumnBatch next() {
            long start = System.nanoTime();
            try {
                ColumnBatch batch = measured.next();
                work.rows.add(batch == null ? 0 : batch.rowCount());
                return batch;
            } finally {
                work.nanos.add(System.nanoTime() - start);
            }
        }

        @Override
        public void close() {
            measured.close();
        }
    }

    private record MeasuredEnumerator(Enumerator<@Nullable Object[]> measured, Work work)
            implements Enumerator<@Nullable Object[]> {
        @Override
        public @Nullable Object[] current() {
            return measured.current();
        }

        @Override
        public boolean moveNext() {
            long start = System.nanoTime();
            try {
                boolean moved = measured.moveNext();
                work.rows.add(moved ? 1 : 0);
                return moved;
            } finally {
                work.nanos.add(System.nanoTime() - start);
            }
        }

        @Override
        public void reset() {
            measured.reset();
        }

        @Override
        public void close() {
            measured.close();
        }
    }
}
