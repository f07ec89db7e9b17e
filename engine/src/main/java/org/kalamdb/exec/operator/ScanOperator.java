// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.kernel.RowBatch;
import org.kalamdb.exec.kernel.Run;
import org.kalamdb.exec.kernel.StoredBatch;
import org.kalamdb.storage.BatchCursor;
import org.kalamdb.storage.ScanBatch;
import org.kalamdb.storage.ScanParts;

/** The rows of a stored table, one part of the scan after the other. */
public final class ScanOperator implements Operator {
    private final ScanParts scan;
    private final StoredBatch batch;
    private final Run run;
    private int part;

    /** @param scan closed with this operator */
    public ScanOperator(ScanParts scan, int columnCount, Run run) {
        this.scan = scan;
        this.batch = new StoredBatch(columnCount);
        this.run = run;
    }

    @Override
    public @Nullable RowBatch next() {
        run.checkCancelled();
        while (part < scan.parts().size()) {
            BatchCursor rows = scan.parts().get(part);
            ScanBatch columns = rows.next();
            if (columns != null) {
                return batch.begin(columns);
            }
            rows.close();
            part++;
        }
        return null;
    }

    @Override
    public void close() {
        scan.close();
    }
}
