// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.runtime.CalciteException;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.error.SourcePosition;

/** Turns what Calcite's validator and converter throw into errors with a code, a place and one plain sentence. */
final class ValidationErrors {
    private static final String NO_TABLE_FUNCTION = "Argument must be a table function: ";

    /** The first pattern found in Calcite's message decides; {@code $1} in the sentence is the pattern's first group. */
    private static final List<Translation> TRANSLATIONS = List.of(
            translation(
                    "Object '(.*)' not found within '(.*)'", ErrorCode.TABLE_NOT_FOUND, "Table $2.$1 does not exist"),
            translation("Object '(.*)' not found", ErrorCode.TABLE_NOT_FOUND, "Table $1 does not exist"),
            translation("Table '(.*)' not found", ErrorCode.TABLE_NOT_FOUND, "Table $1 is not in the FROM clause"),
            translation("Unknown identifier '(.*)'", ErrorCode.COLUMN_NOT_FOUND, "Column $1 does not exist"),
            translation(
                    "Column '(.*)' not found in table '(.*)'",
                    ErrorCode.COLUMN_NOT_FOUND,
                    "Column $1 does not exist in table $2"),
            translation("Column '(.*)' not found in any table", ErrorCode.COLUMN_NOT_FOUND, "Column $1 does not exist"),
            translation("Unknown field '(.*)'", ErrorCode.COLUMN_NOT_FOUND, "Column $1 does not exist"),
            translation("Unknown target column '(.*)'", ErrorCode.COLUMN_NOT_FOUND, "Column $1 does not exist"),
            translation(
                    "Column '(.*)' is ambiguous",
                    ErrorCode.AMBIGUOUS_COLUMN,
                    "Column reference $1 is ambiguous: qualify it with a table name"),
            translation(
                    "No match found for function signature (.*)",
                    ErrorCode.FUNCTION_NOT_FOUND,
                    "Function $1 does not exist"),
            translation(
                    "Invalid number of arguments to function '(.*)'(.*)",
                    ErrorCode.FUNCTION_NOT_FOUND,
                    "Invalid number of arguments to function $1$2"),
            translation(
                    "Expression '(.*)' is not being grouped",
                    ErrorCode.GROUPING_ERROR,
                    "Expression $1 must appear in GROUP BY or inside an aggregate function"),
            translation(
                    "Aggregate expression is illegal in (.*) clause",
                    ErrorCode.GROUPING_ERROR,
                    "Aggregate functions are not allowed in $1"),
            translation(
                    "Aggregate expressions cannot be nested",
                    ErrorCode.GROUPING_ERROR,
                    "Aggregate functions cannot be nested"),
            translation(
                    "Cannot apply '.SCALAR_QUERY' to arguments",
                    ErrorCode.SYNTAX_ERROR,
                    "A subquery that stands for a value must have one column"),
            translation(
                    "Cannot apply '(.*)' to arguments of type '(.*)'\\. .*",
                    ErrorCode.TYPE_MISMATCH,
                    "Cannot apply $1 to arguments of type $2"),
            translation(
                    "Cast function cannot convert value of type (.*) to type (.*)",
                    ErrorCode.TYPE_MISMATCH,
                    "Cannot cast $1 to $2"),
            translation(
                    "Numeric literal '(.*)' out of range",
                    ErrorCode.NUMERIC_OUT_OF_RANGE,
                    "Numeric literal $1 is out of range"),
            translation(
                    "Illegal (DATE|TIME|TIMESTAMP)(.*) literal ('.*')",
                    ErrorCode.INVALID_DATETIME,
                    "Invalid $1$2 literal $3"));

    private ValidationErrors() {}

    static <T> T translating(Supplier<T> work) {
        try {
            return work.get();
        } catch (KalamException e) {
            throw e;
        } catch (CalciteContextException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof KalamException kalam) {
                throw kalam.at(position(e));
            }
            throw translate(cause, position(e));
        } catch (StackOverflowError e) {
            throw new KalamException(
                    ErrorCode.LIMIT_EXCEEDED, "Statement is nested too deeply: split it into smaller ones", e);
        } catch (AssertionError e) {
            // Calcite throws them also where assertions are off; a statement must not end its thread.
            throw new KalamException(
                    ErrorCode.INTERNAL_ERROR,
                    "Failed to plan the statement: " + oneSentence(String.valueOf(e.getMessage())),
                    e);
        } catch (CalciteException e) {
            throw translate(e, null);
        } catch (RuntimeException e) {
            String message = String.valueOf(e.getMessage());
            if (message.startsWith(NO_TABLE_FUNCTION)) {
                throw new KalamException(
                        ErrorCode.WRONG_OBJECT_TYPE,
                        "Cannot read from function " + message.substring(NO_TABLE_FUNCTION.length())
                                + ": it answers one value; call it in SELECT",
                        e);
            }
            for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
                if (cause instanceof KalamException kalam) {
                    throw kalam;
                }
            }
            throw e;
        } finally {
            ThreadState.clear();
        }
    }

    private static @Nullable SourcePosition position(CalciteContextException e) {
        return e.getPosLine() < 1 || e.getPosColumn() < 1 ? null : new SourcePosition(e.getPosLine(), e.getPosColumn());
    }

    private static KalamException translate(Throwable cause, @Nullable SourcePosition position) {
        String message = String.valueOf(cause.getMessage());
        for (Translation translation : TRANSLATIONS) {
            Matcher matcher = translation.pattern().matcher(message);
            if (matcher.find()) {
                String sentence = translation.sentence();
                for (int group = 1; group <= matcher.groupCount(); group++) {
                    sentence = sentence.replace("$" + group, matcher.group(group));
                }
                return new KalamException(translation.code(), position, sentence, cause);
            }
        }
        return new KalamException(ErrorCode.TYPE_MISMATCH, position, oneSentence(message), cause);
    }

    private static String oneSentence(String message) {
        String line = message.replaceAll("\\s+", " ").trim();
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }

    private static Translation translation(String pattern, ErrorCode code, String sentence) {
        return new Translation(Pattern.compile(pattern, Pattern.DOTALL), code, sentence);
    }

    private record Translation(Pattern pattern, ErrorCode code, String sentence) {}
}
