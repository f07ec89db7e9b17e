// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan.cost;

import java.util.List;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * What is estimated of the rows of a relational expression. Immutable.
 *
 * @param rows how many, at least 0
 * @param columns one for each of its columns
 * @param keys what no two rows share
 */
record RowsEstimate(double rows, List<ColumnEstimate> columns, List<Key> keys) {
    /**
     * Columns whose values no two rows share.
     *
     * @param domain how many different values there are where they come from; filters leave fewer rows, and what refers to
     *     the key refers to the others as well
     */
    record Key(ImmutableBitSet columns, double domain) {
        Key shift(int by) {
            return new Key(columns.shift(by), domain);
        }
    }

    RowsEstimate {
        columns = List.copyOf(columns);
        keys = List.copyOf(keys);
    }

    boolean isUnique(ImmutableBitSet set) {
        return keys.stream().anyMatch(key -> set.contains(key.columns()));
    }

    /** How many values the keys among these columns can have; 0 if there is none. */
    double keyDomain(ImmutableBitSet set) {
        return keys.stream()
                .filter(key -> set.contains(key.columns()))
                .mapToDouble(Key::domain)
                .max()
                .orElse(0);
    }

    /** The same columns when rows are left out without regard to them. */
    RowsEstimate picked(double count) {
        return new RowsEstimate(
                count,
                columns.stream().map(column -> column.afterPicking(rows, count)).toList(),
                keys);
    }
}
