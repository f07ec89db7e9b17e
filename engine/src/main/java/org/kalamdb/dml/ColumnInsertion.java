// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.dml;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.engine.batch.ColumnVector;
import org.kalamdb.engine.batch.VectorBuilder;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.storage.EncodedRows;

/**
 * INSERT of a row for each row of a batch of parameters. Values stay in arrays from the batch to the rows as they are stored.
 * Immutable.
 */
final class ColumnInsertion {
    /** Rows that are encoded at once, so that their bytes are still in the cache when they are written. */
    private static final int ROWS_PER_RUN = 1024;

    private static final @Nullable Object[] NO_VALUES = {};

    private final TableDefinition table;
    private final List<Cell> cells;

    private ColumnInsertion(TableDefinition table, List<Cell> cells) {
        this.table = table;
        this.cells = cells;
    }

    /** Null if a cell is neither a constant, a parameter nor a number, so that each row is computed by itself. */
    static @Nullable ColumnInsertion of(TableDefinition table, RowTemplate template) {
        return template.cells().stream().allMatch(ColumnInsertion::isVector)
                ? new ColumnInsertion(table, template.cells())
                : null;
    }

    private static boolean isVector(Cell cell) {
        return cell instanceof Cell.Constant
                || cell instanceof Cell.Parameter
                || cell instanceof Cell.NextNumber
                || cell instanceof Cell.GivenNumber given && isVector(given.given());
    }

    /** Writes the rows up to the first that is refused; {@code written} tells how many there are before it. */
    void run(WriteContext context, ColumnBatch parameters, RowWriter rows, WrittenRows written) {
        int count = parameters.rowCount();
        List<ColumnVector> columns = new ArrayList<>(cells.size());
        int accepted = count;
        int refusing = -1;
        for (int i = 0; i < cells.size(); i++) {
            ColumnDefinition column = table.columns().get(i);
            ColumnVector vector = vector(cells.get(i), column, context, parameters);
            columns.add(vector);
            int refused = VectorChecks.firstRefused(column, vector, accepted);
            if (refused < accepted) {
                accepted = refused;
                refusing = i;
            }
        }
        for (int from = 0; from < accepted; from += ROWS_PER_RUN) {
            context.query().checkCancelled();
            write(context, columns, from, Math.min(accepted, from + ROWS_PER_RUN), rows, written);
        }
        if (refusing >= 0) {
            throw VectorChecks.refusal(table, table.columns().get(refusing), columns.get(refusing), accepted);
        }
    }

    private void write(
            WriteContext context, List<ColumnVector> columns, int from, int to, RowWriter rows, WrittenRows written) {
        EncodedRows encoded = context.tables().encode(table, context.user(), columns, from, to);
        for (int i = 0; i < encoded.count(); i++) {
            rows.insert(encoded, i);
            written.add(encoded, i);
        }
    }

    private static ColumnVector vector(
            Cell cell, ColumnDefinition column, WriteContext context, ColumnBatch parameters) {
        if (cell instanceof Cell.Parameter parameter) {
            return parameters.column(parameter.index());
        }
        int count = parameters.rowCount();
        if (cell instanceof Cell.GivenNumber given) {
            ColumnVector numbers = vector(given.given(), column, context, parameters);
            for (int row = 0; row < count; row++) {
                if (!numbers.isNull(row)) {
                    given.identity().advancePast(context.sequences(), numbers.getLong(row));
                }
            }
            return numbers;
        }
        VectorBuilder builder = VectorBuilder.of(column.dataType(), count);
        for (int row = 0; row < count; row++) {
            // Neither a constant nor the next number depends on the parameters.
            builder.append(cell.value(context, NO_VALUES));
        }
        return builder.build();
    }
}
