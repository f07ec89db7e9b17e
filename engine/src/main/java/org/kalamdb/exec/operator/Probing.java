// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.kernel.RowBatch;
import org.kalamdb.exec.kernel.Run;

/** The answers of a join for all rows of its probing side. */
final class Probing implements Operator {
    private final JoinOutput output;
    private final Operator input;
    private final Run run;
    private boolean begun;
    private boolean ended;

    Probing(JoinOutput output, Operator input, Run run) {
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
            } else {
                output.begin(more);
                begun = true;
            }
        }
        return output.rest();
    }

    @Override
    public void close() {
        input.close();
    }
}
