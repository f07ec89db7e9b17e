// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.transaction;

import org.kalamdb.schema.TableDefinition;

/**
 * What a transaction did to a table. Immutable.
 *
 * @param definition the table as it was when the transaction first wrote to it
 * @param rowCountDelta rows inserted minus rows deleted
 */
public record TableChange(TableDefinition definition, long rowCountDelta) {
    TableChange plus(long delta) {
        return delta == 0 ? this : new TableChange(definition, rowCountDelta + delta);
    }
}
