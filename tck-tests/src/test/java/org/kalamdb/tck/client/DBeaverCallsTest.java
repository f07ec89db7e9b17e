// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kalamdb.tck.Client;

/** The calls of DBeaver's driver for generic databases, in its order, as its source has them. */
final class DBeaverCallsTest {
    private ToolDatabase database;
    private Connection connection;
    private DatabaseMetaData metadata;

    @BeforeEach
    void connect() throws SQLException {
        database = ToolDatabase.create();
        Properties properties = new Properties();
        properties.setProperty("user", "root");
        properties.setProperty("password", "");
        connection = DriverManager.getConnection(database.url(), properties);
        connection.setAutoCommit(true);
        metadata = connection.getMetaData();
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        database.close();
    }

    @Test
    void learnsTheDialect() throws SQLException {
        assertThat(connection.isValid(10)).isTrue();
        assertThat(metadata.getDatabaseProductName()).isEqualTo("KalamDB");
        assertThat(metadata.getDatabaseMajorVersion()).isNotNegative();
        assertThat(metadata.getSchemaTerm()).isEqualTo("namespace");
        assertThat(metadata.getCatalogTerm()).isEqualTo("catalog");
        assertThat(metadata.supportsBatchUpdates()).isTrue();
        assertThat(metadata.supportsTransactions()).isTrue();
        assertThat(metadata.supportsTransactionIsolationLevel(Connection.TRANSACTION_NONE))
                .isFalse();
        assertThat(metadata.supportsTransactionIsolationLevel(Connection.TRANSACTION_SERIALIZABLE))
                .isTrue();
        assertThat(metadata.getIdentifierQuoteString()).isEqualTo("\"");
        assertThat(metadata.getSQLStateType()).isEqualTo(DatabaseMetaData.sqlStateSQL);
        assertThat(metadata.supportsCorrelatedSubqueries()).isTrue();
        assertThat(metadata.supportsMixedCaseIdentifiers()).isFalse();
        assertThat(metadata.supportsMixedCaseQuotedIdentifiers()).isTrue();
        assertThat(metadata.storesUpperCaseIdentifiers()).isFalse();
        assertThat(metadata.storesLowerCaseIdentifiers()).isTrue();
        assertThat(metadata.storesUpperCaseQuotedIdentifiers()).isFalse();
        assertThat(metadata.storesLowerCaseQuotedIdentifiers()).isFalse();
        assertThat(metadata.getSearchStringEscape()).isEqualTo("\\");
        assertThat(metadata.getCatalogSeparator()).isEqualTo(".");
        // It leaves the catalog out of names for these, and writes the schema.
        assertThat(metadata.supportsCatalogsInDataManipulation()).isFalse();
        assertThat(metadata.supportsCatalogsInTableDefinitions()).isFalse();
        assertThat(metadata.supportsCatalogsInIndexDefinitions()).isFalse();
        assertThat(metadata.supportsSchemasInDataManipulation()).isTrue();
        assertThat(metadata.supportsSchemasInTableDefinitions()).isTrue();
        assertThat(metadata.supportsSchemasInIndexDefinitions()).isTrue();
        assertThat(metadata.getExtraNameCharacters()).isNotNull();
        assertThat(metadata.isCatalogAtStart()).isTrue();
        assertThat(metadata.getSQLKeywords()).contains("RETURNING");
        assertThat(List.of(
                        metadata.getNumericFunctions(),
                        metadata.getStringFunctions(),
                        metadata.getSystemFunctions(),
                        metadata.getTimeDateFunctions()))
                .noneMatch(String::isEmpty);
    }

    @Test
    void readsTheTreeOfObjects() throws SQLException {
        assertThat(ToolDatabase.rows(metadata.getTypeInfo(), "TYPE_NAME", "DATA_TYPE", "PRECISION", "MINIMUM_SCALE"))
                .contains("DECIMAL|3|38|0", "TIMESTAMP|93|26|6");
        assertThat(ToolDatabase.rows(metadata.getCatalogs(), "TABLE_CAT")).containsExactly("def");
        assertThat(ToolDatabase.rows(metadata.getSchemas("def", "%"), "TABLE_CATALOG", "TABLE_SCHEM"))
                .containsExactly("def|information_schema", "def|main", "def|my_shop", "def|system");
        assertThat(connection.getCatalog()).isEqualTo("def");
        assertThat(connection.getSchema()).isEqualTo("main");
        assertThat(ToolDatabase.rows(metadata.getTableTypes(), "TABLE_TYPE"))
                .containsExactly("SYSTEM TABLE", "TABLE", "VIEW");

        // Names are escaped where JDBC has patterns, and not where it has none.
        String schemaPattern = "my\\_shop";
        assertThat(ToolDatabase.rows(
                        metadata.getTables("def", schemaPattern, "%", null), "TABLE_NAME", "TABLE_TYPE", "REMARKS"))
                .containsExactly("Sale|TABLE|What was sold", "region|TABLE|null", "total|VIEW|null");
        assertThat(ToolDatabase.rows(
                        metadata.getColumns("def", schemaPattern, "Sale", "%"),
                        "COLUMN_NAME",
                        "DATA_TYPE",
                        "TYPE_NAME",
                        "COLUMN_SIZE",
                        "NULLABLE",
                        "DECIMAL_DIGITS",
                        "NUM_PREC_RADIX",
                        "COLUMN_DEF",
                        "ORDINAL_POSITION",
                        "SOURCE_DATA_TYPE",
                        "IS_AUTOINCREMENT",
                        "IS_GENERATEDCOLUMN"))
                .containsExactly(
                        "id|-5|BIGINT|19|0|0|10|null|1|null|YES|NO",
                        "region_id|4|INT|10|1|0|10|null|2|null|NO|NO",
                        "Amount Due|3|DECIMAL|10|1|2|10|0.00|3|null|NO|NO",
                        "sold|93|TIMESTAMP|26|1|6|null|null|4|null|NO|NO");
        assertThat(ToolDatabase.rows(metadata.getColumns("def", schemaPattern, "%", "%"), "TABLE_NAME", "COLUMN_NAME"))
                .hasSize(8);
        assertThat(ToolDatabase.rows(metadata.getPrimaryKeys("def", "my_shop", "Sale"), "PK_NAME", "COLUMN_NAME"))
                .containsExactly("Sale_pkey|id");
        assertThat(ToolDatabase.rows(
                        metadata.getIndexInfo("def", "my_shop", "Sale", false, true),
                        "INDEX_NAME",
                        "NON_UNIQUE",
                        "TYPE",
                        "ORDINAL_POSITION",
                        "COLUMN_NAME",
                        "ASC_OR_DESC",
                        "INDEX_QUALIFIER"))
                .containsExactly("Sale_pkey|false|3|1|id|A|null", "sale_sold|true|3|1|sold|A|null");
        assertThat(ToolDatabase.rows(
                        metadata.getImportedKeys("def", "my_shop", "Sale"),
                        "PKTABLE_CAT",
                        "PKTABLE_SCHEM",
                        "PKTABLE_NAME",
                        "PKCOLUMN_NAME",
                        "FKCOLUMN_NAME",
                        "KEY_SEQ",
                        "UPDATE_RULE",
                        "DELETE_RULE",
                        "PK_NAME",
                        "DEFERRABILITY"))
                .containsExactly("def|my_shop|region|id|region_id|1|3|0|region_pkey|7");
        assertThat(ToolDatabase.rows(metadata.getExportedKeys("def", "my_shop", "region"), "FKTABLE_NAME"))
                .containsExactly("Sale");
        assertThat(ToolDatabase.rows(
                        metadata.getFunctions("def", "information\\_schema", "%"), "FUNCTION_NAME", "SPECIFIC_NAME"))
                .hasSizeGreaterThan(200);
        assertThat(ToolDatabase.rows(
                        metadata.getFunctionColumns("def", "information\\_schema", "upper", "%"),
                        "COLUMN_NAME",
                        "COLUMN_TYPE",
                        "TYPE_NAME"))
                .isNotEmpty();
        assertThat(ToolDatabase.rows(metadata.getProcedures("def", schemaPattern, "%"), "PROCEDURE_NAME"))
                .isEmpty();
    }

    /** Two hundred rows at a time, the second two hundred by scrolling. */
    @Test
    void showsRowsAndWhereTheyComeFrom() throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT x.* FROM my_shop.\"Sale\" x", ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
            statement.setMaxRows(200);
            statement.setFetchSize(200);
            assertThat(statement.execute()).isTrue();
            try (ResultSet rows = statement.getResultSet()) {
                ResultSetMetaData columns = rows.getMetaData();
                assertThat(columns.getColumnCount()).isEqualTo(4);
                assertThat(columns.getCatalogName(3)).isEqualTo("def");
                assertThat(columns.getSchemaName(3)).isEqualTo("my_shop");
                assertThat(columns.getTableName(3)).isEqualTo("Sale");
                assertThat(columns.getColumnName(3)).isEqualTo("Amount Due");
                assertThat(columns.getColumnLabel(3)).isEqualTo("Amount Due");
                assertThat(columns.getColumnType(3)).isEqualTo(Types.DECIMAL);
                assertThat(columns.getColumnTypeName(3)).isEqualTo("DECIMAL");
                assertThat(columns.getColumnDisplaySize(3)).isEqualTo(12);
                // It asks, and does not mind: rows are changed by statements of their own.
                assertThat(columns.isWritable(3)).isFalse();
                assertThat(columns.isNullable(1)).isEqualTo(ResultSetMetaData.columnNoNulls);
                assertThat(columns.isAutoIncrement(1)).isTrue();
                assertThat(ToolDatabase.rows(
                                metadata.getPrimaryKeys(
                                        columns.getCatalogName(3), columns.getSchemaName(3), columns.getTableName(3)),
                                "COLUMN_NAME"))
                        .containsExactly("id");
                assertThat((Throwable) rows.getWarnings()).isNull();
                assertThat(Client.rows(rows)).hasSize(3);
            }
            assertThat(statement.getMoreResults()).isFalse();
            assertThat(statement.getLargeUpdateCount()).isEqualTo(-1);
            assertThat((Throwable) statement.getWarnings()).isNull();
        }
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT x.* FROM my_shop.\"Sale\" x ORDER BY x.\"Amount Due\" DESC",
                ResultSet.TYPE_SCROLL_INSENSITIVE,
                ResultSet.CONCUR_READ_ONLY)) {
            statement.setMaxRows(3);
            try (ResultSet rows = statement.executeQuery()) {
                assertThat(rows.absolute(2)).isTrue();
                assertThat(Client.rows(rows)).containsExactly("2|1|2.25|2026-06-01 00:00:00");
            }
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM my_shop.\"Sale\"")) {
            assertThat(Client.rows(rows)).containsExactly("3");
        }
        connection.rollback();
    }

    @Test
    void editsRows() throws SQLException {
        connection.setAutoCommit(false);
        assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO my_shop.\"Sale\"\n(region_id, \"Amount Due\", sold)\nVALUES(?, ?, ?)",
                Statement.RETURN_GENERATED_KEYS)) {
            insert.setObject(1, 2, Types.INTEGER);
            insert.setObject(2, "3.5", Types.DECIMAL);
            insert.setNull(3, Types.TIMESTAMP);
            assertThat(insert.execute()).isFalse();
            assertThat(insert.getUpdateCount()).isEqualTo(1);
            assertThat(ToolDatabase.rows(insert.getGeneratedKeys(), "id")).containsExactly("4");
        }
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE my_shop.\"Sale\"\n\tSET \"Amount Due\"=?\n\tWHERE id=?")) {
            update.setBigDecimal(1, null);
            update.setLong(2, 4);
            update.addBatch();
            assertThat(update.executeBatch()).containsExactly(1);
        }
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM my_shop.\"Sale\"\n\tWHERE id=?")) {
            delete.setLong(1, 1);
            assertThat(delete.executeUpdate()).isEqualTo(1);
        }
        connection.commit();
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT id, \"Amount Due\" FROM my_shop.\"Sale\" ORDER BY id")) {
            assertThat(Client.rows(rows)).containsExactly("2|2.25", "3|7.00", "4|null");
        }
        connection.setAutoCommit(true);
    }

    /** The values of a column that is referred to, for a list to choose from. */
    @Test
    void looksValuesOfReferencesUp() throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT id, name FROM my_shop.region WHERE id IN (?,?)" + " ORDER BY id")) {
            statement.setInt(1, 1);
            statement.setInt(2, 2);
            statement.setMaxRows(2);
            try (ResultSet rows = statement.executeQuery()) {
                assertThat(Client.rows(rows)).containsExactly("1|north", "2|south");
            }
        }
    }
}
