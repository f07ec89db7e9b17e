// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.aggregate;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Equality of values as grouping has it: NULL is equal to NULL, and zero to zero whatever its sign or scale. */
public final class RowKeys {
    private RowKeys() {}

    /** Whether two rows are the same in those columns. */
    public static boolean same(@Nullable Object[] row, @Nullable Object[] other, List<Integer> columns) {
        for (int column : columns) {
            if (!same(row[column], other[column])) {
                return false;
            }
        }
        return true;
    }

    /** Whether two values of one type are the same. */
    public static boolean same(@Nullable Object value, @Nullable Object other) {
        if (value == null || other == null) {
            return value == other;
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.compareTo((BigDecimal) other) == 0;
        }
        return normalized(value).equals(normalized(other));
    }

    /** The values of a row, none of them NULL, as a key of a hash table. */
    public static Object of(@Nullable Object[] values) {
        return Stream.of(values).map(value -> normalized(requireNonNull(value))).toList();
    }

    /** Those columns of a row as a key of a hash table. */
    public static Object of(@Nullable Object[] row, List<Integer> columns) {
        List<@Nullable Object> key = new ArrayList<>(columns.size());
        for (int column : columns) {
            Object value = row[column];
            key.add(value == null ? null : normalized(value));
        }
        return key;
    }

    /** A value that is equal to what is the same for grouping. */
    public static Object normalized(Object value) {
        if (value instanceof Double number) {
            return number + 0.0;
        }
        if (value instanceof Float number) {
            return number + 0.0f;
        }
        return value instanceof BigDecimal decimal ? decimal.stripTrailingZeros() : value;
    }
}
