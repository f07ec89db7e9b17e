// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import static org.kalamdb.sql.parser.KalamParserImplConstants.QUOTED_STRING;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.parser.SqlParserUtil;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.sql.parser.KalamParserImplConstants;
import org.kalamdb.sql.parser.Token;

/**
 * Rewrites the special forms of string literals as plain ones: all our text is Unicode, so that none needs a character
 * set. Safe for use by several threads.
 */
final class StringLiterals {
    private static final Pattern SINGLE_INTERVAL = Pattern.compile("\\s*([+-]?\\d+)\\s*([A-Za-z]+)\\s*");
    private static final Pattern HEXADECIMAL = Pattern.compile("[0-9A-Fa-f]*");
    private static final Map<String, Integer> UNITS = Map.ofEntries(
            Map.entry("YEAR", KalamParserImplConstants.YEAR),
            Map.entry("QUARTER", KalamParserImplConstants.QUARTER),
            Map.entry("MONTH", KalamParserImplConstants.MONTH),
            Map.entry("MON", KalamParserImplConstants.MONTH),
            Map.entry("WEEK", KalamParserImplConstants.WEEK),
            Map.entry("DAY", KalamParserImplConstants.DAY),
            Map.entry("HOUR", KalamParserImplConstants.HOUR),
            Map.entry("MINUTE", KalamParserImplConstants.MINUTE),
            Map.entry("MIN", KalamParserImplConstants.MINUTE),
            Map.entry("SECOND", KalamParserImplConstants.SECOND),
            Map.entry("SEC", KalamParserImplConstants.SECOND));

    private StringLiterals() {}

    /** N'text', _utf8'text'. */
    static void dropPrefix(Token token) {
        makePlain(token, SqlParserUtil.parseString(token.image));
    }

    /** E'line\\n'. */
    static void unescapeBackslashes(Token token) {
        try {
            makePlain(token, SqlParserUtil.parseCString(token.image));
        } catch (SqlParserUtil.MalformedUnicodeEscape e) {
            throw new KalamException(
                    ErrorCode.SYNTAX_ERROR,
                    TokenCursor.position(token),
                    "Invalid Unicode escape in " + token.image + ": write \\uXXXX with four hexadecimal digits",
                    e);
        }
    }

    /** U&'caf\\00e9'. */
    static void unescapeUnicode(Token token, char escape) {
        SqlParserPos position = new SqlParserPos(token.beginLine, token.beginColumn, token.endLine, token.endColumn);
        SqlLiteral literal = SqlLiteral.createCharString(SqlParserUtil.parseString(token.image), position);
        makePlain(token, literal.unescapeUnicode(escape).getValueAs(String.class));
    }

    /**
     * Takes the unit out of an interval's text such as '3 months' and answers it as a token of its own; null if the text
     * holds no unit.
     */
    static @Nullable Token unitOfInterval(Token token) {
        String text = SqlParserUtil.parseString(token.image);
        if (text.chars().noneMatch(Character::isLetter)) {
            return null;
        }
        Matcher matcher = SINGLE_INTERVAL.matcher(text);
        Integer kind = matcher.matches() ? kindOfUnit(matcher.group(2)) : null;
        if (kind == null) {
            throw new KalamException(
                    ErrorCode.INVALID_LITERAL,
                    TokenCursor.position(token),
                    "Invalid interval " + token.image + ", write a number and a unit as in INTERVAL '3' MONTH",
                    null);
        }
        Token unit = tokenAt(token, kind, matcher.group(2));
        makePlain(token, matcher.group(1));
        return unit;
    }

    /** A new token at the place of another. */
    static Token tokenAt(Token place, int kind, String image) {
        Token token = Token.newToken(kind);
        token.kind = kind;
        token.image = image;
        token.beginLine = place.beginLine;
        token.beginColumn = place.beginColumn;
        token.endLine = place.endLine;
        token.endColumn = place.endColumn;
        return token;
    }

    /** X'0AFF'. */
    static void requireWholeBytes(Token token) {
        String digits = token.image.substring(2, token.image.length() - 1);
        if (digits.length() % 2 != 0 || !HEXADECIMAL.matcher(digits).matches()) {
            throw new KalamException(
                    ErrorCode.INVALID_LITERAL,
                    TokenCursor.position(token),
                    "Invalid binary literal " + token.image + ", write two hexadecimal digits for each byte",
                    null);
        }
    }

    private static @Nullable Integer kindOfUnit(String word) {
        String unit = word.toUpperCase(Locale.ROOT);
        Integer kind = UNITS.get(unit);
        return kind != null || !unit.endsWith("S") ? kind : UNITS.get(unit.substring(0, unit.length() - 1));
    }

    private static void makePlain(Token token, String value) {
        token.kind = QUOTED_STRING;
        token.image = "'" + value.replace("'", "''") + "'";
    }
}
