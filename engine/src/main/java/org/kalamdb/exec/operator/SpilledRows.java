// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.kernel.BlockReader;
import org.kalamdb.exec.kernel.BlockWriter;
import org.kalamdb.exec.kernel.Lane;
import org.kalamdb.exec.kernel.LaneBatch;
import org.kalamdb.exec.kernel.LaneType;
import org.kalamdb.exec.kernel.RowBatch;
import org.kalamdb.exec.kernel.Rows;
import org.kalamdb.exec.kernel.Run;
import org.kalamdb.exec.resource.SpillFile;

/** Rows in a file, which has others too. Written first, then read any number of times. Confined to one thread at a time. */
final class SpilledRows {
    /** Bytes that a block should have at most: as many blocks as files are merged are in memory at once. */
    private static final int MAX_BLOCK_BYTES = 64 << 10;

    private final List<LaneType> types;
    private final SpillFile file;
    private final List<Block> blocks = new ArrayList<>();
    private long rowCount;

    private record Block(SpillFile.Block place, int rowCount) {}

    SpilledRows(List<LaneType> types, SpillFile file) {
        this.types = types;
        this.file = file;
    }

    long rowCount() {
        return rowCount;
    }

    /** Writes some rows of a store behind those there are, in that order. */
    void write(RowStore rows, int[] order, int count, BlockWriter writer, Run run) {
        int blockRows = blockRows(rows);
        for (int start = 0; start < count; start += blockRows) {
            run.checkCancelled();
            int length = Math.min(blockRows, count - start);
            int[] numbers = Arrays.copyOfRange(order, start, start + length);
            writer.clear();
            for (int i = 0; i < types.size(); i++) {
                rows.lane(i).write(numbers, length, writer);
            }
            append(writer, length);
        }
    }

    /** Writes a batch, all of whose rows are selected, behind the rows there are. */
    void write(RowBatch batch, BlockWriter writer) {
        writer.clear();
        for (int i = 0; i < types.size(); i++) {
            batch.lane(i).write(batch.rows(), batch.count(), writer);
        }
        append(writer, batch.count());
    }

    private void append(BlockWriter writer, int count) {
        blocks.add(new Block(file.append(writer.bytes(), writer.size()), count));
        rowCount += count;
    }

    private static int blockRows(RowStore rows) {
        long rowBytes = Math.max(1, rows.heapBytes(0) / Math.max(1, rows.size()));
        return (int) Math.max(1, Math.min(Rows.BATCH_SIZE, MAX_BLOCK_BYTES / rowBytes));
    }

    /** Number of blocks, which are in the order of the rows. */
    int blockCount() {
        return blocks.size();
    }

    /** Number of rows of a block. */
    int rowCount(int block) {
        return blocks.get(block).rowCount;
    }

    /** The rows of a block. */
    Lane[] lanes(int block) {
        Lane[] lanes = Lane.ofEach(types);
        read(blocks.get(block), lanes);
        return lanes;
    }

    private void read(Block block, Lane[] lanes) {
        BlockReader bytes = new BlockReader(file.read(block.place));
        for (Lane lane : lanes) {
            lane.read(bytes, block.rowCount);
        }
    }

    /** The rows as they were written. */
    Operator read(Run run) {
        return new Reader(run);
    }

    private final class Reader implements Operator {
        private final Run run;
        private final Lane[] lanes;
        private final LaneBatch batch;
        private int next;

        Reader(Run run) {
            this.run = run;
            this.lanes = Lane.ofEach(types);
            this.batch = new LaneBatch(lanes);
        }

        @Override
        public @Nullable RowBatch next() {
            run.checkCancelled();
            if (next == blocks.size()) {
                return null;
            }
            Block block = blocks.get(next++);
            SpilledRows.this.read(block, lanes);
            return batch.begin(block.rowCount);
        }

        @Override
        public void close() {
            // The file belongs to somebody else.
        }
    }
}
