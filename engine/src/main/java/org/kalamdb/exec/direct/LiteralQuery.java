// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.direct;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.ResultColumn;
import org.kalamdb.engine.ResultCursor;
import org.kalamdb.engine.batch.BatchBuilder;
import org.kalamdb.exec.BatchQuery;
import org.kalamdb.exec.PlanDescription;
import org.kalamdb.exec.QueryContext;
import org.kalamdb.sql.SimpleStatement;
import org.kalamdb.sql.SimpleStatement.Value;
import org.kalamdb.type.KalamDataType;

/** One row of values that stand in the statement. Safe for use by several threads. */
final class LiteralQuery implements BatchQuery {
    /** What the full planner calls a column without a name. */
    private static final String UNNAMED = "?column?";

    private final List<ResultColumn> columns;
    private final Object[] row;

    private LiteralQuery(List<ResultColumn> columns, Object[] row) {
        this.columns = columns;
        this.row = row;
    }

    /** The query that a statement says, or null if it has a value whose type only the full planner knows. */
    static @Nullable LiteralQuery of(SimpleStatement.Literals statement) {
        List<ResultColumn> columns = new ArrayList<>(statement.items().size());
        Object[] row = new Object[statement.items().size()];
        for (SimpleStatement.LiteralItem item : statement.items()) {
            Object value = value(item.value());
            if (value == null) {
                return null;
            }
            row[columns.size()] = value;
            String label = item.alias() == null ? UNNAMED : item.alias();
            columns.add(new ResultColumn(label, type(value), false, null, null));
        }
        return new LiteralQuery(List.copyOf(columns), row);
    }

    private static @Nullable Object value(Value literal) {
        if (literal instanceof Value.Text text) {
            return text.value();
        }
        if (literal instanceof Value.Truth truth) {
            return truth.value();
        }
        return literal instanceof Value.Number number && number.isInteger() ? integer(number.digits()) : null;
    }

    private static @Nullable Object integer(String digits) {
        try {
            long value = Long.parseLong(digits);
            return value == (int) value ? (Object) (int) value : (Object) value;
        } catch (NumberFormatException beyondBigint) {
            return null;
        }
    }

    private static KalamDataType type(Object value) {
        if (value instanceof String) {
            return KalamDataType.TEXT;
        }
        if (value instanceof Boolean) {
            return KalamDataType.BOOLEAN;
        }
        return value instanceof Integer ? KalamDataType.INT : KalamDataType.BIGINT;
    }

    List<ResultColumn> columns() {
        return columns;
    }

    @Override
    public ResultCursor open(QueryContext context) {
        BatchBuilder builder =
                new BatchBuilder(columns.stream().map(ResultColumn::type).toList(), 1);
        builder.appendRow(row);
        return new OneBatch(columns, builder.build());
    }

    @Override
    public PlanDescription describe() {
        return PlanDescription.of(this, toString());
    }

    /** As in a plan. */
    @Override
    public String toString() {
        return "Rows(1 literal rows)";
    }
}
