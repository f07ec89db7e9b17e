// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec;

import java.util.List;
import org.kalamdb.schema.IndexDefinition;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.storage.RowCursor;
import org.kalamdb.storage.ScanDemand;
import org.kalamdb.storage.ScanFilter;
import org.kalamdb.storage.ScanParts;
import org.kalamdb.storage.row.KeyRange;

/** Where the scans of one statement read: stored tables as the statement sees them, or the engine's own tables. */
public interface RowSource {
    /**
     * Opens a scan.
     *
     * @param columns 0-based positions in the table's columns, then in its system columns, in the order of the batches
     * @param range which rows, by their primary key
     * @param filter what rows that matter meet; others may come too
     * @param inKeyOrder whether they must come in the order of the primary key
     * @param demand how much is wanted
     */
    RowCursor scan(
            TableDefinition table,
            int[] columns,
            boolean withRowKeys,
            KeyRange range,
            ScanFilter filter,
            boolean inKeyOrder,
            ScanDemand demand);

    /** Opens a scan as {@link #scan}, without row keys and in no order, in parts that several threads may read. */
    ScanParts scanParts(TableDefinition table, int[] columns, KeyRange range, ScanFilter filter);

    /** Opens a scan as {@link #scan}, of rows that were deleted too. */
    RowCursor scanWithDeleted(
            TableDefinition table, int[] columns, KeyRange range, ScanFilter filter, boolean inKeyOrder);

    /**
     * Opens a scan along an index.
     *
     * @param columns as for {@link #scan}
     * @param ranges which rows, by the columns of the index, at least one
     * @param descending whether they come in the descending order of the index
     * @param demand how much is wanted
     */
    RowCursor scanIndex(
            TableDefinition table,
            int[] columns,
            boolean withRowKeys,
            IndexDefinition index,
            List<KeyRange> ranges,
            boolean descending,
            ScanDemand demand);
}
