// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.window;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Equality of values as grouping has it: NULL is equal to NULL, and zero to zero whatever its sign or scale. */
final class RowKeys {
    private RowKeys() {}

    static boolean same(@Nullable Object[] row, @Nullable Object[] other, List<Integer> columns) {
        for (int column : columns) {
            if (!same(row[column], other[column])) {
                return false;
            }
        }
        return true;
    }

    static boolean same(@Nullable Object value, @Nullable Object other) {
        if (value == null || other == null) {
            return value == other;
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.compareTo((BigDecimal) other) == 0;
        }
        return normalized(value).equals(normalized(other));
    }

    /** The values of a row, none of them NULL, as a key of a hash table. */
    static Object of(@Nullable Object[] values) {
        return Stream.of(values).map(value -> normalized(requireNonNull(value))).toList();
    }

    /** A value that is equal to what is the same for grouping. */
    static Object normalized(Object value) {
        if (value instanceof Double number) {
            return number + 0.0;
        }
        if (value instanceof Float number) {
            return number + 0.0f;
        }
        return value instanceof BigDecimal decimal ? decimal.stripTrailingZeros() : value;
    }
}
