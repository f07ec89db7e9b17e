// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a token is to {@link ShapeReader}. */
enum ShapeLexeme {
    INTEGER,
    DECIMAL,
    STRING,
    /** A quoted name, or a word that none of the others is. */
    NAME,
    SELECT,
    FROM,
    /** A word behind which conditions stand. */
    CONDITION,
    GROUP,
    LIMIT,
    OFFSET,
    FIRST,
    /** Another word that begins a clause. */
    CLAUSE,
    /** AND or OR. */
    CONNECTIVE,
    BETWEEN,
    IN,
    DATE,
    /** A word of CASE or of an item of SELECT that stands behind a whole expression. */
    BEHIND_EXPRESSION,
    /** The last word of CASE. */
    CASE_END,
    /** A word in front of an expression. */
    BEFORE_EXPRESSION,
    EQUAL,
    /** A comparison that is no equality. */
    COMPARISON,
    OPEN,
    CLOSE,
    COMMA,
    PERIOD,
    MINUS,
    /** A binary operator of numbers, besides the minus. */
    ARITHMETIC,
    SEMICOLON,
    OTHER_SYMBOL,
    END;

    private static final int SLOT_COUNT = 256;

    /** Whether it neither is a value nor says anything of those around it. */
    boolean isPartOfName() {
        return this == NAME || this == PERIOD;
    }

    boolean isNumber() {
        return this == INTEGER || this == DECIMAL;
    }

    boolean isValue() {
        return isNumber() || this == STRING;
    }

    boolean isComparison() {
        return this == EQUAL || this == COMPARISON;
    }

    boolean isArithmetic() {
        return this == ARITHMETIC || this == MINUS;
    }

    /** Whether an operand of arithmetic or of a comparison may end with it. */
    boolean endsOperand() {
        return this == NAME || isValue() || this == CLOSE || this == CASE_END;
    }

    /** Whether an operand may begin behind it that has no sign. */
    boolean precedesOperand() {
        return switch (this) {
            case SELECT,
                    CONDITION,
                    CONNECTIVE,
                    BETWEEN,
                    BEHIND_EXPRESSION,
                    BEFORE_EXPRESSION,
                    EQUAL,
                    COMPARISON,
                    OPEN,
                    COMMA -> true;
            default -> false;
        };
    }

    /** Whether nothing behind it can belong to the comparison before it. */
    boolean endsComparison() {
        return switch (this) {
            case END,
                    CLOSE,
                    SEMICOLON,
                    COMMA,
                    CONNECTIVE,
                    CONDITION,
                    FROM,
                    GROUP,
                    LIMIT,
                    OFFSET,
                    CLAUSE,
                    BEHIND_EXPRESSION,
                    CASE_END -> true;
            default -> false;
        };
    }

    /** What a word is. @param text where it stands, from {@code start} to {@code end} */
    static ShapeLexeme ofWord(String text, int start, int end) {
        for (Word word = WORDS[slot(text, start, end)]; word != null; word = word.next()) {
            if (word.text().length() == end - start && text.regionMatches(true, start, word.text(), 0, end - start)) {
                return word.lexeme();
            }
        }
        return NAME;
    }

    /** @param next another word of the same slot, or null */
    private record Word(
            String text, ShapeLexeme lexeme, @Nullable Word next) {}

    /** Words by {@link #slot}: a map would want each word of a text as a string of its own. */
    private static final @Nullable Word[] WORDS = words(
            Map.of(
                    SELECT, List.of("SELECT"),
                    FROM, List.of("FROM"),
                    CONDITION, List.of("WHERE", "ON", "HAVING", "QUALIFY"),
                    GROUP, List.of("GROUP"),
                    LIMIT, List.of("LIMIT"),
                    OFFSET, List.of("OFFSET"),
                    FIRST, List.of("FIRST", "NEXT"),
                    CONNECTIVE, List.of("AND", "OR"),
                    BEHIND_EXPRESSION, List.of("AS", "WHEN", "THEN", "ELSE"),
                    BEFORE_EXPRESSION, List.of("ALL", "DISTINCT", "NOT", "CASE")),
            Map.of(
                    BETWEEN,
                    List.of("BETWEEN"),
                    IN,
                    List.of("IN"),
                    DATE,
                    List.of("DATE"),
                    CASE_END,
                    List.of("END"),
                    CLAUSE,
                    List.of(
                            "JOIN",
                            "INNER",
                            "LEFT",
                            "RIGHT",
                            "FULL",
                            "CROSS",
                            "NATURAL",
                            "ORDER",
                            "FETCH",
                            "UNION",
                            "EXCEPT",
                            "INTERSECT",
                            "WINDOW")));

    private static int slot(String text, int start, int end) {
        // Letters differ from each other in five bits, in whatever case they are.
        int hash = 5 * (end - start) + 7 * (text.charAt(start) & 31) + 3 * (text.charAt(end - 1) & 31);
        return hash & SLOT_COUNT - 1;
    }

    private static @Nullable Word[] words(Map<ShapeLexeme, List<String>> some, Map<ShapeLexeme, List<String>> others) {
        @Nullable Word[] words = new @Nullable Word[SLOT_COUNT];
        Stream.of(some, others)
                .flatMap(each -> each.entrySet().stream())
                .forEach(entry -> entry.getValue().forEach(text -> {
                    int slot = slot(text, 0, text.length());
                    words[slot] = new Word(text, entry.getKey(), words[slot]);
                }));
        return words;
    }
}
