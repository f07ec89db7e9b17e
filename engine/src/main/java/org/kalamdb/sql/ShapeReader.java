// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.sql.SimpleStatement.Value;
import org.kalamdb.sql.StatementShape.Slot;
import org.kalamdb.sql.StatementShape.Typing;

/**
 * Takes the values out of a query that something is compared with or that arithmetic computes with, and the bounds of LIMIT. It
 * looks at words and not at grammar, so it takes out only what stands between words and symbols that leave no doubt; a value
 * that it leaves is part of the shape. Confined to one thread.
 */
final class ShapeReader {
    /** Longer texts are planned as they are. */
    private static final int MAX_LENGTH = 10_000;

    /** Symbols that {@link SimpleScanner} does not know and that begin no comment and no literal. */
    private static final String OTHER_SYMBOLS = "/%|:[]^";

    /** More digits than any number has that fits a type of its own. */
    private static final int MAX_DIGITS = 18;

    private static final int DAY_LENGTH = "yyyy-mm-dd".length();

    private final String sql;
    private ShapeLexeme[] lexemes = new ShapeLexeme[64];
    private int[] starts = new int[64];
    private int[] ends = new int[64];
    private int count;
    private final StringBuilder text;
    private final List<Slot> slots = new ArrayList<>();
    private int copied;
    private boolean hasRanges;

    /** Where in the shape and in the query each part begins that both have. */
    private final List<CommonPart> parts = new ArrayList<>();

    /** Where in a query a token is; inside of what SELECT answers, queries in parentheses are too. */
    private enum Place {
        ANSWER,
        CONDITION,
        ELSEWHERE
    }

    ShapeReader(String sql) {
        this.sql = sql;
        this.text = new StringBuilder(sql.length() + 32);
    }

    @Nullable
    StatementShape read() {
        if (sql.length() > MAX_LENGTH || !tokenize()) {
            return null;
        }
        takeValues(!groupsByExpressions());
        if (slots.isEmpty()) {
            return null;
        }
        copy(sql.length());
        return new StatementShape(text.toString(), slots, hasRanges);
    }

    /** @return whether it is a query without parameters of which every token is known */
    private boolean tokenize() {
        SimpleScanner scanner = new SimpleScanner(sql);
        if (!scanner.atWord("SELECT") && !scanner.atWord("WITH")) {
            return false;
        }
        boolean isDistinct = false;
        while (true) {
            ShapeLexeme lexeme = lexeme(scanner);
            if (lexeme == null || scanner.atWord("AT") || isDistinct && scanner.atWord("ON")) {
                return false;
            }
            isDistinct = scanner.atWord("DISTINCT");
            add(lexeme, scanner.start(), scanner.end());
            if (lexeme == ShapeLexeme.END) {
                return true;
            }
            scanner.next();
        }
    }

    private void add(ShapeLexeme lexeme, int start, int end) {
        if (count == lexemes.length) {
            lexemes = Arrays.copyOf(lexemes, 2 * count);
            starts = Arrays.copyOf(starts, 2 * count);
            ends = Arrays.copyOf(ends, 2 * count);
        }
        lexemes[count] = lexeme;
        starts[count] = start;
        ends[count++] = end;
    }

    /** Null for what no query has whose shape is known. */
    private @Nullable ShapeLexeme lexeme(SimpleScanner scanner) {
        return switch (scanner.kind()) {
            case WORD -> ShapeLexeme.ofWord(sql, scanner.start(), scanner.end());
            case QUOTED_NAME -> ShapeLexeme.NAME;
            case INTEGER -> ShapeLexeme.INTEGER;
            case DECIMAL -> ShapeLexeme.DECIMAL;
            case STRING -> ShapeLexeme.STRING;
            case QUESTION_MARK, NUMBERED_PARAMETER -> null;
            case SYMBOL -> symbol(scanner.symbol());
            case END -> ShapeLexeme.END;
            case OTHER -> other(scanner);
        };
    }

    private static ShapeLexeme symbol(char symbol) {
        return switch (symbol) {
            case '(' -> ShapeLexeme.OPEN;
            case ')' -> ShapeLexeme.CLOSE;
            case ',' -> ShapeLexeme.COMMA;
            case '.' -> ShapeLexeme.PERIOD;
            case ';' -> ShapeLexeme.SEMICOLON;
            case '-' -> ShapeLexeme.MINUS;
            case '+', '*' -> ShapeLexeme.ARITHMETIC;
            case '=' -> ShapeLexeme.EQUAL;
            case '<', '>', SimpleScanner.AT_MOST, SimpleScanner.AT_LEAST, SimpleScanner.NOT_EQUAL ->
                ShapeLexeme.COMPARISON;
            default -> ShapeLexeme.OTHER_SYMBOL;
        };
    }

    private @Nullable ShapeLexeme other(SimpleScanner scanner) {
        char c = sql.charAt(scanner.start());
        char following = scanner.end() < sql.length() ? sql.charAt(scanner.end()) : ' ';
        boolean beginsComment = c == '/' && (following == '/' || following == '*');
        if (scanner.end() != scanner.start() + 1 || OTHER_SYMBOLS.indexOf(c) < 0 || beginsComment) {
            return null;
        }
        return c == '/' || c == '%' ? ShapeLexeme.ARITHMETIC : ShapeLexeme.OTHER_SYMBOL;
    }

    /**
     * Whether GROUP BY says more than names and numbers of columns: then an expression that SELECT answers may have to be the
     * same as one that is grouped by, which two parameters never are.
     */
    private boolean groupsByExpressions() {
        for (int i = 0; i < count; i++) {
            if (lexemes[i] == ShapeLexeme.GROUP) {
                for (int j = i + 1; lexemes[j] != ShapeLexeme.CLOSE && !lexemes[j].endsComparison(); j++) {
                    boolean ofColumns = lexemes[j] == ShapeLexeme.NAME
                            || lexemes[j] == ShapeLexeme.PERIOD
                            || lexemes[j] == ShapeLexeme.INTEGER;
                    if (!ofColumns) {
                        return true;
                    }
                    j += lexemes[j + 1] == ShapeLexeme.COMMA ? 1 : 0;
                }
            }
        }
        return false;
    }

    /** @param everywhere whether values are taken out of what is answered, and of arithmetic */
    private void takeValues(boolean everywhere) {
        Deque<Place> outside = new ArrayDeque<>();
        Place place = Place.ELSEWHERE;
        for (int i = 0; i < count; i++) {
            ShapeLexeme lexeme = lexemes[i];
            if (lexeme.isPartOfName()) {
                continue;
            }
            if (lexeme == ShapeLexeme.OPEN) {
                outside.push(place);
            } else if (lexeme == ShapeLexeme.CLOSE) {
                place = outside.isEmpty() ? Place.ELSEWHERE : outside.pop();
            } else {
                place = placeAfter(lexeme, place, outside);
            }
            if (starts[i] < copied) {
                continue;
            }
            if (place == Place.CONDITION || place == Place.ANSWER && everywhere) {
                boolean decidesRows = place == Place.CONDITION || outside.peek() == Place.ANSWER;
                takeCompared(i, decidesRows);
                if (everywhere && lexeme.isNumber()) {
                    takeComputed(i);
                }
            }
            takeBound(i);
        }
    }

    private static Place placeAfter(ShapeLexeme lexeme, Place place, Deque<Place> outside) {
        if (place == Place.ANSWER) {
            boolean ofThisQuery = outside.isEmpty() || outside.peek() != Place.ANSWER;
            return ofThisQuery && lexeme == ShapeLexeme.FROM ? Place.ELSEWHERE : Place.ANSWER;
        }
        return switch (lexeme) {
            case SELECT -> Place.ANSWER;
            case CONDITION -> Place.CONDITION;
            case FROM, GROUP, LIMIT, OFFSET, CLAUSE -> Place.ELSEWHERE;
            default -> place;
        };
    }

    /** Takes the values of a comparison whose operator this token is. @param decidesRows whether it is of a condition */
    private void takeCompared(int operator, boolean decidesRows) {
        ShapeLexeme lexeme = lexemes[operator];
        if (!lexeme.isComparison() && lexeme != ShapeLexeme.BETWEEN && lexeme != ShapeLexeme.IN
                || operator == 0
                || !isComparable(operator - 1)) {
            return;
        }
        int first = operator + 1;
        int next = behindValue(first);
        if (lexeme.isComparison()) {
            if (next >= 0 && at(next).endsComparison()) {
                take(first, next);
                hasRanges |= decidesRows && lexeme != ShapeLexeme.EQUAL;
            }
        } else if (lexeme == ShapeLexeme.BETWEEN) {
            int last = next >= 0 && at(next) == ShapeLexeme.CONNECTIVE ? behindValue(next + 1) : -1;
            if (last >= 0 && at(last).endsComparison()) {
                take(first, next);
                take(next + 1, last);
                hasRanges |= decidesRows;
            }
        } else if (at(first) == ShapeLexeme.OPEN) {
            takeList(first + 1);
        }
    }

    /** Whether what ends here has a type that the value takes it is compared with. */
    private boolean isComparable(int index) {
        return lexemes[index].endsOperand() && lexemes[index] != ShapeLexeme.STRING
                || lexemes[index] == ShapeLexeme.BEFORE_EXPRESSION
                        && lexemes[index + 1] != ShapeLexeme.EQUAL
                        && index > 0
                        && isComparable(index - 1);
    }

    /** Where the token behind a value is that begins here; -1 if none does. */
    private int behindValue(int index) {
        if (at(index).isValue()) {
            return index + 1;
        }
        boolean isNegative = at(index) == ShapeLexeme.MINUS && at(index + 1).isNumber();
        return isNegative || isDay(index) ? index + 2 : -1;
    }

    private boolean isDay(int index) {
        return at(index) == ShapeLexeme.DATE
                && at(index + 1) == ShapeLexeme.STRING
                && ends[index + 1] - starts[index + 1] == DAY_LENGTH + 2;
    }

    private void takeList(int first) {
        int behind = behindValue(first);
        int last = behind;
        while (behind >= 0 && at(behind) == ShapeLexeme.COMMA) {
            behind = behindValue(behind + 1);
            last = behind;
        }
        if (last < 0 || at(last) != ShapeLexeme.CLOSE || !at(last + 1).endsComparison()) {
            return;
        }
        for (int i = first; i < last; i = behindValue(i) + 1) {
            take(i, behindValue(i));
        }
    }

    /** Takes a number that stands beside an operator; a sign in front of it belongs to it, and then it stays. */
    private void takeComputed(int index) {
        boolean second =
                at(index - 1).isArithmetic() && index > 1 && at(index - 2).endsOperand();
        boolean first = at(index + 1).isArithmetic();
        boolean begins = at(index - 1).precedesOperand();
        boolean finishes = at(index + 1).endsComparison() || at(index + 1).isComparison();
        if ((first && (begins || second) || second && finishes) && ends[index] - starts[index] <= MAX_DIGITS) {
            takeWithType(index, index + 1, new Value.Number(image(index)), ownType(index));
        }
    }

    /** As the literal would have it: the digits that are written say how many there are. */
    private String ownType(int index) {
        String image = image(index);
        if (lexemes[index] == ShapeLexeme.INTEGER) {
            return Long.parseLong(image) <= Integer.MAX_VALUE ? "int" : "bigint";
        }
        int point = image.indexOf('.');
        return "decimal " + (image.length() - 1) + " " + (image.length() - 1 - point);
    }

    /** Takes the number of rows of LIMIT, OFFSET or FETCH. */
    private void takeBound(int word) {
        boolean isBound = lexemes[word] == ShapeLexeme.LIMIT
                || lexemes[word] == ShapeLexeme.OFFSET
                || lexemes[word] == ShapeLexeme.FIRST && word > 0 && lexemes[word - 1] == ShapeLexeme.CLAUSE;
        ShapeLexeme next = at(word + 2);
        boolean ends = next == ShapeLexeme.END
                || next == ShapeLexeme.CLOSE
                || next == ShapeLexeme.SEMICOLON
                || next == ShapeLexeme.OFFSET
                || next == ShapeLexeme.NAME && lexemes[word] != ShapeLexeme.LIMIT;
        if (isBound && at(word + 1) == ShapeLexeme.INTEGER && ends) {
            take(word + 1, word + 2);
        }
    }

    /** The last token is {@link ShapeLexeme#END}, however far away. */
    private ShapeLexeme at(int index) {
        return index < 0 ? ShapeLexeme.OTHER_SYMBOL : lexemes[Math.min(index, count - 1)];
    }

    /** Takes a value that has the type of what it is compared with; a day has its own. */
    private void take(int first, int behind) {
        int last = behind - 1;
        if (lexemes[last] == ShapeLexeme.STRING) {
            String image = image(last);
            String string = image.substring(1, image.length() - 1);
            if (first < last) {
                takeWithType(first, behind, new Value.Text(string), "date");
            } else {
                Value value = new Value.Text(string.indexOf('\'') < 0 ? string : string.replace("''", "'"));
                replace(first, behind, new Slot(value, Typing.COMPARED));
            }
            return;
        }
        String digits = first < last ? "-" + image(last) : image(last);
        replace(first, behind, new Slot(new Value.Number(digits), Typing.COMPARED));
    }

    private void takeWithType(int first, int behind, Value value, String type) {
        replace(first, behind, new Slot(value, Typing.OWN));
        text.append("/*").append(type).append("*/");
    }

    private void replace(int first, int behind, Slot slot) {
        copy(starts[first]);
        text.append('?');
        copied = ends[behind - 1];
        slots.add(slot);
    }

    private void copy(int end) {
        parts.add(new CommonPart(text.length(), copied));
        text.append(sql, copied, end);
    }

    /** The offset in the query of what stands at one of its shape, both from 0; what replaces a value stands where that stood. */
    int offsetInQuery(int offsetInShape) {
        CommonPart last = parts.get(0);
        for (CommonPart part : parts) {
            last = part.inShape() <= offsetInShape ? part : last;
        }
        return last.inQuery() + offsetInShape - last.inShape();
    }

    private record CommonPart(int inShape, int inQuery) {}

    private String image(int index) {
        return sql.substring(starts[index], ends[index]);
    }
}
