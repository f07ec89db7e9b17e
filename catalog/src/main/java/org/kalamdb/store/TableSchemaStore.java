// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.store;

import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;

/** The definitions of the users' tables. Safe for use by several threads. */
public final class TableSchemaStore extends QualifiedStore<TableDefinition> {
    public TableSchemaStore(KeyValueStore store) {
        super(store, "table");
    }

    @Override
    TableId keyOf(TableDefinition value) {
        return value.id();
    }

    @Override
    byte[] encode(TableDefinition value) {
        return DefinitionJson.toBytes(DefinitionWriter.table(value));
    }

    @Override
    TableDefinition decode(byte[] value) {
        return DefinitionJson.read("table", value, DefinitionReader::table);
    }
}
