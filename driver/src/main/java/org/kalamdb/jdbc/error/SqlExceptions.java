// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc.error;

import java.sql.BatchUpdateException;
import java.sql.ClientInfoStatus;
import java.sql.SQLClientInfoException;
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
import java.sql.SQLWarning;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/** The one place that makes {@link SQLException}s. */
public final class SqlExceptions {
    /** The SQLSTATE of a warning that a requested option was replaced by another. */
    private static final String OPTION_VALUE_CHANGED = "01S02";

    /** The class of SQLSTATEs of statements that cannot be understood, or name what there is not. */
    public static final String SYNTAX_OR_ACCESS_RULE_VIOLATION = "42";

    private SqlExceptions() {}

    /** The exception of {@code java.sql} for an error of the engine, which becomes its cause. */
    public static SQLException toSqlException(KalamException failure) {
        return create(failure.code(), message(failure), failure);
    }

    /** As {@link #toSqlException(KalamException)}, for a statement that its time limit stopped. */
    public static SQLException toTimeoutException(KalamException failure) {
        return new SQLTimeoutException(
                message(failure),
                failure.code().sqlState().code(),
                failure.code().number(),
                failure);
    }

    /**
     * The exception for whatever a call of the engine threw: anything but a {@link KalamException} is a fault of the
     * database and becomes INTERNAL_ERROR.
     */
    public static SQLException fromEngine(Throwable failure) {
        if (failure instanceof KalamException expected) {
            return toSqlException(expected);
        }
        return create(ErrorCode.INTERNAL_ERROR, "Failed to run the operation: " + failure, failure);
    }

    /** Whether a session is of no use any more after an error. */
    public static boolean isFatal(Throwable failure) {
        return failure instanceof KalamException expected
                && (expected.code() == ErrorCode.CONNECTION_CLOSED || expected.code() == ErrorCode.IO_ERROR);
    }

    /** An error that the driver itself has found. @param message one sentence without a dot at its end */
    public static SQLException error(ErrorCode code, String message) {
        return create(code, message, null);
    }

    /** As {@link #error(ErrorCode, String)}, with what led to it. */
    public static SQLException error(ErrorCode code, String message, Throwable cause) {
        return create(code, message, cause);
    }

    /** @param sentence what is not supported and what to do instead */
    public static SQLFeatureNotSupportedException notSupported(String sentence) {
        ErrorCode code = ErrorCode.NOT_SUPPORTED;
        return new SQLFeatureNotSupportedException(sentence, code.sqlState().code(), code.number());
    }

    /** An argument that is none of those that there are. @param what it stands for, and what it must be */
    public static SQLException invalid(String what, long got) {
        return error(ErrorCode.INVALID_PARAMETER, "Invalid " + what + ", got: " + got);
    }

    /** @throws SQLException INVALID_PARAMETER if a result has no column of the number, the first being 1 */
    public static void requireColumn(int jdbcColumn, int count) throws SQLException {
        if (jdbcColumn < 1 || jdbcColumn > count) {
            throw invalid("column index: must be between 1 and " + count, jdbcColumn);
        }
    }

    /** @throws SQLException INVALID_PARAMETER if a statement has no parameter of the number, the first being 1 */
    public static void requireParameter(int index, int count) throws SQLException {
        if (index < 1 || index > count) {
            throw invalid("parameter index: the statement has " + count + " parameters", index);
        }
    }

    /** A null for an argument that must not be null. @param what it stands for */
    public static SQLException invalidNull(String what) {
        return error(ErrorCode.INVALID_PARAMETER, "Invalid " + what + ": must not be null");
    }

    /** The argument, which callers that no compiler has checked may have left out. @param what it stands for */
    public static <T> T requireNotNull(@Nullable T argument, String what) throws SQLException {
        if (argument == null) {
            throw invalidNull(what);
        }
        return argument;
    }

    /** The answer to a call of a connection that is closed, or of what belonged to it. */
    public static SQLException connectionClosed() {
        return create(ErrorCode.CONNECTION_CLOSED, "Cannot use a closed connection", null);
    }

    /** @param object what is closed, for example {@code statement} */
    public static SQLException closed(String object) {
        return create(ErrorCode.OBJECT_CLOSED, "Cannot use a closed " + object, null);
    }

    /** @param updateCounts one count for each entry that ran, or one for every entry of the batch */
    public static BatchUpdateException batchFailure(SQLException failure, long[] updateCounts) {
        return new BatchUpdateException(
                failure.getMessage(), failure.getSQLState(), failure.getErrorCode(), updateCounts, failure);
    }

    /** As {@code failure}, in the form that {@code setClientInfo} throws. */
    public static SQLClientInfoException clientInfo(SQLException failure, Map<String, ClientInfoStatus> failed) {
        return new SQLClientInfoException(
                failure.getMessage(), failure.getSQLState(), failure.getErrorCode(), failed, failure);
    }

    /** A warning that something was asked for and something else, or nothing, was done. */
    public static SQLWarning optionChanged(String message) {
        return new SQLWarning(message, OPTION_VALUE_CHANGED, ErrorCode.NOT_SUPPORTED.number());
    }

    private static SQLException create(ErrorCode code, String message, @Nullable Throwable cause) {
        String state = code.sqlState().code();
        int number = code.number();
        if (code == ErrorCode.LOCK_TIMEOUT) {
            return new SQLTransientException(message, state, number, cause);
        }
        String sqlClass = state.substring(0, 2);
        return switch (sqlClass) {
            case "08" -> new SQLNonTransientConnectionException(message, state, number, cause);
            case "0A" -> new SQLFeatureNotSupportedException(message, state, number, cause);
            case "22" -> new SQLDataException(message, state, number, cause);
            case "23" -> new SQLIntegrityConstraintViolationException(message, state, number, cause);
            case "28" -> new SQLInvalidAuthorizationSpecException(message, state, number, cause);
            case "40" -> new SQLTransactionRollbackException(message, state, number, cause);
            case "42" -> new SQLSyntaxErrorException(message, state, number, cause);
            default -> new SQLException(message, state, number, cause);
        };
    }

    private static String message(KalamException failure) {
        String message = failure.getMessage();
        return message == null ? failure.rawMessage() : message;
    }
}
