// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.columnar;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.metadata.RelColumnOrigin;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.util.mapping.IntPair;
import org.kalamdb.exec.filter.RuntimeFilter;
import org.kalamdb.plan.cost.Estimator;

/**
 * Which part of its rows a plan is thought to be asked for, by {@link RuntimeFilter}s of the joins above it. Immutable.
 *
 * @param parts by columns of the plan, from 0 to 1; those that are not there are not filtered
 * @param estimator of the rows and values of all parts of the plan
 */
record ExpectedFilters(Map<Integer, Double> parts, Estimator estimator) {
    ExpectedFilters {
        parts = Map.copyOf(parts);
    }

    /** Those of a whole plan, above which nothing is. */
    static ExpectedFilters none(Estimator estimator) {
        return new ExpectedFilters(Map.of(), estimator);
    }

    /** The part of the rows at most which the scans below a plan would be asked for. */
    double wantedPart(RelNode rel) {
        double least = 1;
        for (Map.Entry<Integer, Double> part : parts.entrySet()) {
            RelColumnOrigin origin = rel.getCluster().getMetadataQuery().getColumnOrigin(rel, part.getKey());
            if (origin != null && !origin.isDerived()) {
                least = Math.min(least, part.getValue());
            }
        }
        return least;
    }

    /** The filters of the inputs of a plan that has these. */
    List<ExpectedFilters> below(RelNode rel) {
        if (rel instanceof Join join) {
            return belowJoin(join);
        }
        ExpectedFilters below = none(estimator);
        if (rel instanceof Project project) {
            below = through(project.getProjects().stream()
                    .map(each -> each instanceof RexInputRef ref ? ref.getIndex() : -1)
                    .toList());
        } else if (rel instanceof Aggregate aggregate && aggregate.getGroupType() == Aggregate.Group.SIMPLE) {
            below = through(aggregate.getGroupSet().asList());
        } else if (rel instanceof Filter || rel instanceof SetOp || rel instanceof Sort sort && isWhole(sort)) {
            below = this;
        }
        ExpectedFilters ofEach = below;
        return rel.getInputs().stream().map(input -> ofEach).toList();
    }

    private static boolean isWhole(Sort sort) {
        return sort.offset == null && sort.fetch == null;
    }

    /** @param columns of the input, for each column above that is one of them; else -1 */
    private ExpectedFilters through(List<Integer> columns) {
        Map<Integer, Double> below = new HashMap<>();
        parts.forEach((column, part) -> {
            if (column < columns.size() && columns.get(column) >= 0) {
                below.merge(columns.get(column), part, Math::min);
            }
        });
        return new ExpectedFilters(below, estimator);
    }

    private List<ExpectedFilters> belowJoin(Join join) {
        int leftCount = join.getLeft().getRowType().getFieldCount();
        Map<Integer, Double> left = new HashMap<>();
        Map<Integer, Double> right = new HashMap<>();
        JoinRelType type = join.getJoinType();
        parts.forEach((column, part) -> {
            boolean isLeft = column < leftCount;
            if (isLeft ? !type.generatesNullsOnLeft() : !type.generatesNullsOnRight()) {
                (isLeft ? left : right).put(isLeft ? column : column - leftCount, part);
            }
        });
        addKeys(join, left, right);
        return List.of(new ExpectedFilters(left, estimator), new ExpectedFilters(right, estimator));
    }

    /** The side with more rows is asked for those that have a match. */
    private void addKeys(Join join, Map<Integer, Double> left, Map<Integer, Double> right) {
        boolean probesLeft = estimator.rows(join.getLeft()) >= estimator.rows(join.getRight());
        JoinRelType type = join.getJoinType();
        boolean keepsLeft = type.generatesNullsOnRight() || type == JoinRelType.ANTI;
        if (probesLeft ? keepsLeft : type.generatesNullsOnLeft()) {
            return;
        }
        for (IntPair keys : join.analyzeCondition().pairs()) {
            double leftValues = estimator.distinct(join.getLeft(), keys.source);
            double rightValues = estimator.distinct(join.getRight(), keys.target);
            if (probesLeft) {
                left.merge(keys.source, Math.min(1, rightValues / leftValues), Math::min);
            } else {
                right.merge(keys.target, Math.min(1, leftValues / rightValues), Math::min);
            }
        }
    }
}
