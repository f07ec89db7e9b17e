// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.direct;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.ResultColumn;
import org.kalamdb.engine.ResultCursor;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.error.KalamException;
import org.kalamdb.error.SourcePosition;
import org.kalamdb.exec.BatchQuery;
import org.kalamdb.exec.PlanDescription;
import org.kalamdb.exec.QueryContext;
import org.kalamdb.function.InternalValues;
import org.kalamdb.sql.SimpleStatement.Value;
import org.kalamdb.sql.StatementShape.Slot;
import org.kalamdb.sql.StatementShape.Typing;
import org.kalamdb.type.KalamDataType;

/** A query with parameters whose values are known already. Safe for use by several threads. */
public final class BoundQuery implements BatchQuery {
    private final BatchQuery query;
    private final @Nullable Object[] values;
    private final UnaryOperator<SourcePosition> places;

    private BoundQuery(BatchQuery query, @Nullable Object[] values, UnaryOperator<SourcePosition> places) {
        this.query = query;
        this.values = values;
        this.places = places;
    }

    /**
     * The query with these values in the places of its parameters.
     *
     * @param types of the parameters by 0-based index
     * @param slots as many as there are parameters, in order
     * @param places where in the text of the statement something stands, by its place in the text that {@code query} was planned of
     * @return null if one of them is no value of its parameter's type that compares as it does itself
     */
    public static @Nullable BoundQuery of(
            BatchQuery query,
            Map<Integer, KalamDataType> types,
            List<Slot> slots,
            UnaryOperator<SourcePosition> places) {
        @Nullable Object[] internal = new @Nullable Object[slots.size()];
        for (int i = 0; i < internal.length; i++) {
            KalamDataType type = types.get(i);
            Object stored = type == null ? null : stored(type, slots.get(i));
            if (type == null || stored == null) {
                return null;
            }
            internal[i] = InternalValues.fromStored(type.kind(), stored);
        }
        return new BoundQuery(query, internal, places);
    }

    private static @Nullable Object stored(KalamDataType type, Slot slot) {
        return slot.typing() == Typing.OWN && slot.value() instanceof Value.Text day
                ? WrittenValues.day(type, day)
                : WrittenValues.stored(type, slot.value());
    }

    @Override
    public ResultCursor open(QueryContext context) {
        try {
            return new PlacedCursor(query.open(context.withParameters(values)), places);
        } catch (KalamException e) {
            throw placed(e, places);
        }
    }

    private static KalamException placed(KalamException failure, UnaryOperator<SourcePosition> places) {
        SourcePosition position = failure.position();
        return position == null || position.view() != null
                ? failure
                : new KalamException(failure.code(), places.apply(position), failure.rawMessage(), failure);
    }

    /** Says where in the text of its own query an error stands. */
    private record PlacedCursor(ResultCursor rows, UnaryOperator<SourcePosition> places) implements ResultCursor {
        @Override
        public List<ResultColumn> columns() {
            return rows.columns();
        }

        @Override
        public @Nullable ColumnBatch next() {
            try {
                return rows.next();
            } catch (KalamException e) {
                throw placed(e, places);
            }
        }

        @Override
        public void close() {
            rows.close();
        }
    }

    @Override
    public PlanDescription describe() {
        return query.describe();
    }
}
