// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.introspection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kalamdb.schema.ColumnDefault;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.IndexDefinition;
import org.kalamdb.schema.NamespaceDefinition;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;
import org.kalamdb.store.Catalog;
import org.kalamdb.store.InMemoryKeyValueStore;
import org.kalamdb.store.RandomDefinitions;
import org.kalamdb.system.SystemTables;
import org.kalamdb.type.KalamDataType;

/** Every way to look at a table says the same of it. */
final class IntrospectionAgreementTest {
    private final Catalog catalog = Catalog.open(new InMemoryKeyValueStore());
    private final Introspection introspection = new Introspection(catalog);

    @Test
    void agreesColumnByColumn() throws Exception {
        catalog.createNamespace(new NamespaceDefinition("app", Instant.EPOCH, Map.of()));
        List<TableDefinition> tables = new ArrayList<>();
        for (long seed = 1; seed <= 40; seed++) {
            TableDefinition table = new RandomDefinitions(seed).table(new TableId("app", "t" + seed));
            // Indexes have names of their own in a namespace, which random ones need not have.
            for (IndexDefinition index : table.indexes()) {
                table = table.dropIndex(index.name(), Instant.EPOCH);
            }
            catalog.createTable(table);
            tables.add(table);
        }
        for (TableDefinition table : tables) {
            assertAgreement(table);
        }
    }

    @Test
    void agreesOnTheSystemTables() throws Exception {
        for (TableDefinition table : SystemTables.ALL) {
            assertAgreement(table);
        }
    }

    private void assertAgreement(TableDefinition table) throws Exception {
        TableId id = table.id();
        NamePattern namespace = NamePattern.exactly(id.namespace());
        NamePattern name = NamePattern.exactly(id.name());
        List<Map<String, @Nullable Object>> described = rows(introspection.describe(id));
        List<Map<String, @Nullable Object>> standard =
                rows(SystemTables.INFORMATION_SCHEMA_COLUMNS.id(), namespace, name);
        List<Map<String, @Nullable Object>> system = rows(SystemTables.COLUMNS.id(), namespace, name);
        List<ColumnInfo> jdbc = introspection.columns(id);
        List<Field> arrow = table.toArrowSchema().getFields();
        assertThat(List.of(described.size(), standard.size(), system.size(), jdbc.size(), arrow.size()))
                .containsOnly(table.columns().size());
        for (int i = 0; i < table.columns().size(); i++) {
            ColumnDefinition column = table.columns().get(i);
            String defaultText = column.defaultValue() instanceof ColumnDefault.None
                    ? null
                    : column.defaultValue().sqlText();
            assertRow(
                    described.get(i),
                    row(
                            "column_name", column.name(),
                            "ordinal_position", column.ordinalPosition(),
                            "data_type", column.sqlTypeName(),
                            "is_nullable", column.nullable(),
                            "is_primary_key", column.primaryKey(),
                            "is_partition_key", column.partitionKey(),
                            "default_value", defaultText,
                            "column_comment", column.comment()));
            assertRow(
                    standard.get(i),
                    row(
                            "table_schema", id.namespace(),
                            "table_name", id.name(),
                            "column_name", column.name(),
                            "ordinal_position", column.ordinalPosition(),
                            "data_type", column.sqlTypeName(),
                            "is_nullable", column.nullable(),
                            "is_primary_key", column.primaryKey(),
                            "column_default", defaultText,
                            "column_comment", column.comment()));
            assertRow(
                    system.get(i),
                    row(
                            "namespace_id", id.namespace(),
                            "table_name", id.name(),
                            "version", table.schemaVersion(),
                            "column_id", column.columnId(),
                            "column_name", column.name(),
                            "ordinal", column.ordinalPosition(),
                            "data_type", column.sqlTypeName(),
                            "nullable", column.nullable(),
                            "primary_key", column.primaryKey(),
                            "default_value", defaultText,
                            "comment", column.comment()));
            assertThat(jdbc.get(i).name()).isEqualTo(column.name());
            assertThat(jdbc.get(i).defaultText()).isEqualTo(defaultText);
            assertThat(jdbc.get(i).isPrimaryKey()).isEqualTo(column.primaryKey());
            assertThat(jdbc.get(i).identity()).isEqualTo(column.identity());
            assertThat(jdbc.get(i).keySequence()).isEqualTo(system.get(i).get("primary_key_pos"));
            assertThat(arrow.get(i).getName()).isEqualTo(column.name());
            assertThat(arrow.get(i).isNullable()).isEqualTo(column.nullable());
        }
        assertTableRows(table, namespace, name);
    }

    private void assertTableRows(TableDefinition table, NamePattern namespace, NamePattern name) throws Exception {
        Map<String, @Nullable Object> system =
                rows(SystemTables.TABLES.id(), namespace, name).get(0);
        Map<String, @Nullable Object> standard = rows(SystemTables.INFORMATION_SCHEMA_TABLES.id(), namespace, name)
                .get(0);
        Map<String, @Nullable Object> schema =
                rows(SystemTables.TABLE_SCHEMAS.id(), namespace, name).get(0);
        List<Map<String, @Nullable Object>> history = rows(introspection.history(table.id()));
        assertThat(system.get("table_id")).isEqualTo(table.id().key()).isEqualTo(standard.get("table_id"));
        assertThat(system.get("table_type")).isEqualTo(table.type().name());
        assertThat(system.get("created_at"))
                .isEqualTo(standard.get("created_at"))
                .isEqualTo(schema.get("created_at"));
        assertThat(standard.get("updated_at")).isEqualTo(schema.get("updated_at"));
        assertThat(system.get("schema_version"))
                .isEqualTo(table.schemaVersion())
                .isEqualTo(standard.get("schema_version"))
                .isEqualTo(schema.get("schema_version"))
                .isEqualTo(history.size())
                .isEqualTo(history.get(history.size() - 1).get("version"));
        assertThat(history.get(history.size() - 1).get("column_count"))
                .isEqualTo(table.columns().size());
        JsonNode definition = new ObjectMapper().readTree((String) schema.get("table_definition"));
        assertThat(definition.path("history").size()).isEqualTo(table.schemaVersion());
        assertThat(definition.path("options"))
                .isEqualTo(new ObjectMapper().readTree(table.options().toJson().toString()));
        List<PrimaryKeyInfo> key = introspection.primaryKeys(table.id());
        assertThat(key)
                .extracting(PrimaryKeyInfo::columnName)
                .containsExactlyInAnyOrderElementsOf(table.primaryKeyColumns().stream()
                        .map(ColumnDefinition::name)
                        .toList());
    }

    static List<TableId> derived() {
        return List.of(
                SystemTables.TABLES.id(),
                SystemTables.TABLE_SCHEMAS.id(),
                SystemTables.NAMESPACES.id(),
                SystemTables.COLUMNS.id(),
                SystemTables.DATATYPES.id(),
                SystemTables.INFORMATION_SCHEMA_SCHEMATA.id(),
                SystemTables.INFORMATION_SCHEMA_TABLES.id(),
                SystemTables.INFORMATION_SCHEMA_COLUMNS.id(),
                SystemTables.INFORMATION_SCHEMA_VIEWS.id(),
                SystemTables.INFORMATION_SCHEMA_TABLE_CONSTRAINTS.id(),
                SystemTables.INFORMATION_SCHEMA_KEY_COLUMN_USAGE.id());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("derived")
    void fillsEveryColumnWithAValueOfItsType(TableId id) {
        RandomDefinitions random = new RandomDefinitions(7);
        for (int i = 0; i < 30; i++) {
            TableDefinition table = random.table(new TableId("main", "t" + i));
            catalog.createTable(table);
            catalog.createView(random.view(new TableId("main", "v" + i)), false);
        }
        IntrospectionTable table = introspection.systemTable(id).orElseThrow();
        assertThat(table.columns()).isEqualTo(catalog.requireTable(id).columns());
        try (Stream<@Nullable Object[]> rows = table.rows()) {
            assertThat(rows).isNotEmpty().allSatisfy(row -> assertFits(table.columns(), row));
        }
    }

    private static void assertFits(List<ColumnDefinition> columns, @Nullable Object[] row) {
        assertThat(row).hasSameSizeAs(columns);
        for (int i = 0; i < row.length; i++) {
            ColumnDefinition column = columns.get(i);
            if (row[i] == null) {
                assertThat(column.nullable())
                        .as("%s may be NULL", column.name())
                        .isTrue();
            } else {
                assertThat(row[i]).as("%s", column.name()).isInstanceOf(storedClass(column.dataType()));
            }
        }
    }

    private static Class<?> storedClass(KalamDataType type) {
        return switch (type.kind()) {
            case TEXT, JSON -> String.class;
            case INT -> Integer.class;
            case BIGINT, TIMESTAMP -> Long.class;
            case BOOLEAN -> Boolean.class;
            default -> throw new AssertionError("No system table has columns of type " + type);
        };
    }

    private List<Map<String, @Nullable Object>> rows(TableId id, NamePattern namespace, NamePattern name) {
        return rows(introspection.systemTable(id, namespace, name).orElseThrow());
    }

    private static List<Map<String, @Nullable Object>> rows(IntrospectionTable table) {
        try (Stream<@Nullable Object[]> rows = table.rows()) {
            return rows.map(row -> {
                        Map<String, @Nullable Object> named = new HashMap<>();
                        for (int i = 0; i < row.length; i++) {
                            named.put(table.columns().get(i).name(), row[i]);
                        }
                        return named;
                    })
                    .toList();
        }
    }

    private static Map<String, @Nullable Object> row(@Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> row = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            row.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return row;
    }

    private static void assertRow(Map<String, @Nullable Object> actual, Map<String, @Nullable Object> expected) {
        assertThat(actual).containsAllEntriesOf(expected);
    }
}
