// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.expression;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.exec.RuntimeErrors;
import org.kalamdb.exec.kernel.Kernel;
import org.kalamdb.exec.kernel.Lane;
import org.kalamdb.exec.kernel.RowBatch;
import org.kalamdb.exec.kernel.Run;

/**
 * A kernel whose errors of values say where in the text of the statement they come from, and of what values. Nothing is done for
 * that until there is an error: then the rows are computed one by one, up to the one that fails. Confined to one thread.
 */
final class LocatedKernel extends Kernel {
    private static final String DATA_EXCEPTION_CLASS = "22";

    private final Kernel kernel;
    private final ExpressionPlace place;
    private final Run run;

    LocatedKernel(Kernel kernel, ExpressionPlace place, Run run) {
        this.kernel = kernel;
        this.place = place;
        this.run = run;
    }

    @Override
    public Lane evaluate(RowBatch batch, int[] rows, int count) {
        try {
            return kernel.evaluate(batch, rows, count);
        } catch (RuntimeException e) {
            throw located(e, batch, rows, count);
        }
    }

    @Override
    public int select(RowBatch batch, int[] rows, int count, int[] selected) {
        try {
            return kernel.select(batch, rows, count, selected);
        } catch (RuntimeException e) {
            throw located(e, batch, rows, count);
        }
    }

    private RuntimeException located(RuntimeException failure, RowBatch batch, int[] rows, int count) {
        KalamException known = RuntimeErrors.translate(failure);
        boolean ofValues = known.code().sqlState().code().startsWith(DATA_EXCEPTION_CLASS);
        if (!ofValues || known.position() != null) {
            return failure;
        }
        String operation = place.symbol() == null ? null : operation(batch, rows, count);
        return new KalamException(
                known.code(),
                place.position(),
                operation == null ? known.rawMessage() : sentence(known, operation),
                failure);
    }

    private static String sentence(KalamException failure, String operation) {
        if (failure.code() == ErrorCode.DIVISION_BY_ZERO) {
            return failure.rawMessage() + ": " + operation;
        }
        String result = "Result";
        return failure.rawMessage().startsWith(result + " ")
                ? result + " of " + operation + failure.rawMessage().substring(result.length())
                : failure.rawMessage();
    }

    /** What the operator was applied to in the first row that fails; null if none does when it is alone. */
    private @Nullable String operation(RowBatch batch, int[] rows, int count) {
        for (int i = 0; i < count; i++) {
            int[] row = {rows[i]};
            try {
                kernel.evaluate(batch, row, 1);
            } catch (RuntimeException e) {
                return operand(place.left().open(run), batch, row) + " " + place.symbol() + " "
                        + operand(place.right().open(run), batch, row);
            }
        }
        return null;
    }

    private static String operand(Kernel operand, RowBatch batch, int[] row) {
        Object value = operand.evaluate(batch, row, 1).get(row[0]);
        return value instanceof BigDecimal decimal ? decimal.toPlainString() : String.valueOf(value);
    }
}
