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

    /** One condition. */
    public sealed interface Condition {}

    /**
     * A column relates to one of some values, as keys are ordered.
     *
     * @param column 0-based position in the columns of the table, and behind them in its system columns
     * @param values stored values of the column's type; without any, no row meets the condition
     */
    public record Comparison(int column, Relation relation, List<Object> values) implements Condition {
        public Comparison {
            values = List.copyOf(values);
        }
    }

    /** A column, counted as above, is NULL, or is not. */
    public record NullTest(int column, boolean isNull) implements Condition {}

    /** One filter at least is met. */
    public record AnyOf(List<ScanFilter> alternatives) implements Condition {
        public AnyOf {
            alternatives = List.copyOf(alternatives);
        }
    }

    /** How a column relates to a value. */
    public enum Relation {
        EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL
    }
}
