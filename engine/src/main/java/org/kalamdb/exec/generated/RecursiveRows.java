// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.generated;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.adapter.enumerable.JavaRowFormat;
import org.apache.calcite.adapter.enumerable.PhysType;
import org.apache.calcite.adapter.enumerable.PhysTypeImpl;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.BiRel;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.logical.LogicalRepeatUnion;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.QueryContext;
import org.kalamdb.exec.expression.LaneTypes;
import org.kalamdb.exec.kernel.LaneType;
import org.kalamdb.exec.operator.OperatorRows;
import org.kalamdb.exec.operator.RecursiveOperator;
import org.kalamdb.exec.operator.RowsOperator;

/** A recursive query: the rows of a seed, and of a step that reads what was found last. Public for generated code. */
public final class RecursiveRows extends BiRel implements EnumerableRel {
    private final String name;
    private final boolean keepsDuplicates;

    private RecursiveRows(
            RelOptCluster cluster,
            RelTraitSet traits,
            RelNode seed,
            RelNode step,
            RelDataType rowType,
            String name,
            boolean keepsDuplicates) {
        super(cluster, traits, seed, step);
        this.rowType = rowType;
        this.name = name;
        this.keepsDuplicates = keepsDuplicates;
    }

    /**
     * @param seed in the enumerable convention, as the step
     * @param step reads what was found last by a {@link TransientScan}
     */
    static RecursiveRows create(LogicalRepeatUnion union, RelNode seed, RelNode step) {
        return new RecursiveRows(
                union.getCluster(),
                union.getCluster().traitSetOf(EnumerableConvention.INSTANCE),
                seed,
                step,
                union.getRowType(),
                Util.last(requireNonNull(union.getTransientTable()).getQualifiedName()),
                union.all);
    }

    @Override
    public RelNode copy(RelTraitSet traitSet, List<RelNode> inputs) {
        return new RecursiveRows(
                getCluster(), traitSet, inputs.get(0), inputs.get(1), getRowType(), name, keepsDuplicates);
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer).item("name", name).item("all", keepsDuplicates);
    }

    /** What a plan knows of a recursive query. Public for generated code. */
    public record Definition(String name, boolean keepsDuplicates, List<LaneType> types) {}

    @Override
    public Result implement(EnumerableRelImplementor implementor, Prefer prefer) {
        BlockBuilder code = new BlockBuilder();
        Expression seed = rows(implementor, code, 0, "seed");
        Expression step = rows(implementor, code, 1, "step");
        Definition definition = new Definition(name, keepsDuplicates, LaneTypes.ofFields(getRowType()));
        PhysType type = PhysTypeImpl.of(implementor.getTypeFactory(), getRowType(), JavaRowFormat.ARRAY, false);
        code.add(Expressions.return_(
                null,
                Expressions.call(
                        RecursiveRows.class,
                        "rows",
                        seed,
                        step,
                        implementor.stash(definition, Definition.class),
                        DataContext.ROOT)));
        return implementor.result(type, code.toBlock());
    }

    private Expression rows(EnumerableRelImplementor implementor, BlockBuilder code, int input, String variable) {
        Result result = implementor.visitChild(this, input, (EnumerableRel) getInput(input), Prefer.ARRAY);
        return result.physType.convertTo(code.append(variable, result.block), JavaRowFormat.ARRAY);
    }

    /** Called by generated code. */
    public static Enumerable<@Nullable Object[]> rows(
            Enumerable<@Nullable Object[]> seed,
            Enumerable<@Nullable Object[]> step,
            Definition definition,
            DataContext context) {
        return new AbstractEnumerable<@Nullable Object[]>() {
            @Override
            public Enumerator<@Nullable Object[]> enumerator() {
                QueryContext query = (QueryContext) context;
                RecursiveOperator operator = new RecursiveOperator(
                        () -> new RowsOperator(seed.enumerator(), definition.types, query),
                        recursion -> {
                            query.setRecursion(definition.name, recursion);
                            return new RowsOperator(step.enumerator(), definition.types, query);
                        },
                        definition.types,
                        definition.keepsDuplicates,
                        query);
                return new OperatorRows(operator, definition.types.size());
            }
        };
    }
}
