// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.Date;
import java.sql.JDBCType;
import java.sql.ParameterMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls of functions in the syntax of stored procedures. */
final class CallableStatementTest {
    private final Connection connection = TestDatabases.connect(TestDatabases.freshMemoryUrl());

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void theValueIsTheFirstParameter() throws SQLException {
        try (CallableStatement call = connection.prepareCall("{? = call mod(?, ?)}")) {
            call.registerOutParameter(1, Types.INTEGER);
            call.setInt(2, 17);
            call.setInt(3, 5);
            assertThat(call.execute()).isFalse();
            assertThat(call.getResultSet()).isNull();
            assertThat(call.getUpdateCount()).isEqualTo(-1);
            assertThat(call.getInt(1)).isEqualTo(2);
            assertThat(call.getObject(1)).isEqualTo(2);
            assertThat(call.getLong("returnValue")).isEqualTo(2);
            assertThat(call.getString("RETURNVALUE")).isEqualTo("2");
            assertThat(call.getObject(1, Long.class)).isEqualTo(2L);
            assertThat(call.wasNull()).isFalse();

            call.setInt(3, 7);
            assertThat(call.executeUpdate()).isZero();
            assertThat(call.getBigDecimal(1)).isEqualTo(new BigDecimal(3));
        }
    }

    @Test
    void theRegisteredTypeIsThatOfTheValue() throws SQLException {
        try (CallableStatement call = connection.prepareCall("{? = call abs(?)}")) {
            call.setInt(2, -5);
            call.registerOutParameter(1, JDBCType.BIGINT);
            call.execute();
            assertThat(call.getObject(1)).isEqualTo(5L);
            call.registerOutParameter("returnValue", Types.VARCHAR);
            call.execute();
            assertThat(call.getObject(1)).isEqualTo("5");
            call.registerOutParameter(1, Types.DECIMAL, 2);
            call.execute();
            assertThat(call.getObject(1)).isEqualTo(new BigDecimal("5.00"));
            call.registerOutParameter(1, Types.OTHER);
            call.execute();
            assertThat(call.getObject(1)).isEqualTo(5);
        }
    }

    @Test
    void theClassOfAParameterIsItsType() throws SQLException {
        assertThat(value("{? = call upper(?)}", "abc")).isEqualTo("ABC");
        assertThat(value("{? = call abs(?)}", -1.5)).isEqualTo(1.5);
        assertThat(value("{? = call abs(?)}", -5L)).isEqualTo(5L);
        assertThat(value("{? = call abs(?)}", new BigDecimal("-1.25"))).isEqualTo(new BigDecimal("1.25"));
        assertThat(value("{? = call coalesce(?, ?)}", null, "b")).isEqualTo("b");
        assertThat(value("{? = call substring(?, 2, ?)}", "abcdef", 3)).isEqualTo("bcd");
        assertThat(value("{? = call year(?)}", Date.valueOf("2026-01-31"))).isIn(2026, 2026L);
        assertThat(value("{? = call year(?)}", LocalDateTime.of(2026, 1, 31, 0, 0)))
                .isIn(2026, 2026L);
        assertThat(value(" { ?=CALL concat( 'a)?', ? ) } ", "b")).isEqualTo("a)?b");
        assertThat(value("{? = call \"upper\"(lower(?))}", "aB")).isEqualTo("AB");
        assertThat(value("{? = call upper(?)}", (Object) null)).isNull();
    }

    private Object value(String sql, Object... parameters) throws SQLException {
        try (CallableStatement call = connection.prepareCall(sql)) {
            call.registerOutParameter(1, Types.OTHER);
            for (int i = 0; i < parameters.length; i++) {
                if (parameters[i] == null) {
                    call.setNull(i + 2, Types.VARCHAR);
                } else {
                    call.setObject(i + 2, parameters[i]);
                }
            }
            call.execute();
            return call.getObject("returnValue");
        }
    }

    @Test
    void withoutAParameterForItTheValueIsARow() throws SQLException {
        try (CallableStatement call = connection.prepareCall("{call upper(?)}")) {
            call.setString(1, "abc");
            try (ResultSet rows = call.executeQuery()) {
                assertThat(Client.rows(rows)).containsExactly("ABC");
            }
            assertThat(call.execute()).isTrue();
            assertThat(Client.rows(call.getResultSet())).containsExactly("ABC");
            assertThatThrownBy(() -> call.getString(1)).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> call.registerOutParameter(1, Types.VARCHAR))
                    .isInstanceOf(SQLException.class);
            assertThatThrownBy(call::executeUpdate).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void theValueOutlivesItsTransaction() throws SQLException {
        connection.setAutoCommit(false);
        try (CallableStatement call = connection.prepareCall("{? = call upper(?)}")) {
            call.registerOutParameter(1, Types.VARCHAR);
            call.setString(2, "abc");
            call.execute();
            connection.commit();
            assertThat(call.getString(1)).isEqualTo("ABC");
        }
    }

    @Test
    void parametersHaveModesAndTypes() throws SQLException {
        try (CallableStatement call = connection.prepareCall("{? = call mod(?, 5)}")) {
            call.registerOutParameter(1, Types.BIGINT);
            call.setInt(2, 1);
            ParameterMetaData parameters = call.getParameterMetaData();
            assertThat(parameters.getParameterCount()).isEqualTo(2);
            assertThat(parameters.getParameterMode(1)).isEqualTo(ParameterMetaData.parameterModeOut);
            assertThat(parameters.getParameterMode(2)).isEqualTo(ParameterMetaData.parameterModeIn);
            assertThat(parameters.getParameterType(1)).isEqualTo(Types.BIGINT);
            assertThat(parameters.getParameterType(2)).isEqualTo(Types.INTEGER);
        }
        assertThat(connection.getMetaData().supportsStoredFunctionsUsingCallSyntax())
                .isTrue();
    }

    @Test
    void refusesWhatIsOutOfOrder() throws SQLException {
        try (CallableStatement call = connection.prepareCall("{? = call mod(?, ?)}")) {
            call.setInt(2, 1);
            call.setInt(3, 1);
            assertThatThrownBy(call::execute).hasMessageContaining("registerOutParameter");
            call.registerOutParameter(1, Types.INTEGER);
            assertThatThrownBy(() -> call.getInt(1)).isInstanceOf(SQLException.class);
            call.execute();
            assertThatThrownBy(() -> call.getInt(2)).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> call.getInt("n")).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> call.setInt(1, 1)).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> call.setInt(4, 1)).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> call.setInt("n", 1)).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> call.registerOutParameter(2, Types.INTEGER))
                    .isInstanceOf(SQLException.class);
            assertThatThrownBy(call::executeQuery).isInstanceOf(SQLException.class);
            assertThatThrownBy(call::addBatch).isInstanceOf(SQLException.class);
            call.clearParameters();
            assertThatThrownBy(call::execute).hasMessageContaining("parameter 2 is not set");
        }
    }

    @Test
    void nothingElseCanBeCalled() {
        for (String sql : List.of(
                "SELECT 1",
                "CALL upper('a')",
                "{call}",
                "{call (SELECT 1)}",
                "{? = call upper('a') || 'b'}",
                "{? = call upper('a'), lower('b')}",
                "{? = call upper('a'}",
                "{? = call upper('a)}",
                "{? = call 1 + 1}",
                "{call upper('a')} {call upper('b')}")) {
            SQLException failure = catchThrowableOfType(SQLException.class, () -> connection.prepareCall(sql));
            assertThat((Throwable) failure).as(sql).isNotNull();
            assertThat(failure.getSQLState()).as(sql).isEqualTo("42601");
        }
        assertThatThrownBy(() -> value("{? = call no_such_function(?)}", 1))
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("42883");
    }
}
