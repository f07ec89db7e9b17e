// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.List;
import java.util.TimeZone;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kalamdb.engine.ResultColumn;
import org.kalamdb.jdbc.cursor.MemoryCursor;
import org.kalamdb.type.KalamDataType;
import org.kalamdb.type.StoredValues;

final class JdbcResultSetTest {
    private static final UUID ONE_TWO = new UUID(1, 2);
    private static final LocalDateTime NOON = LocalDateTime.of(2026, 1, 31, 12, 30, 45, 123_456_000);

    /** A result of one row with one column. */
    private static ResultSet single(KalamDataType type, Object javaValue) throws SQLException {
        Object stored = javaValue == null ? null : StoredValues.fromJava(type, javaValue);
        ResultSet rows = rows(List.of(FakeSession.column("value", type)), new Object[][] {{stored}});
        assertThat(rows.next()).isTrue();
        return rows;
    }

    private static ResultSet rows(List<ResultColumn> columns, Object[]... rows) {
        return new JdbcResultSet(new MemoryCursor(columns, new ArrayList<>(List.of(rows))));
    }

    private static ResultSet numbers(int batchRows, int count) {
        FakeSession session = new FakeSession();
        Object[][] rows = new Object[count][];
        for (int i = 0; i < count; i++) {
            rows[i] = new Object[] {i + 1};
        }
        return new JdbcResultSet(session.cursor(List.of(FakeSession.column("n", KalamDataType.INT)), batchRows, rows));
    }

    interface Getter {
        Object from(ResultSet rows) throws Exception;
    }

    private static Arguments getter(KalamDataType type, Object value, String name, Getter getter, Object expected) {
        return arguments(type, value, name, getter, expected);
    }

    static Stream<Arguments> getters() {
        KalamDataType decimal = KalamDataType.decimal(10, 2);
        KalamDataType wide = KalamDataType.decimal(38, 2);
        KalamDataType embedding = KalamDataType.embedding(2);
        BigDecimal big = new BigDecimal("-123456789012345678901234567890.12");
        float[] vector = {1.5f, -2};
        OffsetDateTime moment = NOON.atOffset(ZoneOffset.UTC);
        return Stream.of(
                getter(KalamDataType.BOOLEAN, true, "boolean", r -> r.getBoolean(1), true),
                getter(KalamDataType.BOOLEAN, true, "int", r -> r.getInt(1), 1),
                getter(KalamDataType.BOOLEAN, false, "string", r -> r.getString(1), "false"),
                getter(KalamDataType.BOOLEAN, true, "object", r -> r.getObject(1), true),
                getter(KalamDataType.SMALLINT, 7, "byte", r -> r.getByte(1), (byte) 7),
                getter(KalamDataType.SMALLINT, 7, "short", r -> r.getShort(1), (short) 7),
                getter(KalamDataType.SMALLINT, 7, "int", r -> r.getInt(1), 7),
                getter(KalamDataType.SMALLINT, 7, "long", r -> r.getLong(1), 7L),
                getter(KalamDataType.SMALLINT, 7, "double", r -> r.getDouble(1), 7d),
                getter(KalamDataType.SMALLINT, 7, "object", r -> r.getObject(1), 7),
                getter(KalamDataType.SMALLINT, 7, "Short", r -> r.getObject(1, Short.class), (short) 7),
                getter(KalamDataType.INT, 70_000, "int", r -> r.getInt(1), 70_000),
                getter(KalamDataType.INT, 70_000, "long", r -> r.getLong(1), 70_000L),
                getter(KalamDataType.INT, 70_000, "float", r -> r.getFloat(1), 70_000f),
                getter(KalamDataType.INT, 70_000, "decimal", r -> r.getBigDecimal(1), new BigDecimal(70_000)),
                getter(KalamDataType.INT, 70_000, "string", r -> r.getString(1), "70000"),
                getter(KalamDataType.INT, 1, "boolean", r -> r.getBoolean(1), true),
                getter(KalamDataType.INT, 70_000, "object", r -> r.getObject(1), 70_000),
                getter(KalamDataType.INT, 70_000, "Long", r -> r.getObject(1, Long.class), 70_000L),
                getter(KalamDataType.INT, 5, "int.class", r -> r.getObject(1, int.class), 5),
                getter(KalamDataType.BIGINT, 5_000_000_000L, "long", r -> r.getLong(1), 5_000_000_000L),
                getter(KalamDataType.BIGINT, 5, "int", r -> r.getInt(1), 5),
                getter(KalamDataType.BIGINT, 5_000_000_000L, "double", r -> r.getDouble(1), 5e9),
                getter(KalamDataType.BIGINT, 5, "object", r -> r.getObject(1), 5L),
                getter(
                        KalamDataType.BIGINT,
                        5,
                        "BigInteger",
                        r -> r.getObject(1, BigInteger.class),
                        BigInteger.valueOf(5)),
                getter(KalamDataType.FLOAT, 1.5f, "float", r -> r.getFloat(1), 1.5f),
                getter(KalamDataType.FLOAT, 1.5f, "double", r -> r.getDouble(1), 1.5),
                getter(KalamDataType.FLOAT, 1.5f, "object", r -> r.getObject(1), 1.5f),
                getter(KalamDataType.DOUBLE, 2.25, "double", r -> r.getDouble(1), 2.25),
                getter(KalamDataType.DOUBLE, 2.25, "float", r -> r.getFloat(1), 2.25f),
                getter(KalamDataType.DOUBLE, 2.25, "string", r -> r.getString(1), "2.25"),
                getter(KalamDataType.DOUBLE, 2.25, "object", r -> r.getObject(1), 2.25),
                getter(decimal, "-0.50", "decimal", r -> r.getBigDecimal(1), new BigDecimal("-0.50")),
                getter(decimal, "-0.50", "string", r -> r.getString(1), "-0.50"),
                getter(decimal, "-0.50", "double", r -> r.getDouble(1), -0.5),
                getter(decimal, "12.00", "int", r -> r.getInt(1), 12),
                getter(decimal, "12.00", "object", r -> r.getObject(1), new BigDecimal("12.00")),
                getter(wide, big, "decimal", r -> r.getBigDecimal(1), big),
                getter(wide, "1.25", "decimal", r -> r.getBigDecimal(1), new BigDecimal("1.25")),
                getter(KalamDataType.TEXT, "äöü", "string", r -> r.getString(1), "äöü"),
                getter(KalamDataType.TEXT, "äöü", "nstring", r -> r.getNString(1), "äöü"),
                getter(KalamDataType.TEXT, "42", "int", r -> r.getInt(1), 42),
                getter(KalamDataType.TEXT, "true", "boolean", r -> r.getBoolean(1), true),
                getter(KalamDataType.TEXT, "ä", "bytes", r -> r.getBytes(1), "ä".getBytes(StandardCharsets.UTF_8)),
                getter(
                        KalamDataType.TEXT,
                        "2026-01-31",
                        "LocalDate",
                        r -> r.getObject(1, LocalDate.class),
                        LocalDate.of(2026, 1, 31)),
                getter(KalamDataType.TEXT, "ab", "ascii", r -> read(r.getAsciiStream(1)), "ab"),
                getter(KalamDataType.TEXT, "äb", "characters", r -> read(r.getCharacterStream(1)), "äb"),
                getter(KalamDataType.TEXT, "äb", "ncharacters", r -> read(r.getNCharacterStream(1)), "äb"),
                getter(KalamDataType.TEXT, "äb", "Reader", r -> read(r.getObject(1, Reader.class)), "äb"),
                getter(
                        KalamDataType.TEXT,
                        "https://kalamdb.org",
                        "url",
                        r -> r.getURL(1).getHost(),
                        "kalamdb.org"),
                getter(
                        KalamDataType.TEXT,
                        "https://kalamdb.org",
                        "URL",
                        r -> r.getObject(1, URL.class).getHost(),
                        "kalamdb.org"),
                getter(KalamDataType.JSON, "{\"a\":1}", "string", r -> r.getString(1), "{\"a\":1}"),
                getter(KalamDataType.JSON, "{\"a\":1}", "object", r -> r.getObject(1), "{\"a\":1}"),
                getter(KalamDataType.BYTES, new byte[] {1, 2}, "bytes", r -> r.getBytes(1), new byte[] {1, 2}),
                getter(KalamDataType.BYTES, new byte[] {1, 2}, "object", r -> r.getObject(1), new byte[] {1, 2}),
                getter(KalamDataType.BYTES, new byte[] {97}, "stream", r -> read(r.getBinaryStream(1)), "a"),
                getter(
                        KalamDataType.BYTES,
                        new byte[] {97},
                        "InputStream",
                        r -> read(r.getObject(1, InputStream.class)),
                        "a"),
                getter(KalamDataType.UUID, ONE_TWO, "object", r -> r.getObject(1), ONE_TWO),
                getter(KalamDataType.UUID, ONE_TWO, "UUID", r -> r.getObject(1, UUID.class), ONE_TWO),
                getter(KalamDataType.UUID, ONE_TWO, "string", r -> r.getString(1), ONE_TWO.toString()),
                getter(KalamDataType.DATE, NOON.toLocalDate(), "date", r -> r.getDate(1), Date.valueOf("2026-01-31")),
                getter(
                        KalamDataType.DATE,
                        NOON.toLocalDate(),
                        "object",
                        r -> r.getObject(1),
                        Date.valueOf("2026-01-31")),
                getter(
                        KalamDataType.DATE,
                        NOON.toLocalDate(),
                        "LocalDate",
                        r -> r.getObject(1, LocalDate.class),
                        NOON.toLocalDate()),
                getter(KalamDataType.DATE, NOON.toLocalDate(), "string", r -> r.getString(1), "2026-01-31"),
                getter(
                        KalamDataType.DATE,
                        LocalDate.EPOCH,
                        "date by calendar",
                        r -> r.getDate(1, tokyo()),
                        new Date(-9 * 3_600_000)),
                getter(
                        KalamDataType.TIME,
                        NOON.toLocalTime(),
                        "LocalTime",
                        r -> r.getObject(1, LocalTime.class),
                        NOON.toLocalTime()),
                getter(KalamDataType.TIME, LocalTime.of(1, 2, 3), "time", r -> r.getTime(1), Time.valueOf("01:02:03")),
                getter(
                        KalamDataType.TIME,
                        LocalTime.of(9, 0),
                        "time by calendar",
                        r -> r.getTime(1, tokyo()),
                        new Time(0)),
                getter(KalamDataType.TIMESTAMP, NOON, "timestamp", r -> r.getTimestamp(1), Timestamp.valueOf(NOON)),
                getter(KalamDataType.TIMESTAMP, NOON, "object", r -> r.getObject(1), Timestamp.valueOf(NOON)),
                getter(KalamDataType.TIMESTAMP, NOON, "LocalDateTime", r -> r.getObject(1, LocalDateTime.class), NOON),
                getter(
                        KalamDataType.TIMESTAMP,
                        LocalDateTime.of(1970, 1, 1, 9, 0),
                        "timestamp by calendar",
                        r -> r.getTimestamp(1, tokyo()),
                        new Timestamp(0)),
                getter(KalamDataType.DATETIME, moment, "object", r -> r.getObject(1), moment),
                getter(
                        KalamDataType.DATETIME,
                        moment,
                        "OffsetDateTime",
                        r -> r.getObject(1, OffsetDateTime.class),
                        moment),
                getter(
                        KalamDataType.DATETIME,
                        moment,
                        "Instant",
                        r -> r.getObject(1, Instant.class),
                        moment.toInstant()),
                getter(
                        KalamDataType.DATETIME,
                        moment,
                        "timestamp",
                        r -> r.getTimestamp(1).toInstant(),
                        moment.toInstant()),
                getter(
                        KalamDataType.DATETIME,
                        moment,
                        "timestamp by calendar",
                        r -> r.getTimestamp(1, tokyo()).toInstant(),
                        moment.toInstant()),
                getter(embedding, vector, "array", r -> r.getArray(1).getArray(), vector),
                getter(embedding, vector, "object", r -> ((Array) r.getObject(1)).getArray(), vector),
                getter(
                        embedding,
                        vector,
                        "Array",
                        r -> r.getObject(1, Array.class).getArray(),
                        vector),
                getter(embedding, vector, "float[]", r -> r.getObject(1, float[].class), vector),
                getter(embedding, vector, "Float[]", r -> r.getObject(1, Float[].class), new Float[] {1.5f, -2f}),
                getter(embedding, vector, "double[]", r -> r.getObject(1, double[].class), new double[] {1.5, -2}),
                getter(embedding, vector, "List", r -> r.getObject(1, List.class), List.of(1.5f, -2f)));
    }

    private static String read(InputStream stream) throws Exception {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }

    private static String read(Reader reader) throws Exception {
        StringBuilder text = new StringBuilder();
        for (int c = reader.read(); c >= 0; c = reader.read()) {
            text.append((char) c);
        }
        return text.toString();
    }

    private static Calendar tokyo() {
        return Calendar.getInstance(TimeZone.getTimeZone("Asia/Tokyo"));
    }

    @ParameterizedTest(name = "{0} {1} as {2}")
    @MethodSource("getters")
    void reads(KalamDataType type, Object value, String name, Getter getter, Object expected) throws Exception {
        ResultSet rows = single(type, value);

        assertThat(getter.from(rows)).isEqualTo(expected);
        assertThat(rows.wasNull()).isFalse();
    }

    static Stream<KalamDataType> types() {
        return Stream.of(
                KalamDataType.BOOLEAN,
                KalamDataType.SMALLINT,
                KalamDataType.INT,
                KalamDataType.BIGINT,
                KalamDataType.FLOAT,
                KalamDataType.DOUBLE,
                KalamDataType.decimal(10, 2),
                KalamDataType.decimal(38, 2),
                KalamDataType.TEXT,
                KalamDataType.JSON,
                KalamDataType.BYTES,
                KalamDataType.UUID,
                KalamDataType.DATE,
                KalamDataType.TIME,
                KalamDataType.TIMESTAMP,
                KalamDataType.DATETIME,
                KalamDataType.embedding(3));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("types")
    void readsNullAsNullOrZero(KalamDataType type) throws SQLException {
        ResultSet rows = single(type, null);

        assertThat(rows.getBoolean(1)).isFalse();
        assertThat(rows.getByte(1)).isZero();
        assertThat(rows.getShort(1)).isZero();
        assertThat(rows.getInt(1)).isZero();
        assertThat(rows.getLong(1)).isZero();
        assertThat(rows.getFloat(1)).isZero();
        assertThat(rows.getDouble(1)).isZero();
        assertThat(rows.wasNull()).isTrue();
        assertThat(rows.getString(1)).isNull();
        assertThat(rows.getBigDecimal(1)).isNull();
        assertThat(rows.getBytes(1)).isNull();
        assertThat(rows.getDate(1)).isNull();
        assertThat(rows.getTime(1)).isNull();
        assertThat(rows.getTimestamp(1)).isNull();
        assertThat(rows.getTimestamp(1, tokyo())).isNull();
        assertThat(rows.getArray(1)).isNull();
        assertThat(rows.getURL(1)).isNull();
        assertThat(rows.getBinaryStream(1)).isNull();
        assertThat(rows.getAsciiStream(1)).isNull();
        assertThat(rows.getCharacterStream(1)).isNull();
        assertThat(rows.getObject(1)).isNull();
        assertThat(rows.getObject(1, LocalDate.class)).isNull();
        assertThat(rows.getObject(1, List.class)).isNull();
    }

    @Test
    @SuppressWarnings("deprecation")
    void readsByLabelWithoutRegardToCase() throws SQLException {
        ResultSet rows = rows(
                List.of(
                        FakeSession.column("id", KalamDataType.INT),
                        FakeSession.column("ID", KalamDataType.TEXT),
                        FakeSession.column("price", KalamDataType.decimal(5, 3))),
                new Object[] {1, "x", new BigDecimal("1.235")});
        rows.next();

        assertThat(rows.findColumn("ID")).isEqualTo(1);
        assertThat(rows.getInt("Id")).isEqualTo(1);
        assertThat(rows.getLong("id")).isEqualTo(1);
        assertThat(rows.getObject("id", Long.class)).isEqualTo(1);
        assertThat(rows.getString("PRICE")).isEqualTo("1.235");
        assertThat(rows.getBigDecimal("price", 2)).isEqualTo("1.24");
        assertThatThrownBy(() -> rows.getInt("colour"))
                .hasMessageContaining("\"colour\"")
                .hasMessageContaining("id, ID, price")
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("42703");
    }

    @Test
    void namesTheColumnThatItCannotConvert() throws SQLException {
        assertThatThrownBy(() -> single(KalamDataType.TEXT, "abc").getInt(1))
                .isInstanceOf(SQLDataException.class)
                .hasMessageStartingWith("Cannot read column \"value\": ")
                .hasMessageContaining("abc");
        assertThatThrownBy(() -> single(KalamDataType.BIGINT, 5_000_000_000L).getInt(1))
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("22003");
        assertThatThrownBy(() -> single(KalamDataType.INT, 1000).getByte(1)).isInstanceOf(SQLDataException.class);
        assertThatThrownBy(() -> single(KalamDataType.UUID, ONE_TWO).getInt(1)).isInstanceOf(SQLDataException.class);
        assertThatThrownBy(() -> single(KalamDataType.INT, 1).getObject(1, Thread.class))
                .isInstanceOf(SQLDataException.class);
        assertThatThrownBy(() -> single(KalamDataType.INT, 1).getArray(1)).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> single(KalamDataType.TEXT, "no url").getURL(1)).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> single(KalamDataType.INT, 1).getObject(1, (Class<?>) null))
                .isInstanceOf(SQLException.class);
    }

    @ParameterizedTest(name = "batches of {0}")
    @ValueSource(ints = {1, 2, 3, 100})
    void readsAllRows(int batchRows) throws SQLException {
        ResultSet rows = numbers(batchRows, 5);

        assertThat(rows.isBeforeFirst()).isTrue();
        assertThat(rows.getRow()).isZero();
        for (int i = 1; i <= 5; i++) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getRow()).isEqualTo(i);
            assertThat(rows.isFirst()).isEqualTo(i == 1);
            assertThat(rows.isLast()).isEqualTo(i == 5);
            assertThat(rows.getInt(1)).as("after asking for the position").isEqualTo(i);
            assertThat(rows.isBeforeFirst()).isFalse();
            assertThat(rows.isAfterLast()).isFalse();
        }
        assertThat(rows.next()).isFalse();
        assertThat(rows.next()).isFalse();
        assertThat(rows.isAfterLast()).isTrue();
        assertThat(rows.isLast()).isFalse();
        assertThat(rows.getRow()).isZero();
    }

    @Test
    void knowsThatItIsEmpty() throws SQLException {
        ResultSet rows = numbers(10, 0);

        assertThat(rows.isBeforeFirst()).isFalse();
        assertThat(rows.isLast()).isFalse();
        assertThat(rows.next()).isFalse();
        assertThat(rows.isAfterLast()).isFalse();
    }

    @Test
    void refusesToReadWhereThereIsNoRow() throws SQLException {
        ResultSet rows = numbers(10, 1);

        assertThatThrownBy(() -> rows.getInt(1))
                .hasMessageContaining("before the first row")
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("24000");
        rows.next();
        assertThatThrownBy(() -> rows.getInt(0)).hasMessageContaining("between 1 and 1");
        assertThatThrownBy(() -> rows.getInt(2)).hasMessageContaining("got: 2");
        rows.next();
        assertThatThrownBy(() -> rows.getInt(1)).hasMessageContaining("after the last row");
    }

    @Test
    void freesTheCursorAtTheEndOfTheRows() throws SQLException {
        FakeSession session = new FakeSession();
        ResultSet rows = new JdbcResultSet(session.cursor(List.of(FakeSession.column("n", KalamDataType.INT)), 1));

        rows.next();

        assertThat(session.cursors.get(0).closed).isTrue();
        assertThat(rows.isClosed()).isFalse();
    }

    @Test
    void isForwardOnlyAndReadOnly() throws SQLException {
        ResultSet rows = numbers(10, 1);

        assertThat(rows.getType()).isEqualTo(ResultSet.TYPE_FORWARD_ONLY);
        assertThat(rows.getConcurrency()).isEqualTo(ResultSet.CONCUR_READ_ONLY);
        assertThat(rows.getHoldability()).isEqualTo(ResultSet.CLOSE_CURSORS_AT_COMMIT);
        assertThat(rows.getFetchDirection()).isEqualTo(ResultSet.FETCH_FORWARD);
        rows.setFetchDirection(ResultSet.FETCH_FORWARD);
        rows.setFetchSize(5);
        assertThat((Throwable) rows.getWarnings()).isNull();
        assertThatThrownBy(() -> rows.setFetchDirection(ResultSet.FETCH_REVERSE))
                .isInstanceOf(SQLFeatureNotSupportedException.class);
    }

    @Test
    void refusesEverythingOnceClosed() throws SQLException {
        ResultSet rows = numbers(10, 1);
        rows.next();
        rows.close();
        rows.close();

        assertThat(rows.isClosed()).isTrue();
        List<Getter> calls = List.of(
                r -> r.next(),
                r -> r.getInt(1),
                r -> r.getString("n"),
                ResultSet::wasNull,
                ResultSet::getMetaData,
                ResultSet::isLast,
                ResultSet::getRow,
                ResultSet::getType);
        for (Getter call : calls) {
            assertThatThrownBy(() -> call.from(rows))
                    .extracting(e -> ((SQLException) e).getSQLState())
                    .isEqualTo("55000");
        }
    }
}
