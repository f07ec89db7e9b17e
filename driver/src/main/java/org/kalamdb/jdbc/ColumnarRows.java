// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.ResultColumn;
import org.kalamdb.engine.batch.ColumnBatch;

/**
 * The rows of a result set as the engine makes them, column by column: {@code resultSet.unwrap(ColumnarRows.class)} of a
 * forward-only, read-only one that has not been read from. Closing the result set closes this. Confined to one thread, as
 * its connection is.
 *
 * <p>The module {@code kalamdb-arrow} makes Arrow record batches of it.
 */
public interface ColumnarRows {
    /** The columns of every batch. */
    List<ResultColumn> columns();

    /** The schema as the message of Arrow's IPC format, which {@code Schema.deserializeMessage} of any Arrow library reads. */
    byte[] arrowSchema();

    /**
     * The next batch, valid until the next call and never empty; null at the end.
     *
     * @throws SQLException what {@link java.sql.ResultSet#next} would throw
     */
    @Nullable
    ColumnBatch next() throws SQLException;
}
