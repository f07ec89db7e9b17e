// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.store;

import java.util.function.Predicate;
import java.util.stream.Stream;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;

/** The definitions of the users' tables. Safe for use by several threads. */
public final class TableSchemaStore extends QualifiedStore<TableDefinition> {
    /** @param store where their entries are, among those of others */
    public TableSchemaStore(KeyValueStore store) {
        super(store, "table");
    }

    /** As {@link #all(Predicate)}, of each table what a list says. To be closed. */
    public Stream<TableSummary> summaries(Predicate<TableId> filter) {
        return all(filter, TableSchemaStore::summary);
    }

    /** As {@link #startingWith(String, String, Predicate)}, of each table what a list says. To be closed. */
    public Stream<TableSummary> summariesStartingWith(String namespace, String namePrefix, Predicate<TableId> filter) {
        return startingWith(namespace, namePrefix, filter, TableSchemaStore::summary);
    }

    private static TableSummary summary(byte[] value) {
        return DefinitionJson.read("table", value, DefinitionReader.SUMMARY, DefinitionReader::summary);
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
