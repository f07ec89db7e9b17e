// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.dml;

import org.kalamdb.exec.QueryContext;
import org.kalamdb.index.Indexes;
import org.kalamdb.storage.Sequences;
import org.kalamdb.storage.TableStore;
import org.kalamdb.transaction.Transaction;

/**
 * What one run of a statement writes to. Confined to one thread.
 *
 * @param query what its queries read from
 * @param transaction what its writes belong to
 * @param tables the rows
 * @param indexes their indexes
 * @param sequences the counters of identity columns
 * @param user the acting user
 */
public record WriteContext(
        QueryContext query,
        Transaction transaction,
        TableStore tables,
        Indexes indexes,
        Sequences sequences,
        String user) {
    /** The same, with other parameters. */
    WriteContext withQuery(QueryContext other) {
        return other == query ? this : new WriteContext(other, transaction, tables, indexes, sequences, user);
    }
}
