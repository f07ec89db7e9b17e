// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.ResultColumn;
import org.kalamdb.engine.ResultSchemas;
import org.kalamdb.engine.batch.ColumnBatch;

/** The batches of a result set that is not read row by row. Confined to one thread. */
final class UnwrappedRows implements ColumnarRows {
    private final JdbcResultSet rows;
    private final List<ResultColumn> columns;

    UnwrappedRows(JdbcResultSet rows, List<ResultColumn> columns) {
        this.rows = rows;
        this.columns = List.copyOf(columns);
    }

    @Override
    public List<ResultColumn> columns() {
        return columns;
    }

    @Override
    public byte[] arrowSchema() {
        return ResultSchemas.arrowMessage(columns);
    }

    @Override
    public @Nullable ColumnBatch next() throws SQLException {
        return rows.nextWholeBatch();
    }
}
