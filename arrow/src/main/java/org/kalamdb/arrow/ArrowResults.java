// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.arrow;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.kalamdb.jdbc.ColumnarRows;

/** Results as Arrow record batches. Safe for use by several threads. */
public final class ArrowResults {
    private ArrowResults() {}

    /**
     * Reads the rows of a result set as record batches, one for each batch of the engine: arrays are copied as they are,
     * no value is converted by itself. The schema's fields are labels of the result, with the metadata
     * {@code kalam_data_type}. What the reader holds is the allocator's until the reader is closed, which closes the
     * result set too. It is confined to one thread, as the connection is. A failure to read, such as a cancelled statement, is
     * an {@link java.io.IOException} whose cause is the driver's exception.
     *
     * @param rows a forward-only result set of KalamDB that nobody has read from; may be wrapped, as by a pool
     * @throws SQLException if it is of another database, or scrollable, updatable, or read from
     */
    public static ArrowReader reader(ResultSet rows, BufferAllocator allocator) throws SQLException {
        return new ResultReader(rows, rows.unwrap(ColumnarRows.class), allocator);
    }
}
