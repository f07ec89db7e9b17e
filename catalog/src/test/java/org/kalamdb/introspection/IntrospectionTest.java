// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.introspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.ColumnDefault;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.Constraint;
import org.kalamdb.schema.IdentityDefinition;
import org.kalamdb.schema.IndexDefinition;
import org.kalamdb.schema.NamespaceDefinition;
import org.kalamdb.schema.StorageSettings;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;
import org.kalamdb.schema.TableOptions;
import org.kalamdb.schema.TableType;
import org.kalamdb.schema.ViewDefinition;
import org.kalamdb.store.Catalog;
import org.kalamdb.store.InMemoryKeyValueStore;
import org.kalamdb.system.SystemTables;
import org.kalamdb.type.JdbcTypes;
import org.kalamdb.type.KalamDataType;

final class IntrospectionTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.000001Z");
    private static final Long NOW_MICROS = 1_767_225_600_000_001L;
    private static final TableId ORDERS = new TableId("app", "orders");
    private static final TableId LINES = new TableId("app", "order_lines");
    private static final TableId RECENT = new TableId("app", "recent");

    private final Catalog catalog = Catalog.open(new InMemoryKeyValueStore());
    private final Introspection introspection = new Introspection(catalog);

    @BeforeEach
    void createTables() {
        catalog.createNamespace(new NamespaceDefinition("app", NOW, Map.of()));
        catalog.createTable(TableDefinition.create(
                ORDERS,
                catalog.nextObjectId(),
                TableType.SHARED,
                List.of(
                        ColumnDefinition.primaryKey("id", 1, KalamDataType.BIGINT)
                                .withIdentity(new IdentityDefinition(true, 100, 10)),
                        ColumnDefinition.simple("name", 2, KalamDataType.TEXT)
                                .withType(KalamDataType.TEXT, 20)
                                .withNullable(false)
                                .withDefault(new ColumnDefault.Literal(TextNode.valueOf("it's")))
                                .withComment("who ordered"),
                        ColumnDefinition.simple("total", 3, KalamDataType.decimal(10, 2))
                                .withDefault(new ColumnDefault.Literal(IntNode.valueOf(0))),
                        ColumnDefinition.simple("at", 4, KalamDataType.TIMESTAMP)
                                .withDefault(new ColumnDefault.FunctionCall("now"))),
                TableOptions.shared(),
                StorageSettings.DEFAULT,
                List.of(
                        new Constraint.PrimaryKey("orders_pkey", List.of("id")),
                        new Constraint.Unique("orders_name", List.of("name", "at"))),
                "all orders",
                NOW));
        catalog.createTable(TableDefinition.create(
                LINES,
                catalog.nextObjectId(),
                TableType.USER,
                List.of(
                        ColumnDefinition.primaryKey("b", 1, KalamDataType.INT),
                        ColumnDefinition.primaryKey("a", 2, KalamDataType.INT),
                        ColumnDefinition.simple("order_id", 3, KalamDataType.BIGINT)),
                TableOptions.user(),
                StorageSettings.DEFAULT,
                List.of(
                        new Constraint.PrimaryKey("lines_pkey", List.of("b", "a")),
                        new Constraint.ForeignKey(
                                "lines_order",
                                List.of("order_id"),
                                ORDERS,
                                List.of("id"),
                                Constraint.ReferentialAction.NO_ACTION,
                                Constraint.ReferentialAction.CASCADE)),
                null,
                NOW));
        catalog.createView(
                new ViewDefinition(
                        RECENT,
                        "SELECT id FROM orders",
                        "app",
                        List.of(ColumnDefinition.simple("id", 1, KalamDataType.BIGINT)),
                        null,
                        NOW),
                false);
    }

    @Test
    void listsTablesByKindNamespaceAndName() {
        assertThat(introspection.tables(
                        NamePattern.like("%"), NamePattern.like("%o%"), EnumSet.allOf(RelationKind.class)))
                .extracting(info -> info.kind().jdbcName() + " " + info.id())
                .containsExactly(
                        "SYSTEM TABLE information_schema.check_constraints",
                        "SYSTEM TABLE information_schema.columns",
                        "SYSTEM TABLE information_schema.key_column_usage",
                        "SYSTEM TABLE information_schema.referential_constraints",
                        "SYSTEM TABLE information_schema.routines",
                        "SYSTEM TABLE information_schema.table_constraints",
                        "SYSTEM TABLE system.audit_log",
                        "SYSTEM TABLE system.column_statistics",
                        "SYSTEM TABLE system.columns",
                        "SYSTEM TABLE system.jobs",
                        "SYSTEM TABLE system.storages",
                        "TABLE app.order_lines",
                        "TABLE app.orders");
        assertThat(introspection.tables(NamePattern.exactly("app"), NamePattern.ALL, EnumSet.of(RelationKind.VIEW)))
                .containsExactly(new TableInfo(RECENT, RelationKind.VIEW, null, null, null, NOW, NOW));
        assertThat(introspection.tables(
                        NamePattern.exactly("app"), NamePattern.exactly("orders"), EnumSet.allOf(RelationKind.class)))
                .containsExactly(
                        new TableInfo(ORDERS, RelationKind.TABLE, TableType.SHARED, 2, "all orders", NOW, NOW));
        assertThat(introspection.tables(
                        NamePattern.exactly("app"), NamePattern.exactly("orders"), EnumSet.of(RelationKind.VIEW)))
                .isEmpty();
        assertThat(introspection.tables(NamePattern.like(""), NamePattern.ALL, EnumSet.allOf(RelationKind.class)))
                .isEmpty();
    }

    @Test
    void listsColumnsWithEverythingJdbcAsksFor() {
        assertThat(introspection.columns(NamePattern.like("app"), NamePattern.like("o%"), NamePattern.ALL))
                .extracting(column -> column.table().name() + "." + column.name())
                .containsExactly(
                        "order_lines.b",
                        "order_lines.a",
                        "order_lines.order_id",
                        "orders.id",
                        "orders.name",
                        "orders.total",
                        "orders.at");
        List<ColumnInfo> columns = introspection.columns(ORDERS);
        assertThat(columns.get(0).isAutoIncrement()).isTrue();
        assertThat(columns.get(0).keySequence()).isEqualTo(1);
        assertThat(columns.get(1))
                .isEqualTo(new ColumnInfo(
                        ORDERS,
                        2,
                        "name",
                        2,
                        KalamDataType.TEXT,
                        20,
                        "VARCHAR(20)",
                        JdbcTypes.VARCHAR,
                        20,
                        null,
                        null,
                        80,
                        false,
                        "'it''s'",
                        "who ordered",
                        null,
                        false,
                        null));
        assertThat(columns.get(2).sqlTypeName()).isEqualTo("DECIMAL(10, 2)");
        assertThat(columns.get(2).columnSize()).isEqualTo(10);
        assertThat(columns.get(2).decimalDigits()).isEqualTo(2);
        assertThat(columns.get(2).radix()).isEqualTo(10);
        assertThat(columns.get(3).decimalDigits()).isEqualTo(6);
        assertThat(introspection.columns(LINES).get(1).keySequence()).isEqualTo(2);
        assertThat(introspection.columns(NamePattern.ALL, NamePattern.exactly("recent"), NamePattern.like("i_")))
                .extracting(ColumnInfo::table)
                .containsExactly(RECENT);
    }

    @Test
    void listsKeysAndIndexes() {
        catalog.alterTable(
                ORDERS, table -> table.addIndex(new IndexDefinition(5000, "by_total", List.of("total"), false), NOW));
        assertThat(introspection.primaryKeys(LINES))
                .containsExactly(
                        new PrimaryKeyInfo(LINES, "a", 2, "lines_pkey"),
                        new PrimaryKeyInfo(LINES, "b", 1, "lines_pkey"));
        assertThat(introspection.primaryKeys(RECENT)).isEmpty();
        assertThat(introspection.indexes(ORDERS, false))
                .containsExactly(
                        new IndexInfo(ORDERS, "orders_name", true, 1, "name"),
                        new IndexInfo(ORDERS, "orders_name", true, 2, "at"),
                        new IndexInfo(ORDERS, "orders_pkey", true, 1, "id"),
                        new IndexInfo(ORDERS, "by_total", false, 1, "total"));
        assertThat(introspection.indexes(ORDERS, true)).hasSize(3);
        ForeignKeyInfo key = new ForeignKeyInfo(
                ORDERS,
                "id",
                LINES,
                "order_id",
                1,
                Constraint.ReferentialAction.NO_ACTION,
                Constraint.ReferentialAction.CASCADE,
                "lines_order",
                "orders_pkey");
        assertThat(introspection.importedKeys(LINES)).containsExactly(key);
        assertThat(introspection.exportedKeys(ORDERS)).containsExactly(key);
        assertThat(introspection.exportedKeys(LINES)).isEmpty();
    }

    @Test
    void describesTablesInEightColumns() {
        IntrospectionTable described = introspection.describe(ORDERS);
        assertThat(described.columns())
                .extracting(column -> column.name() + " " + column.dataType() + (column.nullable() ? "?" : ""))
                .containsExactly(
                        "column_name TEXT",
                        "ordinal_position INT",
                        "data_type TEXT",
                        "is_nullable BOOLEAN",
                        "is_primary_key BOOLEAN",
                        "is_partition_key BOOLEAN",
                        "default_value TEXT?",
                        "column_comment TEXT?");
        assertThat(described.rows())
                .containsExactly(
                        new Object[] {"id", 1, "BIGINT", false, true, false, null, null},
                        new Object[] {"name", 2, "VARCHAR(20)", false, false, false, "'it''s'", "who ordered"},
                        new Object[] {"total", 3, "DECIMAL(10, 2)", true, false, false, "0", null},
                        new Object[] {"at", 4, "TIMESTAMP", true, false, false, "NOW()", null});
        assertThat(introspection.describe(RECENT).rows())
                .containsExactly(new Object[][] {{"id", 1, "BIGINT", true, false, false, null, null}});
        assertThatThrownBy(() -> introspection.describe(new TableId("app", "order")))
                .isInstanceOfSatisfying(
                        KalamException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TABLE_NOT_FOUND))
                .hasMessage("Table app.\"order\" does not exist, did you mean app.orders?".replace("\"", ""));
    }

    @Test
    void showsHistoryAscending() {
        catalog.alterTable(ORDERS, table -> table.dropColumn("total", NOW.plusSeconds(1)));
        IntrospectionTable history = introspection.history(ORDERS);
        assertThat(history.columns())
                .extracting(ColumnDefinition::name)
                .containsExactly("version", "created_at", "changes", "column_count");
        assertThat(history.rows())
                .containsExactly(
                        new Object[] {1, NOW_MICROS, "Initial schema", 4},
                        new Object[] {2, NOW_MICROS, "Referenced by table app.order_lines", 4},
                        new Object[] {3, NOW_MICROS + 1_000_000, "Dropped column total", 3});
        assertThatThrownBy(() -> introspection.history(RECENT))
                .hasMessage("View app.recent has no history, only tables have one");
    }

    @Test
    void showsTablesAndNamespaces() {
        assertThat(introspection.showTables(null, NamePattern.ALL).rows())
                .containsExactly(
                        new Object[] {"app", "order_lines", "USER", 1, NOW_MICROS},
                        new Object[] {"app", "orders", "SHARED", 2, NOW_MICROS},
                        new Object[] {"app", "recent", "VIEW", null, NOW_MICROS});
        assertThat(introspection.showTables("system", NamePattern.ALL).rows())
                .extracting(row -> row[1])
                .contains("users", "stats");
        assertThatThrownBy(() -> introspection.showTables("ap", NamePattern.ALL))
                .hasMessage("Namespace ap does not exist, did you mean app?");
        assertThat(introspection.showNamespaces(NamePattern.ALL).rows())
                .extracting(row -> row[0] + " " + row[1])
                .containsExactly("app 2", "information_schema 11", "main 0", "system 14");
    }

    @Test
    void restrictsSystemTablesByName() {
        assertThat(introspection
                        .systemTable(
                                SystemTables.INFORMATION_SCHEMA_COLUMNS.id(),
                                NamePattern.exactly("app"),
                                NamePattern.exactly("orders"))
                        .orElseThrow()
                        .rows())
                .extracting(row -> row[3])
                .containsExactly("id", "name", "total", "at");
        assertThat(introspection.systemTable(SystemTables.USERS.id())).isEmpty();
    }
}
