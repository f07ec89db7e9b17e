// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.transaction;

import org.kalamdb.schema.TableDefinition;

/**
 * What a transaction did to a table. Immutable.
 *
 * @param definition the table as it was when the transaction first wrote to it
 * @param rowCountDelta rows inserted minus rows deleted
 * @param byteCountDelta by how many bytes its rows have grown, where those are counted
 */
public record TableChange(TableDefinition definition, long rowCountDelta, long byteCountDelta) {
    TableChange plus(long rows, long bytes) {
        return rows == 0 && bytes == 0
                ? this
                : new TableChange(definition, rowCountDelta + rows, byteCountDelta + bytes);
    }
}
