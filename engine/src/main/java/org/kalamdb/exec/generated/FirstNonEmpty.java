// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.generated;

import java.util.List;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.adapter.enumerable.JavaRowFormat;
import org.apache.calcite.adapter.enumerable.PhysType;
import org.apache.calcite.adapter.enumerable.PhysTypeImpl;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.Linq4j;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.BiRel;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;

/** The rows of its left input, or those of its right input if the left one has none. Public for generated code. */
public final class FirstNonEmpty extends BiRel implements EnumerableRel {
    private FirstNonEmpty(RelOptCluster cluster, RelTraitSet traits, RelNode left, RelNode right) {
        super(cluster, traits, left, right);
    }

    static FirstNonEmpty create(RelNode left, RelNode right) {
        return new FirstNonEmpty(left.getCluster(), left.getTraitSet(), left, right);
    }

    @Override
    protected RelDataType deriveRowType() {
        return getLeft().getRowType();
    }

    @Override
    public RelNode copy(RelTraitSet traitSet, List<RelNode> inputs) {
        return new FirstNonEmpty(getCluster(), traitSet, inputs.get(0), inputs.get(1));
    }

    @Override
    public Result implement(EnumerableRelImplementor implementor, Prefer prefer) {
        PhysType type = PhysTypeImpl.of(implementor.getTypeFactory(), getRowType(), prefer.preferArray());
        BlockBuilder code = new BlockBuilder();
        Expression left = input(implementor, code, 0, type.getFormat());
        Expression right = input(implementor, code, 1, type.getFormat());
        code.add(Expressions.return_(null, Expressions.call(FirstNonEmpty.class, "rows", left, right)));
        return implementor.result(type, code.toBlock());
    }

    private Expression input(EnumerableRelImplementor implementor, BlockBuilder code, int index, JavaRowFormat format) {
        Result result = implementor.visitChild(this, index, (EnumerableRel) getInput(index), Prefer.ARRAY);
        return result.physType.convertTo(code.append("input" + index, result.block), format);
    }

    /** Called by generated code. */
    public static <T> Enumerable<T> rows(Enumerable<T> first, Enumerable<T> second) {
        return new AbstractEnumerable<T>() {
            @Override
            public Enumerator<T> enumerator() {
                Enumerator<T> rows = first.enumerator();
                if (!rows.moveNext()) {
                    rows.close();
                    return second.enumerator();
                }
                return Linq4j.singletonEnumerable(rows.current())
                        .concat(remaining(rows))
                        .enumerator();
            }
        };
    }

    private static <T> Enumerable<T> remaining(Enumerator<T> rows) {
        return new AbstractEnumerable<T>() {
            @Override
            public Enumerator<T> enumerator() {
                return rows;
            }
        };
    }
}
