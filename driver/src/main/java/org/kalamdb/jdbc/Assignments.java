// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc;

import java.util.BitSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Values for some columns of a table, by their position in it. Confined to one thread. */
final class Assignments {
    private final @Nullable Object[] values;
    private final BitSet assigned = new BitSet();

    Assignments(int columnCount) {
        this.values = new @Nullable Object[columnCount];
    }

    /** @param stored null for NULL */
    void set(int position, @Nullable Object stored) {
        values[position] = stored;
        assigned.set(position);
    }

    void clear() {
        assigned.clear();
    }

    boolean isEmpty() {
        return assigned.isEmpty();
    }

    /** The columns that have a value, in ascending order. */
    IntStream positions() {
        return assigned.stream();
    }

    @Nullable
    Object value(int position) {
        return values[position];
    }
}
