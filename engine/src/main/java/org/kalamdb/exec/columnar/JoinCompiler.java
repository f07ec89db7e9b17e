// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.columnar;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.expression.ExpressionCompiler;
import org.kalamdb.exec.expression.ExpressionText;
import org.kalamdb.exec.expression.LaneTypes;
import org.kalamdb.exec.expression.VectorExpression;
import org.kalamdb.exec.kernel.Expression;
import org.kalamdb.exec.kernel.LaneType;
import org.kalamdb.exec.lowering.MachineTypes;
import org.kalamdb.exec.operator.JoinDefinition;
import org.kalamdb.exec.operator.JoinOperator;
import org.kalamdb.exec.scan.StoredScan;

/**
 * Makes a columnar operator of a join: what is equal on both sides becomes the key of a hash table, everything else is tested
 * for each pair. The side with fewer rows, as far as that is known, is held in memory. Confined to one thread.
 */
final class JoinCompiler {
    /** Fewer rows cost less to be read than to be looked up. */
    private static final double MIN_ROWS_TO_LOOK_AHEAD = 10_000;

    private final Join join;
    private final RexBuilder rexBuilder;
    private final ExpressionCompiler expressions;
    private final List<Expression> leftKeys = new ArrayList<>();
    private final List<Expression> rightKeys = new ArrayList<>();
    private final List<LaneType> keyTypes = new ArrayList<>();
    private final List<Boolean> nullsMatch = new ArrayList<>();
    private final List<RexNode> others = new ArrayList<>();

    JoinCompiler(Join join, RexBuilder rexBuilder, ExpressionCompiler expressions) {
        this.join = join;
        this.rexBuilder = rexBuilder;
        this.expressions = expressions;
        split();
    }

    private void split() {
        List<Integer> left = new ArrayList<>();
        List<Integer> right = new ArrayList<>();
        List<Boolean> filterNulls = new ArrayList<>();
        RelOptUtil.splitJoinCondition(
                join.getLeft(), join.getRight(), join.getCondition(), left, right, filterNulls, others);
        others.removeIf(RexNode::isAlwaysTrue);
        for (int i = 0; i < left.size(); i++) {
            key(left.get(i), right.get(i), filterNulls.get(i));
        }
    }

    private void key(int left, int right, boolean filterNulls) {
        RexNode leftColumn = RexInputRef.of(left, join.getLeft().getRowType());
        RexNode rightColumn = RexInputRef.of(right, join.getRight().getRowType());
        List<VectorExpression> keys = isComparable(leftColumn.getType(), rightColumn.getType())
                ? expressions.compileKeys(leftColumn, rightColumn)
                : null;
        if (keys == null) {
            int shift = join.getLeft().getRowType().getFieldCount();
            RexNode shifted = rexBuilder.makeInputRef(rightColumn.getType(), right + shift);
            others.add(rexBuilder.makeCall(
                    filterNulls ? SqlStdOperatorTable.EQUALS : SqlStdOperatorTable.IS_NOT_DISTINCT_FROM,
                    leftColumn,
                    shifted));
            return;
        }
        leftKeys.add(keys.get(0).expression());
        rightKeys.add(keys.get(1).expression());
        keyTypes.add(keys.get(0).type());
        nullsMatch.add(!filterNulls);
    }

    /** Whether equal values are the same in their lanes; days are not microseconds. */
    private static boolean isComparable(RelDataType left, RelDataType right) {
        return left.getSqlTypeName() == right.getSqlTypeName()
                || !MachineTypes.isTemporal(left) && !MachineTypes.isTemporal(right);
    }

    /** Whether there are kernels for what is tested of pairs, and an operator for the kind of join. */
    boolean isPossible() {
        boolean known = switch (join.getJoinType()) {
            case INNER, LEFT, RIGHT, FULL, SEMI, ANTI -> true;
            default -> false;
        };
        return known && join.getVariablesSet().isEmpty() && (others.isEmpty() || residual() != null);
    }

    private @Nullable Expression residual() {
        RexNode condition = RexUtil.composeConjunction(rexBuilder, others, true);
        return condition == null ? null : expressions.compile(condition);
    }

    OperatorPlan plan(OperatorPlan left, OperatorPlan right) {
        JoinRelType type = join.getJoinType();
        boolean projectsRight = type.projectsRight();
        boolean buildsRight = rowCount(join.getLeft()) >= rowCount(join.getRight());
        JoinDefinition.Side leftSide = new JoinDefinition.Side(
                LaneTypes.ofFields(join.getLeft().getRowType()),
                leftKeys,
                projectsRight && type.generatesNullsOnRight());
        JoinDefinition.Side rightSide = new JoinDefinition.Side(
                LaneTypes.ofFields(join.getRight().getRowType()), rightKeys, type.generatesNullsOnLeft());
        boolean looksAhead = buildsRight
                ? isLargeForSure(join.getRight()) && !isLargeForSure(join.getLeft())
                : isLargeForSure(join.getLeft()) && !isLargeForSure(join.getRight());
        JoinDefinition definition = new JoinDefinition(
                answer(type, buildsRight),
                buildsRight ? leftSide : rightSide,
                buildsRight ? rightSide : leftSide,
                buildsRight,
                keyTypes,
                nullsMatch,
                residual(),
                looksAhead);
        String name = (keyTypes.isEmpty() ? "NestedLoopJoin(" : "HashJoin(") + type.lowerName + ", "
                + ExpressionText.over(
                                rexBuilder,
                                join.getLeft().getRowType(),
                                join.getRight().getRowType())
                        .of(join.getCondition())
                + ", holds " + (buildsRight ? "second" : "first") + (looksAhead ? ", looks ahead" : "") + ")";
        OperatorPlan probe = buildsRight ? left : right;
        OperatorPlan build = buildsRight ? right : left;
        return new OperatorPlan(
                name,
                List.of(left, right),
                context -> JoinOperator.open(
                                List.of(probe.open(context)), () -> build.openParts(context), definition, context)
                        .get(0),
                context -> JoinOperator.open(
                        probe.openParts(context), () -> build.openParts(context), definition, context));
    }

    /** Whether it is all rows of a table, of which it is known how many they are, while everything else is an estimate. */
    private boolean isLargeForSure(RelNode rel) {
        StoredScan scan = StoredScan.of(rel);
        return scan != null && !scan.isAtHand() && scan.condition() == null && rowCount(rel) >= MIN_ROWS_TO_LOOK_AHEAD;
    }

    private static JoinDefinition.Answer answer(JoinRelType type, boolean buildsRight) {
        return switch (type) {
            case SEMI -> buildsRight ? JoinDefinition.Answer.MATCHED : JoinDefinition.Answer.HELD_MATCHED;
            case ANTI -> buildsRight ? JoinDefinition.Answer.UNMATCHED : JoinDefinition.Answer.HELD_UNMATCHED;
            default -> JoinDefinition.Answer.PAIRS;
        };
    }

    private double rowCount(RelNode rel) {
        RelMetadataQuery metadata = rel.getCluster().getMetadataQuery();
        Double rows = metadata.getRowCount(rel);
        return rows == null ? 1 : rows;
    }
}
