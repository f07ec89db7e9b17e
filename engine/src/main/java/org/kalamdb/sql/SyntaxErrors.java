// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import static org.kalamdb.sql.parser.KalamParserImplConstants.APPROX_NUMERIC_LITERAL;
import static org.kalamdb.sql.parser.KalamParserImplConstants.BINARY_STRING_LITERAL;
import static org.kalamdb.sql.parser.KalamParserImplConstants.DECIMAL_NUMERIC_LITERAL;
import static org.kalamdb.sql.parser.KalamParserImplConstants.EOF;
import static org.kalamdb.sql.parser.KalamParserImplConstants.HOOK;
import static org.kalamdb.sql.parser.KalamParserImplConstants.IDENTIFIER;
import static org.kalamdb.sql.parser.KalamParserImplConstants.LPAREN;
import static org.kalamdb.sql.parser.KalamParserImplConstants.QUOTED_STRING;
import static org.kalamdb.sql.parser.KalamParserImplConstants.RPAREN;
import static org.kalamdb.sql.parser.KalamParserImplConstants.SEMICOLON;
import static org.kalamdb.sql.parser.KalamParserImplConstants.UNSIGNED_INTEGER_LITERAL;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.runtime.CalciteContextException;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.error.SourcePosition;
import org.kalamdb.sql.parser.ParseException;
import org.kalamdb.sql.parser.Token;

/** Turns what went wrong into one short sentence with a place. Safe for use by several threads. */
final class SyntaxErrors {
    private static final int MAX_EXPECTATIONS = 6;
    private static final int MAX_IMAGE = 40;
    /** What a misspelt word where a statement could go on is compared with. */
    private static final List<String> CLAUSES = List.of(
            "FROM",
            "WHERE",
            "GROUP",
            "HAVING",
            "ORDER",
            "LIMIT",
            "OFFSET",
            "FETCH",
            "UNION",
            "INTERSECT",
            "EXCEPT",
            "JOIN",
            "INNER",
            "LEFT",
            "RIGHT",
            "FULL",
            "CROSS",
            "USING",
            "VALUES",
            "RETURNING",
            "WINDOW");

    private static final List<String> STATEMENTS = List.of(
            "SELECT",
            "INSERT",
            "UPDATE",
            "DELETE",
            "MERGE",
            "CREATE",
            "ALTER",
            "DROP",
            "TRUNCATE",
            "DESCRIBE",
            "SHOW",
            "EXPLAIN",
            "BEGIN",
            "COMMIT",
            "ROLLBACK",
            "SAVEPOINT",
            "VALUES",
            "WITH",
            "COMMENT");

    private SyntaxErrors() {}

    /** Another token was expected than {@code found}. */
    static KalamException at(Token found, List<String> expected) {
        String message = "Syntax error " + near(found) + (expected.isEmpty() ? "" : ": expected " + join(expected));
        return new KalamException(ErrorCode.SYNTAX_ERROR, TokenCursor.position(found), message, null);
    }

    /** A statement that could have ended after {@code last} went on with {@code found} and {@code next}. */
    static KalamException afterStatement(Token last, Token found, Token next) {
        if (!wantsMore(found)) {
            // A misspelt clause may have been taken for an alias.
            return intended(last, CLAUSES) != null && intended(found, CLAUSES) == null
                    ? misspelt(last, CLAUSES, "")
                    : misspelt(found, CLAUSES, "the end of the statement");
        }
        // The token may stand here, so what follows it must be at fault.
        return new KalamException(
                ErrorCode.SYNTAX_ERROR,
                TokenCursor.position(next),
                "Syntax error " + near(next) + " after " + upper(found),
                null);
    }

    /** Whether it is a keyword or operator that goes on with an operand. */
    private static boolean wantsMore(Token token) {
        return switch (token.kind) {
            case EOF,
                    RPAREN,
                    LPAREN,
                    SEMICOLON,
                    UNSIGNED_INTEGER_LITERAL,
                    DECIMAL_NUMERIC_LITERAL,
                    APPROX_NUMERIC_LITERAL,
                    BINARY_STRING_LITERAL,
                    QUOTED_STRING,
                    HOOK -> false;
            default -> Keywords.isReserved(token) || !Keywords.isWord(token) && !Keywords.isName(token);
        };
    }

    private static KalamException misspelt(Token found, List<String> words, String expected) {
        String word = intended(found, words);
        return word == null
                ? at(found, List.of(expected))
                : new KalamException(
                        ErrorCode.SYNTAX_ERROR,
                        TokenCursor.position(found),
                        "Syntax error " + near(found) + ": did you mean " + word,
                        null);
    }

    /** Which of {@code words} is misspelt here; null if none. */
    private static @Nullable String intended(Token found, List<String> words) {
        String image = upper(found);
        for (String word : words) {
            if (isMisspelling(image, word)) {
                return word;
            }
        }
        return null;
    }

    private static String upper(Token token) {
        return token.image.toUpperCase(Locale.ROOT);
    }

    /** Text follows the semicolon of a statement. */
    static KalamException secondStatement(Token found) {
        return new KalamException(
                ErrorCode.SYNTAX_ERROR,
                TokenCursor.position(found),
                "Syntax error " + near(found) + ": only one statement can run at a time, split the script first",
                null);
    }

    /** No statement starts like this. */
    static KalamException notAStatement(Token found) {
        return misspelt(found, STATEMENTS, "a statement such as SELECT, INSERT, UPDATE, DELETE or CREATE");
    }

    /** A reserved word stands where a name belongs. */
    static KalamException reserved(Token found, String expected) {
        return new KalamException(
                ErrorCode.SYNTAX_ERROR,
                TokenCursor.position(found),
                "Syntax error " + near(found) + ": expected " + expected
                        + ", put the reserved word in double quotes to use it as a name",
                null);
    }

    /** The grammar did not know how to go on. */
    static KalamException of(ParseException e) {
        Token current = e.currentToken;
        if (current == null || e.expectedTokenSequences == null) {
            return new KalamException(ErrorCode.SYNTAX_ERROR, null, "Syntax error: " + e.getMessage(), e);
        }
        Token found = current.next;
        List<int[]> sequences = Arrays.asList(e.expectedTokenSequences);
        // Where the grammar looked further ahead, the token at fault is the first that continues no sequence.
        for (int depth = 0; found.kind != EOF && found.next != null; depth++) {
            List<int[]> longer = continuations(sequences, depth, found.kind);
            if (longer.isEmpty()) {
                break;
            }
            sequences = longer;
            found = found.next;
        }
        int depth = distance(current.next, found);
        Set<Integer> kinds = new LinkedHashSet<>();
        for (int[] sequence : sequences) {
            kinds.add(sequence[depth]);
        }
        if (kinds.contains(IDENTIFIER) && !kinds.contains(UNSIGNED_INTEGER_LITERAL) && Keywords.isReserved(found)) {
            return reserved(found, "a name");
        }
        return at(found, describe(kinds, e.tokenImage));
    }

    /** A rule that the grammar checks in code was broken. */
    static KalamException of(CalciteContextException e) {
        SourcePosition position = e.getPosLine() < 1 || e.getPosColumn() < 1
                ? null
                : new SourcePosition(e.getPosLine(), e.getPosColumn());
        Throwable cause = e.getCause();
        String message =
                cause == null || cause.getMessage() == null ? String.valueOf(e.getMessage()) : cause.getMessage();
        return new KalamException(ErrorCode.SYNTAX_ERROR, position, withoutDot(message), e);
    }

    private static List<int[]> continuations(List<int[]> sequences, int depth, int kind) {
        List<int[]> result = new ArrayList<>();
        for (int[] sequence : sequences) {
            if (sequence.length > depth + 1 && sequence[depth] == kind) {
                result.add(sequence);
            }
        }
        return result;
    }

    private static int distance(Token from, Token to) {
        int distance = 0;
        for (Token token = from; token != to; token = token.next) {
            distance++;
        }
        return distance;
    }

    private static List<String> describe(Set<Integer> kinds, String[] images) {
        Set<String> words = new TreeSet<>();
        boolean expression = kinds.contains(UNSIGNED_INTEGER_LITERAL);
        boolean name = kinds.contains(IDENTIFIER);
        if (expression) {
            return List.of("an expression");
        }
        for (int kind : kinds) {
            String image = images[kind];
            String word = image.startsWith("\"") ? image.substring(1, image.length() - 1) : null;
            if (word != null && (!name || Keywords.isReserved(kind) || !Character.isLetter(word.charAt(0)))) {
                words.add(word);
            } else if (kind == EOF) {
                words.add("the end of the statement");
            }
        }
        List<String> result = new ArrayList<>(words);
        if (name) {
            result.add(0, "a name");
        }
        return result.size() > MAX_EXPECTATIONS ? List.of() : result;
    }

    private static String near(Token token) {
        if (token.kind == EOF) {
            return "at the end of the text";
        }
        String image = token.image;
        return "near \"" + (image.length() > MAX_IMAGE ? image.substring(0, MAX_IMAGE) + "…" : image) + "\"";
    }

    private static String join(List<String> items) {
        if (items.size() < 2) {
            return items.get(0);
        }
        return String.join(", ", items.subList(0, items.size() - 1)) + " or " + items.get(items.size() - 1);
    }

    private static String withoutDot(String message) {
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }

    /** One letter more, less or different, or two neighbours swapped. */
    private static boolean isMisspelling(String word, String intended) {
        if (word.length() < 3 || Math.abs(word.length() - intended.length()) > 1 || word.equals(intended)) {
            return false;
        }
        int i = 0;
        while (i < word.length() && i < intended.length() && word.charAt(i) == intended.charAt(i)) {
            i++;
        }
        String restOfWord = word.substring(i);
        String rest = intended.substring(i);
        if (restOfWord.length() > rest.length()) {
            return restOfWord.substring(1).equals(rest);
        }
        if (restOfWord.length() < rest.length()) {
            return rest.substring(1).equals(restOfWord);
        }
        boolean oneDiffers = restOfWord.substring(1).equals(rest.substring(1));
        boolean swapped = rest.length() > 1
                && restOfWord.charAt(0) == rest.charAt(1)
                && restOfWord.charAt(1) == rest.charAt(0)
                && restOfWord.substring(2).equals(rest.substring(2));
        return oneDiffers || swapped;
    }
}
