// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.system;

import static org.kalamdb.type.KalamDataType.BIGINT;
import static org.kalamdb.type.KalamDataType.BOOLEAN;
import static org.kalamdb.type.KalamDataType.DOUBLE;
import static org.kalamdb.type.KalamDataType.INT;
import static org.kalamdb.type.KalamDataType.JSON;
import static org.kalamdb.type.KalamDataType.TEXT;
import static org.kalamdb.type.KalamDataType.TIMESTAMP;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kalamdb.schema.Names;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;

/**
 * The definitions of the engine's own tables. They are part of every database, are not stored and do not change. Safe
 * for use by several threads.
 */
public final class SystemTables {
    /** Object ids from here on are the users'; lower ones are the system tables'. */
    public static final long FIRST_USER_OBJECT_ID = 1000;

    /** The accounts. */
    public static final TableDefinition USERS = system("users", 1, "Accounts")
            .key("user_id", TEXT)
            .column("username", TEXT)
            .column("password_hash", TEXT)
            .column("role", TEXT)
            .nullable("email", TEXT)
            .column("auth_type", TEXT)
            .nullable("auth_data", TEXT)
            .column("storage_mode", TEXT)
            .nullable("storage_id", TEXT)
            .column("created_at", TIMESTAMP)
            .column("updated_at", TIMESTAMP)
            .nullable("last_seen", TIMESTAMP)
            .nullable("deleted_at", TIMESTAMP)
            .build();

    /** Background work; {@code memory_used} is in bytes, {@code cpu_used} in microseconds. */
    public static final TableDefinition JOBS = system("jobs", 2, "Background work")
            .key("job_id", TEXT)
            .column("job_type", TEXT)
            .column("namespace_id", TEXT)
            .nullable("table_name", TEXT)
            .column("status", TEXT)
            .nullable("parameters", TEXT)
            .nullable("result", TEXT)
            .nullable("trace", TEXT)
            .nullable("memory_used", BIGINT)
            .nullable("cpu_used", BIGINT)
            .column("created_at", TIMESTAMP)
            .nullable("started_at", TIMESTAMP)
            .nullable("completed_at", TIMESTAMP)
            .column("node_id", TEXT)
            .nullable("error_message", TEXT)
            .build();

    /** The segments of the cold tier; files are relative to the folder of the storage. */
    public static final TableDefinition MANIFEST = system("manifest", 12, "Segments of cold rows")
            .key("segment_id", BIGINT)
            .column("namespace_id", TEXT)
            .column("table_name", TEXT)
            .nullable("user_id", TEXT)
            .column("file", TEXT)
            .column("size_bytes", BIGINT)
            .column("row_count", BIGINT)
            .column("masked_rows", BIGINT)
            .column("schema_version", INT)
            .column("checksum", TEXT)
            .column("created_at", TIMESTAMP)
            .build();

    /** What tables have stored; measured by the engine. */
    public static final TableDefinition TABLE_STATISTICS = system("table_statistics", 13, "What tables have stored")
            .column("namespace_id", TEXT)
            .column("table_name", TEXT)
            .column("stored_rows", BIGINT)
            .nullable("stored_bytes", BIGINT)
            .build();

    /** What the planner knows of the values in columns; measured by the engine. */
    public static final TableDefinition COLUMN_STATISTICS = system(
                    "column_statistics", 14, "What the planner knows of columns")
            .column("namespace_id", TEXT)
            .column("table_name", TEXT)
            .column("column_name", TEXT)
            .nullable("distinct_values", BIGINT)
            .nullable("null_fraction", DOUBLE)
            .nullable("min_value", TEXT)
            .nullable("max_value", TEXT)
            .nullable("analyzed_at", TIMESTAMP)
            .nullable("histogram_bounds", JSON)
            .build();

    /** The namespaces. */
    public static final TableDefinition NAMESPACES = system("namespaces", 3, "Namespaces")
            .key("namespace_id", TEXT)
            .column("name", TEXT)
            .column("created_at", TIMESTAMP)
            .nullable("options", TEXT)
            .column("table_count", INT)
            .build();

    /** The places that cold segments can be in. */
    public static final TableDefinition STORAGES = system("storages", 4, "Places of cold segments")
            .key("storage_id", TEXT)
            .column("storage_name", TEXT)
            .nullable("description", TEXT)
            .column("storage_type", TEXT)
            .column("base_directory", TEXT)
            .nullable("credentials", TEXT)
            .column("shared_tables_template", TEXT)
            .column("user_tables_template", TEXT)
            .column("created_at", TIMESTAMP)
            .column("updated_at", TIMESTAMP)
            .build();

    /** The live queries that are subscribed. */
    public static final TableDefinition LIVE_QUERIES = system("live_queries", 5, "Subscribed live queries")
            .key("live_id", TEXT)
            .column("connection_id", TEXT)
            .column("namespace_id", TEXT)
            .column("table_name", TEXT)
            .column("query_id", TEXT)
            .column("user_id", TEXT)
            .column("query", TEXT)
            .nullable("options", TEXT)
            .column("created_at", TIMESTAMP)
            .column("last_update", TIMESTAMP)
            .column("changes", BIGINT)
            .column("node", TEXT)
            .build();

    /** The tables; derived from their definitions. */
    public static final TableDefinition TABLES = system("tables", 6, "Tables")
            .key("table_id", TEXT)
            .column("table_name", TEXT)
            .column("namespace", TEXT)
            .column("table_type", TEXT)
            .column("created_at", TIMESTAMP)
            .column("storage_location", TEXT)
            .nullable("storage_id", TEXT)
            .column("use_user_storage", BOOLEAN)
            .column("flush_policy", TEXT)
            .column("schema_version", INT)
            .column("deleted_retention_hours", INT)
            .nullable("access_level", TEXT)
            .build();

    /** The full definitions of the tables. */
    public static final TableDefinition TABLE_SCHEMAS = system("table_schemas", 7, "Definitions of the tables")
            .key("table_id", TEXT)
            .column("schema_version", INT)
            .column("table_definition", JSON)
            .column("created_at", TIMESTAMP)
            .column("updated_at", TIMESTAMP)
            .build();

    /** Who did what. */
    public static final TableDefinition AUDIT_LOG = system("audit_log", 8, "Who did what")
            .key("audit_id", TEXT)
            .column("timestamp", TIMESTAMP)
            .column("actor_user_id", TEXT)
            .column("actor_username", TEXT)
            .column("action", TEXT)
            .column("target", TEXT)
            .nullable("details", TEXT)
            .nullable("ip_address", TEXT)
            .build();

    /** Measurements of the running engine. */
    public static final TableDefinition STATS = system("stats", 9, "Measurements of the running engine")
            .column("metric_name", TEXT)
            .column("metric_value", TEXT)
            .build();

    /** The types and their names elsewhere. */
    public static final TableDefinition DATATYPES = system("datatypes", 10, "Types")
            .column("arrow_type", TEXT)
            .column("kalam_type", TEXT)
            .column("sql_name", TEXT)
            .column("description", TEXT)
            .build();

    /** The columns of all tables and views; derived from their definitions. */
    public static final TableDefinition COLUMNS = system("columns", 11, "Columns of tables and views")
            .column("namespace_id", TEXT)
            .column("table_name", TEXT)
            .column("version", INT)
            .column("column_id", BIGINT)
            .column("column_name", TEXT)
            .nullable("comment", TEXT)
            .column("data_type", TEXT)
            .nullable("default_value", TEXT)
            .column("ordinal", INT)
            .column("nullable", BOOLEAN)
            .column("primary_key", BOOLEAN)
            .nullable("primary_key_pos", INT)
            .build();

    /** The namespaces as the SQL standard shows them. */
    public static final TableDefinition INFORMATION_SCHEMA_SCHEMATA = standard("schemata", 101, "Namespaces")
            .column("catalog_name", TEXT)
            .column("schema_name", TEXT)
            .nullable("schema_owner", TEXT)
            .nullable("default_character_set_catalog", TEXT)
            .nullable("default_character_set_schema", TEXT)
            .nullable("default_character_set_name", TEXT)
            .nullable("sql_path", TEXT)
            .build();

    /** The tables and views as the SQL standard shows them, with what KalamDB adds. */
    public static final TableDefinition INFORMATION_SCHEMA_TABLES = standard("tables", 102, "Tables and views")
            .column("table_catalog", TEXT)
            .column("table_schema", TEXT)
            .column("table_name", TEXT)
            .column("table_type", TEXT)
            .column("table_id", TEXT)
            .column("created_at", TIMESTAMP)
            .column("updated_at", TIMESTAMP)
            .nullable("schema_version", INT)
            .nullable("storage_id", TEXT)
            .nullable("use_user_storage", BOOLEAN)
            .nullable("deleted_retention_hours", INT)
            .nullable("ttl_seconds", BIGINT)
            .column("is_insertable_into", TEXT)
            .nullable("table_comment", TEXT)
            .build();

    /** The columns as the SQL standard shows them, with what KalamDB adds. */
    public static final TableDefinition INFORMATION_SCHEMA_COLUMNS = standard("columns", 103, "Columns")
            .column("table_catalog", TEXT)
            .column("table_schema", TEXT)
            .column("table_name", TEXT)
            .column("column_name", TEXT)
            .column("ordinal_position", INT)
            .column("data_type", TEXT)
            .column("is_nullable", BOOLEAN)
            .nullable("column_default", TEXT)
            .column("is_primary_key", BOOLEAN)
            .nullable("character_maximum_length", INT)
            .nullable("character_octet_length", BIGINT)
            .nullable("numeric_precision", INT)
            .nullable("numeric_precision_radix", INT)
            .nullable("numeric_scale", INT)
            .nullable("datetime_precision", INT)
            .column("is_identity", TEXT)
            .nullable("identity_generation", TEXT)
            .nullable("identity_start", TEXT)
            .nullable("identity_increment", TEXT)
            .column("is_generated", TEXT)
            .nullable("generation_expression", TEXT)
            .column("is_updatable", TEXT)
            .nullable("column_comment", TEXT)
            .build();

    /** The views as the SQL standard shows them. */
    public static final TableDefinition INFORMATION_SCHEMA_VIEWS = standard("views", 104, "Views")
            .column("table_catalog", TEXT)
            .column("table_schema", TEXT)
            .column("table_name", TEXT)
            .column("view_definition", TEXT)
            .column("check_option", TEXT)
            .column("is_updatable", TEXT)
            .build();

    /** The constraints as the SQL standard shows them. */
    public static final TableDefinition INFORMATION_SCHEMA_TABLE_CONSTRAINTS = standard(
                    "table_constraints", 105, "Constraints")
            .column("constraint_catalog", TEXT)
            .column("constraint_schema", TEXT)
            .column("constraint_name", TEXT)
            .column("table_catalog", TEXT)
            .column("table_schema", TEXT)
            .column("table_name", TEXT)
            .column("constraint_type", TEXT)
            .column("is_deferrable", TEXT)
            .column("initially_deferred", TEXT)
            .build();

    /** The columns of keys as the SQL standard shows them. */
    public static final TableDefinition INFORMATION_SCHEMA_KEY_COLUMN_USAGE = standard(
                    "key_column_usage", 106, "Columns of keys")
            .column("constraint_catalog", TEXT)
            .column("constraint_schema", TEXT)
            .column("constraint_name", TEXT)
            .column("table_catalog", TEXT)
            .column("table_schema", TEXT)
            .column("table_name", TEXT)
            .column("column_name", TEXT)
            .column("ordinal_position", INT)
            .nullable("position_in_unique_constraint", INT)
            .build();

    /** The foreign keys as the SQL standard shows them. */
    public static final TableDefinition INFORMATION_SCHEMA_REFERENTIAL_CONSTRAINTS = standard(
                    "referential_constraints", 107, "Foreign keys")
            .column("constraint_catalog", TEXT)
            .column("constraint_schema", TEXT)
            .column("constraint_name", TEXT)
            .nullable("unique_constraint_catalog", TEXT)
            .nullable("unique_constraint_schema", TEXT)
            .nullable("unique_constraint_name", TEXT)
            .column("match_option", TEXT)
            .column("update_rule", TEXT)
            .column("delete_rule", TEXT)
            .build();

    /** The conditions of check constraints as the SQL standard shows them. */
    public static final TableDefinition INFORMATION_SCHEMA_CHECK_CONSTRAINTS = standard(
                    "check_constraints", 108, "Check constraints")
            .column("constraint_catalog", TEXT)
            .column("constraint_schema", TEXT)
            .column("constraint_name", TEXT)
            .column("check_clause", TEXT)
            .build();

    /** The sequences as the SQL standard shows them. */
    public static final TableDefinition INFORMATION_SCHEMA_SEQUENCES = standard("sequences", 109, "Sequences")
            .column("sequence_catalog", TEXT)
            .column("sequence_schema", TEXT)
            .column("sequence_name", TEXT)
            .column("data_type", TEXT)
            .column("numeric_precision", INT)
            .column("numeric_precision_radix", INT)
            .column("numeric_scale", INT)
            .column("start_value", TEXT)
            .column("minimum_value", TEXT)
            .column("maximum_value", TEXT)
            .column("increment", TEXT)
            .column("cycle_option", TEXT)
            .build();

    /** The functions as the SQL standard shows routines, each once for each way to call it. */
    public static final TableDefinition INFORMATION_SCHEMA_ROUTINES = standard("routines", 110, "Routines")
            .column("specific_catalog", TEXT)
            .column("specific_schema", TEXT)
            .column("specific_name", TEXT)
            .column("routine_catalog", TEXT)
            .column("routine_schema", TEXT)
            .column("routine_name", TEXT)
            .column("routine_type", TEXT)
            .nullable("data_type", TEXT)
            .column("routine_body", TEXT)
            .nullable("routine_definition", TEXT)
            .nullable("external_name", TEXT)
            .nullable("external_language", TEXT)
            .column("is_deterministic", TEXT)
            .column("sql_data_access", TEXT)
            .build();

    /** What functions take, as the SQL standard shows it. */
    public static final TableDefinition INFORMATION_SCHEMA_PARAMETERS = standard(
                    "parameters", 111, "Parameters of routines")
            .column("specific_catalog", TEXT)
            .column("specific_schema", TEXT)
            .column("specific_name", TEXT)
            .column("ordinal_position", INT)
            .column("parameter_mode", TEXT)
            .column("is_result", TEXT)
            .column("as_locator", TEXT)
            .nullable("parameter_name", TEXT)
            .column("data_type", TEXT)
            .nullable("parameter_default", TEXT)
            .build();

    /** All of them in name order. */
    public static final List<TableDefinition> ALL = sorted(List.of(
            USERS,
            JOBS,
            MANIFEST,
            TABLE_STATISTICS,
            COLUMN_STATISTICS,
            NAMESPACES,
            STORAGES,
            LIVE_QUERIES,
            TABLES,
            TABLE_SCHEMAS,
            AUDIT_LOG,
            STATS,
            DATATYPES,
            COLUMNS,
            INFORMATION_SCHEMA_SCHEMATA,
            INFORMATION_SCHEMA_TABLES,
            INFORMATION_SCHEMA_COLUMNS,
            INFORMATION_SCHEMA_VIEWS,
            INFORMATION_SCHEMA_TABLE_CONSTRAINTS,
            INFORMATION_SCHEMA_KEY_COLUMN_USAGE,
            INFORMATION_SCHEMA_REFERENTIAL_CONSTRAINTS,
            INFORMATION_SCHEMA_CHECK_CONSTRAINTS,
            INFORMATION_SCHEMA_SEQUENCES,
            INFORMATION_SCHEMA_ROUTINES,
            INFORMATION_SCHEMA_PARAMETERS));

    private static final Map<TableId, TableDefinition> BY_ID = byId();

    private SystemTables() {}

    private static List<TableDefinition> sorted(List<TableDefinition> tables) {
        List<TableDefinition> sorted = new ArrayList<>(tables);
        sorted.sort(Comparator.comparing(TableDefinition::id));
        return List.copyOf(sorted);
    }

    private static Map<TableId, TableDefinition> byId() {
        Map<TableId, TableDefinition> tables = new HashMap<>();
        for (TableDefinition table : ALL) {
            tables.put(table.id(), table);
        }
        return tables;
    }

    /** The system table of this name. */
    public static Optional<TableDefinition> find(TableId id) {
        return Optional.ofNullable(BY_ID.get(id));
    }

    private static SystemTableBuilder system(String name, long objectId, String comment) {
        return new SystemTableBuilder(Names.SYSTEM_NAMESPACE, name, objectId, comment);
    }

    private static SystemTableBuilder standard(String name, long objectId, String comment) {
        return new SystemTableBuilder(Names.INFORMATION_SCHEMA, name, objectId, comment);
    }
}
