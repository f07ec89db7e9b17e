// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.exec.kernel.RowBatch;
import org.kalamdb.exec.kernel.Run;
import org.kalamdb.exec.kernel.StoredBatch;
import org.kalamdb.storage.RowCursor;

/** The rows of a stored table. */
public final class ScanOperator implements Operator {
    private final @Nullable RowCursor rows;
    private final StoredBatch batch;
    private final Run run;

    /** @param rows null for none */
    public ScanOperator(@Nullable RowCursor rows, int columnCount, Run run) {
        this.rows = rows;
        this.batch = new StoredBatch(columnCount);
        this.run = run;
    }

    @Override
    public @Nullable RowBatch next() {
        run.checkCancelled();
        ColumnBatch columns = rows == null ? null : rows.next();
        return columns == null ? null : batch.begin(columns);
    }

    @Override
    public void close() {
        if (rows != null) {
            rows.close();
        }
    }
}
