// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.List;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.exec.kernel.Lane;
import org.kalamdb.exec.kernel.LaneType;
import org.kalamdb.exec.kernel.RowBatch;
import org.kalamdb.exec.kernel.Rows;

/** Rows that are held by columns. Confined to one thread. */
final class RowStore {
    /** Arrays grow by doubling, and end here. */
    private static final int MAX_ROWS = 1 << 30;

    private final List<LaneType> types;
    private final Lane[] lanes;
    private int size;

    RowStore(List<LaneType> types) {
        this.types = types;
        this.lanes = Lane.ofEach(types);
    }

    int size() {
        return size;
    }

    List<LaneType> types() {
        return types;
    }

    /** Bytes of the heap that the rows would hold if there were so many. */
    long heapBytes(int rowCount) {
        long bytes = 0;
        for (Lane lane : lanes) {
            bytes += lane.heapBytes(rowCount);
        }
        return bytes;
    }

    /** Leaves all rows out, and the room they had. */
    void clear() {
        for (int i = 0; i < lanes.length; i++) {
            lanes[i] = Lane.of(types.get(i));
        }
        size = 0;
    }

    Lane lane(int column) {
        return lanes[column];
    }

    /** Copies some rows of a batch behind those there are. */
    void add(RowBatch batch, int[] rows, int count) {
        requireAtMostMax((long) size + count);
        for (int i = 0; i < lanes.length; i++) {
            lanes[i].reserve(size + count);
            lanes[i].append(batch.lane(i), rows, count, size);
        }
        size += count;
    }

    static void requireAtMostMax(long rowCount) {
        if (rowCount > MAX_ROWS) {
            throw new KalamException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "Cannot hold more than " + MAX_ROWS + " rows in memory; filter or aggregate more rows away");
        }
    }

    /** Makes room for the rows of others, to be copied by {@link #copyColumn} and then counted by {@link #resize}. */
    void reserve(int rowCount) {
        for (Lane lane : lanes) {
            lane.reserve(rowCount);
        }
    }

    /** Copies one column of another store, for whose rows there is room from a place on; several threads may copy one each. */
    void copyColumn(int column, RowStore source, int at) {
        for (int from = 0; from < source.size; from += Rows.BATCH_SIZE) {
            int to = Math.min(source.size, from + Rows.BATCH_SIZE);
            lanes[column].append(source.lanes[column], Rows.range(from, to), to - from, at + from);
        }
    }

    /** Makes it have so many rows, all of whose columns have been copied. */
    void resize(int rowCount) {
        size = rowCount;
    }

    /** A store of some of the rows, in that order. */
    RowStore copy(int[] rows, int count) {
        RowStore copy = new RowStore(types);
        for (int i = 0; i < lanes.length; i++) {
            copy.lanes[i].reserve(count);
            copy.lanes[i].append(lanes[i], rows, count, 0);
        }
        copy.size = count;
        return copy;
    }
}
