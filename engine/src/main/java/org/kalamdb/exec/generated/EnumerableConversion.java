// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.generated;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.calcite.adapter.enumerable.EnumerableAggregate;
import org.apache.calcite.adapter.enumerable.EnumerableCalc;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableHashJoin;
import org.apache.calcite.adapter.enumerable.EnumerableIntersect;
import org.apache.calcite.adapter.enumerable.EnumerableLimit;
import org.apache.calcite.adapter.enumerable.EnumerableMinus;
import org.apache.calcite.adapter.enumerable.EnumerableNestedLoopJoin;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRules;
import org.apache.calcite.adapter.enumerable.EnumerableUnion;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.InvalidRelException;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.convert.ConverterRule;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Collect;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Intersect;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinInfo;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Uncollect;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rel.logical.LogicalCorrelate;
import org.apache.calcite.rel.logical.LogicalMatch;
import org.apache.calcite.rel.logical.LogicalRepeatUnion;
import org.apache.calcite.rel.logical.LogicalTableFunctionScan;
import org.apache.calcite.rel.logical.LogicalTableSpool;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexProgramBuilder;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.exec.lowering.MachineCalls;
import org.kalamdb.exec.scan.FileScanSource;
import org.kalamdb.exec.scan.LeafSource;
import org.kalamdb.exec.scan.LiteralRows;
import org.kalamdb.exec.scan.PrunedScan;
import org.kalamdb.exec.scan.RowsAtHand;
import org.kalamdb.exec.scan.StoredScan;
import org.kalamdb.exec.scan.WantedOrder;
import org.kalamdb.function.Conditions;
import org.kalamdb.plan.FileTable;

/**
 * Turns an optimised plan into Calcite's enumerable convention by one walk over the tree: each logical operator has one
 * physical form, so there is nothing to search. Scans read only the columns that are used and take what a key can
 * answer of the filter and the order above them. Confined to one thread.
 */
public final class EnumerableConversion {
    private static final Map<Class<? extends RelNode>, ConverterRule> RULES = Map.ofEntries(
            rule(LogicalCorrelate.class, EnumerableRules.ENUMERABLE_CORRELATE_RULE),
            rule(LogicalMatch.class, EnumerableRules.ENUMERABLE_MATCH_RULE),
            rule(LogicalTableFunctionScan.class, EnumerableRules.ENUMERABLE_TABLE_FUNCTION_SCAN_RULE),
            rule(Collect.class, EnumerableRules.ENUMERABLE_COLLECT_RULE),
            rule(Uncollect.class, EnumerableRules.ENUMERABLE_UNCOLLECT_RULE));

    private final RexBuilder rexBuilder;
    private final Function<RelNode, @Nullable LeafSource> withoutCode;

    /** @param withoutCode answers the rows of what is below the top of a plan and needs no code; null for all other parts */
    public EnumerableConversion(RexBuilder rexBuilder, Function<RelNode, @Nullable LeafSource> withoutCode) {
        this.rexBuilder = rexBuilder;
        this.withoutCode = withoutCode;
    }

    public EnumerableRel convert(RelNode rel) {
        return new TypeLowering(rexBuilder).lower(physical(rel));
    }

    /** The input of an enumerable node: a leaf where its rows need no code. */
    private RelNode toEnumerable(RelNode rel) {
        LeafSource rows = withoutCode.apply(rel);
        return rows == null
                ? physical(rel)
                : new EnumerableLeaf(
                        rel.getCluster(),
                        rel.getRowType(),
                        rows,
                        rel.estimateRowCount(rel.getCluster().getMetadataQuery()));
    }

    private RelNode physical(RelNode rel) {
        StoredScan stored = StoredScan.of(rel);
        if (stored != null) {
            return scan(stored, stored.way(null, rexBuilder));
        }
        if (rel instanceof Project project && project.getInput() instanceof Filter filter) {
            return calc(filter.getInput(), filter.getCondition(), project.getProjects(), project.getRowType());
        }
        if (rel instanceof Project project) {
            return calc(project.getInput(), null, project.getProjects(), project.getRowType());
        }
        if (rel instanceof Filter filter) {
            return calc(filter.getInput(), filter.getCondition(), null, filter.getRowType());
        }
        if (rel instanceof TableScan scan && PrunedScan.fileTable(scan) != null) {
            return fileScan(scan, null, null, scan.getRowType());
        }
        if (rel instanceof TableScan scan) {
            return new TransientScan(scan);
        }
        if (rel instanceof LogicalRepeatUnion union) {
            return RecursiveRows.create(union, round(union.getSeedRel()), round(union.getIterativeRel()));
        }
        if (rel instanceof Values values) {
            return new EnumerableLeaf(
                    values.getCluster(),
                    values.getRowType(),
                    LiteralRows.of(values),
                    values.getTuples().size());
        }
        if (rel instanceof Join join) {
            return join(join);
        }
        if (rel instanceof Sort sort) {
            return sort(sort);
        }
        if (rel instanceof SetOp setOp) {
            return setOp(setOp);
        }
        if (rel instanceof Window window) {
            return WindowRows.of(window, toEnumerable(window.getInput()));
        }
        if (rel instanceof Aggregate aggregate && AggregatedRows.isNeeded(aggregate)) {
            return AggregatedRows.of(aggregate, toEnumerable(aggregate.getInput()));
        }
        if (rel instanceof Aggregate aggregate && GroupingSets.haveTotal(aggregate)) {
            return FirstNonEmpty.create(aggregate(aggregate), toEnumerable(GroupingSets.totalOfNothing(aggregate)));
        }
        return rel instanceof Aggregate aggregate ? aggregate(aggregate) : byRule(rel);
    }

    /** Made by hand: Calcite's rules refuse inputs that are sorted. */
    private RelNode setOp(SetOp setOp) {
        List<RelNode> inputs =
                setOp.getInputs().stream().map(this::toEnumerable).toList();
        RelTraitSet traits = setOp.getCluster().traitSetOf(EnumerableConvention.INSTANCE);
        if (setOp instanceof Union) {
            return new EnumerableUnion(setOp.getCluster(), traits, inputs, setOp.all);
        }
        return setOp instanceof Intersect
                ? new EnumerableIntersect(setOp.getCluster(), traits, inputs, setOp.all)
                : new EnumerableMinus(setOp.getCluster(), traits, inputs, setOp.all);
    }

    /** Made by hand as set operations are. */
    private RelNode aggregate(Aggregate aggregate) {
        try {
            return new EnumerableAggregate(
                    aggregate.getCluster(),
                    aggregate.getCluster().traitSetOf(EnumerableConvention.INSTANCE),
                    toEnumerable(aggregate.getInput()),
                    aggregate.getGroupSet(),
                    aggregate.getGroupSets(),
                    aggregate.getAggCallList());
        } catch (InvalidRelException e) {
            throw notSupported(aggregate, e);
        }
    }

    private RelNode byRule(RelNode rel) {
        for (Map.Entry<Class<? extends RelNode>, ConverterRule> entry : RULES.entrySet()) {
            if (entry.getKey().isInstance(rel)) {
                RelNode converted = entry.getValue().convert(rel.copy(rel.getTraitSet(), inputs(rel)));
                if (converted != null) {
                    return converted;
                }
            }
        }
        throw notSupported(rel, null);
    }

    private static KalamException notSupported(RelNode rel, @Nullable Exception cause) {
        return new KalamException(
                ErrorCode.NOT_SUPPORTED, "Unsupported function or operation in query: " + describe(rel), cause);
    }

    /** What runs again and again with other rows around it, known only to generated code, is generated as a whole. */
    private RelNode generated(RelNode rel) {
        return new EnumerableConversion(rexBuilder, part -> null).physical(rel);
    }

    /** A part of a recursive query; its rows are kept by the query. */
    private RelNode round(RelNode rel) {
        return generated(rel instanceof LogicalTableSpool spool ? spool.getInput() : rel);
    }

    private List<RelNode> inputs(RelNode rel) {
        if (rel instanceof LogicalCorrelate correlate) {
            return List.of(toEnumerable(correlate.getLeft()), generated(correlate.getRight()));
        }
        return rel.getInputs().stream().map(this::toEnumerable).toList();
    }

    private static String describe(RelNode rel) {
        return rel instanceof Aggregate aggregate
                ? aggregate.getAggCallList().stream()
                        .map(call -> call.getAggregation().getName())
                        .collect(Collectors.joining(", "))
                : rel.getRelTypeName();
    }

    /** Filter and projection over an input, fused. */
    private RelNode calc(
            RelNode input, @Nullable RexNode condition, @Nullable List<RexNode> projects, RelDataType rowType) {
        return input instanceof TableScan scan && PrunedScan.fileTable(scan) != null
                ? fileScan(scan, condition, projects, rowType)
                : calcOver(toEnumerable(input), condition, projects, rowType);
    }

    private RelNode calcOver(
            RelNode input, @Nullable RexNode condition, @Nullable List<RexNode> projects, RelDataType rowType) {
        if (condition == null && projects != null && RexUtil.isIdentity(projects, input.getRowType())) {
            return input;
        }
        RexProgramBuilder program = new RexProgramBuilder(input.getRowType(), rexBuilder);
        if (condition != null) {
            program.addCondition(condition);
        }
        if (projects == null) {
            program.addIdentity();
        } else {
            for (int i = 0; i < projects.size(); i++) {
                program.addProject(projects.get(i), rowType.getFieldNames().get(i));
            }
        }
        return EnumerableCalc.create(input, program.getProgram());
    }

    /** A scan with what its path does not do itself of the filter and projection over it. */
    private RelNode scan(StoredScan stored, StoredScan.Way way) {
        RexNode residual = RexUtil.composeConjunction(rexBuilder, way.residual(), true);
        PrunedScan pruned = PrunedScan.ofSomeColumn(stored.scan(), residual, stored.projects());
        double rowCount = stored.scan().getTable().getRowCount();
        RelNode rows = stored.isAtHand()
                ? leaf(pruned, new RowsAtHand(stored.table().origin(), pruned.fields()), rowCount)
                : leaf(pruned, pruned.source(stored.table(), way), way.estimatedRowCount(rowCount));
        return calcOver(rows, pruned.condition(), pruned.projects(), stored.rowType());
    }

    private RelNode fileScan(
            TableScan scan, @Nullable RexNode condition, @Nullable List<RexNode> projects, RelDataType rowType) {
        FileTable table = requireNonNull(PrunedScan.fileTable(scan), "The scan reads no file");
        PrunedScan pruned = PrunedScan.ofSomeColumn(scan, condition, projects);
        RelNode rows = leaf(
                pruned,
                new FileScanSource(table.files(), pruned.fields()),
                scan.getTable().getRowCount());
        return calcOver(rows, pruned.condition(), pruned.projects(), rowType);
    }

    private static EnumerableLeaf leaf(PrunedScan pruned, LeafSource source, double rowCount) {
        return new EnumerableLeaf(pruned.scan().getCluster(), pruned.rowType(), source, rowCount);
    }

    private RelNode join(Join join) {
        RelNode left = toEnumerable(join.getLeft());
        RelNode right = toEnumerable(join.getRight());
        RexNode condition = join.getCondition();
        JoinInfo info = JoinInfo.of(left, right, condition);
        if (info.leftKeys.isEmpty() || !sameKeyClasses(left, right, info)) {
            return EnumerableNestedLoopJoin.create(
                    left, right, holds(condition), join.getVariablesSet(), join.getJoinType());
        }
        List<RexNode> conjuncts = new ArrayList<>();
        conjuncts.add(info.getEquiCondition(left, right, rexBuilder));
        info.nonEquiConditions.forEach(each -> conjuncts.add(holds(each)));
        return EnumerableHashJoin.create(
                left,
                right,
                RexUtil.composeConjunction(rexBuilder, conjuncts),
                join.getVariablesSet(),
                join.getJoinType());
    }

    /** The condition as a Java boolean, which the predicate of a join has to be; of Calcite's code not every one is. */
    private RexNode holds(RexNode condition) {
        return condition.isAlwaysTrue()
                ? condition
                : new MachineCalls(rexBuilder)
                        .call(
                                rexBuilder.getTypeFactory().createSqlType(SqlTypeName.BOOLEAN),
                                Conditions.class,
                                "holds",
                                condition);
    }

    /** Keys meet in a hash table as Java objects, so an INT key would never find an equal BIGINT one, nor a zero the other. */
    private static boolean sameKeyClasses(RelNode left, RelNode right, JoinInfo info) {
        for (int i = 0; i < info.leftKeys.size(); i++) {
            RelDataType leftType =
                    left.getRowType().getFieldList().get(info.leftKeys.get(i)).getType();
            RelDataType rightType =
                    right.getRowType().getFieldList().get(info.rightKeys.get(i)).getType();
            if (SqlTypeUtil.isApproximateNumeric(leftType)
                    || !SqlTypeUtil.equalSansNullability(leftType, rightType)
                            && !(SqlTypeUtil.inCharFamily(leftType) && SqlTypeUtil.inCharFamily(rightType))) {
                return false;
            }
        }
        return true;
    }

    private RelNode sort(Sort sort) {
        RexNode offset = sort.offset;
        RexNode fetch = sort.fetch;
        StoredScan stored = StoredScan.of(sort.getInput());
        StoredScan.Way way = stored == null ? null : stored.way(WantedOrder.of(sort, stored.projects()), rexBuilder);
        RelNode input = stored == null || way == null ? toEnumerable(sort.getInput()) : scan(stored, way);
        if (way != null && way.isOrdered()) {
            return offset == null && fetch == null ? input : EnumerableLimit.create(input, offset, fetch);
        }
        if (sort.getCollation().getFieldCollations().isEmpty()) {
            return EnumerableLimit.create(input, offset, fetch);
        }
        return SortedRows.create(input, sort.getCollation(), offset, fetch);
    }

    private static Map.Entry<Class<? extends RelNode>, ConverterRule> rule(
            Class<? extends RelNode> relClass, org.apache.calcite.plan.RelOptRule rule) {
        return Map.entry(relClass, (ConverterRule) rule);
    }
}
