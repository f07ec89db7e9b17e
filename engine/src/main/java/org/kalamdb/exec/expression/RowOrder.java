// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.expression;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelFieldCollation;
import org.jspecify.annotations.Nullable;
import org.kalamdb.function.ValueOrder;

/** An order of rows: key by key, values by {@link ValueOrder}. Immutable. */
public final class RowOrder implements Comparator<@Nullable Object[]> {
    private final Key[] keys;

    /** One column of the order. */
    private record Key(int field, boolean descending, boolean nullsFirst) {}

    private RowOrder(Key[] keys) {
        this.keys = keys;
    }

    public static RowOrder of(RelCollation collation) {
        return new RowOrder(collation.getFieldCollations().stream()
                .map(key -> key(key.getFieldIndex(), key))
                .toArray(Key[]::new));
    }

    /** The order of rows that have the values of the keys side by side, the first at index {@code from}. */
    static RowOrder ofColumns(List<RelFieldCollation> keys, int from) {
        return new RowOrder(IntStream.range(0, keys.size())
                .mapToObj(i -> key(from + i, keys.get(i)))
                .toArray(Key[]::new));
    }

    private static Key key(int field, RelFieldCollation collation) {
        return new Key(
                field,
                collation.getDirection().isDescending(),
                collation.nullDirection == RelFieldCollation.NullDirection.FIRST);
    }

    @Override
    public int compare(@Nullable Object[] left, @Nullable Object[] right) {
        for (Key key : keys) {
            Object a = left[key.field];
            Object b = right[key.field];
            int order;
            if (a == null || b == null) {
                order = Boolean.compare(a == null, b == null);
                order = key.nullsFirst ? -order : order;
            } else {
                order = key.descending ? ValueOrder.INSTANCE.compare(b, a) : ValueOrder.INSTANCE.compare(a, b);
            }
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
