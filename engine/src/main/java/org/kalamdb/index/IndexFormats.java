// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.index;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.kalamdb.schema.IndexDefinition;
import org.kalamdb.schema.TableDefinition;

/** The indexes of each table under its last seen definition. Safe for use by several threads. */
final class IndexFormats {
    private final ConcurrentHashMap<Long, Formats> byObjectId = new ConcurrentHashMap<>();

    private record Formats(TableDefinition table, List<IndexKeys> indexes) {
        /** Definitions come from a cache, so that most are told apart at a glance. */
        @SuppressWarnings("ReferenceEquality")
        boolean isOf(TableDefinition definition) {
            return table == definition || table.equals(definition);
        }
    }

    /** In the order of the definition. */
    List<IndexKeys> of(TableDefinition table) {
        Formats formats = byObjectId.get(table.objectId());
        if (formats == null || !formats.isOf(table)) {
            formats = new Formats(
                    table,
                    table.indexes().stream()
                            .map(index -> new IndexKeys(table, index))
                            .toList());
            byObjectId.put(table.objectId(), formats);
        }
        return formats.indexes();
    }

    IndexKeys of(TableDefinition table, IndexDefinition index) {
        for (IndexKeys keys : of(table)) {
            if (keys.index().indexId() == index.indexId()) {
                return keys;
            }
        }
        return new IndexKeys(table, index);
    }

    void forget(long objectId) {
        byObjectId.remove(objectId);
    }
}
