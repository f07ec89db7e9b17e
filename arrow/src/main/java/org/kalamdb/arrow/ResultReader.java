// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.arrow;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.jdbc.ColumnarRows;

/** The batches of a result set. Confined to one thread. */
final class ResultReader extends ArrowReader {
    private final ResultSet resultSet;
    private final ColumnarRows rows;
    private long bytesRead;

    ResultReader(ResultSet resultSet, ColumnarRows rows, BufferAllocator allocator) {
        super(allocator);
        this.resultSet = resultSet;
        this.rows = rows;
    }

    @Override
    protected Schema readSchema() {
        return Schema.deserializeMessage(ByteBuffer.wrap(rows.arrowSchema()));
    }

    @Override
    public boolean loadNextBatch() throws IOException {
        prepareLoadNextBatch();
        ColumnBatch batch;
        try {
            batch = rows.next();
        } catch (SQLException e) {
            throw new IOException(e.getMessage(), e);
        }
        if (batch == null) {
            return false;
        }
        VectorSchemaRoot root = getVectorSchemaRoot();
        for (int column = 0; column < batch.columns().size(); column++) {
            VectorCopy.copy(batch.column(column), batch.rowCount(), root.getVector(column));
            bytesRead += root.getVector(column).getBufferSize();
        }
        root.setRowCount(batch.rowCount());
        return true;
    }

    /** Bytes of the vectors that were loaded. */
    @Override
    public long bytesRead() {
        return bytesRead;
    }

    @Override
    protected void closeReadSource() throws IOException {
        try {
            resultSet.close();
        } catch (SQLException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
