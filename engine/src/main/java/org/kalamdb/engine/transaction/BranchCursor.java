// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.transaction;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.ResultColumn;
import org.kalamdb.engine.ResultCursor;
import org.kalamdb.engine.batch.ColumnBatch;

/**
 * A cursor that reads in the transaction of a branch, which may be undone between two calls when its time is over. Confined
 * to one thread.
 */
public final class BranchCursor implements ResultCursor {
    private final ResultCursor rows;
    private final Branch branch;
    private final BranchWorker session;

    public BranchCursor(ResultCursor rows, Branch branch, BranchWorker session) {
        this.rows = rows;
        this.branch = branch;
        this.session = session;
    }

    @Override
    public List<ResultColumn> columns() {
        return rows.columns();
    }

    @Override
    public @Nullable ColumnBatch next() {
        boolean used = branch.use(session);
        try {
            if (used) {
                branch.requireInTime();
            }
            return rows.next();
        } finally {
            if (used) {
                branch.pause();
            }
        }
    }

    @Override
    public void close() {
        boolean used = branch.use(session);
        try {
            rows.close();
        } finally {
            if (used) {
                branch.pause();
            }
        }
    }
}
