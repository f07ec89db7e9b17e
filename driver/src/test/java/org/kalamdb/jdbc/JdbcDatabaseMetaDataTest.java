// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.lang.reflect.Method;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.Constraint;
import org.kalamdb.schema.IdentityDefinition;
import org.kalamdb.schema.NamespaceDefinition;
import org.kalamdb.schema.StorageSettings;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;
import org.kalamdb.schema.TableOptions;
import org.kalamdb.schema.TableType;
import org.kalamdb.type.KalamDataType;

final class JdbcDatabaseMetaDataTest {
    private static final Instant NOW = Instant.parse("2026-01-31T00:00:00Z");

    private final FakeSession session = new FakeSession();
    private JdbcConnection connection;
    private DatabaseMetaData metaData;

    @BeforeEach
    void connect() throws Exception {
        session.catalog.createNamespace(new NamespaceDefinition("app", NOW, Map.of()));
        session.catalog.createTable(TableDefinition.create(
                new TableId("app", "orders"),
                session.catalog.nextObjectId(),
                TableType.SHARED,
                List.of(
                        ColumnDefinition.primaryKey("id", 1, KalamDataType.BIGINT)
                                .withIdentity(new IdentityDefinition(true, 1, 1)),
                        ColumnDefinition.simple("name", 2, KalamDataType.TEXT)
                                .withType(KalamDataType.TEXT, 20)
                                .withNullable(false)
                                .withComment("who ordered"),
                        ColumnDefinition.simple("total", 3, KalamDataType.decimal(10, 2))),
                TableOptions.shared(),
                StorageSettings.DEFAULT,
                List.of(new Constraint.PrimaryKey("orders_pkey", List.of("id"))),
                "what was bought",
                NOW));
        session.catalog.createTable(TableDefinition.createWithDefaults(
                new TableId("app", "my_notes"),
                session.catalog.nextObjectId(),
                TableType.USER,
                List.of(ColumnDefinition.primaryKey("id", 1, KalamDataType.UUID)),
                NOW));
        connection = session.connect();
        metaData = connection.getMetaData();
    }

    /** A result as lists of texts, of the named columns only. */
    private static List<List<String>> read(ResultSet rows, String... columns) throws SQLException {
        List<List<String>> result = new ArrayList<>();
        while (rows.next()) {
            List<String> row = new ArrayList<>();
            for (String column : columns) {
                row.add(rows.getString(column));
            }
            result.add(row);
        }
        return result;
    }

    @Test
    void listsTables() throws SQLException {
        assertThat(read(
                        metaData.getTables(null, "app", "%", new String[] {"TABLE"}),
                        "TABLE_CAT",
                        "TABLE_SCHEM",
                        "TABLE_NAME",
                        "TABLE_TYPE",
                        "REMARKS"))
                .containsExactly(
                        Arrays.asList("def", "app", "my_notes", "TABLE", null),
                        Arrays.asList("def", "app", "orders", "TABLE", "what was bought"));
    }

    @ParameterizedTest(name = "catalog {0}, schema {1}, table {2}, type {3}")
    @CsvSource(
            nullValues = "-",
            value = {
                "-, app, -, -, my_notes orders",
                "def, app, -, -, my_notes orders",
                "other, app, -, -, ''",
                "-, app, ord%, -, orders",
                "-, app, my_notes, -, my_notes",
                "-, app, my\\_notes, -, my_notes",
                "-, app, orde_s, -, orders",
                "-, a%, o%, TABLE, orders",
                "-, app, %, VIEW, ''",
                "-, app, %, 'NO SUCH TYPE', ''",
            })
    void filtersTables(String catalog, String schema, String table, String type, String expected) throws SQLException {
        String[] types = type == null ? null : new String[] {type};

        assertThat(read(metaData.getTables(catalog, schema, table, types), "TABLE_NAME").stream()
                        .map(row -> row.get(0)))
                .containsExactly(expected.isEmpty() ? new String[0] : expected.split(" "));
    }

    @Test
    void listsColumns() throws SQLException {
        assertThat(read(
                        metaData.getColumns(null, "app", "orders", null),
                        "COLUMN_NAME",
                        "DATA_TYPE",
                        "TYPE_NAME",
                        "COLUMN_SIZE",
                        "DECIMAL_DIGITS",
                        "NUM_PREC_RADIX",
                        "NULLABLE",
                        "REMARKS",
                        "CHAR_OCTET_LENGTH",
                        "ORDINAL_POSITION",
                        "IS_NULLABLE",
                        "IS_AUTOINCREMENT",
                        "IS_GENERATEDCOLUMN"))
                .containsExactly(
                        Arrays.asList("id", "-5", "BIGINT", "19", "0", "10", "0", null, null, "1", "NO", "YES", "NO"),
                        Arrays.asList(
                                "name",
                                "12",
                                "TEXT",
                                "20",
                                null,
                                null,
                                "0",
                                "who ordered",
                                "80",
                                "2",
                                "NO",
                                "NO",
                                "NO"),
                        Arrays.asList(
                                "total", "3", "DECIMAL", "10", "2", "10", "1", null, null, "3", "YES", "NO", "NO"));
        assertThat(read(metaData.getColumns(null, "app", "%", "id"), "TABLE_NAME"))
                .containsExactly(List.of("my_notes"), List.of("orders"));
        assertThat(read(metaData.getColumns("other", "app", "%", "id"), "TABLE_NAME"))
                .isEmpty();
    }

    @Test
    void listsKeysAndIndexes() throws SQLException {
        assertThat(read(metaData.getPrimaryKeys(null, "app", "orders"), "COLUMN_NAME", "KEY_SEQ", "PK_NAME"))
                .containsExactly(List.of("id", "1", "orders_pkey"));
        assertThat(read(metaData.getPrimaryKeys(null, null, "orders"), "TABLE_SCHEM"))
                .containsExactly(List.of("app"));
        assertThat(read(metaData.getPrimaryKeys(null, "app", "missing"), "PK_NAME"))
                .isEmpty();
        assertThat(read(
                        metaData.getIndexInfo(null, "app", "orders", true, true),
                        "NON_UNIQUE",
                        "INDEX_NAME",
                        "TYPE",
                        "ORDINAL_POSITION",
                        "COLUMN_NAME",
                        "ASC_OR_DESC"))
                .containsExactly(List.of("false", "orders_pkey", "3", "1", "id", "A"));
        assertThat(read(
                        metaData.getBestRowIdentifier(
                                null, "app", "orders", DatabaseMetaData.bestRowTransaction, false),
                        "SCOPE",
                        "COLUMN_NAME",
                        "PSEUDO_COLUMN"))
                .containsExactly(List.of("2", "id", "1"));
    }

    @Test
    void listsNamespacesAsSchemas() throws SQLException {
        assertThat(read(metaData.getSchemas(null, "ap%"), "TABLE_SCHEM", "TABLE_CATALOG"))
                .containsExactly(List.of("app", "def"));
        assertThat(read(metaData.getSchemas(), "TABLE_SCHEM")).contains(List.of("app"));
        assertThat(read(metaData.getCatalogs(), "TABLE_CAT")).containsExactly(List.of("def"));
        assertThat(read(metaData.getTableTypes(), "TABLE_TYPE"))
                .containsExactly(List.of("SYSTEM TABLE"), List.of("TABLE"), List.of("VIEW"));
    }

    @Test
    void listsTypesByCode() throws SQLException {
        List<Integer> codes = new ArrayList<>();
        List<String> names = new ArrayList<>();
        ResultSet types = metaData.getTypeInfo();
        while (types.next()) {
            codes.add(types.getInt("DATA_TYPE"));
            names.add(types.getString("TYPE_NAME"));
            assertThat(types.getShort("NULLABLE")).isEqualTo((short) DatabaseMetaData.typeNullable);
        }
        assertThat(codes).isSorted().hasSize(16);
        assertThat(names).contains("TEXT", "EMBEDDING", "DATETIME");
    }

    @Test
    void listsClientInfo() throws SQLException {
        assertThat(read(metaData.getClientInfoProperties(), "NAME"))
                .containsExactly(List.of("ApplicationName"), List.of("ClientHostname"), List.of("ClientUser"));
    }

    interface Query {
        ResultSet of(DatabaseMetaData metaData) throws SQLException;
    }

    /** Number of columns and the last of them, as the specification of JDBC 4.3 has them. */
    static Stream<Arguments> shapes() {
        return Stream.of(
                shape("getProcedures", m -> m.getProcedures(null, null, null), 9, "SPECIFIC_NAME"),
                shape("getProcedureColumns", m -> m.getProcedureColumns(null, null, null, null), 20, "SPECIFIC_NAME"),
                shape("getTables", m -> m.getTables(null, null, null, null), 10, "REF_GENERATION"),
                shape("getSchemas", DatabaseMetaData::getSchemas, 2, "TABLE_CATALOG"),
                shape("getCatalogs", DatabaseMetaData::getCatalogs, 1, "TABLE_CAT"),
                shape("getTableTypes", DatabaseMetaData::getTableTypes, 1, "TABLE_TYPE"),
                shape("getColumns", m -> m.getColumns(null, null, null, null), 24, "IS_GENERATEDCOLUMN"),
                shape("getColumnPrivileges", m -> m.getColumnPrivileges(null, null, "t", null), 8, "IS_GRANTABLE"),
                shape("getTablePrivileges", m -> m.getTablePrivileges(null, null, null), 7, "IS_GRANTABLE"),
                shape(
                        "getBestRowIdentifier",
                        m -> m.getBestRowIdentifier(null, null, "t", 0, true),
                        8,
                        "PSEUDO_COLUMN"),
                shape("getVersionColumns", m -> m.getVersionColumns(null, null, "t"), 8, "PSEUDO_COLUMN"),
                shape("getPrimaryKeys", m -> m.getPrimaryKeys(null, null, "t"), 6, "PK_NAME"),
                shape("getImportedKeys", m -> m.getImportedKeys(null, null, "t"), 14, "DEFERRABILITY"),
                shape("getExportedKeys", m -> m.getExportedKeys(null, null, "t"), 14, "DEFERRABILITY"),
                shape(
                        "getCrossReference",
                        m -> m.getCrossReference(null, null, "t", null, null, "u"),
                        14,
                        "DEFERRABILITY"),
                shape("getTypeInfo", DatabaseMetaData::getTypeInfo, 18, "NUM_PREC_RADIX"),
                shape("getIndexInfo", m -> m.getIndexInfo(null, null, "t", false, false), 13, "FILTER_CONDITION"),
                shape("getUDTs", m -> m.getUDTs(null, null, null, null), 7, "BASE_TYPE"),
                shape("getSuperTypes", m -> m.getSuperTypes(null, null, null), 6, "SUPERTYPE_NAME"),
                shape("getSuperTables", m -> m.getSuperTables(null, null, null), 4, "SUPERTABLE_NAME"),
                shape("getAttributes", m -> m.getAttributes(null, null, null, null), 21, "SOURCE_DATA_TYPE"),
                shape("getClientInfoProperties", DatabaseMetaData::getClientInfoProperties, 4, "DESCRIPTION"),
                shape("getFunctions", m -> m.getFunctions(null, null, null), 6, "SPECIFIC_NAME"),
                shape("getFunctionColumns", m -> m.getFunctionColumns(null, null, null, null), 17, "SPECIFIC_NAME"),
                shape("getPseudoColumns", m -> m.getPseudoColumns(null, null, null, null), 12, "IS_NULLABLE"));
    }

    private static Arguments shape(String name, Query query, int columnCount, String lastColumn) {
        return arguments(name, query, columnCount, lastColumn);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void answersTheColumnsOfTheStandard(String name, Query query, int columnCount, String lastColumn)
            throws SQLException {
        try (ResultSet rows = query.of(metaData)) {
            ResultSetMetaData columns = rows.getMetaData();
            assertThat(columns.getColumnCount()).isEqualTo(columnCount);
            assertThat(columns.getColumnName(columnCount)).isEqualTo(lastColumn);
            assertThat(rows.getStatement()).isNull();
            while (rows.next()) {
                rows.getObject(1);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"DATA_TYPE, 4", "NULLABLE, 4", "COLUMN_SIZE, 4", "SOURCE_DATA_TYPE, 5", "IS_NULLABLE, 12"})
    void answersTheTypesOfTheStandard(String column, int type) throws SQLException {
        ResultSet rows = metaData.getColumns(null, null, null, null);

        assertThat(rows.getMetaData().getColumnType(rows.findColumn(column))).isEqualTo(type);
    }

    static Stream<Method> facts() {
        return Arrays.stream(DatabaseMetaData.class.getMethods())
                .filter(method -> method.getParameterCount() == 0)
                .filter(method -> method.getReturnType() != ResultSet.class);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("facts")
    void answersEveryFact(Method method) throws Exception {
        assertThat(method.invoke(metaData)).isNotNull();
    }

    @Test
    void saysWhatItIs() throws SQLException {
        assertThat(metaData.getDatabaseProductName()).isEqualTo("KalamDB");
        assertThat(metaData.getDriverVersion()).isEqualTo(metaData.getDatabaseProductVersion());
        assertThat(metaData.getJDBCMajorVersion() * 10 + metaData.getJDBCMinorVersion())
                .isEqualTo(43);
        assertThat(metaData.getURL()).isEqualTo("jdbc:kalamdb:mem:fake");
        assertThat(metaData.getUserName()).isEqualTo("root");
        assertThat(metaData.getConnection()).isSameAs(connection);
        assertThat(metaData.getIdentifierQuoteString()).isEqualTo("\"");
        assertThat(metaData.storesLowerCaseIdentifiers()).isTrue();
        assertThat(metaData.supportsMixedCaseQuotedIdentifiers()).isTrue();
        assertThat(metaData.nullsAreSortedHigh()).isTrue();
    }

    @Test
    void agreesWithTheConnection() throws SQLException {
        assertThat(metaData.getDefaultTransactionIsolation()).isEqualTo(connection.getTransactionIsolation());
        for (int level : List.of(0, 1, 2, 4, 8)) {
            assertThat(metaData.supportsTransactionIsolationLevel(level)).isEqualTo(accepts(level));
        }
        assertThat(metaData.supportsResultSetHoldability(connection.getHoldability()))
                .isTrue();
        assertThat(metaData.supportsResultSetConcurrency(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY))
                .isTrue();
        assertThat(metaData.supportsResultSetType(ResultSet.TYPE_SCROLL_INSENSITIVE))
                .isTrue();
        assertThat(metaData.supportsResultSetType(ResultSet.TYPE_SCROLL_SENSITIVE))
                .isFalse();
        assertThat(metaData.supportsResultSetConcurrency(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE))
                .isTrue();
    }

    private boolean accepts(int isolationLevel) {
        try {
            connection.setTransactionIsolation(isolationLevel);
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    @Test
    void isOfNoUseOnceTheConnectionIsClosed() throws SQLException {
        connection.close();

        assertThatThrownBy(() -> metaData.getTables(null, null, null, null))
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("08003");
        assertThatThrownBy(connection::getMetaData).isInstanceOf(SQLException.class);
    }
}
