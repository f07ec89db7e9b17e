// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.kernel.RowBatch;

/** Some of the first rows. */
public final class LimitOperator implements Operator {
    private final Operator input;
    private long toSkip;
    private long toAnswer;

    /**
     * @param offset how many rows to leave out
     * @param fetch how many rows to answer behind them
     */
    public LimitOperator(Operator input, long offset, long fetch) {
        this.input = input;
        this.toSkip = offset;
        this.toAnswer = fetch;
    }

    @Override
    public @Nullable RowBatch next() {
        while (toAnswer > 0) {
            RowBatch batch = input.next();
            if (batch == null) {
                return null;
            }
            int skipped = (int) Math.min(toSkip, batch.count());
            toSkip -= skipped;
            int answered = (int) Math.min(toAnswer, batch.count() - skipped);
            if (answered > 0) {
                toAnswer -= answered;
                if (answered < batch.count()) {
                    batch.select(Arrays.copyOfRange(batch.rows(), skipped, skipped + answered), answered);
                }
                return batch;
            }
        }
        return null;
    }

    @Override
    public void close() {
        input.close();
    }
}
