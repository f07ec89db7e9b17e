// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec;

import org.kalamdb.schema.TableDefinition;
import org.kalamdb.storage.KeyRange;
import org.kalamdb.storage.RowCursor;

/** Where the scans of one statement read: stored tables as the statement sees them, or the engine's own tables. */
public interface RowSource {
    /**
     * Opens a scan.
     *
     * @param columns 0-based positions in the table's columns, in the order of the batches
     * @param range which rows, by their primary key
     */
    RowCursor scan(TableDefinition table, int[] columns, boolean withRowKeys, KeyRange range);
}
