// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.dml;

import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.exec.QueryContext;

/**
 * One run of a statement that changes rows, once or for each of several sets of parameters. Confined to one thread.
 *
 * <p>What one set changes the next one finds changed, foreign keys carried on; whether rows satisfy their constraints may
 * be tested for all sets together.
 */
public final class ModificationRun {
    private final ModificationPlan plan;
    private final WriteContext context;
    private final WrittenRows written;
    private ReferentialIntegrity integrity;

    ModificationRun(ModificationPlan plan, WriteContext context) {
        this.plan = plan;
        this.context = context;
        this.written = new WrittenRows(plan.returning() != null);
        this.integrity = new ReferentialIntegrity(context, plan.constraints());
    }

    /**
     * Changes rows with the parameters of a context, which else is that of the run.
     *
     * @return how many
     */
    public long change(QueryContext parameters) {
        long before = written.count();
        if (before > 0 && plan.constraints().mayChangeOtherRows()) {
            integrity.finish();
            integrity = new ReferentialIntegrity(context, plan.constraints());
        }
        plan.writer()
                .run(
                        context.withQuery(parameters),
                        integrity.writer(plan.constraints().target()),
                        written);
        return written.count() - before;
    }

    /**
     * Inserts a row for each row of a batch, if the statement can do so with values that stay in their arrays.
     *
     * @param parameters one vector for each parameter, of its type
     * @return false if the statement is to be run once for each row
     * @throws org.kalamdb.error.KalamException if a row is refused; {@link #writtenCount()} tells which one
     */
    public boolean insertColumns(ColumnBatch parameters) {
        if (!(plan.writer() instanceof Insertion insertion)
                || plan.constraints().mayChangeOtherRows()) {
            return false;
        }
        ColumnInsertion columns = insertion.ofColumns();
        if (columns == null) {
            return false;
        }
        columns.run(context, parameters, integrity.writer(plan.constraints().target()), written);
        return true;
    }

    /** How many rows the run has written so far. */
    public int writtenCount() {
        return Math.toIntExact(written.count());
    }

    /**
     * Ends the run: tests what is to be tested when all rows are written.
     *
     * @return the rows written, or removed if it removes them, as internal values of all columns of the table if the
     *     statement answers them; and their number
     */
    public WrittenRows finish() {
        integrity.finish();
        return written;
    }
}
