// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;
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
}
