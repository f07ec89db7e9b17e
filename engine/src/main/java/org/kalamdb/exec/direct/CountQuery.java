// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.direct;

import java.util.List;
import org.kalamdb.engine.ResultColumn;
import org.kalamdb.engine.ResultCursor;
import org.kalamdb.engine.batch.BatchBuilder;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.exec.BatchQuery;
import org.kalamdb.exec.PlanDescription;
import org.kalamdb.exec.QueryContext;
import org.kalamdb.exec.scan.TableScanSource;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.storage.RowCursor;
import org.kalamdb.storage.ScanDemand;
import org.kalamdb.type.KalamDataType;

/** The number of rows of one table that satisfy some tests. Safe for use by several threads. */
final class CountQuery implements BatchQuery {
    private final List<ResultColumn> columns;
    private final TableDefinition table;
    private final TableScanSource scan;
    private final List<ColumnCondition> tests;

    /**
     * @param label of the one column of the answer
     * @param scan of the columns that are tested
     */
    CountQuery(String label, TableDefinition table, TableScanSource scan, List<ColumnCondition> tests) {
        this.columns = List.of(new ResultColumn(label, KalamDataType.BIGINT, false, null, null));
        this.table = table;
        this.scan = scan;
        this.tests = List.copyOf(tests);
    }

    List<ResultColumn> columns() {
        return columns;
    }

    @Override
    public ResultCursor open(QueryContext context) {
        BatchBuilder builder = new BatchBuilder(List.of(KalamDataType.BIGINT), 1);
        builder.appendRow(count(context));
        return new OneBatch(columns, builder.build());
    }

    private long count(QueryContext context) {
        BatchTest test = new BatchTest(tests, scan, context);
        long count = 0;
        try (RowCursor rows = scan.open(context, ScanDemand.ALL_ROWS_ALONE)) {
            if (rows == null) {
                return 0;
            }
            for (ColumnBatch batch = rows.next(); batch != null; batch = rows.next()) {
                context.checkCancelled();
                count += test.isEmpty() ? batch.rowCount() : test.select(batch);
            }
        }
        return count;
    }

    @Override
    public PlanDescription describe() {
        return PlanDescription.of(this, toString());
    }

    /** As in a plan. */
    @Override
    public String toString() {
        return "Count(" + scan + ColumnCondition.text(tests, table) + ")";
    }
}
