// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

import java.util.ArrayList;
import java.util.List;

/** AND or OR. An operand sees only the rows that those before it have not decided. */
public final class Junction extends Kernel {
    private final List<Kernel> operands;
    /** The value that decides: 0 of AND, 1 of OR. */
    private final long decisive;

    private final LongLane result = new LongLane(LaneType.BOOLEAN);
    private int[] open = {};

    private Junction(List<Kernel> operands, long decisive) {
        this.operands = operands;
        this.decisive = decisive;
    }

    public static Kernel and(List<Kernel> operands) {
        List<Kernel> grouped = new ArrayList<>();
        List<ComparisonKernel> comparisons = new ArrayList<>();
        for (Kernel operand : operands) {
            if (operand instanceof ComparisonKernel comparison && comparison.isOfNumbersAtHand()) {
                comparisons.add(comparison);
            } else {
                addGroup(comparisons, grouped);
                grouped.add(operand);
            }
        }
        addGroup(comparisons, grouped);
        return grouped.size() == 1 ? grouped.get(0) : inOrder(grouped);
    }

    private static void addGroup(List<ComparisonKernel> comparisons, List<Kernel> grouped) {
        if (comparisons.size() > 1) {
            grouped.add(new ComparisonGroup(comparisons));
        } else {
            grouped.addAll(comparisons);
        }
        comparisons.clear();
    }

    /** AND of operands that are asked one after the other. */
    static Kernel inOrder(List<? extends Kernel> operands) {
        return new Junction(List.copyOf(operands), 0);
    }

    public static Kernel or(List<Kernel> operands) {
        return new Junction(operands, 1);
    }

    @Override
    public int select(RowBatch batch, int[] rows, int count, int[] selected) {
        if (decisive == 1) {
            return super.select(batch, rows, count, selected);
        }
        int[] left = rows;
        int found = count;
        for (Kernel operand : operands) {
            if (found == 0) {
                return 0;
            }
            found = operand.select(batch, left, found, selected);
            left = selected;
        }
        return found;
    }

    @Override
    public Lane evaluate(RowBatch batch, int[] rows, int count) {
        result.prepare(batch.size());
        long[] values = result.values();
        for (int i = 0; i < count; i++) {
            values[rows[i]] = 1 - decisive;
        }
        if (open.length < count) {
            open = new int[batch.size()];
        }
        System.arraycopy(rows, 0, open, 0, count);
        int left = count;
        for (Kernel operand : operands) {
            if (left == 0) {
                break;
            }
            left = decide((LongLane) operand.evaluate(batch, open, left), left);
        }
        return result;
    }

    /** Notes what an operand says of the open rows. @return how many of them stay open */
    private int decide(LongLane lane, int count) {
        long[] values = result.values();
        int left = 0;
        for (int i = 0; i < count; i++) {
            int row = open[i];
            if (lane.isNull(row)) {
                result.setNull(row);
                open[left++] = row;
            } else if (lane.values()[row] == decisive) {
                result.set(row, decisive != 0);
            } else {
                // Unknown stays unknown, whose value does not matter.
                open[left++] = row;
                values[row] = 1 - decisive;
            }
        }
        return left;
    }
}
