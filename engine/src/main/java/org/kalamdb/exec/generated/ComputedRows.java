// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.generated;

import org.apache.calcite.DataContext;
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
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.QueryContext;

/** Where generated code meets operators of our own, which take and give rows as arrays. Public for generated code. */
public final class ComputedRows {
    private ComputedRows() {}

    /** What an operator does with the rows of its input. Kept with the plan, so that it must not hold on to the tree. */
    @FunctionalInterface
    public interface Computation {
        /** @return the rows, which close the input's when they are closed or have ended */
        Enumerator<@Nullable Object[]> rows(Enumerable<@Nullable Object[]> input, QueryContext context);
    }

    /** The code of an operator with one input. */
    static EnumerableRel.Result implement(
            EnumerableRel operator, EnumerableRelImplementor implementor, Computation computation) {
        EnumerableRel.Result result =
                implementor.visitChild(operator, 0, (EnumerableRel) operator.getInput(0), EnumerableRel.Prefer.ARRAY);
        BlockBuilder code = new BlockBuilder();
        Expression input = result.physType.convertTo(code.append("input", result.block), JavaRowFormat.ARRAY);
        PhysType type =
                PhysTypeImpl.of(implementor.getTypeFactory(), operator.getRowType(), JavaRowFormat.ARRAY, false);
        code.add(Expressions.return_(
                null,
                Expressions.call(
                        ComputedRows.class,
                        "rows",
                        input,
                        implementor.stash(computation, Computation.class),
                        DataContext.ROOT)));
        return implementor.result(type, code.toBlock());
    }

    /** Called by generated code. */
    public static Enumerable<@Nullable Object[]> rows(
            Enumerable<@Nullable Object[]> input, Computation computation, DataContext context) {
        return new AbstractEnumerable<@Nullable Object[]>() {
            @Override
            public Enumerator<@Nullable Object[]> enumerator() {
                return computation.rows(input, (QueryContext) context);
            }
        };
    }
}
