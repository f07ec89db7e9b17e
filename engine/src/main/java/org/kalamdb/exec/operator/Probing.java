// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.kernel.RowBatch;
import org.kalamdb.exec.kernel.Run;

/** The answers of a join for all rows of its probing side. */
final class Probing implements Operator {
    private final JoinOutput output;
    private final Operator input;
    private final BooleanSupplier isLast;
    private final Run run;
    private boolean answersRest;
    private boolean begun;
    private boolean ended;

    /** @param isLast asked once, at the end of the input: whether what was not met by anybody is to be answered here */
    Probing(JoinOutput output, Operator input, BooleanSupplier isLast, Run run) {
        this.isLast = isLast;
        this.output = output;
        this.input = input;
        this.run = run;
    }

    @Override
    public @Nullable RowBatch next() {
        while (!ended) {
            run.checkCancelled();
            RowBatch answer = begun ? output.next() : null;
            if (answer != null) {
                return answer;
            }
            RowBatch more = input.next();
            if (more == null) {
                ended = true;
                answersRest = isLast.getAsBoolean();
            } else {
                output.begin(more);
                begun = true;
            }
        }
        return answersRest ? output.rest() : null;
    }

    @Override
    public void prepare() {
        input.prepare();
    }

    @Override
    public void close() {
        input.close();
    }
}
