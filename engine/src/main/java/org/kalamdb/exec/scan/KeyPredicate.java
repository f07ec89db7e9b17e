// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.scan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.QueryContext;
import org.kalamdb.exec.scan.KeyCondition.Relation;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.storage.row.KeyRange;

/**
 * The part of a filter that a key answers: equality on its first columns, each with one value or with one of several, then
 * a range on the next. Immutable.
 *
 * @param prefix what the first key columns equal one of
 * @param lower what the next key column is at least or above, or null
 * @param upper what the next key column is at most or below, or null
 * @param residual which of the filter's conditions are still to be tested on each row, by their position
 */
record KeyPredicate(
        List<List<Operand>> prefix,
        @Nullable Limit lower,
        @Nullable Limit upper,
        List<Integer> residual) {
    /** More ranges than this would cost more than a scan saves, and their memory. */
    private static final int MAX_RANGES = 4096;

    KeyPredicate {
        prefix = List.copyOf(prefix);
        residual = List.copyOf(residual);
    }

    /** Whether all values are known when the query is planned. */
    boolean isConstant() {
        Stream<Operand> limits = Stream.of(Optional.ofNullable(lower), Optional.ofNullable(upper))
                .flatMap(Optional::stream)
                .map(Limit::operand);
        return Stream.concat(prefix.stream().flatMap(List::stream), limits)
                .allMatch(Operand.Constant.class::isInstance);
    }

    /** One end of a range. */
    record Limit(Operand operand, boolean inclusive) {}

    /** Nothing of a filter of so many conditions. */
    static KeyPredicate none(int conditionCount) {
        return new KeyPredicate(List.of(), null, null, positions(conditionCount));
    }

    /**
     * What a key answers of a filter.
     *
     * @param keyColumns the columns of the key in key order
     * @param conditions of the filter, over the columns of {@code table}
     */
    static KeyPredicate of(TableDefinition table, List<ColumnDefinition> keyColumns, List<KeyCondition> conditions) {
        List<Integer> rest = positions(conditions.size());
        List<List<Operand>> prefix = new ArrayList<>();
        long rangeCount = 1;
        for (ColumnDefinition keyColumn : keyColumns) {
            int column = table.indexOf(keyColumn);
            List<Operand> equal = takeEqual(conditions, rest, column, MAX_RANGES / rangeCount);
            if (equal.isEmpty()) {
                KeyCondition low = take(conditions, rest, column, Relation.GREATER, Relation.GREATER_OR_EQUAL);
                KeyCondition high = take(conditions, rest, column, Relation.LESS, Relation.LESS_OR_EQUAL);
                return new KeyPredicate(prefix, limit(low), limit(high), rest);
            }
            rangeCount *= equal.size();
            prefix.add(equal);
        }
        return new KeyPredicate(prefix, null, null, rest);
    }

    private static List<Integer> positions(int count) {
        List<Integer> positions = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            positions.add(i);
        }
        return positions;
    }

    /** The part that is answered, as in a plan; empty if none is. @param keyColumns the columns of the key in key order */
    String text(List<ColumnDefinition> keyColumns) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < prefix.size(); i++) {
            List<Operand> equal = prefix.get(i);
            String name = keyColumns.get(i).name();
            texts.add(
                    equal.size() == 1 ? name + " = " + equal.get(0).text() : name + " in " + equal.size() + " values");
        }
        if (lower != null) {
            String name = keyColumns.get(prefix.size()).name();
            texts.add(name
                    + (lower.inclusive() ? " >= " : " > ")
                    + lower.operand().text());
        }
        if (upper != null) {
            String name = keyColumns.get(prefix.size()).name();
            texts.add(name
                    + (upper.inclusive() ? " <= " : " < ")
                    + upper.operand().text());
        }
        return String.join(" and ", texts);
    }

    private static @Nullable Limit limit(@Nullable KeyCondition condition) {
        return condition == null
                ? null
                : new Limit(condition.operands().get(0), condition.relation().isInclusive());
    }

    boolean isEmpty() {
        return prefix.isEmpty() && lower == null && upper == null;
    }

    /** Whether each column of the prefix has one value, so that the key's order is that of the columns behind it. */
    boolean hasOneRange() {
        for (List<Operand> choice : prefix) {
            if (choice.size() != 1) {
                return false;
            }
        }
        return true;
    }

    /** The ranges for one run; none if a NULL in them means that no row qualifies. */
    List<KeyRange> bind(QueryContext context) {
        Optional<KeyRange.Bound> low = bound(lower, context);
        Optional<KeyRange.Bound> high = bound(upper, context);
        if (lower != null && low.isEmpty() || upper != null && high.isEmpty()) {
            return List.of();
        }
        List<List<Object>> prefixes = List.of(List.of());
        for (List<Operand> choice : prefix) {
            prefixes = extended(prefixes, choice, context);
        }
        List<KeyRange> ranges = new ArrayList<>(prefixes.size());
        for (List<Object> values : prefixes) {
            ranges.add(new KeyRange(values, low.orElse(null), high.orElse(null)));
        }
        return ranges;
    }

    private static List<List<Object>> extended(
            List<List<Object>> prefixes, List<Operand> choice, QueryContext context) {
        List<List<Object>> longer = new ArrayList<>(prefixes.size() * choice.size());
        for (Operand operand : choice) {
            Object value = operand.stored(context);
            for (List<Object> values : value != null ? prefixes : List.<List<Object>>of()) {
                List<Object> extended = new ArrayList<>(values.size() + 1);
                extended.addAll(values);
                extended.add(value);
                longer.add(extended);
            }
        }
        return longer;
    }

    private static Optional<KeyRange.Bound> bound(@Nullable Limit limit, QueryContext context) {
        return limit == null
                ? Optional.empty()
                : Optional.ofNullable(limit.operand().stored(context))
                        .map(value -> new KeyRange.Bound(value, limit.inclusive()));
    }

    /** Takes the first condition that lets a column equal one of at most {@code most} known values; empty if there is none. */
    private static List<Operand> takeEqual(List<KeyCondition> conditions, List<Integer> rest, int column, long most) {
        int best = -1;
        for (int i = 0; i < rest.size(); i++) {
            KeyCondition condition = conditions.get(rest.get(i));
            if (condition.column() == column && condition.relation() == Relation.EQUAL) {
                int choices = condition.operands().size();
                if (choices == 1) {
                    best = i;
                    break;
                }
                if (best < 0 && choices <= most) {
                    best = i;
                }
            }
        }
        return best < 0 ? List.of() : conditions.get(rest.remove(best)).operands();
    }

    private static @Nullable KeyCondition take(
            List<KeyCondition> conditions, List<Integer> rest, int column, Relation first, Relation second) {
        for (int i = 0; i < rest.size(); i++) {
            KeyCondition condition = conditions.get(rest.get(i));
            if (condition.column() == column && (condition.relation() == first || condition.relation() == second)) {
                rest.remove(i);
                return condition;
            }
        }
        return null;
    }
}
