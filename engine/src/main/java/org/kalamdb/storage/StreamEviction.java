// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import static java.util.Objects.requireNonNull;

import java.util.function.ToIntFunction;
import org.kalamdb.schema.EvictionStrategy;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableOptions;
import org.kalamdb.transaction.Transaction;
import org.kalamdb.transaction.Transactions;

/**
 * Removes rows of STREAM tables that have expired and, where the strategy goes by size, the oldest of a table that is over
 * its size, whichever users they belong to. Safe for use by several threads.
 */
public final class StreamEviction {
    private static final int ROWS_PER_TRANSACTION = 1024;

    private final TableStore tables;
    private final Transactions transactions;

    public StreamEviction(TableStore tables, Transactions transactions) {
        this.tables = requireNonNull(tables, "tables is null");
        this.transactions = requireNonNull(transactions, "transactions is null");
    }

    /** Whether {@link #evict} would find something. Looks at one row at most. */
    public boolean isDue(TableDefinition table) {
        long maxBytes = maxBytes(table);
        return tables.hasExpired(table) || maxBytes < Long.MAX_VALUE && tables.byteCount(table) > maxBytes;
    }

    /**
     * Removes what is to go.
     *
     * @return how many rows
     * @throws org.kalamdb.error.KalamException WRITE_CONFLICT, LOCK_TIMEOUT if others work on such a row; SERIALIZATION_FAILURE
     *     if the table was altered or dropped meanwhile
     */
    public long evict(TableDefinition table) {
        long removed = inSteps(transaction -> tables.removeExpired(transaction, table, ROWS_PER_TRANSACTION));
        long maxBytes = maxBytes(table);
        if (maxBytes < Long.MAX_VALUE) {
            tables.recount(table);
            removed += inSteps(transaction -> tables.removeOldest(transaction, table, maxBytes, ROWS_PER_TRANSACTION));
        }
        return removed;
    }

    private long inSteps(ToIntFunction<Transaction> step) {
        long removed = 0;
        while (true) {
            try (Transaction transaction = transactions.begin()) {
                int rows = step.applyAsInt(transaction);
                if (rows == 0) {
                    return removed;
                }
                transaction.commit();
                removed += rows;
            }
        }
    }

    private static long maxBytes(TableDefinition table) {
        return table.options() instanceof TableOptions.Stream stream
                        && stream.evictionStrategy() != EvictionStrategy.TIME_BASED
                        && stream.maxStreamSizeBytes() > 0
                ? stream.maxStreamSizeBytes()
                : Long.MAX_VALUE;
    }
}
