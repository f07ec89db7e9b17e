// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.row;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of a table to read, by the first columns of its primary key. Immutable.
 *
 * <p>Values are stored values of the types of the key columns; none is NULL, as a comparison with NULL is true for no
 * row. Integers may be of any width.
 *
 * @param prefix what the first key columns must be equal to; empty for no such condition
 * @param lower lower bound of the key column after the prefix, or null for none
 * @param upper upper bound of the key column after the prefix, or null for none
 */
public record KeyRange(
        List<Object> prefix,
        @Nullable Bound lower,
        @Nullable Bound upper) {
    /** Every row. */
    public static final KeyRange ALL = new KeyRange(List.of(), null, null);

    /**
     * One end of a range. Immutable.
     *
     * @param value not null
     * @param inclusive whether the value itself belongs to the range
     */
    public record Bound(Object value, boolean inclusive) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Bound bound && inclusive == bound.inclusive && value.equals(bound.value);
        }

        @Override
        public int hashCode() {
            return value.hashCode();
        }
    }

    public KeyRange {
        prefix = List.copyOf(prefix);
    }

    /** The rows whose first key columns are equal to {@code values}; at most one row if these are all key columns. */
    public static KeyRange equalTo(Object... values) {
        return new KeyRange(List.of(values), null, null);
    }

    /** The rows whose first key column lies between two bounds, either of which may be null for none. */
    public static KeyRange between(@Nullable Bound lower, @Nullable Bound upper) {
        return new KeyRange(List.of(), lower, upper);
    }

    /** Written out, since the ranges of each list are compared, for which those of a record take several times as long. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KeyRange range
                && prefix.equals(range.prefix)
                && Objects.equals(lower, range.lower)
                && Objects.equals(upper, range.upper);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * prefix.hashCode() + Objects.hashCode(lower)) + Objects.hashCode(upper);
    }

    /** Number of key columns the range speaks of. */
    int columnCount() {
        return prefix.size() + (lower == null && upper == null ? 0 : 1);
    }
}
