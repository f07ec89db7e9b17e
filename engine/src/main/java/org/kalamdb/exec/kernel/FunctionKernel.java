// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A function of internal values, called row by row. */
public final class FunctionKernel extends Kernel {
    private static final int ROWS_PER_CHECK = 32;

    private final Function function;
    private final Run run;
    private final boolean seesNulls;
    private final List<Kernel> operands;
    private final Lane result;
    private final Lane[] lanes;
    private final @Nullable Object[] arguments;

    /** What is called. */
    public interface Function {
        /** @param arguments internal values, in an array that is used again */
        @Nullable
        Object call(@Nullable Object[] arguments);
    }

    /** @param seesNulls whether it is called with NULLs too; else one makes the answer NULL */
    public FunctionKernel(Function function, boolean seesNulls, LaneType type, List<Kernel> operands, Run run) {
        this.function = function;
        this.run = run;
        this.seesNulls = seesNulls;
        this.operands = operands;
        this.result = Lane.of(type);
        this.lanes = new Lane[operands.size()];
        this.arguments = new @Nullable Object[lanes.length];
    }

    @Override
    public Lane evaluate(RowBatch batch, int[] rows, int count) {
        for (int i = 0; i < lanes.length; i++) {
            lanes[i] = operands.get(i).evaluate(batch, rows, count);
        }
        result.prepare(batch.size());
        for (int i = 0; i < count; i++) {
            if (i % ROWS_PER_CHECK == 0) {
                // A call may take a millisecond.
                run.checkCancelled();
            }
            int row = rows[i];
            result.set(row, takeArguments(row) || seesNulls ? function.call(arguments) : null);
        }
        return result;
    }

    /** Returns whether no argument is NULL. */
    private boolean takeArguments(int row) {
        boolean present = true;
        for (int i = 0; i < lanes.length; i++) {
            Object value = lanes[i].get(row);
            arguments[i] = value;
            present &= value != null;
        }
        return present;
    }
}
