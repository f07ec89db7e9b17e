// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.function;

import static java.util.Objects.requireNonNull;

import org.apache.calcite.DataContext;
import org.apache.calcite.config.CalciteConnectionConfig;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.ScannableTable;
import org.apache.calcite.schema.Schema;
import org.apache.calcite.schema.Statistic;
import org.apache.calcite.schema.Statistics;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/**
 * The rows of GENERATE_SERIES: numbers from {@code first} on in steps up or down to {@code last}. None if one of them is
 * NULL. Immutable.
 */
public record NumberSeries(
        @Nullable Long first, @Nullable Long last, @Nullable Long step) implements ScannableTable {
    /** Called by generated code. */
    public static NumberSeries of(@Nullable Long first, @Nullable Long last) {
        return new NumberSeries(first, last, 1L);
    }

    /** Called by generated code. */
    public static NumberSeries of(@Nullable Long first, @Nullable Long last, @Nullable Long step) {
        return new NumberSeries(first, last, step);
    }

    @Override
    public Enumerable<@Nullable Object[]> scan(DataContext root) {
        if (step != null && step == 0) {
            throw new KalamException(ErrorCode.INVALID_PARAMETER, "Step of GENERATE_SERIES must not be 0");
        }
        Runnable check = (Runnable) requireNonNull(root.get(StatementContext.CHECK), "root has no check");
        return new AbstractEnumerable<@Nullable Object[]>() {
            @Override
            public Enumerator<@Nullable Object[]> enumerator() {
                return first == null || last == null || step == null
                        ? new Numbers(1, 0, 1, check)
                        : new Numbers(first, last, step, check);
            }
        };
    }

    @Override
    public RelDataType getRowType(RelDataTypeFactory factory) {
        return factory.builder().add("generate_series", SqlTypeName.BIGINT).build();
    }

    @Override
    public Statistic getStatistic() {
        return Statistics.UNKNOWN;
    }

    @Override
    public Schema.TableType getJdbcTableType() {
        return Schema.TableType.OTHER;
    }

    @Override
    public boolean isRolledUp(String column) {
        return false;
    }

    @Override
    public boolean rolledUpColumnValidInsideAgg(
            String column, SqlCall call, @Nullable SqlNode parent, @Nullable CalciteConnectionConfig config) {
        return false;
    }

    /** From {@code next} to {@code last}, without an overflow behind the last number. */
    private static final class Numbers implements Enumerator<@Nullable Object[]> {
        private static final int NUMBERS_PER_CHECK = 1024;

        private final long last;
        private final long step;
        private final Runnable check;
        private long next;
        private boolean ended;
        private long current;
        private int unchecked;

        Numbers(long first, long last, long step, Runnable check) {
            this.check = check;
            this.next = first;
            this.last = last;
            this.step = step;
        }

        @Override
        public boolean moveNext() {
            if (ended || (step > 0 ? next > last : next < last)) {
                return false;
            }
            if (++unchecked == NUMBERS_PER_CHECK) {
                // A filter in generated code may let none of many through.
                unchecked = 0;
                check.run();
            }
            current = next;
            long following = next + step;
            ended = step > 0 ? following < next : following > next;
            next = following;
            return true;
        }

        @Override
        public @Nullable Object[] current() {
            return new @Nullable Object[] {current};
        }

        /** Optional by its contract, and asked for by nobody. */
        @Override
        public void reset() {
            throw new UnsupportedOperationException("A series is read once");
        }

        @Override
        public void close() {}
    }
}
