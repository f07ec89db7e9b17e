// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.scan;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
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
import org.kalamdb.exec.expression.ExpressionCompiler;
import org.kalamdb.exec.expression.ExpressionText;
import org.kalamdb.exec.kernel.Expression;
import org.kalamdb.exec.lowering.Literals;
import org.kalamdb.exec.scan.KeyCondition.Relation;
import org.kalamdb.function.InternalValues;
import org.kalamdb.plan.StoredTable;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.SystemColumns;
import org.kalamdb.type.KalamDataType;
import org.kalamdb.type.StoredValues;

/** What keys could answer of the planner's conditions on a table. Confined to one thread. */
final class KeyConditions {
    private final StoredTable table;
    private final RexBuilder rexBuilder;

    KeyConditions(StoredTable table, RexBuilder rexBuilder) {
        this.table = table;
        this.rexBuilder = rexBuilder;
    }

    /** @param conjunct over the fields of the table, without SEARCH */
    KeyCondition of(RexNode conjunct) {
        if (conjunct.isA(SqlKind.IS_NULL) || conjunct.isA(SqlKind.IS_NOT_NULL)) {
            RexNode tested = ((RexCall) conjunct).getOperands().get(0);
            return isColumn(tested)
                    ? KeyCondition.nullTest(((RexInputRef) tested).getIndex(), conjunct.isA(SqlKind.IS_NULL))
                    : KeyCondition.NONE;
        }

        if (!conjunct.isA(SqlKind.OR)) {
            return comparison(conjunct);
        }
        KeyCondition oneOf = oneOf(conjunct);
        return oneOf.isKnown()
                ? oneOf
                : KeyCondition.anyOf(RelOptUtil.disjunctions(conjunct).stream()
                        .map(alternative -> RelOptUtil.conjunctions(alternative).stream()
                                .map(each -> of(each))
                                .toList())
                        .toList());
    }

    /** A column that equals one of some values. */
    private KeyCondition oneOf(RexNode conjunct) {
        int column = KeyCondition.NONE.column();
        List<Operand> operands = new ArrayList<>();
        for (RexNode alternative : RelOptUtil.disjunctions(conjunct)) {
            KeyCondition one = comparison(alternative);
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
    private KeyCondition comparison(RexNode node) {
        if (!(node instanceof RexCall call) || call.getOperands().size() != 2) {
            return KeyCondition.NONE;
        }
        RexNode left = call.getOperands().get(0);
        RexNode right = call.getOperands().get(1);
        return isColumn(left)
                ? comparison(call.getKind(), (RexInputRef) left, right)
                : isColumn(right) ? comparison(call.getKind().reverse(), (RexInputRef) right, left) : KeyCondition.NONE;
    }

    private boolean isColumn(RexNode node) {
        return node instanceof RexInputRef ref
                && ref.getIndex()
                        < table.definition().columns().size()
                                + table.systemColumns().size();
    }

    private KeyCondition comparison(SqlKind kind, RexInputRef column, RexNode value) {
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

    private @Nullable Operand operand(ColumnDefinition column, RelDataType columnType, RexNode node) {
        KalamDataType type = column.dataType();
        if (node instanceof RexDynamicParam parameter && sameType(columnType, node.getType())) {
            return new Operand.Parameter(type, parameter.getIndex());
        }
        if (node instanceof RexLiteral literal) {
            return literal.isNull() ? null : constant(type, columnType, literal);
        }
        boolean sameValues = sameType(columnType, node.getType())
                && (columnType.getSqlTypeName() != SqlTypeName.DECIMAL
                        || columnType.getPrecision() >= node.getType().getPrecision());
        if (!sameValues || !(node instanceof RexCall) || !RexUtil.isConstant(node)) {
            return null;
        }
        Expression expression = new ExpressionCompiler(rexBuilder).compile(node);
        return expression == null
                ? null
                : new Operand.Computed(type, expression, ExpressionText.ofConstant(rexBuilder, node));
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
