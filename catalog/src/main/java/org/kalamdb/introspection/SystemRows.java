// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.introspection;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.kalamdb.schema.FlushPolicy;
import org.kalamdb.schema.NamespaceDefinition;
import org.kalamdb.schema.StorageSettings;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;
import org.kalamdb.schema.TableOptions;
import org.kalamdb.store.Catalog;
import org.kalamdb.store.DefinitionJson;
import org.kalamdb.system.SystemTables;

/** The rows of the tables of {@code system} that show definitions. Safe for use by several threads. */
final class SystemRows {
    /** How long tombstones are kept where a table says nothing: a week. */
    private final Catalog catalog;

    private final Relations relations;

    SystemRows(Catalog catalog, Relations relations) {
        this.catalog = catalog;
        this.relations = relations;
    }

    Optional<IntrospectionTable> find(TableId id, NamePattern namespace, NamePattern table) {
        if (id.equals(SystemTables.TABLES.id())) {
            return Optional.of(IntrospectionTable.of(
                    SystemTables.TABLES,
                    () -> relations.tables(namespace, table).map(SystemRows::tableRow)));
        }
        if (id.equals(SystemTables.TABLE_SCHEMAS.id())) {
            return Optional.of(IntrospectionTable.of(
                    SystemTables.TABLE_SCHEMAS,
                    () -> relations.tables(namespace, table).map(SystemRows::schemaRow)));
        }
        if (id.equals(SystemTables.COLUMNS.id())) {
            return Optional.of(IntrospectionTable.of(
                    SystemTables.COLUMNS,
                    () -> relations.matching(namespace, table).flatMap(SystemRows::columnRows)));
        }
        if (id.equals(SystemTables.NAMESPACES.id())) {
            return Optional.of(IntrospectionTable.of(
                    SystemTables.NAMESPACES,
                    () -> catalog.namespaces().stream()
                            .filter(definition -> namespace.matches(definition.name()))
                            .map(this::namespaceRow)));
        }
        if (id.equals(SystemTables.DATATYPES.id())) {
            return Optional.of(IntrospectionTable.of(SystemTables.DATATYPES, DatatypeRows::rows));
        }
        return Optional.empty();
    }

    private static @Nullable Object[] tableRow(TableDefinition table) {
        StorageSettings storage = table.storage();
        FlushPolicy flushPolicy = storage.flushPolicy();
        return new @Nullable Object[] {
            table.id().key(),
            table.id().name(),
            table.id().namespace(),
            table.type().name(),
            RowValues.timestamp(table.createdAt()),
            storageLocation(table),
            storage.storageId(),
            storage.useUserStorage(),
            flushPolicy == null ? "none" : flushPolicy.toString(),
            table.schemaVersion(),
            storage.keptHours(),
            table.options() instanceof TableOptions.Shared shared ? RowValues.lower(shared.accessLevel()) : null
        };
    }

    /** The folder of the cold segments in the table's storage; empty for tables that have none. */
    private static String storageLocation(TableDefinition table) {
        String folder = table.id().namespace() + "/" + table.id().name();
        return switch (table.type()) {
            case SHARED -> folder;
            case USER -> folder + "/{userId}";
            case STREAM, SYSTEM -> "";
        };
    }

    private static @Nullable Object[] schemaRow(TableDefinition table) {
        return new @Nullable Object[] {
            table.id().key(),
            table.schemaVersion(),
            DefinitionJson.text(table),
            RowValues.timestamp(table.createdAt()),
            RowValues.timestamp(table.updatedAt())
        };
    }

    private static Stream<@Nullable Object[]> columnRows(Relation relation) {
        Integer version = relation.info().schemaVersion();
        return relation.columns().map(column -> new @Nullable Object[] {
            relation.id().namespace(),
            relation.id().name(),
            version == null ? Integer.valueOf(1) : version,
            column.columnId(),
            column.name(),
            column.comment(),
            column.sqlTypeName(),
            column.defaultText(),
            column.ordinalPosition(),
            column.nullable(),
            column.isPrimaryKey(),
            column.keySequence()
        });
    }

    private @Nullable Object[] namespaceRow(NamespaceDefinition namespace) {
        return new @Nullable Object[] {
            namespace.name(),
            namespace.name(),
            RowValues.timestamp(namespace.createdAt()),
            namespace.options().isEmpty() ? null : optionsText(namespace.options()),
            DescribeTables.tableCount(catalog, namespace.name())
        };
    }

    private static String optionsText(Map<String, String> options) {
        return DefinitionJson.text(new TreeMap<>(options));
    }
}
