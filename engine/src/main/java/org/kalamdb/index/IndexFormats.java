// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.index;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.List;
import org.kalamdb.schema.IndexDefinition;
import org.kalamdb.schema.TableDefinition;

/** The indexes of the tables used last, under their last seen definitions. Safe for use by several threads. */
final class IndexFormats {
    private static final int MAX_TABLES = 4096;

    private final Cache<Long, Formats> byObjectId = Caffeine.newBuilder()
            .maximumSize(MAX_TABLES)
            .executor(Runnable::run)
            .build();

    private record Formats(TableDefinition table, List<IndexKeys> indexes) {
        /** Definitions come from a cache, so that most are told apart at a glance. */
        @SuppressWarnings("ReferenceEquality")
        boolean isOf(TableDefinition definition) {
            return table == definition || table.equals(definition);
        }
    }

    /** In the order of the definition. */
    List<IndexKeys> of(TableDefinition table) {
        Formats formats = byObjectId.getIfPresent(table.objectId());
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
}
