// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc;

import java.sql.SQLException;
import java.util.List;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.type.KalamDataType;

/**
 * The parameters of a prepared statement column by column: {@code preparedStatement.unwrap(ColumnarParameters.class)}. A batch
 * of many rows is then some arrays instead of an object for each value. Closing the statement closes this. Confined to one thread, as
 * its connection is.
 *
 * <p>The module {@code kalamdb-arrow} inserts Arrow record batches through it.
 */
public interface ColumnarParameters {
    /** The types of the parameters, in order. */
    List<KalamDataType> types();

    /**
     * Runs the statement once for each row of a batch, as {@link java.sql.PreparedStatement#executeLargeBatch} does for entries: in
     * auto-commit mode all rows take effect or none does. INSERT of values writes them as they lie in their arrays.
     *
     * @param batch one vector for each parameter, of exactly its type; not kept
     * @return how many rows each row of the batch has changed
     * @throws java.sql.BatchUpdateException if a row is refused; in a transaction its counts are those of the rows before it
     */
    long[] executeBatch(ColumnBatch batch) throws SQLException;
}
