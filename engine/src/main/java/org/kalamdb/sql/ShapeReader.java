// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes the values out of a query that columns are compared with in WHERE, ON and HAVING. It looks at words and not at
 * grammar, so it takes out only what stands alone between a comparison and a word that ends a condition; a value that it
 * leaves is part of the shape. Nothing is taken out of what SELECT answers, where a value has a type and a label of its own.
 * Confined to one thread.
 */
final class ShapeReader {
    /** Longer texts are planned as they are. */
    private static final int MAX_LENGTH = 10_000;

    /** Symbols that {@link SimpleScanner} does not know and that begin no comment and no literal. */
    private static final String OTHER_SYMBOLS = "/%|:[]^";

    private static final Set<String> CONDITION_WORDS = Set.of("WHERE", "ON", "HAVING");
    private static final Set<String> CLAUSE_WORDS = Set.of(
            "FROM",
            "JOIN",
            "INNER",
            "LEFT",
            "RIGHT",
            "FULL",
            "CROSS",
            "NATURAL",
            "GROUP",
            "ORDER",
            "LIMIT",
            "OFFSET",
            "FETCH",
            "UNION",
            "EXCEPT",
            "INTERSECT",
            "WINDOW");
    private static final Set<String> CONNECTING_WORDS = Set.of("AND", "OR", "HAVING", "WHERE", "ON");

    private final String sql;
    private final List<Token> tokens = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final List<SimpleStatement.Value> values = new ArrayList<>();
    private int copied;
    private boolean hasRanges;

    /** @param word in upper case; empty for what is no word */
    private record Token(SimpleScanner.Kind kind, String word, char symbol, int start, int end) {
        boolean is(char wanted) {
            return kind == SimpleScanner.Kind.SYMBOL && symbol == wanted;
        }

        boolean isValue() {
            return kind == SimpleScanner.Kind.INTEGER
                    || kind == SimpleScanner.Kind.DECIMAL
                    || kind == SimpleScanner.Kind.STRING;
        }

        boolean isName() {
            return kind == SimpleScanner.Kind.QUOTED_NAME || kind == SimpleScanner.Kind.WORD;
        }

        boolean isComparison() {
            return is('=')
                    || is('<')
                    || is('>')
                    || is(SimpleScanner.AT_MOST)
                    || is(SimpleScanner.AT_LEAST)
                    || is(SimpleScanner.NOT_EQUAL);
        }

        /** Whether nothing after it can belong to the comparison before it. */
        boolean endsComparison() {
            return kind == SimpleScanner.Kind.END
                    || is(')')
                    || is(';')
                    || CONNECTING_WORDS.contains(word)
                    || CLAUSE_WORDS.contains(word);
        }
    }

    /** Where in a query a token is; inside of what SELECT answers, queries in parentheses are too. */
    private enum Place {
        ANSWER,
        CONDITION,
        ELSEWHERE
    }

    ShapeReader(String sql) {
        this.sql = sql;
    }

    @Nullable
    StatementShape read() {
        if (sql.length() > MAX_LENGTH || !tokenize()) {
            return null;
        }
        takeValues();
        if (values.isEmpty()) {
            return null;
        }
        text.append(sql, copied, sql.length());
        return new StatementShape(text.toString(), values, hasRanges);
    }

    /** @return whether it is a query without parameters of which every token is known */
    private boolean tokenize() {
        SimpleScanner scanner = new SimpleScanner(sql);
        if (!scanner.atWord("SELECT") && !scanner.atWord("WITH")) {
            return false;
        }
        while (scanner.kind() != SimpleScanner.Kind.END) {
            switch (scanner.kind()) {
                case QUESTION_MARK, NUMBERED_PARAMETER -> {
                    return false;
                }
                case OTHER -> {
                    if (!isKnownSymbol(scanner)) {
                        return false;
                    }
                }
                default -> {}
            }
            tokens.add(token(scanner));
            scanner.next();
        }
        tokens.add(token(scanner));
        return true;
    }

    private boolean isKnownSymbol(SimpleScanner scanner) {
        char c = sql.charAt(scanner.start());
        char following = scanner.end() < sql.length() ? sql.charAt(scanner.end()) : ' ';
        boolean beginsComment = c == '/' && (following == '/' || following == '*');
        return scanner.end() == scanner.start() + 1 && OTHER_SYMBOLS.indexOf(c) >= 0 && !beginsComment;
    }

    private static Token token(SimpleScanner scanner) {
        boolean isWord = scanner.kind() == SimpleScanner.Kind.WORD;
        return new Token(
                scanner.kind(), isWord ? scanner.upperWord() : "", scanner.symbol(), scanner.start(), scanner.end());
    }

    private void takeValues() {
        Deque<Place> outside = new ArrayDeque<>();
        Place place = Place.ELSEWHERE;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.is('(')) {
                outside.push(place);
            } else if (token.is(')')) {
                place = outside.isEmpty() ? Place.ELSEWHERE : outside.pop();
            } else if (!token.word().isEmpty()) {
                place = placeAfter(token, place, outside);
            }
            if (place == Place.CONDITION) {
                takeValues(i);
            }
        }
    }

    private static Place placeAfter(Token word, Place place, Deque<Place> outside) {
        if (place == Place.ANSWER) {
            boolean ofThisQuery = outside.isEmpty() || outside.peek() != Place.ANSWER;
            return ofThisQuery && word.word().equals("FROM") ? Place.ELSEWHERE : Place.ANSWER;
        }
        if (word.word().equals("SELECT")) {
            return Place.ANSWER;
        }
        if (CONDITION_WORDS.contains(word.word())) {
            return Place.CONDITION;
        }
        return CLAUSE_WORDS.contains(word.word()) ? Place.ELSEWHERE : place;
    }

    /** Takes the values of a comparison whose operator this token is. */
    private void takeValues(int operator) {
        Token token = tokens.get(operator);
        if (operator == 0 || !tokens.get(operator - 1).isName()) {
            return;
        }
        if (token.isComparison()) {
            if (at(operator + 1).isValue() && at(operator + 2).endsComparison()) {
                hasRanges |= !token.is('=');
                take(operator + 1);
            }
        } else if (token.word().equals("BETWEEN")) {
            if (at(operator + 1).isValue()
                    && at(operator + 2).word().equals("AND")
                    && at(operator + 3).isValue()
                    && at(operator + 4).endsComparison()) {
                hasRanges = true;
                take(operator + 1);
                take(operator + 3);
            }
        } else if (token.word().equals("IN") && at(operator + 1).is('(')) {
            takeList(operator + 2);
        }
    }

    private void takeList(int first) {
        int last = first;
        while (at(last).isValue() && at(last + 1).is(',')) {
            last += 2;
        }
        if (at(last).isValue() && at(last + 1).is(')') && at(last + 2).endsComparison()) {
            for (int i = first; i <= last; i += 2) {
                take(i);
            }
        }
    }

    /** The last token is {@link SimpleScanner.Kind#END}, however far away. */
    private Token at(int index) {
        return tokens.get(Math.min(index, tokens.size() - 1));
    }

    private void take(int index) {
        Token token = tokens.get(index);
        text.append(sql, copied, token.start()).append('?');
        copied = token.end();
        String image = sql.substring(token.start(), token.end());
        values.add(
                token.kind() == SimpleScanner.Kind.STRING
                        ? new SimpleStatement.Value.Text(
                                image.substring(1, image.length() - 1).replace("''", "'"))
                        : new SimpleStatement.Value.Number(image));
    }
}
