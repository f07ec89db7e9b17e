// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.storage.KeyRange;
import org.kalamdb.type.KalamDataType;
import org.kalamdb.type.StoredValues;

/**
 * The part of a filter that a key answers: equality on its first columns, each with one value or with one of several, then
 * a range on the next. Immutable.
 *
 * @param prefix what the first key columns equal one of
 * @param lower what the next key column is at least or above, or null
 * @param upper what the next key column is at most or below, or null
 * @param residual the conjuncts that are still to be tested on each row
 * @param text the part that is answered, as in a plan; empty if none is
 */
record KeyPredicate(
        List<List<Operand>> prefix,
        @Nullable Limit lower,
        @Nullable Limit upper,
        List<RexNode> residual,
        String text) {
    /** More ranges than this would cost more than a scan saves, and their memory. */
    private static final int MAX_RANGES = 4096;

    KeyPredicate {
        prefix = List.copyOf(prefix);
        residual = List.copyOf(residual);
    }

    /** A value known before the scan starts. */
    record Operand(KalamDataType type, RexNode node) {
        /** The stored value, or empty if the operand is NULL, which nothing equals. */
        Optional<Object> value(QueryContext context) {
            Object internal = node instanceof RexDynamicParam parameter
                    ? context.parameter(parameter.getIndex())
                    : Literals.internalValue((RexLiteral) node);
            return Optional.ofNullable(InternalValues.toStored(type, internal));
        }
    }

    /** One end of a range. */
    record Limit(Operand operand, boolean inclusive) {}

    static KeyPredicate none(List<RexNode> conjuncts) {
        return new KeyPredicate(List.of(), null, null, conjuncts, "");
    }

    /**
     * What a key answers of a condition.
     *
     * @param keyColumns the columns of the key in key order
     * @param conjuncts over the columns of {@code table}, without SEARCH
     */
    static KeyPredicate of(TableDefinition table, List<ColumnDefinition> keyColumns, List<RexNode> conjuncts) {
        List<RexNode> rest = new ArrayList<>(conjuncts);
        Map<Integer, ColumnDefinition> columnsByIndex = new HashMap<>();
        for (int i = 0; i < table.columns().size(); i++) {
            columnsByIndex.put(i, table.columns().get(i));
        }
        List<List<Operand>> prefix = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        long rangeCount = 1;
        for (ColumnDefinition keyColumn : keyColumns) {
            List<Operand> equal = takeEqual(rest, keyColumn, columnsByIndex, MAX_RANGES / rangeCount);
            if (equal.isEmpty()) {
                Comparison low =
                        take(rest, keyColumn, columnsByIndex, SqlKind.GREATER_THAN, SqlKind.GREATER_THAN_OR_EQUAL);
                Comparison high = take(rest, keyColumn, columnsByIndex, SqlKind.LESS_THAN, SqlKind.LESS_THAN_OR_EQUAL);
                if (low != null) {
                    texts.add(keyColumn.name() + (low.limit().inclusive() ? " >= " : " > ") + text(low.operand()));
                }
                if (high != null) {
                    texts.add(keyColumn.name() + (high.limit().inclusive() ? " <= " : " < ") + text(high.operand()));
                }
                return new KeyPredicate(
                        prefix,
                        low == null ? null : low.limit(),
                        high == null ? null : high.limit(),
                        rest,
                        String.join(" and ", texts));
            }
            rangeCount *= equal.size();
            prefix.add(equal);
            texts.add(
                    equal.size() == 1
                            ? keyColumn.name() + " = " + text(equal.get(0))
                            : keyColumn.name() + " in " + equal.size() + " values");
        }
        return new KeyPredicate(prefix, null, null, rest, String.join(" and ", texts));
    }

    private static String text(Operand operand) {
        if (!(operand.node() instanceof RexLiteral literal)) {
            return operand.node().toString();
        }
        Object stored = InternalValues.toStored(operand.type(), Literals.internalValue(literal));
        String text = stored == null ? "NULL" : StoredValues.toText(operand.type(), stored);
        return stored instanceof Number ? text : "'" + text + "'";
    }

    boolean isEmpty() {
        return prefix.isEmpty() && lower == null && upper == null;
    }

    /** Whether each column of the prefix has one value, so that the key's order is that of the columns behind it. */
    boolean hasOneRange() {
        return prefix.stream().allMatch(choice -> choice.size() == 1);
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
            Optional<Object> value = operand.value(context);
            for (List<Object> values : value.isPresent() ? prefixes : List.<List<Object>>of()) {
                List<Object> extended = new ArrayList<>(values);
                extended.add(value.get());
                longer.add(extended);
            }
        }
        return longer;
    }

    private static Optional<KeyRange.Bound> bound(@Nullable Limit limit, QueryContext context) {
        return limit == null
                ? Optional.empty()
                : limit.operand().value(context).map(value -> new KeyRange.Bound(value, limit.inclusive()));
    }

    /** Takes the first conjunct that lets a column equal one of at most {@code most} known values; empty if there is none. */
    private static List<Operand> takeEqual(
            List<RexNode> conjuncts,
            ColumnDefinition column,
            Map<Integer, ColumnDefinition> columnsByIndex,
            long most) {
        Comparison equal = take(conjuncts, column, columnsByIndex, SqlKind.EQUALS, SqlKind.EQUALS);
        if (equal != null) {
            return List.of(equal.operand());
        }
        for (int i = 0; i < conjuncts.size(); i++) {
            if (conjuncts.get(i).isA(SqlKind.OR)) {
                List<Operand> operands = new ArrayList<>();
                for (RexNode alternative : RelOptUtil.disjunctions(conjuncts.get(i))) {
                    Comparison comparison = comparison(alternative, column, columnsByIndex);
                    if (comparison == null || comparison.kind() != SqlKind.EQUALS) {
                        operands.clear();
                        break;
                    }
                    operands.add(comparison.operand());
                }
                if (!operands.isEmpty() && operands.size() <= most) {
                    conjuncts.remove(i);
                    return operands;
                }
            }
        }
        return List.of();
    }

    /** A comparison of a key column with a known value, turned so that the column stands on the left. */
    private record Comparison(SqlKind kind, Operand operand) {
        Limit limit() {
            return new Limit(operand, kind == SqlKind.GREATER_THAN_OR_EQUAL || kind == SqlKind.LESS_THAN_OR_EQUAL);
        }
    }

    private static @Nullable Comparison take(
            List<RexNode> conjuncts,
            ColumnDefinition column,
            Map<Integer, ColumnDefinition> columnsByIndex,
            SqlKind first,
            SqlKind second) {
        for (int i = 0; i < conjuncts.size(); i++) {
            Comparison comparison = comparison(conjuncts.get(i), column, columnsByIndex);
            if (comparison != null && (comparison.kind() == first || comparison.kind() == second)) {
                conjuncts.remove(i);
                return comparison;
            }
        }
        return null;
    }

    private static @Nullable Comparison comparison(
            RexNode node, ColumnDefinition column, Map<Integer, ColumnDefinition> columnsByIndex) {
        if (!(node instanceof RexCall call) || call.getOperands().size() != 2) {
            return null;
        }
        RexNode left = call.getOperands().get(0);
        RexNode right = call.getOperands().get(1);
        if (isColumn(left, column, columnsByIndex)) {
            Operand operand = operand(column, left.getType(), right);
            return operand == null ? null : new Comparison(call.getKind(), operand);
        }
        if (isColumn(right, column, columnsByIndex)) {
            Operand operand = operand(column, right.getType(), left);
            return operand == null ? null : new Comparison(call.getKind().reverse(), operand);
        }
        return null;
    }

    private static boolean isColumn(
            RexNode node, ColumnDefinition column, Map<Integer, ColumnDefinition> columnsByIndex) {
        return node instanceof RexInputRef ref && columnsByIndex.get(ref.getIndex()) == column;
    }

    private static @Nullable Operand operand(ColumnDefinition column, RelDataType columnType, RexNode node) {
        KalamDataType type = column.dataType();
        if (node instanceof RexDynamicParam && sameType(columnType, node.getType())) {
            return new Operand(type, node);
        }
        if (node instanceof RexLiteral literal && !literal.isNull() && isExact(type, columnType, literal)) {
            return new Operand(type, literal);
        }
        return null;
    }

    private static boolean sameType(RelDataType column, RelDataType value) {
        boolean bothText = isText(column) && isText(value);
        boolean sameName = column.getSqlTypeName() == value.getSqlTypeName();
        boolean sameScale = column.getSqlTypeName() != SqlTypeName.DECIMAL || column.getScale() == value.getScale();
        return bothText || sameName && sameScale;
    }

    private static boolean isText(RelDataType type) {
        return type.getSqlTypeName() == SqlTypeName.VARCHAR || type.getSqlTypeName() == SqlTypeName.CHAR;
    }

    /** Whether the literal is a value of the column's type as it stands, so that comparing keys compares values. */
    private static boolean isExact(KalamDataType type, RelDataType columnType, RexLiteral literal) {
        if (sameType(columnType, literal.getType())) {
            return true;
        }
        if (!SqlTypeName.INT_TYPES.contains(columnType.getSqlTypeName())
                || !SqlTypeName.INT_TYPES.contains(literal.getType().getSqlTypeName())) {
            return false;
        }
        try {
            StoredValues.fromJava(type, java.util.Objects.requireNonNull(Literals.internalValue(literal)));
            return true;
        } catch (KalamException outOfRange) {
            return false;
        }
    }
}
