// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.ResultCursor;
import org.kalamdb.sql.SimpleStatement.Value;
import org.kalamdb.sql.StatementShape.Slot;
import org.kalamdb.sql.StatementShape.Typing;
import org.kalamdb.type.KalamDataType;

/** A query with parameters whose values are known already. Safe for use by several threads. */
public final class BoundQuery implements BatchQuery {
    private final BatchQuery query;
    private final @Nullable Object[] values;

    private BoundQuery(BatchQuery query, @Nullable Object[] values) {
        this.query = query;
        this.values = values;
    }

    /**
     * The query with these values in the places of its parameters.
     *
     * @param types of the parameters by 0-based index
     * @param slots as many as there are parameters, in order
     * @return null if one of them is no value of its parameter's type that compares as it does itself
     */
    public static @Nullable BoundQuery of(BatchQuery query, Map<Integer, KalamDataType> types, List<Slot> slots) {
        @Nullable Object[] internal = new @Nullable Object[slots.size()];
        for (int i = 0; i < internal.length; i++) {
            KalamDataType type = types.get(i);
            Object stored = type == null ? null : stored(type, slots.get(i));
            if (type == null || stored == null) {
                return null;
            }
            internal[i] = InternalValues.fromStored(type.kind(), stored);
        }
        return new BoundQuery(query, internal);
    }

    private static @Nullable Object stored(KalamDataType type, Slot slot) {
        return slot.typing() == Typing.OWN && slot.value() instanceof Value.Text day
                ? WrittenValues.day(type, day)
                : WrittenValues.stored(type, slot.value());
    }

    @Override
    public ResultCursor open(QueryContext context) {
        return query.open(context.withParameters(values));
    }

    @Override
    public PlanDescription describe() {
        return query.describe();
    }
}
