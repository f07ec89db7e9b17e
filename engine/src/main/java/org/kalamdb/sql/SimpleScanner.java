// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import java.util.Locale;
import org.kalamdb.error.SourcePosition;

/** The tokens of simple statements; all others are {@link Kind#OTHER}. Confined to one thread. */
final class SimpleScanner {
    /** {@code <=} as one symbol. */
    static final char AT_MOST = '\u2264';

    /** {@code >=} as one symbol. */
    static final char AT_LEAST = '\u2265';

    /** {@code <>} or {@code !=} as one symbol. */
    static final char NOT_EQUAL = '\u2260';

    private static final int BLANK = 1;
    private static final int LETTER = 2;
    private static final int DIGIT = 4;
    private static final int DELIMITER = 8;

    /** What each ASCII character is, as a sum of the above; all others are nothing. */
    private static final byte[] CLASSES = classes();

    private final String sql;
    /** The text once more, since each statement is read that no cache knows, and at first by an interpreter. */
    private final char[] characters;

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
        this.characters = sql.toCharArray();
        next();
    }

    private static byte[] classes() {
        byte[] classes = new byte[128];
        mark(classes, " \n\t\r\f", BLANK | DELIMITER);
        mark(classes, "-(),.;*=<>!+", DELIMITER);
        mark(classes, "0123456789", DIGIT);
        mark(classes, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_", LETTER);
        return classes;
    }

    private static void mark(byte[] classes, String characters, int as) {
        for (int i = 0; i < characters.length(); i++) {
            classes[characters.charAt(i)] |= (byte) as;
        }
    }

    private static int classOf(char c) {
        return c < CLASSES.length ? CLASSES[c] : 0;
    }

    /** Behind the characters of these classes that stand here. */
    private int behind(int from, int classes) {
        char[] text = characters;
        int at = from;
        while (at < text.length && text[at] < CLASSES.length && (CLASSES[text[at]] & classes) != 0) {
            at++;
        }
        return at;
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

    /** The place of the token. */
    SourcePosition position() {
        return SourceText.position(sql, start);
    }

    /** Goes to the next token. */
    void next() {
        int at = behind(end, BLANK);
        start = at;
        if (at == characters.length) {
            kind = Kind.END;
            end = at;
            return;
        }
        char c = characters[at];
        int is = classOf(c);
        if (is == LETTER) {
            accept(Kind.WORD, behind(at + 1, LETTER | DIGIT));
        } else if (is == DIGIT) {
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

    private void number() {
        int at = behind(start, DIGIT);
        Kind found = Kind.INTEGER;
        if (isAt(at, '.')) {
            int fraction = at + 1;
            at = behind(fraction, DIGIT);
            found = at == fraction ? Kind.OTHER : Kind.DECIMAL;
        }
        accept(found, at);
    }

    private boolean isAt(int at, char wanted) {
        return at < characters.length && characters[at] == wanted;
    }

    private void numberedParameter() {
        int at = behind(start + 1, DIGIT);
        accept(at == start + 1 ? Kind.OTHER : Kind.NUMBERED_PARAMETER, at);
    }

    /** A token of letters or digits, unless it goes on with what only the grammar knows. */
    private void accept(Kind found, int at) {
        boolean goesOn = at < characters.length && (classOf(characters[at]) & DELIMITER) == 0;
        kind = goesOn ? Kind.OTHER : found;
        end = at;
    }

    private void quoted(char quote, Kind found) {
        int at = start + 1;
        while (at < characters.length) {
            if (characters[at++] == quote) {
                if (!isAt(at, quote)) {
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
        char following = start + 1 < characters.length ? characters[start + 1] : ' ';
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
        return isAt(end, wanted);
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
}
