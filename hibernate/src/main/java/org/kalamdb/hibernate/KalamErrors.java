// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.hibernate;

import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hibernate.JDBCException;
import org.hibernate.exception.ConstraintViolationException;
import org.hibernate.exception.ConstraintViolationException.ConstraintKind;
import org.hibernate.exception.LockAcquisitionException;
import org.hibernate.exception.LockTimeoutException;
import org.hibernate.exception.TransactionSerializationException;
import org.hibernate.exception.spi.SQLExceptionConversionDelegate;
import org.hibernate.exception.spi.ViolatedConstraintNameExtractor;
import org.jspecify.annotations.Nullable;

/** Hibernate's exceptions for errors of the database, by SQLSTATE. Immutable. */
final class KalamErrors implements SQLExceptionConversionDelegate, ViolatedConstraintNameExtractor {
    /** Messages quote the name of a constraint, and nothing before it. */
    private static final Pattern NAME = Pattern.compile("\"([^\"]+)\"");

    /** For an error that Hibernate knows to convert by itself, null. */
    @Override
    public @Nullable JDBCException convert(SQLException failure, String message, String sql) {
        String state = failure.getSQLState();
        if (state == null) {
            return null;
        }
        return switch (state) {
            case "23502" -> violation(failure, message, sql, ConstraintKind.NOT_NULL);
            case "23503" -> violation(failure, message, sql, ConstraintKind.FOREIGN_KEY);
            case "23505" -> violation(failure, message, sql, ConstraintKind.UNIQUE);
            case "23514" -> violation(failure, message, sql, ConstraintKind.CHECK);
            case "40001" -> new TransactionSerializationException(message, failure, sql);
            case "40P01" -> new LockAcquisitionException(message, failure, sql);
            case "55P03" -> new LockTimeoutException(message, failure, sql);
            default -> null;
        };
    }

    private JDBCException violation(SQLException failure, String message, String sql, ConstraintKind kind) {
        return new ConstraintViolationException(message, failure, sql, kind, extractConstraintName(failure));
    }

    @Override
    public @Nullable String extractConstraintName(SQLException failure) {
        Matcher name = NAME.matcher(failure.getMessage());
        return name.find() ? name.group(1) : null;
    }
}
