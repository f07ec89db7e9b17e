// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.JDBCType;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The results of {@link DatabaseMetaData} have the columns, the types and the order that its documentation says. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DatabaseMetaDataShapeTest {
    /** The types of the documentation, by their first letters; a column without one is a String. */
    private static final Map<String, JDBCType> TYPES = Map.of(
            "int", JDBCType.INTEGER,
            "short", JDBCType.SMALLINT,
            "long", JDBCType.BIGINT,
            "boolean", JDBCType.BOOLEAN);

    private Connection connection;

    /** One of the methods. */
    private interface Call {
        ResultSet of(DatabaseMetaData metaData) throws SQLException;
    }

    @BeforeAll
    void createTables() throws SQLException {
        connection = TestDatabases.connect(TestDatabases.freshMemoryUrl());
        try (Statement statement = connection.createStatement()) {
            for (String sql : List.of(
                    "CREATE NAMESPACE other",
                    "CREATE TABLE parent (b INT, a TEXT, c INT NOT NULL UNIQUE, PRIMARY KEY (b, a))",
                    "CREATE TABLE other.parent (id INT PRIMARY KEY)",
                    "CREATE TABLE child (id INT PRIMARY KEY, x INT, y TEXT, z INT REFERENCES parent (c) ON DELETE SET NULL,"
                            + " FOREIGN KEY (x, y) REFERENCES parent (b, a) ON UPDATE CASCADE)",
                    "CREATE TABLE child_2 (id INT PRIMARY KEY REFERENCES parent (c))",
                    "CREATE INDEX by_x ON child (x, id)",
                    "CREATE UNIQUE INDEX by_y ON child (y)",
                    "CREATE TABLE \"child%2\" (\"Odd \"\"name\" INT)",
                    "CREATE USER TABLE own (id INT PRIMARY KEY)",
                    "CREATE STREAM TABLE events (id INT PRIMARY KEY) TTL 60",
                    "CREATE VIEW seen AS SELECT id FROM child")) {
                statement.execute(sql);
            }
        }
    }

    @AfterAll
    void close() throws SQLException {
        connection.close();
    }

    private static Arguments result(String name, Call call, String columns, String order) {
        return Arguments.of(name, call, columns, order);
    }

    /** Method, call with nulls where they are allowed, columns, and those that the rows are ordered by. */
    static Stream<Arguments> results() {
        String foreignKey = "PKTABLE_CAT, PKTABLE_SCHEM, PKTABLE_NAME, PKCOLUMN_NAME, FKTABLE_CAT, FKTABLE_SCHEM,"
                + " FKTABLE_NAME, FKCOLUMN_NAME, KEY_SEQ short, UPDATE_RULE short, DELETE_RULE short, FK_NAME, PK_NAME,"
                + " DEFERRABILITY short";
        String rowIdentifier = "SCOPE short, COLUMN_NAME, DATA_TYPE int, TYPE_NAME, COLUMN_SIZE int, BUFFER_LENGTH int,"
                + " DECIMAL_DIGITS short, PSEUDO_COLUMN short";
        return Stream.of(
                result("getCatalogs", DatabaseMetaData::getCatalogs, "TABLE_CAT", "TABLE_CAT"),
                result(
                        "getSchemas",
                        DatabaseMetaData::getSchemas,
                        "TABLE_SCHEM, TABLE_CATALOG",
                        "TABLE_CATALOG, TABLE_SCHEM"),
                result(
                        "getSchemas of a pattern",
                        m -> m.getSchemas(null, null),
                        "TABLE_SCHEM, TABLE_CATALOG",
                        "TABLE_CATALOG, TABLE_SCHEM"),
                result("getTableTypes", DatabaseMetaData::getTableTypes, "TABLE_TYPE", "TABLE_TYPE"),
                result(
                        "getTables",
                        m -> m.getTables(null, null, null, null),
                        "TABLE_CAT, TABLE_SCHEM, TABLE_NAME, TABLE_TYPE, REMARKS, TYPE_CAT, TYPE_SCHEM, TYPE_NAME,"
                                + " SELF_REFERENCING_COL_NAME, REF_GENERATION",
                        "TABLE_TYPE, TABLE_CAT, TABLE_SCHEM, TABLE_NAME"),
                result(
                        "getColumns",
                        m -> m.getColumns(null, null, null, null),
                        "TABLE_CAT, TABLE_SCHEM, TABLE_NAME, COLUMN_NAME, DATA_TYPE int, TYPE_NAME, COLUMN_SIZE int,"
                                + " BUFFER_LENGTH int, DECIMAL_DIGITS int, NUM_PREC_RADIX int, NULLABLE int, REMARKS,"
                                + " COLUMN_DEF, SQL_DATA_TYPE int, SQL_DATETIME_SUB int, CHAR_OCTET_LENGTH int,"
                                + " ORDINAL_POSITION int, IS_NULLABLE, SCOPE_CATALOG, SCOPE_SCHEMA, SCOPE_TABLE,"
                                + " SOURCE_DATA_TYPE short, IS_AUTOINCREMENT, IS_GENERATEDCOLUMN",
                        "TABLE_CAT, TABLE_SCHEM, TABLE_NAME, ORDINAL_POSITION"),
                result(
                        "getPseudoColumns",
                        m -> m.getPseudoColumns(null, null, null, null),
                        "TABLE_CAT, TABLE_SCHEM, TABLE_NAME, COLUMN_NAME, DATA_TYPE int, COLUMN_SIZE int,"
                                + " DECIMAL_DIGITS int, NUM_PREC_RADIX int, COLUMN_USAGE, REMARKS, CHAR_OCTET_LENGTH int,"
                                + " IS_NULLABLE",
                        "TABLE_CAT, TABLE_SCHEM, TABLE_NAME, COLUMN_NAME"),
                result(
                        "getPrimaryKeys",
                        m -> m.getPrimaryKeys(null, null, "parent"),
                        "TABLE_CAT, TABLE_SCHEM, TABLE_NAME, COLUMN_NAME, KEY_SEQ short, PK_NAME",
                        "COLUMN_NAME"),
                result(
                        "getImportedKeys",
                        m -> m.getImportedKeys(null, null, "child"),
                        foreignKey,
                        "PKTABLE_CAT, PKTABLE_SCHEM, PKTABLE_NAME"),
                result(
                        "getExportedKeys",
                        m -> m.getExportedKeys(null, null, "parent"),
                        foreignKey,
                        "FKTABLE_CAT, FKTABLE_SCHEM, FKTABLE_NAME"),
                result(
                        "getCrossReference",
                        m -> m.getCrossReference(null, null, "parent", null, null, "child"),
                        foreignKey,
                        "FKTABLE_CAT, FKTABLE_SCHEM, FKTABLE_NAME"),
                result(
                        "getIndexInfo",
                        m -> m.getIndexInfo(null, null, "child", false, true),
                        "TABLE_CAT, TABLE_SCHEM, TABLE_NAME, NON_UNIQUE boolean, INDEX_QUALIFIER, INDEX_NAME, TYPE short,"
                                + " ORDINAL_POSITION short, COLUMN_NAME, ASC_OR_DESC, CARDINALITY long, PAGES long,"
                                + " FILTER_CONDITION",
                        "NON_UNIQUE, TYPE, INDEX_NAME, ORDINAL_POSITION"),
                result(
                        "getBestRowIdentifier",
                        m -> m.getBestRowIdentifier(null, null, "parent", DatabaseMetaData.bestRowSession, true),
                        rowIdentifier,
                        "SCOPE"),
                result("getVersionColumns", m -> m.getVersionColumns(null, null, "child"), rowIdentifier, ""),
                result(
                        "getTypeInfo",
                        DatabaseMetaData::getTypeInfo,
                        "TYPE_NAME, DATA_TYPE int, PRECISION int, LITERAL_PREFIX, LITERAL_SUFFIX, CREATE_PARAMS,"
                                + " NULLABLE short, CASE_SENSITIVE boolean, SEARCHABLE short, UNSIGNED_ATTRIBUTE boolean,"
                                + " FIXED_PREC_SCALE boolean, AUTO_INCREMENT boolean, LOCAL_TYPE_NAME, MINIMUM_SCALE short,"
                                + " MAXIMUM_SCALE short, SQL_DATA_TYPE int, SQL_DATETIME_SUB int, NUM_PREC_RADIX int",
                        "DATA_TYPE"),
                result(
                        "getFunctions",
                        m -> m.getFunctions(null, null, null),
                        "FUNCTION_CAT, FUNCTION_SCHEM, FUNCTION_NAME, REMARKS, FUNCTION_TYPE short, SPECIFIC_NAME",
                        "FUNCTION_CAT, FUNCTION_SCHEM, FUNCTION_NAME, SPECIFIC_NAME"),
                result(
                        "getFunctionColumns",
                        m -> m.getFunctionColumns(null, null, null, null),
                        "FUNCTION_CAT, FUNCTION_SCHEM, FUNCTION_NAME, COLUMN_NAME, COLUMN_TYPE short, DATA_TYPE int,"
                                + " TYPE_NAME, PRECISION int, LENGTH int, SCALE short, RADIX short, NULLABLE short,"
                                + " REMARKS, CHAR_OCTET_LENGTH int, ORDINAL_POSITION int, IS_NULLABLE, SPECIFIC_NAME",
                        "FUNCTION_CAT, FUNCTION_SCHEM, FUNCTION_NAME, SPECIFIC_NAME"),
                result(
                        "getProcedureColumns",
                        m -> m.getProcedureColumns(null, null, null, null),
                        "PROCEDURE_CAT, PROCEDURE_SCHEM, PROCEDURE_NAME, COLUMN_NAME, COLUMN_TYPE short, DATA_TYPE int,"
                                + " TYPE_NAME, PRECISION int, LENGTH int, SCALE short, RADIX short, NULLABLE short,"
                                + " REMARKS, COLUMN_DEF, SQL_DATA_TYPE int, SQL_DATETIME_SUB int, CHAR_OCTET_LENGTH int,"
                                + " ORDINAL_POSITION int, IS_NULLABLE, SPECIFIC_NAME",
                        "PROCEDURE_CAT, PROCEDURE_SCHEM, PROCEDURE_NAME, SPECIFIC_NAME"),
                result(
                        "getColumnPrivileges",
                        m -> m.getColumnPrivileges(null, null, "child", null),
                        "TABLE_CAT, TABLE_SCHEM, TABLE_NAME, COLUMN_NAME, GRANTOR, GRANTEE, PRIVILEGE, IS_GRANTABLE",
                        "COLUMN_NAME, PRIVILEGE"),
                result(
                        "getTablePrivileges",
                        m -> m.getTablePrivileges(null, null, null),
                        "TABLE_CAT, TABLE_SCHEM, TABLE_NAME, GRANTOR, GRANTEE, PRIVILEGE, IS_GRANTABLE",
                        "TABLE_CAT, TABLE_SCHEM, TABLE_NAME, PRIVILEGE"),
                result(
                        "getUDTs",
                        m -> m.getUDTs(null, null, null, null),
                        "TYPE_CAT, TYPE_SCHEM, TYPE_NAME, CLASS_NAME, DATA_TYPE int, REMARKS, BASE_TYPE short",
                        "DATA_TYPE, TYPE_CAT, TYPE_SCHEM, TYPE_NAME"),
                result(
                        "getAttributes",
                        m -> m.getAttributes(null, null, null, null),
                        "TYPE_CAT, TYPE_SCHEM, TYPE_NAME, ATTR_NAME, DATA_TYPE int, ATTR_TYPE_NAME, ATTR_SIZE int,"
                                + " DECIMAL_DIGITS int, NUM_PREC_RADIX int, NULLABLE int, REMARKS, ATTR_DEF,"
                                + " SQL_DATA_TYPE int, SQL_DATETIME_SUB int, CHAR_OCTET_LENGTH int, ORDINAL_POSITION int,"
                                + " IS_NULLABLE, SCOPE_CATALOG, SCOPE_SCHEMA, SCOPE_TABLE, SOURCE_DATA_TYPE short",
                        "TYPE_CAT, TYPE_SCHEM, TYPE_NAME, ORDINAL_POSITION"),
                result(
                        "getSuperTypes",
                        m -> m.getSuperTypes(null, null, null),
                        "TYPE_CAT, TYPE_SCHEM, TYPE_NAME, SUPERTYPE_CAT, SUPERTYPE_SCHEM, SUPERTYPE_NAME",
                        ""),
                result(
                        "getSuperTables",
                        m -> m.getSuperTables(null, null, null),
                        "TABLE_CAT, TABLE_SCHEM, TABLE_NAME, SUPERTABLE_NAME",
                        ""),
                result(
                        "getClientInfoProperties",
                        DatabaseMetaData::getClientInfoProperties,
                        "NAME, MAX_LEN int, DEFAULT_VALUE, DESCRIPTION",
                        "NAME"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("results")
    void haveTheColumnsOfTheDocumentation(String name, Call call, String columns, String order) throws SQLException {
        try (ResultSet rows = call.of(connection.getMetaData())) {
            ResultSetMetaData metaData = rows.getMetaData();
            List<String> actual = new ArrayList<>();
            for (int i = 1; i <= metaData.getColumnCount(); i++) {
                actual.add(metaData.getColumnLabel(i) + " " + JDBCType.valueOf(metaData.getColumnType(i)));
            }
            assertThat(actual)
                    .containsExactlyElementsOf(Stream.of(columns.split(", ", -1))
                            .map(DatabaseMetaDataShapeTest::column)
                            .toList());
            assertThat(rows.getStatement()).isNull();
            assertThat(rows.getType()).isEqualTo(ResultSet.TYPE_FORWARD_ONLY);
        }
    }

    private static String column(String documented) {
        int space = documented.indexOf(' ');
        return space < 0
                ? documented + " VARCHAR"
                : documented.substring(0, space) + " " + TYPES.get(documented.substring(space + 1));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("results")
    void haveTheOrderOfTheDocumentation(String name, Call call, String columns, String order) throws SQLException {
        List<List<Object>> keys = new ArrayList<>();
        try (ResultSet rows = call.of(connection.getMetaData())) {
            while (rows.next()) {
                List<Object> key = new ArrayList<>();
                for (String column : order.isEmpty() ? new String[0] : order.split(", ", -1)) {
                    key.add(rows.getObject(column));
                }
                keys.add(key);
            }
        }
        assertThat(keys).isSortedAccordingTo(DatabaseMetaDataShapeTest::compare);
    }

    @SuppressWarnings("unchecked") // Columns of one position have one type.
    private static int compare(List<Object> left, List<Object> right) {
        for (int i = 0; i < left.size(); i++) {
            int order = Comparator.nullsFirst(Comparator.<Comparable<Object>>naturalOrder())
                    .compare((Comparable<Object>) left.get(i), (Comparable<Object>) right.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /** The first six columns are named; the three that the documentation reserves have names of ODBC here. */
    @Test
    void proceduresHaveTheColumnsOfTheDocumentation() throws SQLException {
        try (ResultSet rows = connection.getMetaData().getProcedures(null, null, null)) {
            ResultSetMetaData metaData = rows.getMetaData();
            assertThat(metaData.getColumnCount()).isEqualTo(9);
            assertThat(List.of(
                            metaData.getColumnLabel(1),
                            metaData.getColumnLabel(2),
                            metaData.getColumnLabel(3),
                            metaData.getColumnLabel(7),
                            metaData.getColumnLabel(8),
                            metaData.getColumnLabel(9)))
                    .containsExactly(
                            "PROCEDURE_CAT",
                            "PROCEDURE_SCHEM",
                            "PROCEDURE_NAME",
                            "REMARKS",
                            "PROCEDURE_TYPE",
                            "SPECIFIC_NAME");
        }
    }

    private List<String> names(ResultSet rows, String column) throws SQLException {
        List<String> names = new ArrayList<>();
        try (rows) {
            while (rows.next()) {
                names.add(rows.getString(column));
            }
        }
        return names;
    }

    private List<String> tables(String catalog, String schema, String table) throws SQLException {
        return names(
                connection.getMetaData().getTables(catalog, schema, table, new String[] {"TABLE", "VIEW"}),
                "TABLE_NAME");
    }

    @Test
    void patternsMatchNames() throws SQLException {
        assertThat(tables(null, "main", "child_2")).containsExactlyInAnyOrder("child_2", "child%2");
        assertThat(tables(null, "main", "child\\_2")).containsExactly("child_2");
        assertThat(tables(null, "main", "child\\%2")).containsExactly("child%2");
        assertThat(tables(null, "main", "chi%")).containsExactlyInAnyOrder("child", "child_2", "child%2");
        assertThat(tables(null, "ma_n", "child")).containsExactly("child");
        assertThat(tables(null, "ma\\_n", "child")).isEmpty();
        assertThat(tables(null, null, "parent")).containsExactly("parent", "parent");
        assertThat(tables(null, "%", "%r")).isEmpty();
        assertThat(tables(null, "", "child")).isEmpty();
        assertThat(tables(null, "main", "")).isEmpty();
        assertThat(tables("def", "main", "child")).containsExactly("child");
        assertThat(tables("", "main", "child")).isEmpty();
        assertThat(tables("other", "main", "child")).isEmpty();
        assertThat(tables(null, "main", "CHILD")).isEmpty();
        assertThat(names(connection.getMetaData().getColumns(null, "main", "child", "_"), "COLUMN_NAME"))
                .containsExactly("x", "y", "z");
        assertThat(names(connection.getMetaData().getColumns(null, null, "child\\%2", "Odd%"), "COLUMN_NAME"))
                .containsExactly("Odd \"name");
        assertThat(names(connection.getMetaData().getColumns(null, null, "child", ""), "COLUMN_NAME"))
                .isEmpty();
    }

    /** The tables of these methods are named and not matched. */
    @ParameterizedTest
    @ValueSource(strings = {"child_2", "child%", "CHILD"})
    void namesAreNoPatterns(String table) throws SQLException {
        DatabaseMetaData metaData = connection.getMetaData();
        int keys = table.equals("child_2") ? 1 : 0;
        assertThat(names(metaData.getPrimaryKeys(null, "main", table), "TABLE_NAME"))
                .hasSize(keys);
        assertThat(names(metaData.getImportedKeys(null, "main", table), "FKTABLE_NAME"))
                .hasSize(keys);
        assertThat(names(metaData.getIndexInfo(null, "main", table, false, false), "TABLE_NAME"))
                .hasSize(keys);
        assertThat(names(metaData.getPrimaryKeys(null, "ma_n", table), "TABLE_NAME"))
                .isEmpty();
    }

    @Test
    void keysAreDescribedFromBothSides() throws SQLException {
        DatabaseMetaData metaData = connection.getMetaData();
        assertThat(names(metaData.getPrimaryKeys(null, "main", "parent"), "COLUMN_NAME"))
                .containsExactly("a", "b");
        assertThat(names(metaData.getExportedKeys(null, "main", "parent"), "FKTABLE_NAME"))
                .containsExactly("child", "child", "child", "child_2");
        assertThat(names(metaData.getCrossReference(null, "main", "parent", null, "main", "child_2"), "FKCOLUMN_NAME"))
                .containsExactly("id");
        assertThat(names(metaData.getCrossReference(null, "other", "parent", null, "main", "child"), "FKCOLUMN_NAME"))
                .isEmpty();
        assertThat(names(
                        metaData.getBestRowIdentifier(null, "main", "parent", DatabaseMetaData.bestRowSession, false),
                        "COLUMN_NAME"))
                .containsExactlyInAnyOrder("a", "b");
    }

    /** A row's {@code _seq} changes with each change of the row. */
    @Test
    void systemColumnsAreVersionsAndPseudoColumns() throws SQLException {
        DatabaseMetaData metaData = connection.getMetaData();
        for (String table : List.of("child", "own")) {
            try (ResultSet rows = metaData.getVersionColumns(null, "main", table)) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString("COLUMN_NAME")).isEqualTo("_seq");
                assertThat(rows.getInt("DATA_TYPE")).isEqualTo(JDBCType.BIGINT.getVendorTypeNumber());
                assertThat(rows.getInt("PSEUDO_COLUMN")).isEqualTo(DatabaseMetaData.versionColumnPseudo);
                assertThat(rows.next()).isFalse();
            }
            assertThat(names(metaData.getPseudoColumns(null, "main", table, null), "COLUMN_NAME"))
                    .containsExactly("_deleted", "_seq");
        }
        for (String table : List.of("seen", "nothing")) {
            assertThat(names(metaData.getVersionColumns(null, "main", table), "COLUMN_NAME"))
                    .isEmpty();
        }
    }
}
