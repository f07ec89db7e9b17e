// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.window;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.kernel.Lane;
import org.kalamdb.exec.window.FrameBound.Place;
import org.kalamdb.function.ValueOrder;

/**
 * The sorted rows of one partition after the other, who is whose peer, and the frame of each. Indexes are from 0; ends are
 * exclusive. Confined to one thread.
 */
public final class Partition {
    private static final int ROWS_PER_CHECK = 1024;

    /** What functions hold is told in steps. */
    private static final long BYTES_PER_TELLING = 16 << 10;

    private final List<Integer> orderColumns;
    private final Frame frame;
    private final Runnable check;
    private final LongConsumer holder;
    private final boolean isOfValues;
    private final int[] one = new int[1];
    private @Nullable PartitionRows rows;
    private int size;
    /** The peers that were asked for last. */
    private int peersFrom;

    private int peersTo;
    /** The rows with a key, where frames are of values. */
    private int keyedStart;

    private int keyedEnd;
    private long rowsRead;
    private long heldBytes;
    private long toldBytes;

    /**
     * @param orderColumns what rows are peers by; all rows are peers if there are none
     * @param check called now and then, to throw if the query is to stop
     * @param holder told how many bytes functions hold
     */
    Partition(List<Integer> orderColumns, Frame frame, Runnable check, LongConsumer holder) {
        this.orderColumns = orderColumns;
        this.frame = frame;
        this.check = check;
        this.holder = holder;
        this.isOfValues =
                !frame.byRows() && (frame.start().hasOffset() || frame.end().hasOffset());
    }

    void begin(PartitionRows newRows) {
        rows = newRows;
        size = newRows.size();
        peersFrom = 0;
        peersTo = orderColumns.isEmpty() ? size : 0;
        keyedStart = 0;
        keyedEnd = size;
        while (isOfValues && keyedStart < keyedEnd && isNull(orderKey(), keyedStart)) {
            keyedStart++;
        }
        while (isOfValues && keyedStart < keyedEnd && isNull(orderKey(), keyedEnd - 1)) {
            keyedEnd--;
        }
    }

    private int orderKey() {
        return orderColumns.get(0);
    }

    int size() {
        return size;
    }

    /** What holds a column of a row, at {@link #place}. */
    Lane lane(int column, int row) {
        if (++rowsRead % ROWS_PER_CHECK == 0) {
            check.run();
        }
        return requireNonNull(rows).lane(column, row);
    }

    int place(int row) {
        return requireNonNull(rows).place(row);
    }

    /** The internal value of a row. */
    @Nullable
    Object value(int column, int row) {
        return lane(column, row).get(place(row));
    }

    boolean isNull(int column, int row) {
        return lane(column, row).isNull(place(row));
    }

    /** Writes a value of a row as a result. */
    void copy(int column, int row, Lane results, int at) {
        Lane lane = lane(column, row);
        if (lane.getClass() == results.getClass()) {
            one[0] = place(row);
            results.append(lane, one, 1, at);
        } else {
            results.set(at, lane.get(place(row)));
        }
    }

    /** Lets the query stop if it is to. */
    void check() {
        check.run();
    }

    /** Tells that a function holds so many bytes more, or less. */
    void hold(long change) {
        heldBytes += change;
        if (Math.abs(heldBytes - toldBytes) >= BYTES_PER_TELLING) {
            holder.accept(heldBytes);
            toldBytes = heldBytes;
        }
    }

    int peerStart(int index) {
        findPeers(index);
        return peersFrom;
    }

    int peerEnd(int index) {
        findPeers(index);
        return peersTo;
    }

    /** Functions ask row by row, so that peers are mostly those of the row before or come right behind them. */
    private void findPeers(int index) {
        if (index >= peersFrom && index < peersTo) {
            return;
        }
        int from = index;
        while (from > 0 && from != peersTo && arePeers(from - 1, from)) {
            from--;
        }
        int to = index + 1;
        while (to < size && arePeers(to - 1, to)) {
            to++;
        }
        peersFrom = from;
        peersTo = to;
    }

    private boolean arePeers(int row, int next) {
        for (int column : orderColumns) {
            Lane lane = lane(column, row);
            int place = place(row);
            if (!lane.same(place, lane(column, next), place(next))) {
                return false;
            }
        }
        return true;
    }

    /** Whether no row ever leaves a frame. */
    boolean framesOnlyGrow() {
        return frame.start().place() == Place.UNBOUNDED_PRECEDING;
    }

    /** Whether frames have holes, so that their bounds do not say all of them. */
    boolean hasExclusion() {
        return frame.exclusion() != Frame.Exclusion.NOTHING;
    }

    /** Whether {@code other} is left out of the frame of {@code index} although it is within its bounds. */
    boolean isExcluded(int index, int other) {
        boolean peer = other >= peerStart(index) && other < peerEnd(index);
        return switch (frame.exclusion()) {
            case NOTHING -> false;
            case CURRENT_ROW -> other == index;
            case PEERS -> peer;
            case OTHER_PEERS -> peer && other != index;
        };
    }

    int frameStart(int index) {
        FrameBound bound = frame.start();
        return switch (bound.place()) {
            case UNBOUNDED_PRECEDING -> 0;
            case CURRENT_ROW -> frame.byRows() ? index : peerStart(index);
            case PRECEDING, FOLLOWING -> frame.byRows() ? shifted(index, bound) : valueStart(index, bound);
            case UNBOUNDED_FOLLOWING -> throw new IllegalStateException("A frame cannot start behind its partition");
        };
    }

    /** Not before {@link #frameStart}. */
    int frameEnd(int index) {
        FrameBound bound = frame.end();
        int end = switch (bound.place()) {
            case UNBOUNDED_FOLLOWING -> size;
            case CURRENT_ROW -> frame.byRows() ? index + 1 : peerEnd(index);
            case PRECEDING, FOLLOWING -> frame.byRows() ? shifted(index + 1, bound) : valueEnd(index, bound);
            case UNBOUNDED_PRECEDING -> throw new IllegalStateException("A frame cannot end before its partition");
        };
        return Math.max(end, frameStart(index));
    }

    private int shifted(int index, FrameBound bound) {
        long distance = Math.min(bound.rows(), size + 1L);
        long target = bound.place() == Place.PRECEDING ? index - distance : index + distance;
        return (int) Math.max(0, Math.min(size, target));
    }

    /** Of rows without a key, their peers alone are within any distance. */
    private int valueStart(int index, FrameBound bound) {
        Object key = value(orderKey(), index);
        return key == null ? peerStart(index) : firstKeyed(bound, key, false);
    }

    private int valueEnd(int index, FrameBound bound) {
        Object key = value(orderKey(), index);
        return key == null ? peerEnd(index) : firstKeyed(bound, key, true);
    }

    /** The first row with a key at the bound, or behind it if {@code behind}. */
    private int firstKeyed(FrameBound bound, Object key, boolean behind) {
        RangeStep step = requireNonNull(bound.step());
        boolean above = bound.place() == Place.FOLLOWING != frame.descending();
        Comparable<?> target = step.bound(key, above);
        int low = keyedStart;
        int high = keyedEnd;
        while (low < high) {
            int middle = (low + high) >>> 1;
            int order = compare(step.comparable(requireNonNull(value(orderKey(), middle))), target);
            if (order < 0 || behind && order == 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private int compare(Comparable<?> key, Comparable<?> target) {
        int order = ValueOrder.INSTANCE.compare(key, target);
        return frame.descending() ? -order : order;
    }
}
