// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.sql.BatchUpdateException;
import java.sql.Date;
import java.sql.JDBCType;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
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
import java.util.Calendar;
import java.util.List;
import java.util.TimeZone;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.kalamdb.engine.ResultColumn;
import org.kalamdb.engine.StatementResult;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.type.KalamDataType;

final class JdbcPreparedStatementTest {
    private static final List<ResultColumn> ID = List.of(FakeSession.column("id", KalamDataType.INT));

    private final FakeSession session = new FakeSession();
    private JdbcConnection connection;

    @BeforeEach
    void connect() throws Exception {
        session.update("put", List.of(KalamDataType.TEXT), values -> new StatementResult.Update(1, null));
        session.update("put two", List.of(KalamDataType.INT, KalamDataType.decimal(10, 2)), values -> {
            if (Integer.valueOf(13).equals(values[0])) {
                throw new KalamException(ErrorCode.PRIMARY_KEY_VIOLATION, "Key 13 exists");
            }
            return new StatementResult.Update(1, session.cursor(ID, 10, new Object[] {values[0]}));
        });
        session.query("three", ID, new Object[] {1}, new Object[] {2}, new Object[] {3});
        connection = session.connect();
    }

    /** A setter call. */
    interface Setter {
        void on(PreparedStatement statement) throws Exception;
    }

    static Calendar calendar(String zone) {
        return Calendar.getInstance(TimeZone.getTimeZone(zone));
    }

    static Stream<Arguments> setters() throws Exception {
        UUID uuid = UUID.fromString("00000000-0000-0001-0000-000000000002");
        byte[] abc = "abc".getBytes(StandardCharsets.US_ASCII);
        return Stream.of(
                setter("setNull", s -> s.setNull(1, Types.INTEGER), null),
                setter("setNull of a type name", s -> s.setNull(1, Types.OTHER, "uuid"), null),
                setter("setBoolean", s -> s.setBoolean(1, true), true),
                setter("setByte", s -> s.setByte(1, (byte) 1), (byte) 1),
                setter("setShort", s -> s.setShort(1, (short) 2), (short) 2),
                setter("setInt", s -> s.setInt(1, 3), 3),
                setter("setLong", s -> s.setLong(1, 4), 4L),
                setter("setFloat", s -> s.setFloat(1, 5), 5f),
                setter("setDouble", s -> s.setDouble(1, 6), 6d),
                setter("setBigDecimal", s -> s.setBigDecimal(1, new BigDecimal("7.0")), new BigDecimal("7.0")),
                setter("setString", s -> s.setString(1, "a"), "a"),
                setter("setString null", s -> s.setString(1, null), null),
                setter("setNString", s -> s.setNString(1, "a"), "a"),
                setter("setBytes", s -> s.setBytes(1, abc), abc),
                setter("setDate", s -> s.setDate(1, Date.valueOf("2026-01-31")), Date.valueOf("2026-01-31")),
                setter("setTime", s -> s.setTime(1, Time.valueOf("12:34:56")), Time.valueOf("12:34:56")),
                setter("setTimestamp", s -> s.setTimestamp(1, new Timestamp(5)), new Timestamp(5)),
                setter("setDate by calendar", s -> s.setDate(1, new Date(0), calendar("Asia/Tokyo")), LocalDate.EPOCH),
                setter(
                        "setTime by calendar",
                        s -> s.setTime(1, new Time(0), calendar("Asia/Tokyo")),
                        LocalTime.of(9, 0)),
                setter(
                        "setTimestamp by calendar",
                        s -> s.setTimestamp(1, new Timestamp(0), calendar("Asia/Tokyo")),
                        LocalDateTime.of(1970, 1, 1, 9, 0)),
                setter(
                        "setTimestamp without calendar",
                        s -> s.setTimestamp(1, new Timestamp(5), null),
                        new Timestamp(5)),
                setter("setURL", s -> s.setURL(1, new URL("https://kalamdb.org/x")), "https://kalamdb.org/x"),
                setter("setArray", s -> s.setArray(1, new JdbcArray(new float[] {1, 2})), new float[] {1, 2}),
                setter("setAsciiStream", s -> s.setAsciiStream(1, new ByteArrayInputStream(abc)), "abc"),
                setter("setAsciiStream int", s -> s.setAsciiStream(1, new ByteArrayInputStream(abc), 2), "ab"),
                setter("setAsciiStream long", s -> s.setAsciiStream(1, new ByteArrayInputStream(abc), 2L), "ab"),
                setter("setBinaryStream", s -> s.setBinaryStream(1, new ByteArrayInputStream(abc)), abc),
                setter("setBinaryStream int", s -> s.setBinaryStream(1, new ByteArrayInputStream(abc), 3), abc),
                setter("setBinaryStream long", s -> s.setBinaryStream(1, new ByteArrayInputStream(abc), 3L), abc),
                setter("setBinaryStream null", s -> s.setBinaryStream(1, null), null),
                setter("setCharacterStream", s -> s.setCharacterStream(1, new StringReader("äb")), "äb"),
                setter("setCharacterStream int", s -> s.setCharacterStream(1, new StringReader("äb"), 1), "ä"),
                setter("setCharacterStream long", s -> s.setCharacterStream(1, new StringReader("äb"), 1L), "ä"),
                setter("setNCharacterStream", s -> s.setNCharacterStream(1, new StringReader("äb")), "äb"),
                setter("setNCharacterStream long", s -> s.setNCharacterStream(1, new StringReader("äb"), 2L), "äb"),
                setter("setBlob stream", s -> s.setBlob(1, new ByteArrayInputStream(abc)), abc),
                setter("setBlob stream long", s -> s.setBlob(1, new ByteArrayInputStream(abc), 3L), abc),
                setter("setClob reader", s -> s.setClob(1, new StringReader("x")), "x"),
                setter("setClob reader long", s -> s.setClob(1, new StringReader("x"), 1L), "x"),
                setter("setNClob reader", s -> s.setNClob(1, new StringReader("x")), "x"),
                setter("setNClob reader long", s -> s.setNClob(1, new StringReader("x"), 1L), "x"),
                setter("setObject null", s -> s.setObject(1, null), null),
                setter("setObject LocalDate", s -> s.setObject(1, LocalDate.EPOCH), LocalDate.EPOCH),
                setter("setObject LocalTime", s -> s.setObject(1, LocalTime.NOON), LocalTime.NOON),
                setter("setObject LocalDateTime", s -> s.setObject(1, LocalDateTime.MIN), LocalDateTime.MIN),
                setter("setObject OffsetDateTime", s -> s.setObject(1, OffsetDateTime.MIN), OffsetDateTime.MIN),
                setter("setObject Instant", s -> s.setObject(1, Instant.EPOCH), Instant.EPOCH),
                setter("setObject UUID", s -> s.setObject(1, uuid), uuid),
                setter("setObject float[]", s -> s.setObject(1, new float[] {1}), new float[] {1}),
                setter(
                        "setObject Calendar",
                        s -> s.setObject(1, epochIn("Asia/Tokyo")),
                        OffsetDateTime.parse("1970-01-01T09:00+09:00")),
                setter("setObject reader", s -> s.setObject(1, new StringReader("x")), "x"),
                setter("setObject stream", s -> s.setObject(1, new ByteArrayInputStream(abc)), abc),
                setter("setObject as INTEGER", s -> s.setObject(1, "42", Types.INTEGER), 42),
                setter("setObject as SMALLINT", s -> s.setObject(1, 42L, JDBCType.SMALLINT), 42),
                setter("setObject as VARCHAR", s -> s.setObject(1, 42, Types.VARCHAR), "42"),
                setter("setObject as DATE", s -> s.setObject(1, "2026-01-31", Types.DATE), LocalDate.of(2026, 1, 31)),
                setter(
                        "setObject as TIMESTAMP_WITH_TIMEZONE",
                        s -> s.setObject(1, Instant.EPOCH, JDBCType.TIMESTAMP_WITH_TIMEZONE),
                        Instant.EPOCH.atOffset(ZoneOffset.UTC)),
                setter("setObject as OTHER", s -> s.setObject(1, uuid, Types.OTHER), uuid),
                setter(
                        "setObject as NUMERIC",
                        s -> s.setObject(1, new BigDecimal("1.25"), Types.NUMERIC),
                        new BigDecimal("1.25")),
                setter(
                        "setObject as DECIMAL with scale",
                        s -> s.setObject(1, new BigDecimal("1.25"), Types.DECIMAL, 1),
                        new BigDecimal("1.3")),
                setter(
                        "setObject stream with length",
                        s -> s.setObject(1, new ByteArrayInputStream(abc), Types.VARBINARY, 2),
                        "ab".getBytes(StandardCharsets.US_ASCII)),
                setter("setObject null as INTEGER", s -> s.setObject(1, null, Types.INTEGER, 2), null));
    }

    private static Calendar epochIn(String zone) {
        Calendar calendar = calendar(zone);
        calendar.setTimeInMillis(0);
        return calendar;
    }

    private static Arguments setter(String name, Setter setter, Object bound) {
        return arguments(name, setter, bound);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("setters")
    void binds(String name, Setter setter, Object bound) throws Exception {
        try (PreparedStatement statement = connection.prepareStatement("put")) {
            setter.on(statement);
            statement.executeUpdate();
        }
        assertThat(session.boundParameters.get(0)).hasSize(1);
        assertThat(session.boundParameters.get(0)[0]).isEqualTo(bound);
    }

    @Test
    void bindsTheMomentOfATimestampWhateverTheCalendar() throws SQLException {
        session.update("put moment", List.of(KalamDataType.DATETIME), values -> new StatementResult.Update(1, null));
        try (PreparedStatement statement = connection.prepareStatement("put moment")) {
            statement.setTimestamp(1, new Timestamp(0), calendar("Asia/Tokyo"));
            statement.executeUpdate();
        }
        assertThat(session.boundParameters.get(0)[0]).isEqualTo(OffsetDateTime.parse("1970-01-01T09:00+09:00"));
    }

    @Test
    void preparesOnceAndRunsOften() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("put")) {
            for (int i = 0; i < 3; i++) {
                statement.setInt(1, i);
                assertThat(statement.executeUpdate()).isEqualTo(1);
            }
        }
        assertThat(session.log)
                .containsExactly("prepare put", "execute put", "execute put", "execute put", "close put");
    }

    @Test
    void namesTheParameterThatIsNotSet() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("put two")) {
            statement.setInt(1, 1);
            assertThatThrownBy(statement::executeUpdate)
                    .hasMessageContaining("parameter 2 of 2")
                    .extracting(e -> ((SQLException) e).getSQLState())
                    .isEqualTo("07002");
            statement.setInt(2, 1);
            statement.executeUpdate();
            statement.clearParameters();
            assertThatThrownBy(statement::executeUpdate).hasMessageContaining("parameter 1 of 2");
            assertThatThrownBy(statement::addBatch).hasMessageContaining("parameter 1 of 2");
        }
    }

    @Test
    void refusesAnIndexOutOfRange() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("put")) {
            assertThatThrownBy(() -> statement.setInt(0, 1)).hasMessageContaining("got: 0");
            assertThatThrownBy(() -> statement.setInt(2, 1)).hasMessageContaining("has 1 parameters");
        }
    }

    @Test
    void keepsValuesOfEarlierRunsApart() throws SQLException {
        byte[] bytes = {1};
        try (PreparedStatement statement = connection.prepareStatement("put")) {
            statement.setBytes(1, bytes);
            bytes[0] = 2;
            statement.addBatch();
            statement.setBytes(1, bytes);
            statement.addBatch();
            statement.executeBatch();
        }
        assertThat(session.boundParameters.get(0)[0]).isEqualTo(new byte[] {1});
        assertThat(session.boundParameters.get(1)[0]).isEqualTo(new byte[] {2});
    }

    @Test
    void handsABatchToTheSession() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("put two", Statement.RETURN_GENERATED_KEYS)) {
            for (int i = 1; i <= 3; i++) {
                statement.setInt(1, i);
                statement.setInt(2, 0);
                statement.addBatch();
            }
            assertThat(statement.executeBatch()).containsExactly(1, 1, 1);
            assertThat(session.log).contains("batch of 3").doesNotContain("autoCommit false", "commit");
            ResultSet keys = statement.getGeneratedKeys();
            assertThat(keys.next()).isTrue();
            assertThat(keys.getInt(1)).isEqualTo(1);
            assertThat(statement.executeBatch()).isEmpty();
        }
    }

    @Test
    void reportsAllEntriesOfABatchThatFailsAsFailed() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("put two")) {
            addEntries(statement, 1, 13, 2);
            assertThatThrownBy(statement::executeBatch)
                    .isInstanceOf(BatchUpdateException.class)
                    .satisfies(e -> assertThat(((BatchUpdateException) e).getUpdateCounts())
                            .containsExactly(
                                    Statement.EXECUTE_FAILED, Statement.EXECUTE_FAILED, Statement.EXECUTE_FAILED))
                    .extracting(e -> ((SQLException) e).getSQLState())
                    .isEqualTo("23505");
        }
        assertThat(connection.getAutoCommit()).isTrue();
    }

    @Test
    void leavesATransactionOfTheApplicationToIt() throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement statement = connection.prepareStatement("put two")) {
            addEntries(statement, 1, 13, 2);
            assertThatThrownBy(statement::executeBatch)
                    .satisfies(e -> assertThat(((BatchUpdateException) e).getUpdateCounts())
                            .containsExactly(1));
        }
        assertThat(session.log).doesNotContain("commit", "rollback");
    }

    private static void addEntries(PreparedStatement statement, int... ids) throws SQLException {
        for (int id : ids) {
            statement.setInt(1, id);
            statement.setInt(2, 0);
            statement.addBatch();
        }
    }

    @Test
    void describesItselfWithoutRunning() throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("three");
                PreparedStatement update = connection.prepareStatement("put two")) {
            assertThat(query.getMetaData().getColumnLabel(1)).isEqualTo("id");
            assertThat(update.getMetaData()).isNull();
            assertThat(update.getParameterMetaData().getParameterCount()).isEqualTo(2);
            assertThat(update.getParameterMetaData().getParameterType(2)).isEqualTo(Types.DECIMAL);
            assertThat(update.getParameterMetaData().getPrecision(2)).isEqualTo(10);
            assertThat(update.getParameterMetaData().getScale(2)).isEqualTo(2);
            assertThat(update.getParameterMetaData().getParameterTypeName(1)).isEqualTo("INT");
            assertThat(update.getParameterMetaData().getParameterClassName(1)).isEqualTo("java.lang.Integer");
            assertThat(update.getParameterMetaData().isSigned(1)).isTrue();
            assertThatThrownBy(() -> update.getParameterMetaData().getScale(3)).isInstanceOf(SQLException.class);
        }
        assertThat(session.log).noneMatch(entry -> entry.startsWith("execute"));
    }

    @Test
    void queries() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("three")) {
            ResultSet rows = statement.executeQuery();
            assertThat(rows.next()).isTrue();
            assertThat(statement.execute()).isTrue();
            assertThat(rows.isClosed()).isTrue();
            assertThatThrownBy(statement::executeUpdate).hasMessageContaining("use executeQuery");
        }
    }

    @Test
    void refusesAnotherText() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("three")) {
            assertThatThrownBy(() -> statement.executeQuery("three")).hasMessageContaining("createStatement");
            assertThatThrownBy(() -> statement.addBatch("three")).hasMessageContaining("createStatement");
            assertThatThrownBy(() -> statement.executeLargeUpdate("three", new int[] {1}))
                    .hasMessageContaining("createStatement");
        }
    }

    @Test
    void refusesStreamsThatEndTooSoon() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("put")) {
            assertThatThrownBy(() -> statement.setCharacterStream(1, new StringReader("ab"), 3))
                    .hasMessageContaining("ended after 2");
            assertThatThrownBy(() -> statement.setBinaryStream(1, new ByteArrayInputStream(new byte[2]), -5))
                    .hasMessageContaining("got: -5");
        }
    }

    @Test
    void refusesTypesThereAreNoneOf() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("put")) {
            assertThatThrownBy(() -> statement.setObject(1, 1, Types.REF))
                    .isInstanceOf(SQLFeatureNotSupportedException.class);
            assertThatThrownBy(() -> statement.setObject(1, "x", Types.INTEGER)).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> statement.setRowId(1, null)).isInstanceOf(SQLFeatureNotSupportedException.class);
            assertThatThrownBy(() -> statement.setRef(1, null)).isInstanceOf(SQLFeatureNotSupportedException.class);
        }
    }

    @Test
    void reportsSyntaxErrorsWhenPrepared() {
        assertThatThrownBy(() -> connection.prepareStatement("nonsense"))
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("42601");
    }
}
