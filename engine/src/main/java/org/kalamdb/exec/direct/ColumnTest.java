// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.direct;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.batch.BytesVector;
import org.kalamdb.engine.batch.ColumnVector;
import org.kalamdb.function.Numbers;
import org.kalamdb.function.ValueOrder;
import org.kalamdb.sql.SimpleStatement.Operator;
import org.kalamdb.type.TypeKind;

/** A condition on one column for one run, tested vector by vector. Immutable. */
abstract class ColumnTest {
    private static final ColumnTest NEVER = new ColumnTest() {
        @Override
        boolean holds(ColumnVector column, int row) {
            return false;
        }
    };

    /**
     * Keeps those of some rows for which the condition is true.
     *
     * @param rows the rows, the first {@code count} of them; those kept move to the front
     * @return how many are kept
     */
    final int select(ColumnVector column, int[] rows, int count) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            if (holds(column, row)) {
                rows[kept++] = row;
            }
        }
        return kept;
    }

    abstract boolean holds(ColumnVector column, int row);

    /** IS NULL, or IS NOT NULL. */
    static ColumnTest nullness(boolean isNull) {
        return new ColumnTest() {
            @Override
            boolean holds(ColumnVector column, int row) {
                return column.isNull(row) == isNull;
            }
        };
    }

    /** @param values stored values */
    static ColumnTest oneOf(List<Object> values) {
        Set<Object> wanted = new HashSet<>(values);
        return new ColumnTest() {
            @Override
            boolean holds(ColumnVector column, int row) {
                Object value = column.storedValue(row);
                return value != null && wanted.contains(value);
            }
        };
    }

    /** @param value a stored value of the column's type; nothing compares with NULL */
    static ColumnTest comparison(TypeKind kind, Operator operator, @Nullable Object value) {
        if (value == null) {
            return NEVER;
        }
        return switch (kind) {
            case SMALLINT, INT, BIGINT, DATE, TIME, TIMESTAMP, DATETIME ->
                new OfLongs(operator, ((Number) value).longValue());
            case DOUBLE -> new OfDoubles(operator, (Double) value);
            case TEXT -> new OfTexts(operator, (String) value);
            default -> new OfValues(operator, value);
        };
    }

    private abstract static class Comparison extends ColumnTest {
        private final boolean whenLess;
        private final boolean whenEqual;
        private final boolean whenGreater;

        Comparison(Operator operator) {
            whenLess =
                    operator == Operator.LESS || operator == Operator.LESS_OR_EQUAL || operator == Operator.NOT_EQUAL;
            whenEqual = operator == Operator.EQUAL
                    || operator == Operator.LESS_OR_EQUAL
                    || operator == Operator.GREATER_OR_EQUAL;
            whenGreater = operator == Operator.GREATER
                    || operator == Operator.GREATER_OR_EQUAL
                    || operator == Operator.NOT_EQUAL;
        }

        @Override
        final boolean holds(ColumnVector column, int row) {
            if (column.isNull(row)) {
                return false;
            }
            int order = order(column, row);
            return order < 0 ? whenLess : order == 0 ? whenEqual : whenGreater;
        }

        /** Less than, equal to or greater than 0, as the value of a row that is not NULL is to the known one. */
        abstract int order(ColumnVector column, int row);
    }

    private static final class OfLongs extends Comparison {
        private final long known;

        OfLongs(Operator operator, long known) {
            super(operator);
            this.known = known;
        }

        @Override
        int order(ColumnVector column, int row) {
            return Long.compare(column.getLong(row), known);
        }
    }

    private static final class OfDoubles extends Comparison {
        private final double known;

        OfDoubles(Operator operator, double known) {
            super(operator);
            this.known = known;
        }

        @Override
        int order(ColumnVector column, int row) {
            return Numbers.compare(column.getDouble(row), known);
        }
    }

    private static final class OfTexts extends Comparison {
        private final byte[] known;

        OfTexts(Operator operator, String known) {
            super(operator);
            this.known = known.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        int order(ColumnVector column, int row) {
            BytesVector texts = (BytesVector) column;
            int[] offsets = texts.offsets();
            return Arrays.compareUnsigned(texts.data(), offsets[row], offsets[row + 1], known, 0, known.length);
        }
    }

    private static final class OfValues extends Comparison {
        private final Object known;

        OfValues(Operator operator, Object known) {
            super(operator);
            this.known = known;
        }

        @Override
        int order(ColumnVector column, int row) {
            return ValueOrder.INSTANCE.compare(requireNonNull(column.storedValue(row)), known);
        }
    }
}
