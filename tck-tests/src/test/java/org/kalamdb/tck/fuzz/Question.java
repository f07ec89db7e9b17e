// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck.fuzz;

import java.util.List;

/**
 * What one database is asked. Immutable.
 *
 * @param before statements ahead of it, whose answers do not matter
 * @param sql a query
 * @param parameters of the query
 * @param after statements that undo those before
 */
record Question(Side side, List<String> before, String sql, List<Literal> parameters, List<String> after) {
    /** The databases that have the same tables. */
    enum Side {
        /** Rows in the key-value store. */
        HOT,
        /** Rows in both tiers, changed and deleted ones among them, and indexes. */
        TIERED,
        /** Another database. */
        PEER
    }

    static Question of(Side side, String sql) {
        return new Question(side, List.of(), sql, List.of(), List.of());
    }

    @Override
    public String toString() {
        return side + (before.isEmpty() ? "" : " after " + String.join("; ", before)) + ": " + sql
                + (parameters.isEmpty() ? "" : " with " + parameters);
    }
}
