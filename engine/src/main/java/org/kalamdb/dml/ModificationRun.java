// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.dml;

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
