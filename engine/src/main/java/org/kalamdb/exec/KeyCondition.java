// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec;

import java.util.List;

/**
 * One condition of a filter, as far as a key could answer it. Immutable.
 *
 * @param column 0-based position in the table's columns
 * @param relation how the column relates to the operands
 * @param operands one, or for {@link Relation#EQUAL} several of which the column equals one
 */
record KeyCondition(int column, Relation relation, List<Operand> operands) {
    /** A condition that no key answers. */
    static final KeyCondition NONE = new KeyCondition(-1, Relation.EQUAL, List.of());

    /** How a column relates to a value. */
    enum Relation {
        EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL;

        boolean isInclusive() {
            return this == LESS_OR_EQUAL || this == GREATER_OR_EQUAL;
        }
    }

    KeyCondition {
        operands = List.copyOf(operands);
    }

    KeyCondition(int column, Relation relation, Operand operand) {
        this(column, relation, List.of(operand));
    }
}
