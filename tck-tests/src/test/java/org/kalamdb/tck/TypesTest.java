// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every type goes in by parameter and literal and comes out by every getter that makes sense. */
final class TypesTest {
    private static final UUID SOME_UUID = UUID.fromString("123e4567-e89b-12d3-a456-426614174000");

    private final Client sql = new Client(TestDatabases.freshMemoryUrl());

    @AfterEach
    void close() throws SQLException {
        sql.close();
    }

    /** Declared type, literal, what getObject answers, what getString answers, java.sql.Types. */
    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of("BOOLEAN", "TRUE", true, "true", Types.BOOLEAN),
                Arguments.of("BOOLEAN", "FALSE", false, "false", Types.BOOLEAN),
                Arguments.of("SMALLINT", "-32768", -32768, "-32768", Types.SMALLINT),
                Arguments.of("INT", "2147483647", Integer.MAX_VALUE, "2147483647", Types.INTEGER),
                Arguments.of("INTEGER", "-2147483648", Integer.MIN_VALUE, "-2147483648", Types.INTEGER),
                Arguments.of("BIGINT", "9223372036854775807", Long.MAX_VALUE, "9223372036854775807", Types.BIGINT),
                Arguments.of("BIGINT", "-9223372036854775808", Long.MIN_VALUE, "-9223372036854775808", Types.BIGINT),
                Arguments.of("FLOAT", "1.5", 1.5f, "1.5", Types.REAL),
                Arguments.of("DOUBLE", "-1e300", -1e300, "-1.0E300", Types.DOUBLE),
                Arguments.of("DECIMAL(10, 2)", "-0.05", new BigDecimal("-0.05"), "-0.05", Types.DECIMAL),
                Arguments.of("DECIMAL(5, 2)", "1", new BigDecimal("1.00"), "1.00", Types.DECIMAL),
                Arguments.of(
                        "DECIMAL(38, 10)",
                        "1234567890123456789012345678.0123456789",
                        new BigDecimal("1234567890123456789012345678.0123456789"),
                        "1234567890123456789012345678.0123456789",
                        Types.DECIMAL),
                Arguments.of("TEXT", "''", "", "", Types.VARCHAR),
                Arguments.of("TEXT", "'Łódź 日本 😀 it''s'", "Łódź 日本 😀 it's", "Łódź 日本 😀 it's", Types.VARCHAR),
                Arguments.of("VARCHAR(3)", "'äöü'", "äöü", "äöü", Types.VARCHAR),
                Arguments.of("DATE", "DATE '0001-01-01'", null, "0001-01-01", Types.DATE),
                Arguments.of("DATE", "DATE '2024-02-29'", Date.valueOf("2024-02-29"), "2024-02-29", Types.DATE),
                Arguments.of("TIME", "TIME '23:59:59'", Time.valueOf("23:59:59"), "23:59:59", Types.TIME),
                Arguments.of(
                        "TIMESTAMP",
                        "TIMESTAMP '1969-12-31 23:59:59.999999'",
                        Timestamp.valueOf("1969-12-31 23:59:59.999999"),
                        "1969-12-31 23:59:59.999999",
                        Types.TIMESTAMP),
                Arguments.of(
                        "DATETIME",
                        "'2024-01-01T00:00:00+02:00'",
                        OffsetDateTime.of(2023, 12, 31, 22, 0, 0, 0, ZoneOffset.UTC),
                        null,
                        Types.TIMESTAMP_WITH_TIMEZONE),
                Arguments.of("JSON", "'{\"a\": [1, null]}'", null, null, Types.VARCHAR),
                Arguments.of("BYTES", "X'00ff10'", new byte[] {0, -1, 16}, null, Types.VARBINARY),
                Arguments.of("BYTES", "X''", new byte[0], null, Types.VARBINARY),
                Arguments.of("UUID", "'" + SOME_UUID + "'", SOME_UUID, SOME_UUID.toString(), Types.OTHER));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("values")
    void valueComesBackAsItWentIn(String type, String literal, Object object, String text, int jdbcType)
            throws SQLException {
        sql.run(
                "CREATE TABLE t (id INT PRIMARY KEY, v " + type + ")",
                "INSERT INTO t VALUES (1, " + literal + "), (2, NULL)");
        if (object != null) {
            try (PreparedStatement insert = sql.connection().prepareStatement("INSERT INTO t VALUES (3, ?)")) {
                insert.setObject(1, object);
                insert.executeUpdate();
            }
        }

        try (Statement statement = sql.connection().createStatement();
                ResultSet rows = statement.executeQuery("SELECT v FROM t ORDER BY id")) {
            assertThat(rows.getMetaData().getColumnType(1)).isEqualTo(jdbcType);
            assertThat(rows.next()).isTrue();
            if (object != null) {
                assertThat(rows.getObject(1)).isEqualTo(object);
            }
            if (text != null) {
                assertThat(rows.getString(1)).isEqualTo(text);
            }
            assertThat(rows.wasNull()).isFalse();
            Object first = rows.getObject(1);
            assertThat(rows.next()).isTrue();
            assertThat(rows.getObject(1)).isNull();
            assertThat(rows.wasNull()).isTrue();
            if (object != null) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getObject(1)).isEqualTo(first);
            }
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("values")
    void valueIsFoundAgainByItself(String type, String literal, Object object, String text, int jdbcType)
            throws SQLException {
        sql.run(
                "CREATE TABLE t (id INT PRIMARY KEY, v " + type + ")",
                "INSERT INTO t VALUES (1, " + literal + "), (2, NULL)");

        assertThat(sql.rows("SELECT a.id FROM t a JOIN t b ON a.v = b.v")).containsExactly("1");
        assertThat(sql.rows("SELECT count(*), count(v), count(DISTINCT v) FROM t"))
                .containsExactly("2|1|1");
        if (object != null) {
            try (PreparedStatement select = sql.connection().prepareStatement("SELECT id FROM t WHERE v = ?")) {
                select.setObject(1, object);
                try (ResultSet rows = select.executeQuery()) {
                    assertThat(Client.rows(rows)).containsExactly("1");
                }
            }
        }
    }

    @Test
    void numbersConvertToOneAnotherIfTheyFit() throws SQLException {
        sql.run(
                "CREATE TABLE t (si SMALLINT, i INT, b BIGINT, f FLOAT, d DOUBLE, dec DECIMAL(10, 2))",
                "INSERT INTO t VALUES (7, 7, 7, 7, 7, 7), (300, 70000, 9000000000, 1e30, 1e300, 7.25)");
        try (Statement statement = sql.connection().createStatement();
                ResultSet rows = statement.executeQuery("SELECT * FROM t ORDER BY i")) {
            rows.next();
            for (int column = 1; column <= 6; column++) {
                assertThat(rows.getByte(column)).isEqualTo((byte) 7);
                assertThat(rows.getShort(column)).isEqualTo((short) 7);
                assertThat(rows.getInt(column)).isEqualTo(7);
                assertThat(rows.getLong(column)).isEqualTo(7);
                assertThat(rows.getFloat(column)).isEqualTo(7f);
                assertThat(rows.getDouble(column)).isEqualTo(7d);
                assertThat(rows.getBigDecimal(column)).isEqualByComparingTo("7");
                assertThat(rows.getObject(column, Long.class)).isEqualTo(7L);
            }
            assertThat(rows.getObject("b", BigInteger.class)).isEqualTo(BigInteger.valueOf(7));
            rows.next();
            assertThat(failure(() -> rows.getByte("si")).getSQLState()).isEqualTo("22003");
            assertThat(failure(() -> rows.getShort("i")).getSQLState()).isEqualTo("22003");
            assertThat(failure(() -> rows.getInt("b")).getSQLState()).isEqualTo("22003");
            assertThat(failure(() -> rows.getLong("d")).getSQLState()).isEqualTo("22003");
            assertThat(rows.getDouble("dec")).isEqualTo(7.25);
        }
    }

    @Test
    void datesAndTimesConvertToJavaTime() throws SQLException {
        sql.run(
                "CREATE TABLE t (d DATE, t TIME, ts TIMESTAMP, dt DATETIME)",
                "INSERT INTO t VALUES ('2024-02-29', '12:34:56.789012', '2024-02-29 12:34:56.789012',"
                        + " '2024-02-29T12:34:56.789012Z')");
        LocalDateTime moment = LocalDateTime.of(2024, 2, 29, 12, 34, 56, 789_012_000);
        try (Statement statement = sql.connection().createStatement();
                ResultSet row = statement.executeQuery("SELECT * FROM t")) {
            row.next();
            assertThat(row.getObject("d", LocalDate.class)).isEqualTo(moment.toLocalDate());
            assertThat(row.getDate("d")).isEqualTo(Date.valueOf(moment.toLocalDate()));
            assertThat(row.getObject("t", LocalTime.class)).isEqualTo(moment.toLocalTime());
            assertThat(row.getObject("ts", LocalDateTime.class)).isEqualTo(moment);
            assertThat(row.getTimestamp("ts")).isEqualTo(Timestamp.valueOf(moment));
            assertThat(row.getObject("ts", LocalDate.class)).isEqualTo(moment.toLocalDate());
            assertThat(row.getObject("dt", OffsetDateTime.class)).isEqualTo(moment.atOffset(ZoneOffset.UTC));
            assertThat(row.getObject("dt", Instant.class)).isEqualTo(moment.toInstant(ZoneOffset.UTC));
        }
    }

    @Test
    void embeddingsAreArraysOfFloats() throws SQLException {
        sql.run("CREATE TABLE t (id INT PRIMARY KEY, v EMBEDDING(3))");
        try (PreparedStatement insert = sql.connection().prepareStatement("INSERT INTO t VALUES (?, ?)")) {
            insert.setInt(1, 1);
            insert.setObject(2, new float[] {1f, -2.5f, 0f});
            insert.executeUpdate();
            insert.setInt(1, 2);
            insert.setArray(2, sql.connection().createArrayOf("FLOAT", new Float[] {0f, 1f, 0f}));
            insert.executeUpdate();
        }
        try (Statement statement = sql.connection().createStatement();
                ResultSet rows = statement.executeQuery("SELECT v FROM t ORDER BY id")) {
            assertThat(rows.getMetaData().getColumnType(1)).isEqualTo(Types.ARRAY);
            rows.next();
            assertThat(rows.getObject(1, float[].class)).containsExactly(1f, -2.5f, 0f);
            assertThat((float[]) rows.getArray(1).getArray()).containsExactly(1f, -2.5f, 0f);
        }
        assertThat(sql.rows("SELECT id FROM t ORDER BY COSINE_DISTANCE(v, '[0, 1, 0]')"))
                .containsExactly("2", "1");
    }

    @Test
    void jsonIsReachedIntoByPath() throws SQLException {
        sql.run(
                "CREATE TABLE t (id INT PRIMARY KEY, j JSON)",
                "INSERT INTO t VALUES (1, '{\"a\": {\"b\": [10, \"x\"]}}'), (2, NULL)");

        assertThat(sql.rows("SELECT j -> 'a' -> 'b' ->> 1 FROM t ORDER BY id")).containsExactly("x", "null");
        assertThat(sql.rows("SELECT id FROM t WHERE j -> 'a' -> 'b' ->> 0 = '10'"))
                .containsExactly("1");
    }

    @Test
    void valuesOutOfRangeAreRefused() throws SQLException {
        sql.run("CREATE TABLE t (si SMALLINT, d DECIMAL(4, 2), v VARCHAR(2))");

        assertThat(sql.failure("INSERT INTO t (si) VALUES (32768)").getSQLState())
                .isEqualTo("22003");
        assertThat(sql.failure("INSERT INTO t (d) VALUES (100)").getSQLState()).isEqualTo("22003");
        assertThat(sql.failure("INSERT INTO t (v) VALUES ('abc')").getSQLState())
                .isEqualTo("22001");
        sql.run("INSERT INTO t (d) VALUES (99.994)");
        assertThat(sql.value("SELECT d FROM t")).isEqualTo("99.99");
        assertThat(sql.failure("INSERT INTO t (d) VALUES (99.995)").getSQLState())
                .isEqualTo("22003");
    }

    private interface Call {
        void run() throws SQLException;
    }

    private static SQLException failure(Call call) {
        return catchThrowableOfType(SQLDataException.class, call::run);
    }
}
