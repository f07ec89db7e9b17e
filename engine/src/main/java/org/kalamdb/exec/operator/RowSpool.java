// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.kernel.BlockWriter;
import org.kalamdb.exec.kernel.LaneType;
import org.kalamdb.exec.kernel.RowBatch;
import org.kalamdb.exec.kernel.Rows;
import org.kalamdb.exec.kernel.Run;
import org.kalamdb.exec.resource.MemoryAccount;
import org.kalamdb.exec.resource.SpillFile;

/**
 * Rows that are written first and then read any number of times, in memory as long as there is room and else in a file. Confined
 * to one thread, but for {@link #range}.
 */
final class RowSpool implements AutoCloseable {
    private final Run run;
    private final MemoryAccount account;
    private final List<LaneType> types;
    private final RowStore rows;
    private final BlockWriter writer = new BlockWriter();
    private @Nullable SpillFile file;
    private @Nullable SpilledRows spilled;

    RowSpool(List<LaneType> types, Run run) {
        this.run = run;
        this.types = types;
        this.account = run.resources().openAccount();
        this.rows = new RowStore(types);
    }

    boolean isEmpty() {
        return rows.size() == 0 && spilled == null;
    }

    /** Whether some rows are in a file. */
    boolean isSpilled() {
        return spilled != null;
    }

    /** Adds the selected rows of a batch. */
    void add(RowBatch batch) {
        if (!account.resize(rows.heapBytes(rows.size() + batch.count())) && rows.size() > 0) {
            spill();
        }
        rows.add(batch, batch.rows(), batch.count());
    }

    private void spill() {
        SpilledRows target = spilled;
        if (target == null) {
            SpillFile opened = run.resources().newFile();
            file = opened;
            target = new SpilledRows(types, opened);
            spilled = target;
        }
        target.write(rows, Rows.range(0, rows.size()), rows.size(), writer, run);
        rows.clear();
        account.resize(0);
    }

    /** All rows as they came, once they have been added. */
    Operator read() {
        if (spilled == null) {
            return StoredRows.all(rows);
        }
        if (rows.size() > 0) {
            spill();
        }
        return spilled.read(run);
    }

    /**
     * At most some of the rows, if they are all in memory, once they have been added; several threads may read them.
     *
     * @param first counted from 0
     * @return null if there are none from there on
     */
    @Nullable
    Operator range(long first, int count) {
        return first >= rows.size()
                ? null
                : StoredRows.range(rows, (int) first, (int) Math.min(rows.size(), first + count));
    }

    @Override
    public void close() {
        List<AutoCloseable> open = new ArrayList<>(List.of(account));
        if (file != null) {
            open.add(file);
        }
        Closing.all(open);
    }
}
