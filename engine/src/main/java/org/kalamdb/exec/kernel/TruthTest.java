// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

/** IS TRUE, IS NOT FALSE, IS NULL and their like: an answer that is never unknown. */
public final class TruthTest extends Kernel {
    private final Test test;
    private final Kernel operand;
    private final LongLane result = new LongLane(LaneType.BOOLEAN);

    /** What is asked. */
    public enum Test {
        IS_NULL,
        IS_NOT_NULL,
        IS_TRUE,
        IS_NOT_TRUE,
        IS_FALSE,
        IS_NOT_FALSE
    }

    public TruthTest(Test test, Kernel operand) {
        this.test = test;
        this.operand = operand;
    }

    @Override
    public Lane evaluate(RowBatch batch, int[] rows, int count) {
        Lane lane = operand.evaluate(batch, rows, count);
        result.prepare(batch.size());
        long[] values = result.values();
        for (int i = 0; i < count; i++) {
            values[rows[i]] = holds(lane, rows[i]) ? 1 : 0;
        }
        return result;
    }

    private boolean holds(Lane lane, int row) {
        boolean isNull = lane.isNull(row);
        return switch (test) {
            case IS_NULL -> isNull;
            case IS_NOT_NULL -> !isNull;
            case IS_TRUE -> !isNull && isTrue(lane, row);
            case IS_NOT_TRUE -> isNull || !isTrue(lane, row);
            case IS_FALSE -> !isNull && !isTrue(lane, row);
            case IS_NOT_FALSE -> isNull || isTrue(lane, row);
        };
    }

    private static boolean isTrue(Lane lane, int row) {
        return ((LongLane) lane).values()[row] != 0;
    }
}
