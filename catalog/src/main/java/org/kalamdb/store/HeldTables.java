// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.store;

import java.util.concurrent.ConcurrentHashMap;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.TableDefinition;

/** The tables whose definitions must stay as they are, by object id. Safe for use by several threads. */
final class HeldTables {
    private final ConcurrentHashMap<Long, Integer> holders = new ConcurrentHashMap<>();

    void hold(long objectId) {
        holders.merge(objectId, 1, Integer::sum);
    }

    void release(long objectId) {
        holders.computeIfPresent(objectId, (id, count) -> count == 1 ? null : count - 1);
    }

    /** @throws KalamException TABLE_IN_USE if somebody holds the table */
    void requireFree(TableDefinition table) {
        if (holders.containsKey(table.objectId())) {
            throw new KalamException(
                    ErrorCode.TABLE_IN_USE,
                    "Cannot change table " + table.id()
                            + ": a prepared transaction has written to it; commit that or roll it back first");
        }
    }
}
