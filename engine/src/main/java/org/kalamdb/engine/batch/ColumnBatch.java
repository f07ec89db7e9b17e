// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.batch;

import java.util.List;

/**
 * Some rows of a result, column by column. Confined to one thread; owned by its producer and valid until the producer
 * is asked for its next batch.
 *
 * @param rowCount number of rows, at least 0
 * @param columns one vector a column, each of {@code rowCount} rows
 */
public record ColumnBatch(int rowCount, List<ColumnVector> columns) {
    public ColumnBatch {
        columns = List.copyOf(columns);
    }

    public ColumnVector column(int index) {
        return columns.get(index);
    }
}
