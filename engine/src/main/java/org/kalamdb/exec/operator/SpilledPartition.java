// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.Arrays;
import java.util.List;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.exec.kernel.BlockWriter;
import org.kalamdb.exec.kernel.Lane;
import org.kalamdb.exec.kernel.LaneType;
import org.kalamdb.exec.kernel.RowBatch;
import org.kalamdb.exec.kernel.Rows;
import org.kalamdb.exec.kernel.Run;
import org.kalamdb.exec.resource.SpillFile;
import org.kalamdb.exec.window.PartitionRows;
import org.kalamdb.exec.window.WindowEvaluation;

/**
 * The rows of one window partition in a file. Functions look at few places of it at a time, each of which moves on slowly: the
 * row itself, the ends of its frame, its neighbours. So a few blocks are kept in memory. Confined to one thread.
 */
final class SpilledPartition implements PartitionRows, AutoCloseable {
    private static final int KEPT_BLOCKS = 8;

    private final List<LaneType> types;
    private final Run run;
    private final SpillFile file;
    private final SpilledRows written;
    private final BlockWriter writer = new BlockWriter();
    private final RowStore buffer;
    private final Block[] kept = new Block[KEPT_BLOCKS];
    private int keptCount;
    /** The row that each block begins with, and behind the last block the number of rows. */
    private int[] firstRows = {0};

    private Block last = new Block(new Lane[0], 0, 0);
    private int nextBlock;

    /** Rows in memory. */
    private record Block(Lane[] lanes, int firstRow, int end) {
        boolean has(int row) {
            return row >= firstRow && row < end;
        }
    }

    SpilledPartition(List<LaneType> types, Run run) {
        this.types = types;
        this.run = run;
        this.file = run.resources().newFile();
        this.written = new SpilledRows(types, file);
        this.buffer = new RowStore(types);
    }

    /** Adds all rows of a store. */
    void add(RowStore rows) {
        written.write(rows, Rows.range(0, rows.size()), rows.size(), writer, run);
    }

    /** Adds some rows of a batch. */
    void add(RowBatch batch, int[] rows, int count) {
        if (count > Integer.MAX_VALUE - 1 - buffer.size() - written.rowCount()) {
            throw new KalamException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "Cannot compute window functions over more than " + (Integer.MAX_VALUE - 1)
                            + " rows of one partition; add columns to PARTITION BY");
        }
        buffer.add(batch, rows, count);
        if (buffer.size() >= Rows.BATCH_SIZE) {
            flush();
        }
    }

    private void flush() {
        if (buffer.size() > 0) {
            add(buffer);
            buffer.clear();
        }
    }

    /** To be called once, when all rows have been added. */
    SpilledPartition complete() {
        flush();
        firstRows = new int[written.blockCount() + 1];
        for (int i = 0; i < written.blockCount(); i++) {
            firstRows[i + 1] = firstRows[i] + written.rowCount(i);
        }
        return this;
    }

    @Override
    public int size() {
        return firstRows[firstRows.length - 1];
    }

    @Override
    public Lane lane(int column, int row) {
        return block(row).lanes[column];
    }

    @Override
    public int place(int row) {
        return row - block(row).firstRow;
    }

    private Block block(int row) {
        if (!last.has(row)) {
            last = find(row);
        }
        return last;
    }

    /** The block that was asked for last comes first. */
    private Block find(int row) {
        for (int i = 0; i < keptCount; i++) {
            if (kept[i].has(row)) {
                return moveToFront(kept[i], i);
            }
        }
        int found = Arrays.binarySearch(firstRows, row);
        int number = found < 0 ? -found - 2 : found;
        keptCount = Math.min(KEPT_BLOCKS, keptCount + 1);
        return moveToFront(new Block(written.lanes(number), firstRows[number], firstRows[number + 1]), keptCount - 1);
    }

    private Block moveToFront(Block block, int from) {
        System.arraycopy(kept, 0, kept, 1, from);
        kept[0] = block;
        return block;
    }

    /** Whether there are rows left to answer. */
    boolean hasNext() {
        return nextBlock < firstRows.length - 1;
    }

    /**
     * Answers the rows of the next block.
     *
     * @param output becomes the columns of the rows and of the functions
     * @return how many rows
     */
    int next(WindowEvaluation evaluation, Lane[] output) {
        run.checkCancelled();
        int from = firstRows[nextBlock];
        int count = firstRows[++nextBlock] - from;
        for (int i = 0; i < output.length; i++) {
            if (i < types.size()) {
                output[i].gather(lane(i, from), Rows.all(count), count);
            } else {
                output[i].prepare(count);
            }
        }
        evaluation.evaluate(from, from + count, output, 0);
        return count;
    }

    @Override
    public void close() {
        file.close();
    }
}
