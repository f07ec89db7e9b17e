// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.direct;

import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;
import org.kalamdb.exec.QueryContext;
import org.kalamdb.exec.scan.KeyCondition;
import org.kalamdb.exec.scan.KeyCondition.Relation;
import org.kalamdb.exec.scan.Operand;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.sql.SimpleStatement.Operator;
import org.kalamdb.type.TypeKind;

/** A condition on one column of a table. Immutable. */
sealed interface ColumnCondition {
    /** 0-based position in the table's columns. */
    int column();

    /** What a key could answer of it. */
    KeyCondition forKeys();

    /** It as a test, for one run. */
    ColumnTest bind(QueryContext context);

    /** As in a plan. @param name the column's */
    String text(String name);

    /** Conditions that must all hold, as in a plan; empty for none. */
    static String text(List<ColumnCondition> conditions, TableDefinition table) {
        StringJoiner text = new StringJoiner(" and ", " where ", "").setEmptyValue("");
        for (ColumnCondition condition : conditions) {
            text.add(condition.text(table.columns().get(condition.column()).name()));
        }
        return text.toString();
    }

    /** A comparison with a known value. */
    record Comparison(int column, TypeKind kind, Operator operator, Operand operand) implements ColumnCondition {
        @Override
        public KeyCondition forKeys() {
            if (kind == TypeKind.DOUBLE) {
                // Both zeros are equal, and are two values in a key.
                return KeyCondition.NONE;
            }
            return switch (operator) {
                case EQUAL -> new KeyCondition(column, Relation.EQUAL, operand);
                case NOT_EQUAL -> KeyCondition.NONE;
                case LESS -> new KeyCondition(column, Relation.LESS, operand);
                case LESS_OR_EQUAL -> new KeyCondition(column, Relation.LESS_OR_EQUAL, operand);
                case GREATER -> new KeyCondition(column, Relation.GREATER, operand);
                case GREATER_OR_EQUAL -> new KeyCondition(column, Relation.GREATER_OR_EQUAL, operand);
            };
        }

        @Override
        public ColumnTest bind(QueryContext context) {
            return ColumnTest.comparison(kind, operator, operand.stored(context));
        }

        @Override
        public String text(String name) {
            String symbol = switch (operator) {
                case EQUAL -> " = ";
                case NOT_EQUAL -> " <> ";
                case LESS -> " < ";
                case LESS_OR_EQUAL -> " <= ";
                case GREATER -> " > ";
                case GREATER_OR_EQUAL -> " >= ";
            };
            return name + symbol + operand.text();
        }
    }

    /** IN. */
    record OneOf(int column, List<Operand> operands) implements ColumnCondition {
        public OneOf {
            operands = List.copyOf(operands);
        }

        @Override
        public KeyCondition forKeys() {
            return new KeyCondition(column, Relation.EQUAL, operands);
        }

        @Override
        public ColumnTest bind(QueryContext context) {
            return ColumnTest.oneOf(operands.stream()
                    .map(operand -> operand.stored(context))
                    .filter(Objects::nonNull)
                    .map(Objects::requireNonNull)
                    .toList());
        }

        @Override
        public String text(String name) {
            return name + " in " + operands.size() + " values";
        }
    }

    /** IS NULL or IS NOT NULL. */
    record NullTest(int column, boolean isNull) implements ColumnCondition {
        @Override
        public KeyCondition forKeys() {
            return KeyCondition.nullTest(column, isNull);
        }

        @Override
        public ColumnTest bind(QueryContext context) {
            return ColumnTest.nullness(isNull);
        }

        @Override
        public String text(String name) {
            return name + (isNull ? " is null" : " is not null");
        }
    }
}
