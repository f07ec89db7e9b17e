// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.direct;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Linq4j;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.error.SourcePosition;
import org.kalamdb.exec.PlanDescription;
import org.kalamdb.exec.QueryContext;
import org.kalamdb.exec.RowQuery;
import org.kalamdb.exec.scan.AccessPath;
import org.kalamdb.exec.scan.Operand;
import org.kalamdb.exec.scan.TableScanSource;
import org.kalamdb.function.InternalValues;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.storage.RowCursor;
import org.kalamdb.type.TypeKind;

/**
 * The query behind a simple UPDATE or DELETE: the storage key of each row, and for UPDATE the row's new state. Safe for use
 * by several threads.
 */
final class DirectChanges implements RowQuery {
    private final TableDefinition table;
    private final TableScanSource scan;
    private final List<ColumnCondition> tests;
    private final @Nullable Map<Integer, Assigned> assigned;

    /** What an UPDATE writes to a column. */
    sealed interface Assigned {
        /** The stored value for a row of a batch of all columns, or null for NULL. */
        @Nullable
        Object stored(ColumnBatch batch, int row, QueryContext context);

        /** @param value null for NULL */
        record Known(@Nullable Operand value) implements Assigned {
            @Override
            public @Nullable Object stored(ColumnBatch batch, int row, QueryContext context) {
                return value == null ? null : value.stored(context);
            }
        }

        /**
         * The sum or difference of a column and a value of the same type.
         *
         * @param type INT, BIGINT or DOUBLE
         * @param position of the sum in the text of the statement
         */
        record Sum(int column, TypeKind type, boolean isDifference, Operand operand, SourcePosition position)
                implements Assigned {
            @Override
            public @Nullable Object stored(ColumnBatch batch, int row, QueryContext context) {
                Object left = batch.column(column).storedValue(row);
                Object right = operand.stored(context);
                return left == null || right == null ? null : of(left, right);
            }

            private Object of(Object left, Object right) {
                try {
                    return exact(left, right);
                } catch (ArithmeticException e) {
                    throw new KalamException(
                            ErrorCode.NUMERIC_OUT_OF_RANGE,
                            position,
                            "Result of " + left + (isDifference ? " - " : " + ") + right + " is out of range for "
                                    + type + "; cast an operand to a wider type",
                            e);
                }
            }

            private Object exact(Object left, Object right) {
                return switch (type) {
                    case INT ->
                        isDifference
                                ? Math.subtractExact((int) left, (int) right)
                                : Math.addExact((int) left, (int) right);
                    case BIGINT ->
                        isDifference
                                ? Math.subtractExact((long) left, (long) right)
                                : Math.addExact((long) left, (long) right);
                    case DOUBLE -> isDifference ? (double) left - (double) right : (double) left + (double) right;
                    default -> throw new IllegalStateException("No sum of " + type);
                };
            }
        }
    }

    /**
     * @param path how the rows are found
     * @param tests what is left to test on them
     * @param assigned new values by column, or null for DELETE
     */
    DirectChanges(
            TableDefinition table,
            AccessPath path,
            List<ColumnCondition> tests,
            @Nullable Map<Integer, Assigned> assigned) {
        this.table = table;
        this.tests = List.copyOf(tests);
        this.assigned = assigned == null ? null : Map.copyOf(assigned);
        int[] columns = assigned == null
                ? tests.stream().mapToInt(ColumnCondition::column).distinct().toArray()
                : IntStream.range(0, table.columns().size()).toArray();
        this.scan = new TableScanSource(table, columns, true, path);
    }

    @Override
    public PlanDescription describe() {
        return PlanDescription.of(this, toString());
    }

    @Override
    public Enumerable<@Nullable Object[]> rows(QueryContext context) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        RowCursor opened = scan.open(context);
        if (opened != null) {
            try (RowCursor cursor = opened) {
                addRows(cursor, context, rows);
            }
        }
        return Linq4j.asEnumerable(rows);
    }

    private void addRows(RowCursor cursor, QueryContext context, List<@Nullable Object[]> rows) {
        BatchTest test = new BatchTest(tests, scan, context);
        for (ColumnBatch batch = cursor.next(); batch != null; batch = cursor.next()) {
            context.checkCancelled();
            int count = test.select(batch);
            for (int i = 0; i < count; i++) {
                int row = test.row(i);
                rows.add(change(batch, row, cursor.rowKey(row), context));
            }
        }
    }

    private @Nullable Object[] change(ColumnBatch batch, int row, byte[] rowKey, QueryContext context) {
        Map<Integer, Assigned> newValues = assigned;
        if (newValues == null) {
            return new @Nullable Object[] {new ByteString(rowKey)};
        }
        List<ColumnDefinition> columns = table.columns();
        @Nullable Object[] change = new @Nullable Object[1 + columns.size()];
        change[0] = new ByteString(rowKey);
        for (int i = 0; i < columns.size(); i++) {
            Assigned written = newValues.get(i);
            Object stored = written == null ? batch.column(i).storedValue(row) : written.stored(batch, row, context);
            change[1 + i] = InternalValues.fromStored(columns.get(i).dataType().kind(), stored);
        }
        return change;
    }

    /** As in a plan. */
    @Override
    public String toString() {
        return "Scan(" + scan + ColumnCondition.text(tests, table) + ")";
    }
}
