// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.scan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.kalamdb.exec.QueryContext;
import org.kalamdb.schema.SystemColumns;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.storage.ScanFilter;

/**
 * One condition of a filter, as far as a key could answer it. Immutable.
 *
 * @param column 0-based position in the table's columns
 * @param relation how the column relates to the operands
 * @param operands one, or for {@link Relation#EQUAL} several of which the column equals one, or none for a test of NULL
 * @param alternatives for {@link Relation#ANY_OF}: of one all must hold; else none
 */
public record KeyCondition(
        int column, Relation relation, List<Operand> operands, List<List<KeyCondition>> alternatives) {
    /** A condition that no key answers. */
    public static final KeyCondition NONE = new KeyCondition(-1, Relation.EQUAL, List.of());

    /** How a column relates to a value. */
    public enum Relation {
        EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL,
        /** No key answers this one and the next. */
        IS_NULL,
        IS_NOT_NULL,
        /** Nor this one, which is of no column. */
        ANY_OF;

        boolean isInclusive() {
            return this == LESS_OR_EQUAL || this == GREATER_OR_EQUAL;
        }
    }

    public KeyCondition {
        operands = List.copyOf(operands);
        alternatives = List.copyOf(alternatives);
    }

    public KeyCondition(int column, Relation relation, List<Operand> operands) {
        this(column, relation, operands, List.of());
    }

    /** Whether all conditions of one alternative hold; {@link #NONE} if one of them says nothing. */
    static KeyCondition anyOf(List<List<KeyCondition>> alternatives) {
        List<List<KeyCondition>> known = new ArrayList<>();
        for (List<KeyCondition> alternative : alternatives) {
            List<KeyCondition> said =
                    alternative.stream().filter(KeyCondition::isKnown).toList();
            if (said.isEmpty()) {
                return NONE;
            }
            known.add(said);
        }
        return new KeyCondition(-1, Relation.ANY_OF, List.of(), known);
    }

    /** Whether a column is NULL, or is not. */
    public static KeyCondition nullTest(int column, boolean isNull) {
        return new KeyCondition(column, isNull ? Relation.IS_NULL : Relation.IS_NOT_NULL, List.of());
    }

    /** Whether it says anything. */
    boolean isKnown() {
        return column >= 0 || relation == Relation.ANY_OF;
    }

    /** It as what a scan may leave rows out by, for one run; empty if it says nothing. */
    Optional<ScanFilter.Condition> bind(QueryContext context) {
        return switch (relation) {
            case IS_NULL -> Optional.of(new ScanFilter.NullTest(column, true));
            case IS_NOT_NULL -> Optional.of(new ScanFilter.NullTest(column, false));
            case EQUAL -> isKnown() ? comparison(ScanFilter.Relation.EQUAL, context) : Optional.empty();
            case LESS -> comparison(ScanFilter.Relation.LESS, context);
            case LESS_OR_EQUAL -> comparison(ScanFilter.Relation.LESS_OR_EQUAL, context);
            case GREATER -> comparison(ScanFilter.Relation.GREATER, context);
            case GREATER_OR_EQUAL -> comparison(ScanFilter.Relation.GREATER_OR_EQUAL, context);
            case ANY_OF ->
                Optional.of(new ScanFilter.AnyOf(alternatives.stream()
                        .map(alternative -> filter(alternative, context))
                        .toList()));
        };
    }

    /** Several conditions as what a scan may leave rows out by, for one run. */
    static ScanFilter filter(List<KeyCondition> conditions, QueryContext context) {
        List<ScanFilter.Condition> bound = new ArrayList<>(conditions.size());
        for (KeyCondition condition : conditions) {
            condition.bind(context).ifPresent(bound::add);
        }
        return new ScanFilter(bound);
    }

    private Optional<ScanFilter.Condition> comparison(ScanFilter.Relation how, QueryContext context) {
        List<Object> values = new ArrayList<>(operands.size());
        for (Operand operand : operands) {
            Object value = operand.stored(context);
            // Nothing relates to NULL.
            if (value != null) {
                values.add(value);
            }
        }
        return Optional.of(new ScanFilter.Comparison(column, how, values));
    }

    /** As in a plan. */
    String text(TableDefinition table) {
        if (relation == Relation.ANY_OF) {
            return alternatives.stream()
                    .map(alternative ->
                            alternative.stream().map(each -> each.text(table)).collect(Collectors.joining(" and ")))
                    .collect(Collectors.joining(" or ", "(", ")"));
        }
        String name = SystemColumns.column(table, column).name();
        return switch (relation) {
            case IS_NULL -> name + " is null";
            case IS_NOT_NULL -> name + " is not null";
            case EQUAL ->
                operands.size() == 1
                        ? name + " = " + operands.get(0).text()
                        : name + " in " + operands.size() + " values";
            case LESS -> name + " < " + operands.get(0).text();
            case LESS_OR_EQUAL -> name + " <= " + operands.get(0).text();
            case GREATER -> name + " > " + operands.get(0).text();
            case GREATER_OR_EQUAL -> name + " >= " + operands.get(0).text();
            case ANY_OF -> throw new IllegalStateException("It is of no column");
        };
    }

    public KeyCondition(int column, Relation relation, Operand operand) {
        this(column, relation, List.of(operand));
    }
}
