// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.columnar;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.expression.ExpressionCompiler;
import org.kalamdb.exec.expression.ExpressionText;
import org.kalamdb.exec.expression.LaneTypes;
import org.kalamdb.exec.filter.Extremes;
import org.kalamdb.exec.generated.EnumerableConversion;
import org.kalamdb.exec.generated.GeneratedRows;
import org.kalamdb.exec.kernel.Expression;
import org.kalamdb.exec.kernel.LaneType;
import org.kalamdb.exec.operator.AggregateOperator;
import org.kalamdb.exec.operator.ExtremesOperator;
import org.kalamdb.exec.operator.FilterOperator;
import org.kalamdb.exec.operator.LimitOperator;
import org.kalamdb.exec.operator.ProjectOperator;
import org.kalamdb.exec.operator.RowsOperator;
import org.kalamdb.exec.operator.ScanOperator;
import org.kalamdb.exec.scan.FileScanSource;
import org.kalamdb.exec.scan.LeafSource;
import org.kalamdb.exec.scan.LiteralRows;
import org.kalamdb.exec.scan.PrunedScan;
import org.kalamdb.exec.scan.RowCount;
import org.kalamdb.exec.scan.RowsAtHand;
import org.kalamdb.exec.scan.StoredKeyLookup;
import org.kalamdb.exec.scan.StoredScan;
import org.kalamdb.exec.scan.TableScanSource;
import org.kalamdb.exec.scan.WantedOrder;
import org.kalamdb.plan.FileTable;

/**
 * Turns an optimised plan into columnar operators by one walk over the tree. What has no columnar operator, or computes with
 * an expression that has no kernels, runs in Calcite's convention, and its rows become batches. Confined to one thread.
 */
final class ColumnarConversion {
    private final RexBuilder rexBuilder;
    private final ExpressionCompiler expressions;
    private final CommonSubplans common;

    /** @param common what occurs several times in the whole plan */
    ColumnarConversion(RexBuilder rexBuilder, CommonSubplans common) {
        this.rexBuilder = rexBuilder;
        this.common = common;
        this.expressions = new ExpressionCompiler(rexBuilder);
    }

    /** A columnar plan, of whose inputs some may not be; null if its top itself is not. */
    @Nullable
    OperatorPlan convert(RelNode rel) {
        OperatorPlan reader = common.reader(rel, () -> estimated(rel));
        return reader == null ? estimated(rel) : reader;
    }

    /** The rows of a columnar plan for parts of one that has none; null if there is none. */
    @Nullable
    LeafSource leaf(RelNode rel) {
        OperatorPlan plan = convert(rel);
        return plan == null ? null : new ColumnarRows(plan, rel.getRowType().getFieldCount());
    }

    private @Nullable OperatorPlan estimated(RelNode rel) {
        OperatorPlan plan = operators(rel);
        return plan == null ? null : plan.withEstimate(rowCount(rel));
    }

    /** How many rows are thought to come out. */
    private static double rowCount(RelNode rel) {
        return rel.getCluster().getMetadataQuery().getRowCount(rel);
    }

    private @Nullable OperatorPlan operators(RelNode rel) {
        StoredScan scan = StoredScan.ofAnyTable(rel);
        if (scan != null) {
            return scan.isStored() ? scan(scan, scan.way(null, rexBuilder)) : fileScan(scan);
        }
        if (rel instanceof Filter filter) {
            return filter(filter);
        }
        if (rel instanceof Project project) {
            return project(project);
        }
        if (rel instanceof Values values) {
            return rows(LiteralRows.of(values), values.getRowType());
        }
        if (rel instanceof Aggregate aggregate) {
            return aggregate(aggregate);
        }
        if (rel instanceof Join join) {
            return join(join);
        }
        if (rel instanceof Sort sort) {
            return sort(sort);
        }
        if (rel instanceof Window window) {
            return new WindowConversion(window).convert(input(window.getInput()));
        }
        return rel instanceof SetOp operation ? setOperation(operation) : null;
    }

    /** A plan for {@code rel} in any case. */
    private OperatorPlan input(RelNode rel) {
        OperatorPlan plan = convert(rel);
        return plan == null ? generated(rel) : plan;
    }

    private OperatorPlan generated(RelNode rel) {
        GeneratedRows rows = GeneratedRows.of(new EnumerableConversion(rexBuilder, this::leaf).convert(rel));
        List<LaneType> types = LaneTypes.ofFields(rel.getRowType());
        OperatorPlan plan = OperatorPlan.whole(
                "Rows(\n" + rows + ")",
                List.of(),
                context -> new RowsOperator(rows.bind(context).enumerator(), types, context));
        return plan.withEstimate(rowCount(rel));
    }

    private static OperatorPlan rows(LeafSource source, RelDataType rowType) {
        List<LaneType> types = LaneTypes.ofFields(rowType);
        return OperatorPlan.whole(
                "Rows(" + source + ")",
                List.of(),
                context -> new RowsOperator(source.rows(context).enumerator(), types, context));
    }

    private @Nullable OperatorPlan scan(StoredScan stored, StoredScan.Way way) {
        return projected(unprojectedScan(stored, way));
    }

    private @Nullable Unprojected unprojectedScan(StoredScan stored, StoredScan.Way way) {
        RexNode residual = RexUtil.composeConjunction(rexBuilder, way.residual(), true);
        PrunedScan pruned = PrunedScan.of(stored.scan(), residual, stored.projects());
        OperatorPlan rows = rows(stored, pruned, way);
        boolean readsAll = way.readsAll();
        return unprojected(readsAll ? rows.withEstimate(rowCount(stored.scan())) : rows, pruned, stored.filtered());
    }

    private static OperatorPlan rows(StoredScan stored, PrunedScan pruned, StoredScan.Way way) {
        if (stored.isAtHand()) {
            return rows(new RowsAtHand(stored.table().origin(), pruned.fields()), pruned.rowType());
        }
        TableScanSource source = pruned.source(stored.table(), way);
        if (source.hasRowKey()) {
            return rows(source, pruned.rowType());
        }
        int columnCount = pruned.fields().length;
        StoredKeyLookup lookup = new StoredKeyLookup(source, stored.table().statistics());
        return new OperatorPlan(
                "Scan(" + source + ")",
                List.of(),
                context -> ScanOperator.all(source.openParts(context), lookup.in(context), columnCount, context),
                context -> ScanOperator.split(source.openParts(context), lookup.in(context), columnCount, context));
    }

    /** Null if the scan reads what a recursive query has found so far, and no file. */
    private @Nullable OperatorPlan fileScan(StoredScan scan) {
        FileTable table = PrunedScan.fileTable(scan.scan());
        if (table == null) {
            return null;
        }
        PrunedScan pruned = PrunedScan.of(scan.scan(), scan.condition(), scan.projects());
        OperatorPlan rows = rows(new FileScanSource(table.files(), pruned.fields()), pruned.rowType());
        return projected(unprojected(rows, pruned, scan.filtered()));
    }

    /** Rows and what is to be computed of them. @param projects over the fields of {@code rowType} */
    private record Unprojected(OperatorPlan rows, RelDataType rowType, List<RexNode> projects) {}

    /** The filter over a scan. @param result what it leaves */
    private @Nullable Unprojected unprojected(OperatorPlan rows, PrunedScan pruned, RelNode result) {
        OperatorPlan filtered = pruned.condition() == null
                ? rows
                : filtered(rows, pruned.condition(), ExpressionText.over(rexBuilder, pruned.rowType()));
        return filtered == null
                ? null
                : new Unprojected(filtered.withEstimate(rowCount(result)), pruned.rowType(), pruned.projects());
    }

    private @Nullable OperatorPlan projected(@Nullable Unprojected rows) {
        return rows == null
                ? null
                : projected(rows.rows, rows.rowType, rows.projects, ExpressionText.over(rexBuilder, rows.rowType));
    }

    /** The rows of {@code rel} without the projection it ends with, if there is one that may be computed of some rows only. */
    private @Nullable Unprojected unprojected(RelNode rel) {
        StoredScan stored = StoredScan.of(rel);
        if (stored != null && (stored.projects() == null || areDeterministic(stored.projects()))) {
            return unprojectedScan(stored, stored.way(null, rexBuilder));
        }
        if (rel instanceof Project project && areDeterministic(project.getProjects())) {
            RelNode input = project.getInput();
            return new Unprojected(input(input), input.getRowType(), project.getProjects());
        }
        return new Unprojected(input(rel), rel.getRowType(), PrunedScan.identity(rel.getRowType()));
    }

    private static boolean areDeterministic(List<RexNode> nodes) {
        return nodes.stream().allMatch(RexUtil::isDeterministic);
    }

    private @Nullable OperatorPlan filter(Filter filter) {
        Expression condition = expressions.compile(filter.getCondition());
        return condition == null
                ? null
                : filtered(
                        input(filter.getInput()),
                        condition,
                        text(filter.getInput()).of(filter.getCondition()));
    }

    private @Nullable OperatorPlan filtered(OperatorPlan input, RexNode condition, ExpressionText text) {
        Expression compiled = expressions.compile(condition);
        return compiled == null ? null : filtered(input, compiled, text.of(condition));
    }

    private ExpressionText text(RelNode input) {
        return ExpressionText.over(rexBuilder, input.getRowType());
    }

    private static OperatorPlan filtered(OperatorPlan input, Expression condition, String text) {
        return OperatorPlan.overEach(
                input, "Filter(" + text + ")", (rows, context) -> new FilterOperator(rows, condition.open(context)));
    }

    private @Nullable OperatorPlan project(Project project) {
        List<Expression> compiled = expressions.compileAll(project.getProjects());
        return compiled == null
                ? null
                : projected(
                        input(project.getInput()),
                        compiled,
                        text(project.getInput()).ofAll(project.getProjects()));
    }

    private @Nullable OperatorPlan projected(
            OperatorPlan input, RelDataType inputType, List<RexNode> projects, ExpressionText text) {
        if (RexUtil.isIdentity(projects, inputType)) {
            return input;
        }
        List<Expression> compiled = expressions.compileAll(projects);
        return compiled == null ? null : projected(input, compiled, text.ofAll(projects));
    }

    private static OperatorPlan projected(OperatorPlan input, List<Expression> projects, String text) {
        return OperatorPlan.overEach(
                input,
                "Project(" + text + ")",
                (rows, context) -> new ProjectOperator(rows, Expression.openAll(projects, context)));
    }

    private @Nullable OperatorPlan aggregate(Aggregate aggregate) {
        RelNode byKey = ExtremesByKey.of(aggregate, rexBuilder);
        if (byKey != null) {
            return byKey instanceof Aggregate first ? aggregateOfAll(first) : convert(byKey);
        }
        return aggregateOfAll(aggregate);
    }

    private @Nullable OperatorPlan aggregateOfAll(Aggregate aggregate) {
        AggregateCompiler compiler = new AggregateCompiler(aggregate);
        AggregateOperator.Definition definition = compiler.definition();
        if (definition == null) {
            return null;
        }
        String text = compiler.text(text(aggregate.getInput()));
        OperatorPlan input = input(aggregate.getInput());
        int column = compiler.soughtColumn();
        if (column < 0) {
            return OperatorPlan.overAll(
                    input,
                    "Aggregate(" + text + ")",
                    (rows, context) -> new AggregateOperator(rows, definition, context));
        }
        Extremes sought = compiler.sought();
        return OperatorPlan.overAll(
                input,
                "Aggregate(" + text + ", furthest first)",
                (rows, context) ->
                        new AggregateOperator(ExtremesOperator.over(rows, column, sought), definition, context));
    }

    private @Nullable OperatorPlan join(Join join) {
        JoinCompiler compiler = new JoinCompiler(join, rexBuilder, expressions);
        return compiler.isPossible() ? compiler.plan(input(join.getLeft()), input(join.getRight())) : null;
    }

    private @Nullable OperatorPlan sort(Sort sort) {
        if (sort.getCollation().getFieldCollations().isEmpty()) {
            return limited(input(sort.getInput()), sort);
        }
        StoredScan stored = StoredScan.of(sort.getInput());
        StoredScan.Way way = stored == null ? null : stored.way(WantedOrder.of(sort, stored.projects()), rexBuilder);
        if (stored != null && way != null && way.isOrdered()) {
            OperatorPlan inOrder = scan(stored, way);
            return inOrder == null || sort.offset == null && sort.fetch == null ? inOrder : limited(inOrder, sort);
        }
        OperatorPlan first = sort.fetch == null ? null : firstRows(sort);
        return first == null ? sorted(input(sort.getInput()), sort) : first;
    }

    /** A sort of which only some of the first rows are wanted; null if something has no kernels. */
    private @Nullable OperatorPlan firstRows(Sort sort) {
        Unprojected below = unprojected(sort.getInput());
        List<Expression> compiled = below == null ? null : expressions.compileAll(below.projects);
        if (below == null || compiled == null) {
            return null;
        }
        Ordering ordering = Ordering.of(sort);
        return OperatorPlan.overAll(
                below.rows,
                "TopRows("
                        + ExpressionText.over(rexBuilder, below.rowType)
                                .ofSortKeys(sort.getCollation().getFieldCollations(), below.projects)
                        + ", " + bounds(sort) + ")",
                (rows, context) -> ordering.firstRows(rows, compiled, context));
    }

    private static OperatorPlan limited(OperatorPlan input, Sort sort) {
        RowCount offset = RowCount.of(sort.offset, 0);
        RowCount fetch = RowCount.of(sort.fetch, Long.MAX_VALUE);
        return OperatorPlan.over(
                input,
                "Limit(" + bounds(sort) + ")",
                (rows, context) -> new LimitOperator(rows, offset.in(context), fetch.in(context)));
    }

    private OperatorPlan sorted(OperatorPlan input, Sort sort) {
        Ordering ordering = Ordering.of(sort);
        boolean bounded = sort.offset != null || sort.fetch != null;
        return OperatorPlan.overAll(
                input,
                "Sort(" + text(sort.getInput()).ofSortKeys(sort.getCollation().getFieldCollations())
                        + (bounded ? ", " + bounds(sort) : "") + ")",
                ordering::rows);
    }

    private static String bounds(Sort sort) {
        return (sort.offset == null ? "" : "offset " + sort.offset)
                + (sort.offset == null || sort.fetch == null ? "" : ", ")
                + (sort.fetch == null ? "" : "fetch " + sort.fetch);
    }

    private @Nullable OperatorPlan setOperation(SetOp operation) {
        List<LaneType> types = LaneTypes.ofFields(operation.getRowType());
        List<OperatorPlan> inputs = new ArrayList<>();
        for (RelNode input : operation.getInputs()) {
            if (!LaneTypes.ofFields(input.getRowType()).equals(types)) {
                return null;
            }
            inputs.add(input(input));
        }
        return new SetOperations(types).of(operation, inputs);
    }
}
