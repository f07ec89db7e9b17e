// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec;

import java.util.Comparator;
import java.util.List;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelFieldCollation;
import org.jspecify.annotations.Nullable;
import org.kalamdb.function.ValueOrder;

/** The order of rows that a sort makes: key by key, values by {@link ValueOrder}. Immutable. */
final class RowOrder implements Comparator<@Nullable Object[]> {
    private final Key[] keys;

    /** One column of the order. */
    private record Key(int field, boolean descending, boolean nullsFirst) {}

    private RowOrder(Key[] keys) {
        this.keys = keys;
    }

    static RowOrder of(RelCollation collation) {
        List<RelFieldCollation> fields = collation.getFieldCollations();
        return new RowOrder(fields.stream()
                .map(field -> new Key(
                        field.getFieldIndex(),
                        field.getDirection().isDescending(),
                        field.nullDirection == RelFieldCollation.NullDirection.FIRST))
                .toArray(Key[]::new));
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
