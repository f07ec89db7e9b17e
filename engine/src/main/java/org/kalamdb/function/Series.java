// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.function;

import static java.util.Objects.requireNonNull;

import java.util.function.LongUnaryOperator;
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
 * The rows of GENERATE_SERIES: internal values from a first one on in steps up or down to a last one. None if one of them is
 * NULL. Immutable.
 */
public abstract class Series implements ScannableTable {
    /** The name of the only column. */
    static final String COLUMN = "generate_series";

    private final @Nullable Long first;
    private final @Nullable Long last;
    private final @Nullable Long step;

    Series(@Nullable Long first, @Nullable Long last, @Nullable Long step) {
        this.first = first;
        this.last = last;
        this.step = step;
    }

    /** What comes behind {@code value}; it has passed the end of all numbers if it lies on the other side of it. */
    abstract long following(long value, long stride);

    @Override
    public final Enumerable<@Nullable Object[]> scan(DataContext root) {
        if (step != null && step == 0) {
            throw new KalamException(ErrorCode.INVALID_PARAMETER, "Step of GENERATE_SERIES must not be 0");
        }
        Runnable check = (Runnable) requireNonNull(root.get(StatementContext.CHECK), "root has no check");
        return new AbstractEnumerable<@Nullable Object[]>() {
            @Override
            public Enumerator<@Nullable Object[]> enumerator() {
                return first == null || last == null || step == null
                        ? new Values(1, 0, true, value -> value, check)
                        : new Values(first, last, step > 0, value -> following(value, step), check);
            }
        };
    }

    /** The type of the values inside, whatever they stand for. */
    @Override
    public final RelDataType getRowType(RelDataTypeFactory factory) {
        return factory.builder().add(COLUMN, SqlTypeName.BIGINT).build();
    }

    @Override
    public final Statistic getStatistic() {
        return Statistics.UNKNOWN;
    }

    @Override
    public final Schema.TableType getJdbcTableType() {
        return Schema.TableType.OTHER;
    }

    @Override
    public final boolean isRolledUp(String column) {
        return false;
    }

    @Override
    public final boolean rolledUpColumnValidInsideAgg(
            String column, SqlCall call, @Nullable SqlNode parent, @Nullable CalciteConnectionConfig config) {
        return false;
    }

    /** From {@code next} to {@code last}, without an overflow behind the last value. Confined to one thread. */
    private static final class Values implements Enumerator<@Nullable Object[]> {
        private static final int VALUES_PER_CHECK = 1024;

        private final long last;
        private final boolean ascending;
        private final LongUnaryOperator following;
        private final Runnable check;
        private long next;
        private boolean started;
        private long current;
        private int unchecked;

        Values(long first, long last, boolean ascending, LongUnaryOperator following, Runnable check) {
            this.check = check;
            this.next = first;
            this.last = last;
            this.ascending = ascending;
            this.following = following;
        }

        @Override
        public boolean moveNext() {
            if (started) {
                next = following.applyAsLong(current);
            }
            boolean wrapped = started && (ascending ? next < current : next > current);
            if (wrapped || (ascending ? next > last : next < last)) {
                return false;
            }
            if (++unchecked == VALUES_PER_CHECK) {
                // A filter in generated code may let none of many through.
                unchecked = 0;
                check.run();
            }
            started = true;
            current = next;
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
