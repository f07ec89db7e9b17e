// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.store;

import org.kalamdb.schema.TableDefinition;

/** The last definitions of dropped tables whose rows may still be stored. Safe for use by several threads. */
final class DroppedTables extends EntityStore<Long, TableDefinition> {
    private static final byte[] SPACE = CatalogKeys.space("dropped");

    DroppedTables(KeyValueStore store) {
        super(store);
    }

    @Override
    byte[] prefix() {
        return SPACE;
    }

    @Override
    Long keyOf(TableDefinition value) {
        return value.objectId();
    }

    @Override
    byte[] keyBytes(Long key) {
        return CatalogKeys.number(SPACE, key);
    }

    @Override
    byte[] encode(TableDefinition value) {
        return DefinitionJson.toBytes(DefinitionWriter.table(value));
    }

    @Override
    TableDefinition decode(byte[] value) {
        return DefinitionJson.read("dropped table", value, DefinitionReader::table);
    }
}
