// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.direct;

import java.util.List;
import org.kalamdb.engine.ResultColumn;
import org.kalamdb.engine.ResultCursor;
import org.kalamdb.exec.BatchQuery;
import org.kalamdb.exec.PlanDescription;
import org.kalamdb.exec.QueryContext;
import org.kalamdb.exec.scan.RowCount;
import org.kalamdb.exec.scan.TableScanSource;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.storage.RowCursor;
import org.kalamdb.storage.ScanDemand;

/** A scan whose rows are tested and counted column by column; no row becomes an object. Safe for use by several threads. */
final class DirectQuery implements BatchQuery {
    private final List<ResultColumn> columns;
    private final TableScanSource scan;
    private final TableDefinition table;
    private final Selection selection;

    /**
     * What becomes of the rows that a scan answers.
     *
     * @param outputs the columns of the answer, as positions in those of the scan
     * @param tests what rows must satisfy
     * @param limit the most rows
     * @param offset rows to leave out first
     */
    record Selection(List<Integer> outputs, List<ColumnCondition> tests, RowCount limit, RowCount offset) {
        Selection {
            outputs = List.copyOf(outputs);
            tests = List.copyOf(tests);
        }

        /** How much of the scan is wanted, given what the counts are for one run. */
        ScanDemand demand(long rows, long skipped) {
            boolean isEnough = tests.isEmpty() && rows <= Long.MAX_VALUE - skipped;
            return new ScanDemand(isEnough ? rows + skipped : Long.MAX_VALUE, true);
        }
    }

    DirectQuery(List<ResultColumn> columns, TableDefinition table, TableScanSource scan, Selection selection) {
        this.columns = columns;
        this.scan = scan;
        this.table = table;
        this.selection = selection;
    }

    /** As in a plan. */
    @Override
    public String toString() {
        return "Scan(" + scan + ColumnCondition.text(selection.tests(), table)
                + (selection.limit().isAlways(Long.MAX_VALUE)
                        ? ""
                        : " limit " + selection.limit().text())
                + (selection.offset().isAlways(0)
                        ? ""
                        : " offset " + selection.offset().text())
                + ")";
    }

    @Override
    public ResultCursor open(QueryContext context) {
        long limit = selection.limit().in(context);
        long offset = selection.offset().in(context);
        RowCursor rows = limit == 0 ? null : scan.open(context, selection.demand(limit, offset));
        BatchTest test = new BatchTest(selection.tests(), scan, context);
        return new SelectedRows(columns, rows, context, selection.outputs(), test, limit, offset);
    }

    @Override
    public PlanDescription describe() {
        return PlanDescription.of(this, toString());
    }
}
