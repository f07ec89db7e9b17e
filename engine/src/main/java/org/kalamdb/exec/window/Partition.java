// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.window;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.aggregate.RowKeys;
import org.kalamdb.exec.window.FrameBound.Place;
import org.kalamdb.function.ValueOrder;

/**
 * The sorted rows of one partition, who is whose peer, and the frame of each. Indexes are from 0; ends are exclusive.
 * Confined to one thread.
 */
public final class Partition {
    private final List<@Nullable Object[]> rows;
    private static final int ROWS_PER_CHECK = 1024;

    private final Runnable check;
    private final Frame frame;
    private final int orderKey;
    private final int[] peerStarts;
    private final int[] peerEnds;
    private final int keyedStart;
    private final int keyedEnd;
    private long rowsRead;

    /**
     * @param orderColumns what rows are peers by; all rows are peers if there are none
     * @param check called now and then, to throw if the query is to stop
     */
    Partition(List<@Nullable Object[]> rows, List<Integer> orderColumns, Frame frame, Runnable check) {
        this.check = check;
        this.rows = rows;
        this.frame = frame;
        this.orderKey = orderColumns.isEmpty() ? -1 : orderColumns.get(0);
        this.peerStarts = new int[rows.size()];
        this.peerEnds = new int[rows.size()];
        findPeers(orderColumns);
        int start = 0;
        int end = rows.size();
        if (frame.start().hasOffset() || frame.end().hasOffset()) {
            while (!frame.byRows() && start < end && rows.get(start)[orderKey] == null) {
                start++;
            }
            while (!frame.byRows() && start < end && rows.get(end - 1)[orderKey] == null) {
                end--;
            }
        }
        this.keyedStart = start;
        this.keyedEnd = end;
    }

    private void findPeers(List<Integer> orderColumns) {
        int start = 0;
        for (int i = 1; i <= rows.size(); i++) {
            if (i % ROWS_PER_CHECK == 0) {
                check.run();
            }
            if (i == rows.size() || !RowKeys.same(rows.get(i - 1), rows.get(i), orderColumns)) {
                for (int j = start; j < i; j++) {
                    peerStarts[j] = start;
                    peerEnds[j] = i;
                }
                start = i;
            }
        }
    }

    int size() {
        return rows.size();
    }

    @Nullable
    Object[] row(int index) {
        if (++rowsRead % ROWS_PER_CHECK == 0) {
            check.run();
        }
        return rows.get(index);
    }

    int peerStart(int index) {
        return peerStarts[index];
    }

    int peerEnd(int index) {
        return peerEnds[index];
    }

    /** Whether frames have holes, so that their bounds do not say all of them. */
    boolean hasExclusion() {
        return frame.exclusion() != Frame.Exclusion.NOTHING;
    }

    /** Whether {@code other} is left out of the frame of {@code index} although it is within its bounds. */
    boolean isExcluded(int index, int other) {
        boolean peer = other >= peerStarts[index] && other < peerEnds[index];
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
            case CURRENT_ROW -> frame.byRows() ? index : peerStarts[index];
            case PRECEDING, FOLLOWING -> frame.byRows() ? shifted(index, bound) : valueStart(index, bound);
            case UNBOUNDED_FOLLOWING -> throw new IllegalStateException("A frame cannot start behind its partition");
        };
    }

    /** Not before {@link #frameStart}. */
    int frameEnd(int index) {
        FrameBound bound = frame.end();
        int end = switch (bound.place()) {
            case UNBOUNDED_FOLLOWING -> rows.size();
            case CURRENT_ROW -> frame.byRows() ? index + 1 : peerEnds[index];
            case PRECEDING, FOLLOWING -> frame.byRows() ? shifted(index + 1, bound) : valueEnd(index, bound);
            case UNBOUNDED_PRECEDING -> throw new IllegalStateException("A frame cannot end before its partition");
        };
        return Math.max(end, frameStart(index));
    }

    private int shifted(int index, FrameBound bound) {
        long distance = Math.min(bound.rows(), rows.size() + 1L);
        long target = bound.place() == Place.PRECEDING ? index - distance : index + distance;
        return (int) Math.max(0, Math.min(rows.size(), target));
    }

    /** Of rows without a key, their peers alone are within any distance. */
    private int valueStart(int index, FrameBound bound) {
        Object key = rows.get(index)[orderKey];
        return key == null ? peerStarts[index] : firstKeyed(bound, key, false);
    }

    private int valueEnd(int index, FrameBound bound) {
        Object key = rows.get(index)[orderKey];
        return key == null ? peerEnds[index] : firstKeyed(bound, key, true);
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
            int order = compare(step.comparable(requireNonNull(rows.get(middle)[orderKey])), target);
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
