// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
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
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.window.WindowDefinition;

/**
 * The rows of its input, which come sorted by partition and order, with the values of window functions behind their own.
 * Holds one partition at a time. Public for generated code.
 */
public final class WindowRows extends SingleRel implements EnumerableRel {
    private final WindowDefinition window;

    WindowRows(RelOptCluster cluster, RelTraitSet traits, RelNode input, RelDataType rowType, WindowDefinition window) {
        super(cluster, traits, input);
        this.rowType = rowType;
        this.window = window;
    }

    @Override
    public RelNode copy(RelTraitSet traitSet, List<RelNode> inputs) {
        return new WindowRows(getCluster(), traitSet, inputs.get(0), getRowType(), window);
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer).item("window", window).item("type", rowType);
    }

    @Override
    public Result implement(EnumerableRelImplementor implementor, Prefer prefer) {
        Result result = implementor.visitChild(this, 0, (EnumerableRel) getInput(), Prefer.ARRAY);
        BlockBuilder code = new BlockBuilder();
        Expression input = result.physType.convertTo(code.append("input", result.block), JavaRowFormat.ARRAY);
        PhysType type = PhysTypeImpl.of(implementor.getTypeFactory(), getRowType(), JavaRowFormat.ARRAY, false);
        code.add(Expressions.return_(
                null,
                Expressions.call(
                        WindowRows.class,
                        "rows",
                        input,
                        implementor.stash(window, WindowDefinition.class),
                        DataContext.ROOT)));
        return implementor.result(type, code.toBlock());
    }

    /** Called by generated code. */
    public static Enumerable<@Nullable Object[]> rows(
            Enumerable<@Nullable Object[]> input, WindowDefinition window, DataContext context) {
        return new AbstractEnumerable<@Nullable Object[]>() {
            @Override
            public Enumerator<@Nullable Object[]> enumerator() {
                return new Rows(input.enumerator(), window, (QueryContext) context);
            }
        };
    }

    /** Reads a partition whenever the last one is used up. */
    private static final class Rows implements Enumerator<@Nullable Object[]> {
        private final Enumerator<@Nullable Object[]> input;
        private final WindowDefinition window;
        private final QueryContext context;
        private Iterator<@Nullable Object[]> partition =
                List.<@Nullable Object[]>of().iterator();
        private @Nullable Object @Nullable [] first;
        private @Nullable Object @Nullable [] current;
        private boolean started;

        Rows(Enumerator<@Nullable Object[]> input, WindowDefinition window, QueryContext context) {
            this.input = input;
            this.window = window;
            this.context = context;
        }

        @Override
        public boolean moveNext() {
            if (!started) {
                started = true;
                first = input.moveNext() ? input.current() : null;
            }
            if (!partition.hasNext()) {
                partition = nextPartition().iterator();
            }
            current = partition.hasNext() ? partition.next() : null;
            return current != null;
        }

        private List<@Nullable Object[]> nextPartition() {
            List<@Nullable Object[]> rows = new ArrayList<>();
            @Nullable Object[] row = first;
            while (row != null && (rows.isEmpty() || window.inOnePartition(rows.get(0), row))) {
                context.checkCancelled();
                rows.add(row);
                row = input.moveNext() ? input.current() : null;
            }
            first = row;
            return rows.isEmpty() ? rows : window.evaluate(rows);
        }

        @Override
        public @Nullable Object[] current() {
            if (current == null) {
                throw new IllegalStateException("There is no current row");
            }
            return current;
        }

        @Override
        public void reset() {
            throw new UnsupportedOperationException("A window is read once");
        }

        @Override
        public void close() {
            input.close();
        }
    }
}
