// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import java.util.List;

/**
 * Conditions that rows must all meet to matter. A scan leaves out what surely has no such row; rows that do not meet them may
 * come all the same. Immutable.
 */
public record ScanFilter(List<Condition> conditions) {
    /** Every row matters. */
    public static final ScanFilter NONE = new ScanFilter(List.of());

    public ScanFilter {
        conditions = List.copyOf(conditions);
    }

    /** A condition on one column. */
    public sealed interface Condition {
        /** 0-based position in the columns of the table, and behind them in its system columns. */
        int column();
    }

    /**
     * A column relates to one of some values, as keys are ordered.
     *
     * @param values stored values of the column's type; without any, no row meets the condition
     */
    public record Comparison(int column, Relation relation, List<Object> values) implements Condition {
        public Comparison {
            values = List.copyOf(values);
        }
    }

    /** A column is NULL, or is not. */
    public record NullTest(int column, boolean isNull) implements Condition {}

    /** How a column relates to a value. */
    public enum Relation {
        EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL
    }
}
