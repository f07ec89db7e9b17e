// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan.cost;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Intersect;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Minus;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rel.metadata.DelegatingMetadataRel;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;
import org.kalamdb.schema.ColumnStatistics;
import org.kalamdb.schema.TableStatistics;

/**
 * Estimates from the leaves up, and remembers what it has estimated of each expression. Tables are asked for their {@link
 * TableStatistics} through {@link RelOptTable#unwrap}. Confined to one thread.
 */
public final class Estimator {
    /** How often the step of a recursive query is assumed to answer rows. */
    private static final double RECURSIONS = 10;

    private static final double UNKNOWN_ROWS = 100;

    private final Map<RelNode, RowsEstimate> known = new IdentityHashMap<>();

    /** How many rows an expression is thought to answer, at least 0. */
    public double rows(RelNode rel) {
        return estimate(rel).rows();
    }

    /** How many different values a column of an expression is thought to have, at least 1. */
    public double distinct(RelNode rel, int column) {
        return estimate(rel).columns().get(column).distinct();
    }

    RowsEstimate estimate(RelNode rel) {
        RelNode actual = rel;
        while (actual instanceof DelegatingMetadataRel delegating) {
            actual = delegating.getMetadataDelegateRel();
        }
        RowsEstimate estimate = known.get(actual);
        if (estimate == null) {
            estimate = estimated(actual);
            known.put(actual, estimate);
        }
        return estimate;
    }

    private RowsEstimate estimated(RelNode rel) {
        if (rel instanceof TableScan scan) {
            return scan(scan);
        }
        if (rel instanceof Filter filter) {
            return ConditionSelectivity.filter(estimate(filter.getInput()), filter.getCondition());
        }
        if (rel instanceof Project project) {
            return project(estimate(project.getInput()), project.getProjects());
        }
        if (rel instanceof Aggregate aggregate) {
            return aggregate(aggregate);
        }
        if (rel instanceof Join join) {
            return JoinEstimate.of(join, estimate(join.getLeft()), estimate(join.getRight()));
        }
        if (rel instanceof Correlate correlate) {
            return correlate(correlate);
        }
        if (rel instanceof Sort sort) {
            return sort(sort);
        }
        if (rel instanceof Values values) {
            return unknown(values.tuples.size(), rel.getRowType());
        }
        if (rel instanceof Union union) {
            double sum = union.getInputs().stream().mapToDouble(this::rows).sum();
            return firstInput(union, sum);
        }
        if (rel instanceof Intersect || rel instanceof Minus) {
            return firstInput(rel, rows(rel.getInput(0)) / 2);
        }
        return other(rel);
    }

    private RowsEstimate other(RelNode rel) {
        if (rel instanceof Window) {
            RowsEstimate input = estimate(rel.getInput(0));
            List<ColumnEstimate> columns = new ArrayList<>(input.columns());
            while (columns.size() < rel.getRowType().getFieldCount()) {
                columns.add(ColumnEstimate.unknown(input.rows()));
            }
            return new RowsEstimate(input.rows(), columns, input.keys());
        }
        double rows = rel.getInputs().isEmpty()
                ? UNKNOWN_ROWS
                : rel.getInputs().stream().mapToDouble(this::rows).max().orElse(UNKNOWN_ROWS);
        return unknown(rel.getInputs().size() > 1 ? rows * RECURSIONS : rows, rel.getRowType());
    }

    /** The columns of the first input of a set operation, for another number of rows. */
    private RowsEstimate firstInput(RelNode rel, double rows) {
        RowsEstimate first = estimate(rel.getInput(0));
        return new RowsEstimate(
                rows,
                first.columns().stream()
                        .map(column -> column.withDistinct(Math.min(column.distinct(), rows)))
                        .toList(),
                List.of());
    }

    private static RowsEstimate unknown(double rows, RelDataType type) {
        return new RowsEstimate(
                rows, Collections.nCopies(type.getFieldCount(), ColumnEstimate.unknown(rows)), List.of());
    }

    private static RowsEstimate scan(TableScan scan) {
        RelOptTable table = scan.getTable();
        TableStatistics statistics = table.unwrap(TableStatistics.class);
        double rows = statistics == null ? table.getRowCount() : statistics.rowCount();
        List<ImmutableBitSet> keys = table.getKeys() == null ? List.of() : table.getKeys();
        List<ColumnEstimate> columns = new ArrayList<>();
        for (int i = 0; i < scan.getRowType().getFieldCount(); i++) {
            ImmutableBitSet column = ImmutableBitSet.of(i);
            columns.add(ColumnEstimate.of(
                    statistics == null ? ColumnStatistics.UNKNOWN : statistics.column(i),
                    rows,
                    keys.contains(column),
                    isDiscrete(scan.getRowType().getFieldList().get(i).getType())));
        }
        return new RowsEstimate(
                rows,
                columns,
                keys.stream().map(key -> new RowsEstimate.Key(key, rows)).toList());
    }

    private static boolean isDiscrete(RelDataType type) {
        return switch (type.getSqlTypeName()) {
            case BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT, DATE -> true;
            default -> false;
        };
    }

    private static RowsEstimate project(RowsEstimate input, List<RexNode> projects) {
        List<ColumnEstimate> columns = new ArrayList<>();
        int[] origins = new int[projects.size()];
        for (int i = 0; i < projects.size(); i++) {
            RexNode project = projects.get(i);
            origins[i] = project instanceof RexInputRef ref ? ref.getIndex() : -1;
            columns.add(column(input, project));
        }
        return new RowsEstimate(input.rows(), columns, keysOf(input, origins));
    }

    private static ColumnEstimate column(RowsEstimate input, RexNode project) {
        if (project instanceof RexInputRef ref) {
            return input.columns().get(ref.getIndex());
        }
        if (project instanceof RexLiteral literal) {
            return ColumnEstimate.ofConstant(LiteralPositions.of(literal));
        }
        double distinct = 1;
        for (int column : RelOptUtil.InputFinder.bits(project)) {
            distinct *= input.columns().get(column).distinct();
        }
        return ColumnEstimate.ofDistinct(Math.min(distinct, input.rows()));
    }

    /** The keys all of whose columns are passed on. */
    private static List<RowsEstimate.Key> keysOf(RowsEstimate input, int[] origins) {
        List<RowsEstimate.Key> keys = new ArrayList<>();
        for (RowsEstimate.Key key : input.keys()) {
            ImmutableBitSet.Builder passed = ImmutableBitSet.builder();
            boolean complete = true;
            for (int column : key.columns()) {
                int output = indexOf(origins, column);
                complete &= output >= 0;
                if (output >= 0) {
                    passed.set(output);
                }
            }
            if (complete) {
                keys.add(new RowsEstimate.Key(passed.build(), key.domain()));
            }
        }
        return keys;
    }

    private static int indexOf(int[] origins, int column) {
        for (int i = 0; i < origins.length; i++) {
            if (origins[i] == column) {
                return i;
            }
        }
        return -1;
    }

    private RowsEstimate aggregate(Aggregate aggregate) {
        RowsEstimate input = estimate(aggregate.getInput());
        double groups = 0;
        for (ImmutableBitSet set : aggregate.getGroupSets()) {
            groups += groups(input, set);
        }
        List<ColumnEstimate> columns = new ArrayList<>();
        for (int column : aggregate.getGroupSet()) {
            columns.add(input.columns().get(column));
        }
        while (columns.size() < aggregate.getRowType().getFieldCount()) {
            columns.add(ColumnEstimate.ofDistinct(groups));
        }
        boolean unique = aggregate.getGroupType() == Aggregate.Group.SIMPLE;
        return new RowsEstimate(
                groups,
                columns,
                unique
                        ? List.of(new RowsEstimate.Key(ImmutableBitSet.range(aggregate.getGroupCount()), groups))
                        : List.of());
    }

    private static double groups(RowsEstimate input, ImmutableBitSet set) {
        if (input.isUnique(set)) {
            return input.rows();
        }
        double product = 1;
        for (int column : set) {
            product *= input.columns().get(column).distinct();
        }
        return set.isEmpty() ? 1 : Math.min(product, input.rows());
    }

    private RowsEstimate correlate(Correlate correlate) {
        RowsEstimate left = estimate(correlate.getLeft());
        JoinRelType type = correlate.getJoinType();
        if (!type.projectsRight()) {
            return left.picked(left.rows() / 2);
        }
        RowsEstimate right = estimate(correlate.getRight());
        double rows = left.rows() * Math.max(right.rows(), type == JoinRelType.LEFT ? 1 : 0);
        List<ColumnEstimate> columns = new ArrayList<>(left.columns());
        columns.addAll(right.columns());
        return new RowsEstimate(rows, columns, List.of());
    }

    private RowsEstimate sort(Sort sort) {
        RowsEstimate input = estimate(sort.getInput());
        Double fetch = sort.fetch instanceof RexLiteral literal ? literal.getValueAs(Double.class) : null;
        return fetch == null || fetch >= input.rows() ? input : input.picked(fetch);
    }
}
