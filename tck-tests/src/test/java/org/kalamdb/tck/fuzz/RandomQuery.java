// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck.fuzz;

/**
 * A query. Immutable.
 *
 * @param ordered whether its rows have one order
 * @param portable whether all databases mean the same by it
 */
record RandomQuery(Sql sql, boolean ordered, boolean portable) {
    RandomQuery(Sql sql) {
        this(sql, false, true);
    }

    RandomQuery withSql(Sql shorter) {
        return new RandomQuery(shorter, ordered, portable);
    }
}
