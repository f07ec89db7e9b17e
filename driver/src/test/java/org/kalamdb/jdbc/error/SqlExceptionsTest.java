// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransactionRollbackException;
import java.sql.SQLTransientException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.error.SourcePosition;

final class SqlExceptionsTest {
    private static final Map<String, Class<? extends SQLException>> CLASSES = Map.of(
            "08", SQLNonTransientConnectionException.class,
            "0A", SQLFeatureNotSupportedException.class,
            "22", SQLDataException.class,
            "23", SQLIntegrityConstraintViolationException.class,
            "28", SQLInvalidAuthorizationSpecException.class,
            "40", SQLTransactionRollbackException.class,
            "42", SQLSyntaxErrorException.class);

    @ParameterizedTest(name = "{0}")
    @EnumSource(ErrorCode.class)
    void mapsEveryCodeByItsSqlStateClass(ErrorCode code) {
        KalamException failure = new KalamException(code, "Cannot do it");

        SQLException mapped = SqlExceptions.toSqlException(failure);

        String state = code.sqlState().code();
        assertThat((Throwable) mapped)
                .isExactlyInstanceOf(
                        code == ErrorCode.LOCK_TIMEOUT
                                ? SQLTransientException.class
                                : CLASSES.getOrDefault(state.substring(0, 2), SQLException.class))
                .hasMessage("Cannot do it")
                .hasCause(failure);
        assertThat(mapped.getSQLState()).isEqualTo(state);
        assertThat(mapped.getErrorCode()).isEqualTo(code.number());
    }

    @Test
    void saysWhereInTheText() {
        KalamException failure =
                new KalamException(ErrorCode.SYNTAX_ERROR, "Cannot parse it").at(new SourcePosition(2, 7));

        assertThat((Throwable) SqlExceptions.toSqlException(failure)).hasMessage("line 2:7: Cannot parse it");
    }

    @Test
    void tellsATimeoutFromACancel() {
        KalamException failure = new KalamException(ErrorCode.QUERY_CANCELED, "The statement was stopped");

        assertThat((Throwable) SqlExceptions.toTimeoutException(failure))
                .isExactlyInstanceOf(SQLTimeoutException.class)
                .hasCause(failure)
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("57014");
        assertThat((Throwable) SqlExceptions.toSqlException(failure)).isExactlyInstanceOf(SQLException.class);
    }

    @Test
    void reportsAnythingElseAsInternalError() {
        StackOverflowError failure = new StackOverflowError();

        assertThat((Throwable) SqlExceptions.fromEngine(failure))
                .hasCause(failure)
                .extracting(e -> ((SQLException) e).getSQLState(), e -> ((SQLException) e).getErrorCode())
                .containsExactly("XX000", ErrorCode.INTERNAL_ERROR.number());
    }
}
