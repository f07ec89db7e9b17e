// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import java.util.Locale;

/** The tokens of simple statements; all others are {@link Kind#OTHER}. Confined to one thread. */
final class SimpleScanner {
    /** {@code <=} as one symbol. */
    static final char AT_MOST = '\u2264';

    /** {@code >=} as one symbol. */
    static final char AT_LEAST = '\u2265';

    /** {@code <>} or {@code !=} as one symbol. */
    static final char NOT_EQUAL = '\u2260';

    private final String sql;
    private Kind kind = Kind.OTHER;
    private int start;
    private int end;
    private char symbol;

    /** What a token is. */
    enum Kind {
        WORD,
        QUOTED_NAME,
        INTEGER,
        DECIMAL,
        STRING,
        QUESTION_MARK,
        NUMBERED_PARAMETER,
        SYMBOL,
        END,
        OTHER
    }

    /** At the first token of a text. */
    SimpleScanner(String sql) {
        this.sql = sql;
        next();
    }

    Kind kind() {
        return kind;
    }

    /** Where the token begins in the text. */
    int start() {
        return start;
    }

    /** Behind the last character of the token. */
    int end() {
        return end;
    }

    /** Goes to the next token. */
    void next() {
        int at = end;
        int length = sql.length();
        while (at < length && isBlank(sql.charAt(at))) {
            at++;
        }
        start = at;
        if (at == length) {
            kind = Kind.END;
            end = at;
            return;
        }
        char c = sql.charAt(at);
        if (isLetter(c)) {
            word();
        } else if (isDigit(c)) {
            number();
        } else if (c == '\'') {
            quoted('\'', Kind.STRING);
        } else if (c == '"') {
            quoted('"', Kind.QUOTED_NAME);
        } else if (c == '$') {
            numberedParameter();
        } else {
            symbol(c);
        }
    }

    private void word() {
        int at = start + 1;
        while (at < sql.length() && (isLetter(sql.charAt(at)) || isDigit(sql.charAt(at)))) {
            at++;
        }
        accept(Kind.WORD, at);
    }

    private void number() {
        int at = afterDigits(start);
        Kind found = Kind.INTEGER;
        if (at < sql.length() && sql.charAt(at) == '.') {
            int fraction = at + 1;
            at = afterDigits(fraction);
            found = at == fraction ? Kind.OTHER : Kind.DECIMAL;
        }
        accept(found, at);
    }

    private void numberedParameter() {
        int at = afterDigits(start + 1);
        accept(at == start + 1 ? Kind.OTHER : Kind.NUMBERED_PARAMETER, at);
    }

    /** A token of letters or digits, unless it goes on with what only the grammar knows. */
    private void accept(Kind found, int at) {
        boolean goesOn = at < sql.length() && !isDelimiter(sql.charAt(at));
        kind = goesOn ? Kind.OTHER : found;
        end = at;
    }

    private void quoted(char quote, Kind found) {
        int at = start + 1;
        while (at < sql.length()) {
            if (sql.charAt(at++) == quote) {
                if (at == sql.length() || sql.charAt(at) != quote) {
                    kind = found;
                    end = at;
                    return;
                }
                at++;
            }
        }
        kind = Kind.OTHER;
        end = at;
    }

    private void symbol(char c) {
        char following = start + 1 < sql.length() ? sql.charAt(start + 1) : ' ';
        kind = Kind.SYMBOL;
        symbol = c;
        end = start + 1;
        switch (c) {
            case '(', ')', ',', '.', ';', '+' -> {}
            case '*' -> kind = following == '/' ? Kind.OTHER : Kind.SYMBOL;
            case '?' -> kind = Kind.QUESTION_MARK;
            case '=' -> kind = following == '>' ? Kind.OTHER : Kind.SYMBOL;
            case '-' -> kind = following == '-' || following == '>' ? Kind.OTHER : Kind.SYMBOL;
            case '<' -> pair(following == '=' ? AT_MOST : following == '>' ? NOT_EQUAL : c);
            case '>' -> pair(following == '=' ? AT_LEAST : c);
            case '!' -> {
                if (following == '=') {
                    pair(NOT_EQUAL);
                } else {
                    kind = Kind.OTHER;
                }
            }
            default -> kind = Kind.OTHER;
        }
    }

    private void pair(char meaning) {
        if (meaning != symbol) {
            symbol = meaning;
            end = start + 2;
        }
    }

    boolean atSymbol(char wanted) {
        return kind == Kind.SYMBOL && symbol == wanted;
    }

    /** Whether a symbol stands behind the token, without a blank between them. */
    boolean isFollowedBy(char wanted) {
        return end < sql.length() && sql.charAt(end) == wanted;
    }

    /** The symbol here. */
    char symbol() {
        return symbol;
    }

    /** @param upper a word in upper case */
    boolean atWord(String upper) {
        return kind == Kind.WORD
                && end - start == upper.length()
                && sql.regionMatches(true, start, upper, 0, upper.length());
    }

    /** The word here in lower case, as names are folded. */
    String foldedWord() {
        return sql.substring(start, end).toLowerCase(Locale.ROOT);
    }

    /** The word here in upper case, as keywords are compared. */
    String upperWord() {
        return sql.substring(start, end).toUpperCase(Locale.ROOT);
    }

    /** The token as it stands in the text. */
    String image() {
        return sql.substring(start, end);
    }

    /** What the string or quoted name here says. */
    String unquoted() {
        String inside = sql.substring(start + 1, end - 1);
        String quote = sql.substring(start, start + 1);
        return inside.contains(quote) ? inside.replace(quote + quote, quote) : inside;
    }

    private int afterDigits(int from) {
        int at = from;
        while (at < sql.length() && isDigit(sql.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isDelimiter(char c) {
        return isBlank(c) || c == '-' || "(),.;*=<>!+".indexOf(c) >= 0;
    }
}
