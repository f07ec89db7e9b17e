// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan.cost;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinInfo;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/** What a join makes of its inputs. */
final class JoinEstimate {
    /** How much further columns of a key that is not unique are trusted to narrow, as a power of what they would alone. */
    private static final double CORRELATION = 0.5;

    /** At least this part of the rows is assumed to have no match, or to have one. */
    private static final double LEAST_PART = 0.02;

    /** Of rows that have several to compare with, most find one for which another condition holds too. */
    private static final double LEAST_OTHER = 0.8;

    private JoinEstimate() {}

    static RowsEstimate of(Join join, RowsEstimate left, RowsEstimate right) {
        JoinInfo info = join.analyzeCondition();
        JoinRelType type = join.getJoinType();
        if (!type.projectsRight()) {
            int width = left.columns().size();
            return left.picked(left.rows()
                    * matchedPart(
                            type,
                            RelOptUtil.conjunctions(join.getCondition()),
                            columns(left, right),
                            column -> column >= width));
        }
        double rows = left.rows() * right.rows() * keySelectivity(left, info.leftKeys, right, info.rightKeys);
        for (RexNode other : info.nonEquiConditions) {
            rows *= selectivity(other, left, right);
        }
        rows = switch (type) {
            case LEFT -> Math.max(rows, left.rows());
            case RIGHT -> Math.max(rows, right.rows());
            case FULL -> Math.max(rows, left.rows() + right.rows());
            default -> rows;
        };
        return joined(left, right, rows, info);
    }

    private static double selectivity(RexNode condition, RowsEstimate left, RowsEstimate right) {
        return ConditionSelectivity.of(condition, columns(left, right), left.rows() * right.rows());
    }

    private static List<ColumnEstimate> columns(RowsEstimate left, RowsEstimate right) {
        List<ColumnEstimate> columns = new ArrayList<>(left.columns());
        columns.addAll(right.columns());
        return columns;
    }

    /** Which part of all pairs are equal in these columns. */
    static double keySelectivity(
            RowsEstimate left, List<Integer> leftKeys, RowsEstimate right, List<Integer> rightKeys) {
        if (leftKeys.isEmpty()) {
            return 1;
        }
        double[] each = new double[leftKeys.size()];
        for (int i = 0; i < each.length; i++) {
            each[i] = 1
                    / Math.max(
                            left.columns().get(leftKeys.get(i)).distinct(),
                            right.columns().get(rightKeys.get(i)).distinct());
        }
        // A row of the other side matches one row of a key at most.
        double domain =
                Math.max(left.keyDomain(ImmutableBitSet.of(leftKeys)), right.keyDomain(ImmutableBitSet.of(rightKeys)));
        if (domain > 0) {
            return 1 / domain;
        }
        Arrays.sort(each);
        double selectivity = each[0];
        for (int i = 1; i < each.length; i++) {
            selectivity *= Math.pow(each[i], CORRELATION);
        }
        return selectivity;
    }

    /**
     * The part of rows that a semi- or anti-join leaves.
     *
     * @param columns that the condition is over
     * @param isRight whether a column is of what the rows are compared with
     */
    static double matchedPart(
            JoinRelType type, List<RexNode> conjuncts, List<ColumnEstimate> columns, IntPredicate isRight) {
        double matched = 1;
        for (RexNode conjunct : conjuncts) {
            if (conjunct.isA(SqlKind.EQUALS)
                    && ((RexCall) conjunct).getOperands().get(0) instanceof RexInputRef one
                    && ((RexCall) conjunct).getOperands().get(1) instanceof RexInputRef other) {
                RexInputRef left = isRight.test(one.getIndex()) ? other : one;
                RexInputRef right = left == one ? other : one;
                double values = columns.get(left.getIndex()).distinct();
                matched = Math.min(matched, columns.get(right.getIndex()).distinct() / values);
            } else {
                matched *= LEAST_OTHER;
            }
        }
        return Math.min(1, Math.max(LEAST_PART, type == JoinRelType.ANTI ? 1 - matched : matched));
    }

    private static RowsEstimate joined(RowsEstimate left, RowsEstimate right, double rows, JoinInfo info) {
        List<ColumnEstimate> columns = new ArrayList<>();
        for (ColumnEstimate column : columns(left, right)) {
            columns.add(column.withDistinct(Math.min(column.distinct(), Math.max(1, rows))));
        }
        List<RowsEstimate.Key> keys = new ArrayList<>();
        if (right.isUnique(info.rightSet())) {
            keys.addAll(left.keys());
        }
        if (left.isUnique(info.leftSet())) {
            right.keys().forEach(key -> keys.add(key.shift(left.columns().size())));
        }
        return new RowsEstimate(rows, columns, keys);
    }
}
