// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
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
import org.kalamdb.exec.KeyCondition.Relation;
import org.kalamdb.plan.StoredTable;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.SystemColumns;
import org.kalamdb.type.KalamDataType;
import org.kalamdb.type.StoredValues;

/** What keys could answer of the planner's conditions. */
final class KeyConditions {
    private KeyConditions() {}

    /** @param conjunct over the fields of {@code table}, without SEARCH */
    static KeyCondition of(StoredTable table, RexNode conjunct) {
        if (conjunct.isA(SqlKind.IS_NULL) || conjunct.isA(SqlKind.IS_NOT_NULL)) {
            RexNode tested = ((RexCall) conjunct).getOperands().get(0);
            return isColumn(table, tested)
                    ? KeyCondition.nullTest(((RexInputRef) tested).getIndex(), conjunct.isA(SqlKind.IS_NULL))
                    : KeyCondition.NONE;
        }

        if (!conjunct.isA(SqlKind.OR)) {
            return comparison(table, conjunct);
        }
        KeyCondition oneOf = oneOf(table, conjunct);
        return oneOf.isKnown()
                ? oneOf
                : KeyCondition.anyOf(RelOptUtil.disjunctions(conjunct).stream()
                        .map(alternative -> RelOptUtil.conjunctions(alternative).stream()
                                .map(each -> of(table, each))
                                .toList())
                        .toList());
    }

    /** A column that equals one of some values. */
    private static KeyCondition oneOf(StoredTable table, RexNode conjunct) {
        int column = KeyCondition.NONE.column();
        List<Operand> operands = new ArrayList<>();
        for (RexNode alternative : RelOptUtil.disjunctions(conjunct)) {
            KeyCondition one = comparison(table, alternative);
            if (one.operands().isEmpty()
                    || one.relation() != Relation.EQUAL
                    || !operands.isEmpty() && one.column() != column) {
                return KeyCondition.NONE;
            }
            column = one.column();
            operands.addAll(one.operands());
        }
        return new KeyCondition(column, Relation.EQUAL, operands);
    }

    /** A comparison of a column with a known value, turned so that the column stands on the left. */
    private static KeyCondition comparison(StoredTable table, RexNode node) {
        if (!(node instanceof RexCall call) || call.getOperands().size() != 2) {
            return KeyCondition.NONE;
        }
        RexNode left = call.getOperands().get(0);
        RexNode right = call.getOperands().get(1);
        return isColumn(table, left)
                ? comparison(table, call.getKind(), (RexInputRef) left, right)
                : isColumn(table, right)
                        ? comparison(table, call.getKind().reverse(), (RexInputRef) right, left)
                        : KeyCondition.NONE;
    }

    private static boolean isColumn(StoredTable table, RexNode node) {
        return node instanceof RexInputRef ref
                && ref.getIndex()
                        < table.definition().columns().size()
                                + table.systemColumns().size();
    }

    private static KeyCondition comparison(StoredTable table, SqlKind kind, RexInputRef column, RexNode value) {
        Relation relation = relation(kind);
        Operand operand = relation == null
                ? null
                : operand(SystemColumns.column(table.definition(), column.getIndex()), column.getType(), value);
        return relation == null || operand == null
                ? KeyCondition.NONE
                : new KeyCondition(column.getIndex(), relation, operand);
    }

    private static @Nullable Relation relation(SqlKind kind) {
        return switch (kind) {
            case EQUALS -> Relation.EQUAL;
            case LESS_THAN -> Relation.LESS;
            case LESS_THAN_OR_EQUAL -> Relation.LESS_OR_EQUAL;
            case GREATER_THAN -> Relation.GREATER;
            case GREATER_THAN_OR_EQUAL -> Relation.GREATER_OR_EQUAL;
            default -> null;
        };
    }

    private static @Nullable Operand operand(ColumnDefinition column, RelDataType columnType, RexNode node) {
        KalamDataType type = column.dataType();
        if (node instanceof RexDynamicParam parameter && sameType(columnType, node.getType())) {
            return new Operand.Parameter(type, parameter.getIndex());
        }
        return node instanceof RexLiteral literal && !literal.isNull() ? constant(type, columnType, literal) : null;
    }

    /** The literal if it is a value of the column's type as it stands, so that comparing keys compares values. */
    private static Operand.@Nullable Constant constant(KalamDataType type, RelDataType columnType, RexLiteral literal) {
        try {
            if (sameType(columnType, literal.getType())) {
                Object stored = InternalValues.toStored(type, Literals.internalValue(literal));
                return new Operand.Constant(type, requireNonNull(stored));
            }
            if (columnType.getSqlTypeName() == SqlTypeName.DECIMAL
                    && SqlTypeName.EXACT_TYPES.contains(literal.getType().getSqlTypeName())) {
                BigDecimal exact = requireNonNull(literal.getValueAs(BigDecimal.class));
                return exact.stripTrailingZeros().scale() <= columnType.getScale()
                        ? new Operand.Constant(type, StoredValues.fromJava(type, exact))
                        : null;
            }
            boolean integers = SqlTypeName.INT_TYPES.contains(columnType.getSqlTypeName())
                    && SqlTypeName.INT_TYPES.contains(literal.getType().getSqlTypeName());
            return integers
                    ? new Operand.Constant(
                            type, StoredValues.fromJava(type, requireNonNull(Literals.internalValue(literal))))
                    : null;
        } catch (KalamException outOfRange) {
            return null;
        }
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
}
