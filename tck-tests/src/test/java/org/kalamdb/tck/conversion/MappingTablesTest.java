// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck.conversion;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.JDBCType;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.hibernate.type.descriptor.jdbc.JdbcTypeJavaClassMappings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tables B-1 to B-4 of the JDBC specification, which say what the types of SQL and of Java are to each other where a program names
 * one of them only. B-1, B-2 and B-4 are asked of the copy of them that Hibernate ORM has ({@link JdbcTypeJavaClassMappings}); B-3 is
 * written down here as the guide of the JDK has it ("Mapping SQL and Java Types", JDBC Types Mapped to Java Object Types), with what
 * JDBC 4.2 added.
 */
final class MappingTablesTest {
    private static final JdbcTypeJavaClassMappings TABLES = JdbcTypeJavaClassMappings.INSTANCE;

    /** The types of the tables for which there are columns, each with a value of a column for it. */
    private static final Map<JDBCType, String> COLUMNS = columns();

    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        connection = DriverManager.getConnection("jdbc:kalamdb:mem:");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    private static Map<JDBCType, String> columns() {
        Map<JDBCType, String> columns = new EnumMap<>(JDBCType.class);
        for (JDBCType type :
                Set.of(JDBCType.CHAR, JDBCType.VARCHAR, JDBCType.LONGVARCHAR, JDBCType.NCHAR, JDBCType.NVARCHAR)) {
            columns.put(type, "CAST('abc' AS TEXT)");
        }
        columns.put(JDBCType.LONGNVARCHAR, "CAST('abc' AS TEXT)");
        columns.put(JDBCType.NUMERIC, "CAST(12.5 AS DECIMAL(10, 2))");
        columns.put(JDBCType.DECIMAL, "CAST(12.5 AS DECIMAL(10, 2))");
        columns.put(JDBCType.BIT, "TRUE");
        columns.put(JDBCType.BOOLEAN, "TRUE");
        columns.put(JDBCType.TINYINT, "CAST(7 AS SMALLINT)");
        columns.put(JDBCType.SMALLINT, "CAST(300 AS SMALLINT)");
        columns.put(JDBCType.INTEGER, "CAST(70000 AS INT)");
        columns.put(JDBCType.BIGINT, "CAST(3000000000 AS BIGINT)");
        columns.put(JDBCType.REAL, "CAST(1.5 AS FLOAT)");
        columns.put(JDBCType.FLOAT, "CAST(2.5 AS DOUBLE)");
        columns.put(JDBCType.DOUBLE, "CAST(2.5 AS DOUBLE)");
        columns.put(JDBCType.BINARY, "X'0102'");
        columns.put(JDBCType.VARBINARY, "X'0102'");
        columns.put(JDBCType.LONGVARBINARY, "X'0102'");
        columns.put(JDBCType.DATE, "DATE '2026-05-17'");
        columns.put(JDBCType.TIME, "TIME '10:11:12'");
        columns.put(JDBCType.TIMESTAMP, "TIMESTAMP '2026-05-17 10:11:12'");
        columns.put(JDBCType.CLOB, "CAST('abc' AS TEXT)");
        columns.put(JDBCType.NCLOB, "CAST('abc' AS TEXT)");
        columns.put(JDBCType.BLOB, "X'0102'");
        columns.put(JDBCType.TIMESTAMP_WITH_TIMEZONE, "CAST('2026-05-17 10:11:12+00' AS DATETIME)");
        return columns;
    }

    static Set<JDBCType> typesWithColumns() {
        return COLUMNS.keySet();
    }

    /** B-1: a column is read as the Java type that it is conceptually. */
    @ParameterizedTest
    @MethodSource("typesWithColumns")
    void columnsAreReadAsTheirJavaType(JDBCType type) throws SQLException {
        Class<?> javaType = TABLES.determineJavaClassForJdbcTypeCode(type.getVendorTypeNumber());
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT " + COLUMNS.get(type))) {
            rows.next();

            assertThat((Object) rows.getObject(1, javaType)).isInstanceOf(javaType);
        }
    }

    /** B-3. */
    private static Map<JDBCType, Class<?>> objectTypes() {
        Map<JDBCType, Class<?>> types = new EnumMap<>(JDBCType.class);
        types.put(JDBCType.BOOLEAN, Boolean.class);
        types.put(JDBCType.SMALLINT, Integer.class);
        types.put(JDBCType.INTEGER, Integer.class);
        types.put(JDBCType.BIGINT, Long.class);
        types.put(JDBCType.REAL, Float.class);
        types.put(JDBCType.DOUBLE, Double.class);
        types.put(JDBCType.DECIMAL, BigDecimal.class);
        types.put(JDBCType.VARCHAR, String.class);
        types.put(JDBCType.VARBINARY, byte[].class);
        types.put(JDBCType.DATE, Date.class);
        types.put(JDBCType.TIME, Time.class);
        types.put(JDBCType.TIMESTAMP, Timestamp.class);
        types.put(JDBCType.TIMESTAMP_WITH_TIMEZONE, OffsetDateTime.class);
        return types;
    }

    @Test
    void objectsHaveTheJavaTypeOfTheirColumn() throws SQLException {
        for (Map.Entry<JDBCType, Class<?>> entry : objectTypes().entrySet()) {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT " + COLUMNS.get(entry.getKey()))) {
                rows.next();

                assertThat(rows.getMetaData().getColumnType(1))
                        .as("%s", entry.getKey())
                        .isEqualTo(entry.getKey().getVendorTypeNumber());
                assertThat(rows.getObject(1)).isExactlyInstanceOf(entry.getValue());
                assertThat(rows.getMetaData().getColumnClassName(1))
                        .isEqualTo(entry.getValue().getName());
            }
        }
    }

    /** ARRAY is no type of {@link #COLUMNS}, as its values equal no others. */
    @Test
    void embeddingsAreArrays() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT CAST('[1, 2]' AS EMBEDDING(2))")) {
            rows.next();

            assertThat(rows.getMetaData().getColumnType(1)).isEqualTo(JDBCType.ARRAY.getVendorTypeNumber());
            assertThat(rows.getObject(1)).isInstanceOf(Array.class);
        }
    }

    /** B-1 for values that a function answers, and B-3 for those that are asked for as objects. */
    @Test
    void answersOfFunctionsHaveTheTypeThatIsRegistered() throws SQLException {
        for (Map.Entry<JDBCType, Class<?>> entry : objectTypes().entrySet()) {
            JDBCType type = entry.getKey();
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT " + COLUMNS.get(type));
                    CallableStatement call = connection.prepareCall("{? = call coalesce(?, ?)}")) {
                rows.next();
                call.registerOutParameter(1, type);
                call.setObject(2, rows.getObject(1), type);
                call.setObject(3, rows.getObject(1), type);
                call.execute();

                assertThat(call.getObject(1)).as("%s", type).isExactlyInstanceOf(entry.getValue());
                Class<?> javaType = TABLES.determineJavaClassForJdbcTypeCode(type.getVendorTypeNumber());
                assertThat((Object) call.getObject(1, javaType)).isInstanceOf(javaType);
            }
        }
    }

    /** A value of each class of B-2 and B-4 that is one of values and not of handles. */
    private static final Object[] VALUES = {
        "abc",
        new BigDecimal("12.50"),
        true,
        (byte) 7,
        (short) 300,
        70_000,
        3_000_000_000L,
        1.5f,
        2.5,
        new byte[] {1, 2},
        Date.valueOf("2026-05-17"),
        Time.valueOf("10:11:12"),
        Timestamp.valueOf("2026-05-17 10:11:12.5"),
        LocalDate.of(2026, 5, 17),
        LocalTime.of(10, 11, 12),
        LocalDateTime.of(2026, 5, 17, 10, 11, 12),
        OffsetDateTime.parse("2026-05-17T10:11:12Z"),
    };

    private static final Map<JDBCType, String> NAMES_IN_DDL = namesInDdl();

    private static Map<JDBCType, String> namesInDdl() {
        Map<JDBCType, String> names = new EnumMap<>(JDBCType.class);
        names.put(JDBCType.VARCHAR, "TEXT");
        names.put(JDBCType.NUMERIC, "DECIMAL(10, 2)");
        names.put(JDBCType.BIT, "BOOLEAN");
        names.put(JDBCType.TINYINT, "SMALLINT");
        names.put(JDBCType.SMALLINT, "SMALLINT");
        names.put(JDBCType.INTEGER, "INT");
        names.put(JDBCType.BIGINT, "BIGINT");
        names.put(JDBCType.REAL, "FLOAT");
        names.put(JDBCType.DOUBLE, "DOUBLE");
        names.put(JDBCType.VARBINARY, "BYTES");
        names.put(JDBCType.DATE, "DATE");
        names.put(JDBCType.TIME, "TIME");
        names.put(JDBCType.TIMESTAMP, "TIMESTAMP");
        names.put(JDBCType.TIMESTAMP_WITH_TIMEZONE, "DATETIME");
        return names;
    }

    /** Sets a parameter. */
    private interface Setting {
        void set(PreparedStatement statement, Object value) throws SQLException;
    }

    /** B-4, and B-2 by the setters of single types. */
    @Test
    void valuesAreWrittenAsTheJdbcTypeOfTheirClass() throws SQLException {
        Map<String, Setting> settings = new LinkedHashMap<>();
        settings.put("setObject", (statement, value) -> statement.setObject(1, value));
        settings.put("setter", ConversionsTest::set);
        for (Object value : VALUES) {
            JDBCType type = JDBCType.valueOf(TABLES.determineJdbcTypeCodeForJavaClass(value.getClass()));
            for (Map.Entry<String, Setting> setting : settings.entrySet()) {
                assertThat(written(NAMES_IN_DDL.get(type), value, setting.getValue()))
                        .as("%s of %s", setting.getKey(), type)
                        .isEqualTo(value);
            }
        }
    }

    private Object written(String column, Object value, Setting setting) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS t");
            statement.execute("CREATE TABLE t (v " + column + ")");
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t (v) VALUES (?)")) {
                setting.set(insert, value);
                insert.executeUpdate();
            }
            try (ResultSet rows = statement.executeQuery("SELECT v FROM t")) {
                rows.next();
                return rows.getObject(1, value.getClass());
            }
        }
    }
}
