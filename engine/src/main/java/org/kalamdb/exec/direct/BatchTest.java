// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.direct;

import java.util.ArrayList;
import java.util.List;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.exec.QueryContext;
import org.kalamdb.exec.scan.TableScanSource;

/** Finds the rows of batches that satisfy all of some conditions, in one run. Confined to one thread. */
final class BatchTest {
    private final List<ColumnTest> tests;
    private final int[] columns;
    private int[] rows = {};

    /** @param scan whose batches are tested */
    BatchTest(List<ColumnCondition> conditions, TableScanSource scan, QueryContext context) {
        this.columns = scan.positions(
                conditions.stream().mapToInt(ColumnCondition::column).toArray());
        this.tests = new ArrayList<>(conditions.size());
        for (ColumnCondition condition : conditions) {
            tests.add(condition.bind(context));
        }
    }

    boolean isEmpty() {
        return tests.isEmpty();
    }

    /** Tests the rows of a batch, and answers how many satisfy it. */
    int select(ColumnBatch batch) {
        int count = batch.rowCount();
        if (rows.length < count) {
            rows = new int[count];
        }
        for (int i = 0; i < count; i++) {
            rows[i] = i;
        }
        for (int i = 0; i < columns.length && count > 0; i++) {
            count = tests.get(i).select(batch.column(columns[i]), rows, count);
        }
        return count;
    }

    /** One of the rows selected last. @param index from 0, in the order of the batch */
    int row(int index) {
        return rows[index];
    }
}
