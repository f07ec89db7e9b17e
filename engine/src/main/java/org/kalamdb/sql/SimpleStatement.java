// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.SourcePosition;

/**
 * A statement about one table that compares columns with known values and computes nothing, as {@link SimpleStatements}
 * reads it. Names are folded, and nobody has looked yet whether they name anything. Immutable.
 */
public sealed interface SimpleStatement {
    /** The table it is about, or null if there is none. */
    @Nullable
    TableReference target();

    /**
     * SELECT of columns.
     *
     * @param where conditions that must all hold; empty for none
     * @param limit the most rows, a whole number or a parameter, or null for all
     * @param offset rows to leave out first, a whole number or a parameter, or null for none
     */
    record Select(
            List<Item> items,
            TableReference from,
            List<Condition> where,
            List<SortKey> orderBy,
            @Nullable Value limit,
            @Nullable Value offset)
            implements SimpleStatement {
        @Override
        public TableReference target() {
            return from;
        }

        public Select {
            items = List.copyOf(items);
            where = List.copyOf(where);
            orderBy = List.copyOf(orderBy);
        }
    }

    /**
     * SELECT COUNT(*).
     *
     * @param where conditions that must all hold; empty for none
     * @param alias null if the answer has no name
     */
    record Count(
            TableReference from,
            List<Condition> where,
            @Nullable String alias) implements SimpleStatement {
        @Override
        public TableReference target() {
            return from;
        }

        public Count {
            where = List.copyOf(where);
        }
    }

    /** SELECT of values, without a table. @param items at least one */
    record Literals(List<LiteralItem> items) implements SimpleStatement {
        public Literals {
            items = List.copyOf(items);
        }

        @Override
        public @Nullable TableReference target() {
            return null;
        }
    }

    /** A value that a query answers. @param alias null if it has no name */
    record LiteralItem(Value value, @Nullable String alias) {}

    /** A statement that changes rows. */
    sealed interface Change extends SimpleStatement {
        @Override
        TableReference target();

        /** What it answers of the rows it wrote; empty for their number. */
        List<Item> returning();
    }

    /**
     * INSERT of VALUES.
     *
     * @param columns empty if the statement names none
     * @param rows at least one
     */
    record Insert(TableReference target, List<String> columns, List<List<Value>> rows, List<Item> returning)
            implements Change {
        public Insert {
            columns = List.copyOf(columns);
            rows = List.copyOf(rows);
            returning = List.copyOf(returning);
        }
    }

    /** UPDATE of rows of one table. @param assignments at least one */
    record Update(TableReference target, List<Assignment> assignments, List<Condition> where, List<Item> returning)
            implements Change {
        public Update {
            assignments = List.copyOf(assignments);
            where = List.copyOf(where);
            returning = List.copyOf(returning);
        }
    }

    /** What UPDATE writes to a column. */
    record Assignment(String column, Value value) {}

    /** DELETE of rows of one table. */
    record Delete(TableReference target, List<Condition> where, List<Item> returning) implements Change {
        public Delete {
            where = List.copyOf(where);
            returning = List.copyOf(returning);
        }
    }

    /** EXPLAIN of a simple statement. */
    record Explained(SimpleStatement statement) implements SimpleStatement {
        @Override
        public @Nullable TableReference target() {
            return statement.target();
        }
    }

    /**
     * A table and how the statement calls it.
     *
     * @param namespace null for the session's
     * @param alias null if it goes by its name
     */
    record TableReference(
            @Nullable String namespace,
            String name,
            @Nullable String alias) {
        /** What columns may be qualified by. */
        public String visibleName() {
            return alias == null ? name : alias;
        }
    }

    /** A column. @param qualifier the table's name or alias, or null */
    record ColumnReference(@Nullable String qualifier, String name) {}

    /** What a query or RETURNING answers: a column, or all of them. */
    sealed interface Item {
        /** @param alias null if it goes by the column's name */
        record OfColumn(ColumnReference column, @Nullable String alias) implements Item {}

        /** The star. @param qualifier the table's name or alias, or null */
        record AllColumns(@Nullable String qualifier) implements Item {}
    }

    /** One column of ORDER BY. @param column a column's name or an alias */
    record SortKey(ColumnReference column, boolean descending) {}

    /** A condition on one column. */
    sealed interface Condition {
        ColumnReference column();

        /** The column stands on the left. */
        record Comparison(ColumnReference column, Operator operator, Value value) implements Condition {}

        /** IN. @param values at least one */
        record OneOf(ColumnReference column, List<Value> values) implements Condition {
            public OneOf {
                values = List.copyOf(values);
            }
        }

        /** IS NULL or IS NOT NULL. */
        record NullTest(ColumnReference column, boolean isNull) implements Condition {}
    }

    /** A comparison. */
    enum Operator {
        EQUAL,
        NOT_EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL;

        /** The operator that means the same with its sides exchanged. */
        Operator turned() {
            return switch (this) {
                case EQUAL, NOT_EQUAL -> this;
                case LESS -> GREATER;
                case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
                case GREATER -> LESS;
                case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
            };
        }
    }

    /** A value that stands in the statement, or a parameter. */
    sealed interface Value {
        /** @param digits an optional minus sign, digits, and perhaps a point and digits */
        record Number(String digits) implements Value {
            /** Whether it has no point. */
            public boolean isInteger() {
                return digits.indexOf('.') < 0;
            }
        }

        /** A character string. */
        record Text(String value) implements Value {}

        /** TRUE or FALSE. */
        record Truth(boolean value) implements Value {}

        /** @param index 0-based */
        record Parameter(int index) implements Value {}

        /** NULL, only where it is written to a column. */
        record Null() implements Value {}

        /**
         * A column of the row plus or minus a number or parameter, only what UPDATE writes.
         *
         * @param position of the column in the statement
         */
        record Sum(ColumnReference column, boolean isDifference, Value operand, SourcePosition position)
                implements Value {}

        /** DEFAULT, only in the rows of INSERT. */
        record Default() implements Value {}
    }
}
