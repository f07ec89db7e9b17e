// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;
import org.kalamdb.schema.TableType;

final class SystemTablesTest {
    @Test
    void definesTheDocumentedColumns() {
        assertThat(text(SystemTables.USERS))
                .isEqualTo("*user_id TEXT, username TEXT, password_hash TEXT, role TEXT, email TEXT?, auth_type TEXT,"
                        + " auth_data TEXT?, storage_mode TEXT, storage_id TEXT?, created_at TIMESTAMP,"
                        + " updated_at TIMESTAMP, last_seen TIMESTAMP?, deleted_at TIMESTAMP?");
        assertThat(text(SystemTables.JOBS))
                .isEqualTo("*job_id TEXT, job_type TEXT, namespace_id TEXT, table_name TEXT?, status TEXT,"
                        + " parameters TEXT?, result TEXT?, trace TEXT?, memory_used BIGINT?, cpu_used BIGINT?,"
                        + " created_at TIMESTAMP, started_at TIMESTAMP?, completed_at TIMESTAMP?, node_id TEXT,"
                        + " error_message TEXT?");
        assertThat(text(SystemTables.MANIFEST))
                .isEqualTo("*segment_id BIGINT, namespace_id TEXT, table_name TEXT, user_id TEXT?, file TEXT,"
                        + " size_bytes BIGINT, row_count BIGINT, masked_rows BIGINT, schema_version INT,"
                        + " checksum TEXT, created_at TIMESTAMP");
        assertThat(text(SystemTables.TABLE_STATISTICS))
                .isEqualTo("namespace_id TEXT, table_name TEXT, stored_rows BIGINT, stored_bytes BIGINT?");
        assertThat(text(SystemTables.COLUMN_STATISTICS))
                .isEqualTo("namespace_id TEXT, table_name TEXT, column_name TEXT, distinct_values BIGINT?,"
                        + " null_fraction DOUBLE?, min_value TEXT?, max_value TEXT?, analyzed_at TIMESTAMP?,"
                        + " histogram_bounds JSON?");
        assertThat(text(SystemTables.NAMESPACES))
                .isEqualTo("*namespace_id TEXT, name TEXT, created_at TIMESTAMP, options TEXT?, table_count INT");
        assertThat(text(SystemTables.STORAGES))
                .isEqualTo("*storage_id TEXT, storage_name TEXT, description TEXT?, storage_type TEXT,"
                        + " base_directory TEXT, credentials TEXT?, shared_tables_template TEXT,"
                        + " user_tables_template TEXT, created_at TIMESTAMP, updated_at TIMESTAMP");
        assertThat(text(SystemTables.LIVE_QUERIES))
                .isEqualTo("*live_id TEXT, connection_id TEXT, namespace_id TEXT, table_name TEXT, query_id TEXT,"
                        + " user_id TEXT, query TEXT, options TEXT?, created_at TIMESTAMP, last_update TIMESTAMP,"
                        + " changes BIGINT, node TEXT");
        assertThat(text(SystemTables.TABLES))
                .isEqualTo("*table_id TEXT, table_name TEXT, namespace TEXT, table_type TEXT, created_at TIMESTAMP,"
                        + " storage_location TEXT, storage_id TEXT?, use_user_storage BOOLEAN, flush_policy TEXT,"
                        + " schema_version INT, deleted_retention_hours INT, access_level TEXT?");
        assertThat(text(SystemTables.TABLE_SCHEMAS))
                .isEqualTo("*table_id TEXT, schema_version INT, table_definition JSON, created_at TIMESTAMP,"
                        + " updated_at TIMESTAMP");
        assertThat(text(SystemTables.AUDIT_LOG))
                .isEqualTo("*audit_id TEXT, timestamp TIMESTAMP, actor_user_id TEXT, actor_username TEXT, action TEXT,"
                        + " target TEXT, details TEXT?, ip_address TEXT?");
        assertThat(text(SystemTables.STATS)).isEqualTo("metric_name TEXT, metric_value TEXT");
        assertThat(text(SystemTables.DATATYPES))
                .isEqualTo("arrow_type TEXT, kalam_type TEXT, sql_name TEXT, description TEXT");
    }

    @Test
    void numbersThemApartAndBelowTheUsers() {
        Set<Long> objectIds = new HashSet<>();
        for (TableDefinition table : SystemTables.ALL) {
            assertThat(table.type()).isEqualTo(TableType.SYSTEM);
            assertThat(table.objectId()).isBetween(1L, SystemTables.FIRST_USER_OBJECT_ID - 1);
            assertThat(objectIds.add(table.objectId())).as("%s", table.id()).isTrue();
            assertThat(SystemTables.find(table.id())).contains(table);
        }
        assertThat(SystemTables.ALL).extracting(TableDefinition::id).isSorted();
        assertThat(SystemTables.find(new TableId("system", "none"))).isEmpty();
    }

    @Test
    void keepsTheStandardsColumnsInFront() {
        assertThat(SystemTables.INFORMATION_SCHEMA_TABLES.columns().subList(0, 4))
                .extracting(ColumnDefinition::name)
                .isEqualTo(List.of("table_catalog", "table_schema", "table_name", "table_type"));
        assertThat(SystemTables.INFORMATION_SCHEMA_COLUMNS.columns().subList(0, 9))
                .extracting(ColumnDefinition::name)
                .containsExactly(
                        "table_catalog",
                        "table_schema",
                        "table_name",
                        "column_name",
                        "ordinal_position",
                        "data_type",
                        "is_nullable",
                        "column_default",
                        "is_primary_key");
    }

    private static String text(TableDefinition table) {
        return table.columns().stream()
                .map(column -> (column.primaryKey() ? "*" : "") + column.name() + " " + column.sqlTypeName()
                        + (column.nullable() ? "?" : ""))
                .collect(Collectors.joining(", "));
    }
}
