// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.jdbc.error.SqlExceptions;

/**
 * The text of a call of a function, <code>{? = call fn(?, 1)}</code> or <code>{call fn(?)}</code>. Immutable.
 *
 * @param answersParameter whether its value is its first parameter, and not a row
 * @param pieces the call itself, divided where it has parameters
 */
record CallText(boolean answersParameter, List<String> pieces) {
    private static final Pattern CALL = Pattern.compile(
            "\\s*\\{\\s*(\\?\\s*=\\s*)?call\\s+(.*?)\\s*\\}\\s*;?\\s*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile(
            "(?:\"[^\"]+\"|[\\p{L}_][\\p{L}\\p{N}_$]*)(?:\\s*\\.\\s*(?:\"[^\"]+\"|[\\p{L}_][\\p{L}\\p{N}_$]*))*\\s*");

    CallText {
        pieces = List.copyOf(pieces);
    }

    /** @throws SQLException SYNTAX_ERROR if the text is no call of one function */
    static CallText parse(String sql) throws SQLException {
        Matcher call = CALL.matcher(sql);
        if (!call.matches()) {
            throw invalid(sql);
        }
        String function = call.group(2);
        Matcher name = NAME.matcher(function);
        if (!name.lookingAt()) {
            throw invalid(sql);
        }
        String withParentheses = name.end() == function.length() ? function + "()" : function;
        return new CallText(call.group(1) != null, divide(withParentheses, name.end(), sql));
    }

    /** @param start where the parentheses must begin */
    private static List<String> divide(String function, int start, String sql) throws SQLException {
        List<String> pieces = new ArrayList<>();
        int from = 0;
        int depth = 0;
        char quote = 0;
        for (int at = start; at < function.length(); at++) {
            char c = function.charAt(at);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == '(') {
                depth++;
            } else if (c == ')') {
                depth--;
            } else if (c == '?') {
                pieces.add(function.substring(from, at));
                from = at + 1;
            }
            // Neither before the parentheses nor behind them is there anything else.
            if (depth < 0 || depth == 0 && at < function.length() - 1) {
                throw invalid(sql);
            }
        }
        if (depth != 0 || quote != 0) {
            throw invalid(sql);
        }
        pieces.add(function.substring(from));
        return pieces;
    }

    private static SQLException invalid(String sql) {
        return SqlExceptions.error(
                ErrorCode.SYNTAX_ERROR,
                "Cannot call: only functions can be called, by {? = call name(?, ...)} or {call name(?, ...)}; use"
                        + " prepareStatement for statements, got: " + sql);
    }

    /** How many parameters are set. */
    int inputCount() {
        return pieces.size() - 1;
    }

    /** The call with texts in the places of its parameters. */
    String with(List<String> inputs) {
        StringBuilder call = new StringBuilder(pieces.get(0));
        for (int i = 0; i < inputs.size(); i++) {
            call.append(inputs.get(i)).append(pieces.get(i + 1));
        }
        return call.toString();
    }
}
