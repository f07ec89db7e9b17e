// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.batch.ColumnBatch;

/**
 * A statement parsed and planned once, run many times. It is planned again on its own when a table it names has
 * changed. Confined to one thread, as its session is.
 */
public interface PreparedQuery extends AutoCloseable {
    StatementKind kind();

    /** The columns of the rows it answers; empty if it answers a count. */
    List<ResultColumn> columns();

    List<ParameterInfo> parameters();

    /** Whether the rows it answers can be changed one by one, as rows of one table. */
    Updatability updatability();

    /**
     * Runs the statement.
     *
     * @param parameters one Java value a parameter, of any class that {@code org.kalamdb.type} converts to its type;
     *     null is NULL
     * @throws org.kalamdb.error.KalamException if it fails; nothing of the statement is left then
     */
    StatementResult execute(@Nullable Object[] parameters);

    /**
     * Runs the statement once for each entry, in order, up to the first that fails. Outside of a transaction, entries that
     * change rows are one transaction: all take effect, or none does and there are no counts. Entries may read one moment,
     * and what is committed by others between two of them need not be seen.
     *
     * @param entries parameters as of {@link #execute}
     * @throws org.kalamdb.error.KalamException INVALID_CURSOR if the statement answers rows
     */
    BatchResult executeBatch(List<@Nullable Object[]> entries);

    /**
     * As {@link #executeBatch(List)} with the parameters column by column: one entry for each row of a batch. INSERT of values
     * writes them without making objects of them.
     *
     * @param entries one vector for each of {@link #parameters()}, of exactly its type; not kept
     * @throws org.kalamdb.error.KalamException INVALID_CURSOR if the statement answers rows, NOT_SUPPORTED if it changes none,
     *     TYPE_MISMATCH if a vector is of another type
     */
    BatchResult executeBatch(ColumnBatch entries);

    /** The statement is not used any more. Open cursors stay valid. Idempotent. */
    @Override
    void close();
}
