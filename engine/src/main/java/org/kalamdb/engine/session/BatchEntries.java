// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.session;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.BatchResult;
import org.kalamdb.engine.ParameterInfo;
import org.kalamdb.engine.ResultCursor;
import org.kalamdb.engine.StatementResult;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.function.InternalValues;
import org.kalamdb.type.KalamDataType;

/** The sets of parameters that a batch runs a statement with. Confined to one thread. */
sealed interface BatchEntries {
    /** How many sets there are. */
    int size();

    /** A set as internal values of the parameters' types. */
    @Nullable
    Object[] internalValues(EngineQuery query, int entry);

    /** @param entries one Java value a parameter */
    record OfRows(List<@Nullable Object[]> entries) implements BatchEntries {
        @Override
        public int size() {
            return entries.size();
        }

        @Override
        public @Nullable Object[] internalValues(EngineQuery query, int entry) {
            return query.internalValues(entries.get(entry));
        }
    }

    /** @param batch one vector a parameter */
    record OfColumns(ColumnBatch batch) implements BatchEntries {
        @Override
        public int size() {
            return batch.rowCount();
        }

        @Override
        public @Nullable Object[] internalValues(EngineQuery query, int entry) {
            @Nullable Object[] values = new @Nullable Object[batch.columns().size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = InternalValues.fromStored(
                        batch.column(i).type().kind(), batch.column(i).storedValue(entry));
            }
            return values;
        }

        /** @throws KalamException TYPE_MISMATCH or PARAMETER_NOT_SET if there is not one vector of its type for each parameter */
        void requireFit(List<ParameterInfo> parameters) {
            if (batch.columns().size() != parameters.size()) {
                throw new KalamException(
                        ErrorCode.PARAMETER_NOT_SET,
                        "Statement has " + parameters.size() + " parameters, got columns for "
                                + batch.columns().size());
            }
            for (int i = 0; i < parameters.size(); i++) {
                KalamDataType type = parameters.get(i).type();
                if (!batch.column(i).type().equals(type)) {
                    throw new KalamException(
                            ErrorCode.TYPE_MISMATCH,
                            "Invalid column for parameter " + (i + 1) + ": must be of " + type.sqlName() + ", got: "
                                    + batch.column(i).type().sqlName());
                }
            }
        }
    }

    /** Runs one entry after the other, up to the first that fails. @param run runs the entry of a number, from 0 on */
    static BatchResult oneByOne(int entries, IntFunction<StatementResult> run) {
        long[] counts = new long[entries];
        List<ResultCursor> keys = new ArrayList<>();
        int done = 0;
        try {
            while (done < entries) {
                // The statement answers a count, which was checked before the first entry ran.
                StatementResult.Update update = (StatementResult.Update) run.apply(done);
                if (update.generatedKeys() != null) {
                    keys.add(update.generatedKeys());
                }
                counts[done] = update.count();
                done++;
            }
        } catch (KalamException e) {
            return BatchResult.failed(Arrays.copyOf(counts, done), e);
        }
        return BatchResult.complete(counts, keys.isEmpty() ? null : new ConcatenatedCursor(keys));
    }
}
