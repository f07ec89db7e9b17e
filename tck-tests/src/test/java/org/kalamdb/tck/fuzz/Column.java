// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck.fuzz;

/** A column as an expression names it. Immutable. */
record Column(String name, ColumnType type) {
    /** The same column of the table that goes by this name. */
    Column of(String alias) {
        return new Column(alias + "." + name, type);
    }
}
