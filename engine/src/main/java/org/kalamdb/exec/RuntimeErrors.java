// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec;

import java.time.DateTimeException;
import java.util.Locale;
import java.util.regex.PatternSyntaxException;
import org.apache.calcite.runtime.CalciteException;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/** What generated code throws, as the errors that users know. */
public final class RuntimeErrors {
    /** How deep a chain of causes is followed; deeper ones are cycles. */
    private static final int MAX_CAUSES = 32;

    private RuntimeErrors() {}

    /** The error that {@code failure} or the innermost known one of its causes stands for; itself if it is ours. */
    public static KalamException translate(Throwable failure) {
        KalamException known = null;
        Throwable cause = failure;
        for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
            if (cause instanceof KalamException ours) {
                return ours;
            }
            KalamException translated = known(cause);
            known = translated == null ? known : translated;
            cause = cause.getCause();
        }
        return known == null
                ? new KalamException(ErrorCode.INTERNAL_ERROR, "Failed to run the statement: " + failure, failure)
                : known;
    }

    private static @Nullable KalamException known(Throwable failure) {
        String message = failure.getMessage() == null ? "" : failure.getMessage();
        if (failure instanceof ArithmeticException) {
            return arithmetic(message, failure);
        }
        if (failure instanceof NumberFormatException) {
            return new KalamException(ErrorCode.INVALID_CAST, "Cannot convert text to a number: " + message, failure);
        }
        if (message.startsWith("Invalid escape")) {
            return new KalamException(
                    ErrorCode.INVALID_ESCAPE, "Invalid escape of a LIKE pattern: " + message, failure);
        }
        if (failure instanceof CalciteException) {
            return calcite(message, failure);
        }
        if (failure instanceof DateTimeException) {
            return new KalamException(ErrorCode.INVALID_DATETIME, "Invalid date or time: " + message, failure);
        }
        if (failure instanceof PatternSyntaxException pattern) {
            return new KalamException(
                    ErrorCode.DATA_EXCEPTION,
                    "Invalid regular expression, " + pattern.getDescription() + ": '" + pattern.getPattern() + "'",
                    failure);
        }
        if (message.startsWith("Invalid regular expression for")) {
            return new KalamException(ErrorCode.DATA_EXCEPTION, message, failure);
        }
        if (failure instanceof IllegalArgumentException && !message.isEmpty()) {
            return new KalamException(ErrorCode.DATA_EXCEPTION, "Invalid argument of a function: " + message, failure);
        }
        if (failure instanceof IllegalStateException && message.contains("more than one value in agg SINGLE_VALUE")) {
            return new KalamException(
                    ErrorCode.CARDINALITY_VIOLATION,
                    "Cannot use a subquery as a value: it returned more than one row",
                    failure);
        }
        if (failure instanceof StackOverflowError) {
            return new KalamException(ErrorCode.LIMIT_EXCEEDED, "Statement is nested too deeply", failure);
        }
        if (failure instanceof OutOfMemoryError) {
            return new KalamException(
                    ErrorCode.LIMIT_EXCEEDED, "Statement needs more memory than the JVM has; raise -Xmx", failure);
        }
        return null;
    }

    private static KalamException arithmetic(String message, Throwable failure) {
        String lower = message.toLowerCase(Locale.ROOT);
        // "/ by zero", "Division by zero", "Division undefined", "BigInteger divide by zero"; compiled code that
        // divides by
        // zero again and again throws without a message, which overflows never do.
        if (lower.isEmpty() || lower.contains("by zero") || lower.contains("division undefined")) {
            return new KalamException(ErrorCode.DIVISION_BY_ZERO, "Division by zero", failure);
        }
        return new KalamException(
                ErrorCode.NUMERIC_OUT_OF_RANGE,
                "Result is out of range for " + overflown(lower) + "; cast an operand to a wider type",
                failure);
    }

    /** The type that the message of an overflow means. */
    private static String overflown(String message) {
        if (message.contains("smallint")) {
            return "SMALLINT";
        }
        if (message.contains("integer overflow")) {
            return "INT";
        }
        return message.contains("long overflow") ? "BIGINT" : "its type";
    }

    private static KalamException calcite(String message, Throwable failure) {
        String lower = message.toLowerCase(Locale.ROOT);
        if (lower.contains("out of range") || lower.contains("overflow")) {
            return new KalamException(ErrorCode.NUMERIC_OUT_OF_RANGE, message, failure);
        }
        if (lower.contains("for cast") || lower.contains("cannot convert")) {
            return new KalamException(ErrorCode.INVALID_CAST, message, failure);
        }
        return new KalamException(ErrorCode.DATA_EXCEPTION, message, failure);
    }
}
