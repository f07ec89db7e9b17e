// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck.fuzz;

/**
 * A constant of a query. Immutable.
 *
 * @param value in the text form of its type
 * @param fixed whether it is written as it is where others become parameters, since its place takes none
 */
record Literal(ColumnType type, String value, boolean fixed) {
    String text(Dialect dialect) {
        return type.literal(value, dialect);
    }
}
