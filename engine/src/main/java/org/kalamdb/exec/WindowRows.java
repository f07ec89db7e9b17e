// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.linq4j.Enumerator;
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
 * Holds one partition at a time.
 */
final class WindowRows extends SingleRel implements EnumerableRel {
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
        WindowDefinition definition = window;
        return ComputedRows.implement(
                this, implementor, (input, context) -> new Rows(input.enumerator(), definition, context));
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
            return rows.isEmpty() ? rows : window.evaluate(rows, context::checkCancelled);
        }

        @Override
        public @Nullable Object[] current() {
            if (current == null) {
                throw new IllegalStateException("There is no current row");
            }
            return current;
        }

        /** Optional by its contract, and asked for by nobody. */
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
