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
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableType;
import org.kalamdb.storage.KeyRange;
import org.kalamdb.type.KalamDataType;
import org.kalamdb.type.StoredValues;

/**
 * The part of a filter that the primary key answers: equality on its first columns, then a range on the next. Immutable.
 *
 * @param prefix what the first key columns equal
 * @param lower what the next key column is at least or above, or null
 * @param upper what the next key column is at most or below, or null
 * @param residual the conjuncts that are still to be tested on each row
 */
record KeyPredicate(
        List<Operand> prefix,
        @Nullable Limit lower,
        @Nullable Limit upper,
        List<RexNode> residual) {
    KeyPredicate {
        prefix = List.copyOf(prefix);
        residual = List.copyOf(residual);
    }

    /** A value known before the scan starts. */
    private record Operand(KalamDataType type, RexNode node) {
        /** The stored value, or empty if the operand is NULL, which nothing equals. */
        Optional<Object> value(QueryContext context) {
            Object internal = node instanceof RexDynamicParam parameter
                    ? context.parameter(parameter.getIndex())
                    : Literals.internalValue((RexLiteral) node);
            return Optional.ofNullable(InternalValues.toStored(type, internal));
        }
    }

    /** One end of a range. */
    private record Limit(Operand operand, boolean inclusive) {}

    static KeyPredicate none(List<RexNode> conjuncts) {
        return new KeyPredicate(List.of(), null, null, conjuncts);
    }

    /** @param condition over the columns of {@code table}, or null for none */
    static KeyPredicate of(TableDefinition table, @Nullable RexNode condition, RexBuilder rexBuilder) {
        if (condition == null) {
            return none(List.of());
        }
        List<RexNode> conjuncts =
                new ArrayList<>(RelOptUtil.conjunctions(RexUtil.expandSearch(rexBuilder, null, condition)));
        List<ColumnDefinition> keyColumns = table.primaryKeyColumns();
        if (keyColumns.isEmpty() || table.type() == TableType.SYSTEM) {
            return none(List.of(condition));
        }
        Map<Integer, ColumnDefinition> columnsByIndex = new HashMap<>();
        for (int i = 0; i < table.columns().size(); i++) {
            columnsByIndex.put(i, table.columns().get(i));
        }
        List<Operand> prefix = new ArrayList<>();
        for (ColumnDefinition keyColumn : keyColumns) {
            Comparison equal = take(conjuncts, keyColumn, columnsByIndex, SqlKind.EQUALS, SqlKind.EQUALS);
            if (equal == null) {
                Comparison low =
                        take(conjuncts, keyColumn, columnsByIndex, SqlKind.GREATER_THAN, SqlKind.GREATER_THAN_OR_EQUAL);
                Comparison high =
                        take(conjuncts, keyColumn, columnsByIndex, SqlKind.LESS_THAN, SqlKind.LESS_THAN_OR_EQUAL);
                return new KeyPredicate(
                        prefix, low == null ? null : low.limit(), high == null ? null : high.limit(), conjuncts);
            }
            prefix.add(equal.operand());
        }
        return new KeyPredicate(prefix, null, null, conjuncts);
    }

    boolean isEmpty() {
        return prefix.isEmpty() && lower == null && upper == null;
    }

    /** The range for one run, or empty if a NULL in it means that no row qualifies. */
    Optional<KeyRange> bind(QueryContext context) {
        List<Object> values = new ArrayList<>(prefix.size());
        for (Operand operand : prefix) {
            Optional<Object> value = operand.value(context);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            values.add(value.get());
        }
        Optional<KeyRange.Bound> low = bound(lower, context);
        Optional<KeyRange.Bound> high = bound(upper, context);
        if (lower != null && low.isEmpty() || upper != null && high.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new KeyRange(values, low.orElse(null), high.orElse(null)));
    }

    private static Optional<KeyRange.Bound> bound(@Nullable Limit limit, QueryContext context) {
        return limit == null
                ? Optional.empty()
                : limit.operand().value(context).map(value -> new KeyRange.Bound(value, limit.inclusive()));
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
