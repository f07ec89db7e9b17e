// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.introspection;

import static org.kalamdb.introspection.IntrospectionTable.column;
import static org.kalamdb.introspection.IntrospectionTable.nullable;
import static org.kalamdb.type.KalamDataType.BOOLEAN;
import static org.kalamdb.type.KalamDataType.INT;
import static org.kalamdb.type.KalamDataType.TEXT;
import static org.kalamdb.type.KalamDataType.TIMESTAMP;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.Names;
import org.kalamdb.schema.NamespaceDefinition;
import org.kalamdb.schema.SchemaVersion;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;
import org.kalamdb.schema.TableType;
import org.kalamdb.store.Catalog;

/** The results of DESCRIBE and SHOW. Safe for use by several threads. */
final class DescribeTables {
    private static final List<ColumnDefinition> DESCRIBE = List.of(
            column("column_name", 1, TEXT),
            column("ordinal_position", 2, INT),
            column("data_type", 3, TEXT),
            column("is_nullable", 4, BOOLEAN),
            column("is_primary_key", 5, BOOLEAN),
            column("is_partition_key", 6, BOOLEAN),
            nullable("default_value", 7, TEXT),
            nullable("column_comment", 8, TEXT));

    private static final List<ColumnDefinition> HISTORY = List.of(
            column("version", 1, INT),
            column("created_at", 2, TIMESTAMP),
            column("changes", 3, TEXT),
            column("column_count", 4, INT));

    private static final List<ColumnDefinition> SHOW_CREATE = List.of(column("statement", 1, TEXT));

    private static final List<ColumnDefinition> SHOW_TABLES = List.of(
            column("namespace", 1, TEXT),
            column("table_name", 2, TEXT),
            column("table_type", 3, TEXT),
            nullable("schema_version", 4, INT),
            column("created_at", 5, TIMESTAMP));

    private static final List<ColumnDefinition> SHOW_NAMESPACES =
            List.of(column("namespace", 1, TEXT), column("table_count", 2, INT), column("created_at", 3, TIMESTAMP));

    private final Catalog catalog;
    private final Relations relations;

    DescribeTables(Catalog catalog, Relations relations) {
        this.catalog = catalog;
        this.relations = relations;
    }

    IntrospectionTable describe(Relation relation) {
        return new IntrospectionTable(DESCRIBE, () -> relation.columns().map(DescribeTables::describeRow));
    }

    IntrospectionTable showCreate(Relation relation) {
        if (relation instanceof Relation.OfTable table && table.table().type() == TableType.SYSTEM) {
            throw new KalamException(
                    ErrorCode.WRONG_OBJECT_TYPE,
                    "Cannot show how " + relation.id() + " is created: it is a system table, every database has it");
        }
        return new IntrospectionTable(
                SHOW_CREATE,
                () -> relation.createStatements().stream().map(statement -> new @Nullable Object[] {statement}));
    }

    IntrospectionTable history(TableDefinition table) {
        return new IntrospectionTable(HISTORY, () -> table.history().stream().map(DescribeTables::historyRow));
    }

    IntrospectionTable showTables(@Nullable String namespace, NamePattern name) {
        return new IntrospectionTable(
                SHOW_TABLES,
                () -> relations
                        .matching(NamePattern.exactly(namespace), name)
                        .filter(relation -> namespace != null
                                || !Names.isSystemNamespace(relation.id().namespace()))
                        .map(relation -> showTablesRow(relation.info())));
    }

    IntrospectionTable showNamespaces(NamePattern name) {
        return new IntrospectionTable(
                SHOW_NAMESPACES,
                () -> catalog.namespaces().stream()
                        .filter(namespace -> name.matches(namespace.name()))
                        .map(this::showNamespacesRow));
    }

    private static @Nullable Object[] describeRow(ColumnInfo column) {
        return new @Nullable Object[] {
            column.name(),
            column.ordinalPosition(),
            column.sqlTypeName(),
            column.nullable(),
            column.isPrimaryKey(),
            column.partitionKey(),
            column.defaultText(),
            column.comment()
        };
    }

    private static @Nullable Object[] historyRow(SchemaVersion version) {
        return new @Nullable Object[] {
            version.version(),
            RowValues.timestamp(version.createdAt()),
            version.changes(),
            version.columns().size()
        };
    }

    private static @Nullable Object[] showTablesRow(TableInfo info) {
        return new @Nullable Object[] {
            info.id().namespace(),
            info.id().name(),
            info.tableType() == null
                    ? RelationKind.VIEW.jdbcName()
                    : info.tableType().name(),
            info.schemaVersion(),
            RowValues.timestamp(info.createdAt())
        };
    }

    private @Nullable Object[] showNamespacesRow(NamespaceDefinition namespace) {
        return new @Nullable Object[] {
            namespace.name(), tableCount(catalog, namespace.name()), RowValues.timestamp(namespace.createdAt())
        };
    }

    static int tableCount(Catalog catalog, String namespace) {
        try (Stream<TableId> ids = catalog.tableIds(namespace)) {
            return (int) ids.count();
        }
    }
}
