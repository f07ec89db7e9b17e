// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import static org.kalamdb.sql.parser.KalamParserImplConstants.AT;
import static org.kalamdb.sql.parser.KalamParserImplConstants.AT_TIME_ZONE;
import static org.kalamdb.sql.parser.KalamParserImplConstants.BINARY_STRING_LITERAL;
import static org.kalamdb.sql.parser.KalamParserImplConstants.C_STYLE_ESCAPED_STRING_LITERAL;
import static org.kalamdb.sql.parser.KalamParserImplConstants.DISTINCT;
import static org.kalamdb.sql.parser.KalamParserImplConstants.DOUBLE_QUOTE;
import static org.kalamdb.sql.parser.KalamParserImplConstants.DQID;
import static org.kalamdb.sql.parser.KalamParserImplConstants.FETCH;
import static org.kalamdb.sql.parser.KalamParserImplConstants.FIRST;
import static org.kalamdb.sql.parser.KalamParserImplConstants.FOR;
import static org.kalamdb.sql.parser.KalamParserImplConstants.HOOK;
import static org.kalamdb.sql.parser.KalamParserImplConstants.IDENTIFIER;
import static org.kalamdb.sql.parser.KalamParserImplConstants.INTERVAL;
import static org.kalamdb.sql.parser.KalamParserImplConstants.JSON_ARROW;
import static org.kalamdb.sql.parser.KalamParserImplConstants.LAMBDA;
import static org.kalamdb.sql.parser.KalamParserImplConstants.LPAREN;
import static org.kalamdb.sql.parser.KalamParserImplConstants.NEXT;
import static org.kalamdb.sql.parser.KalamParserImplConstants.NEXT_VALUE_FOR;
import static org.kalamdb.sql.parser.KalamParserImplConstants.PREFIXED_STRING_LITERAL;
import static org.kalamdb.sql.parser.KalamParserImplConstants.QUOTE;
import static org.kalamdb.sql.parser.KalamParserImplConstants.QUOTED_STRING;
import static org.kalamdb.sql.parser.KalamParserImplConstants.RETURNING;
import static org.kalamdb.sql.parser.KalamParserImplConstants.RETURNING_CLAUSE;
import static org.kalamdb.sql.parser.KalamParserImplConstants.ROW;
import static org.kalamdb.sql.parser.KalamParserImplConstants.ROWS;
import static org.kalamdb.sql.parser.KalamParserImplConstants.RPAREN;
import static org.kalamdb.sql.parser.KalamParserImplConstants.TIME;
import static org.kalamdb.sql.parser.KalamParserImplConstants.TYPE_WITH_TIME_ZONE;
import static org.kalamdb.sql.parser.KalamParserImplConstants.UESCAPE;
import static org.kalamdb.sql.parser.KalamParserImplConstants.UNICODE_STRING_LITERAL;
import static org.kalamdb.sql.parser.KalamParserImplConstants.UNSIGNED_INTEGER_LITERAL;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.parser.SqlParserUtil;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.error.SourcePosition;
import org.kalamdb.sql.parser.KalamParserImplTokenManager;
import org.kalamdb.sql.parser.SimpleCharStream;
import org.kalamdb.sql.parser.Token;
import org.kalamdb.sql.parser.TokenMgrError;

/**
 * The lexer of the grammar with what it cannot say itself: parameters by number, names that the grammar takes for
 * keywords, errors with a place, and a bound on nesting. Confined to one thread.
 */
final class TokenSource extends KalamParserImplTokenManager {
    /** Deeper parentheses are refused, since parser, planner and expressions recurse over them. */
    static final int MAX_DEPTH = 256;

    private static final Pattern LEXICAL_ERROR =
            Pattern.compile("(?s)Lexical error at line (\\d+), column (\\d+)\\.\\s+Encountered: (<EOF>)?.*");
    private static final int MAX_PARAMETERS = 65_535;

    /** What follows the name of a member of a JSON object. */
    private static final Set<Integer> NAME_ENDS = Set.of(COLON, COMMA, VALUE, DOT);

    private final List<Integer> parameterNumbers = new ArrayList<>();
    private final Deque<Token> ahead = new ArrayDeque<>();
    private @Nullable Token previous;
    /** The token before {@code previous}. */
    private @Nullable Token earlier;

    /** How deep each DISTINCT ON stands whose parenthesis is open. */
    private final Deque<Integer> distinctOnDepths = new ArrayDeque<>();

    private final OpenClauses clauses = new OpenClauses();
    private final BraceEscapes escapes = new BraceEscapes(this::lexed);
    private int questionMarks;
    private int depth;

    private TokenSource(String text) {
        super(new CharStream(text), DQID);
    }

    static TokenSource of(String text) {
        return new TokenSource(text);
    }

    /** Whether parameters are written {@code $n}. */
    boolean hasNumberedParameters() {
        return !parameterNumbers.isEmpty();
    }

    /** The number, from 1, of the {@code $n} that comes {@code index}th in the text, from 0. */
    int parameterNumber(int index) {
        return parameterNumbers.get(index);
    }

    /** How many values the text read so far wants. */
    int parameterCount() {
        return Math.max(
                questionMarks, parameterNumbers.stream().mapToInt(n -> n).max().orElse(0));
    }

    @Override
    public Token getNextToken() {
        Token token = ahead.isEmpty() ? nextOfGrammar() : ahead.remove();
        switch (token.kind) {
            case LPAREN -> open(token);
            case RPAREN -> close(token);
            case SELECT -> clauses.select();
            case FROM -> clauses.from(previous);
            case ON -> clauses.endSelect();
            case DISTINCT -> beginDistinctOn(token);
            case AT -> joinAtTimeZone(token);
            case WHERE -> {
                if (clauses.lackFrom()) {
                    return withoutFrom(token);
                }
            }
            case LAMBDA -> token.kind = JSON_ARROW;
            case HOOK -> countQuestionMark(token);
            case IDENTIFIER -> recogniseParameter(token);
            case RETURNING -> {
                // Inside of parentheses it belongs to a JSON function, outside it ends a query.
                if (depth == 0) {
                    token.kind = RETURNING_CLAUSE;
                }
            }
            case QUOTED_STRING -> splitInterval(token);
            case BINARY_STRING_LITERAL -> StringLiterals.requireWholeBytes(token);
            case FIRST -> countFetchedRow(token);
            case NEXT -> {
                countFetchedRow(token);
                joinNextValueFor(token);
            }
            case PREFIXED_STRING_LITERAL -> StringLiterals.dropPrefix(token);
            case C_STYLE_ESCAPED_STRING_LITERAL -> StringLiterals.unescapeBackslashes(token);
            case UNICODE_STRING_LITERAL -> unescapeUnicode(token);
            case TYPE_WITH_TIME_ZONE -> token.kind = IDENTIFIER;
            case QUOTE -> throw error(token, "Unterminated string, add the closing quote '");
            case DOUBLE_QUOTE -> throw error(token, "Empty or unterminated name in double quotes");
            default -> recogniseName(token);
        }
        earlier = previous;
        previous = token;
        return token;
    }

    /** {@code SELECT DISTINCT ON (a, b) c} is read as {@code SELECT "DISTINCT ON"(a, b), c}. */
    private void beginDistinctOn(Token token) {
        if (previous == null || previous.kind != SELECT || peek().kind != ON) {
            return;
        }
        ahead.remove();
        if (peek().kind != LPAREN) {
            throw SyntaxErrors.at(peek(), List.of("("));
        }
        token.kind = IDENTIFIER;
        token.image = FunctionCalls.DISTINCT_ON;
        distinctOnDepths.push(depth);
    }

    /** AT TIME ZONE is one token, since AT may be a name. */
    private void joinAtTimeZone(Token token) {
        if (accept(TIME, ZONE)) {
            token.kind = AT_TIME_ZONE;
        } else {
            recogniseName(token);
        }
    }

    /** Goes past two tokens if they come next. */
    private boolean accept(int first, int second) {
        if (peek().kind != first) {
            return false;
        }
        if (ahead.size() == 1) {
            ahead.add(nextOfGrammar());
        }
        Token skipped = ahead.remove();
        if (ahead.element().kind == second) {
            ahead.remove();
            return true;
        }
        ahead.addFirst(skipped);
        return false;
    }

    private Token peek() {
        if (ahead.isEmpty()) {
            ahead.add(nextOfGrammar());
        }
        return ahead.element();
    }

    /** INTERVAL '3 months' means INTERVAL '3' MONTH. */
    private void splitInterval(Token token) {
        if (previous != null && previous.kind == INTERVAL) {
            Token unit = StringLiterals.unitOfInterval(token);
            if (unit != null) {
                ahead.addFirst(unit);
            }
        }
    }

    /** FETCH FIRST ROW ONLY means one row. */
    private void countFetchedRow(Token token) {
        if (previous != null && previous.kind == FETCH && (peek().kind == ROW || peek().kind == ROWS)) {
            Token one = StringLiterals.tokenAt(token, UNSIGNED_INTEGER_LITERAL, "1");
            ahead.addFirst(one);
        }
    }

    /** NEXT VALUE FOR is one token, since NEXT may be a name. */
    private void joinNextValueFor(Token token) {
        if (accept(VALUE, FOR)) {
            token.kind = NEXT_VALUE_FOR;
        }
    }

    private void unescapeUnicode(Token token) {
        char escape = '\\';
        if (peek().kind == UESCAPE) {
            ahead.remove();
            Token character = nextOfGrammar();
            if (character.kind != QUOTED_STRING) {
                throw SyntaxErrors.at(character, List.of("a character in single quotes"));
            }
            escape = SqlParserUtil.checkUnicodeEscapeChar(SqlParserUtil.parseString(character.image));
        }
        StringLiterals.unescapeUnicode(token, escape);
    }

    private void recogniseName(Token token) {
        if (clauses.inJsonObject() && isNameOrValueWord(token)) {
            return;
        }
        if (Keywords.isOrdinary(token)) {
            token.kind = IDENTIFIER;
        } else if (Keywords.dependsOnPlace(token)) {
            if (Keywords.isNameBetween(earlier, previous, token, peek())) {
                token.kind = IDENTIFIER;
            }
        }
    }

    /** KEY before a name and VALUE between a name and its value. */
    private boolean isNameOrValueWord(Token token) {
        boolean starts = previous != null && (previous.kind == LPAREN || previous.kind == COMMA);
        if (token.kind == VALUE) {
            return !starts && previous != null && previous.kind != KEY;
        }
        return token.kind == KEY && starts && !NAME_ENDS.contains(peek().kind);
    }

    private Token nextOfGrammar() {
        return escapes.next();
    }

    private Token lexed() {
        try {
            return super.getNextToken();
        } catch (TokenMgrError e) {
            Matcher matcher = LEXICAL_ERROR.matcher(String.valueOf(e.getMessage()));
            if (!matcher.matches()) {
                throw new KalamException(ErrorCode.SYNTAX_ERROR, null, "Unreadable SQL text", e);
            }
            SourcePosition position = new SourcePosition(
                    Math.max(1, Integer.parseInt(matcher.group(1))), Math.max(1, Integer.parseInt(matcher.group(2))));
            String message = matcher.group(3) != null
                    ? "Unterminated comment: add the closing */"
                    : "Unexpected character " + describe(curChar);
            throw new KalamException(ErrorCode.SYNTAX_ERROR, position, message, e);
        }
    }

    private static String describe(char c) {
        return c > ' ' && c < 127 ? String.valueOf(c) : String.format(Locale.ROOT, "U+%04X", (int) c);
    }

    private void open(Token token) {
        if (++depth > MAX_DEPTH) {
            throw new KalamException(
                    ErrorCode.LIMIT_EXCEEDED,
                    position(token),
                    "Parentheses are nested too deeply, the limit is " + MAX_DEPTH,
                    null);
        }
        clauses.open(previous);
    }

    private void close(Token token) {
        depth--;
        clauses.close();
        Integer outside = distinctOnDepths.peek();
        if (outside != null && outside == depth) {
            distinctOnDepths.pop();
            ahead.addFirst(StringLiterals.tokenAt(token, COMMA, ","));
        }
    }

    /** SELECT 1 WHERE c means SELECT 1 FROM (VALUES (0)) WHERE c. */
    private Token withoutFrom(Token where) {
        ahead.addFirst(where);
        for (int kind : new int[] {RPAREN, RPAREN, UNSIGNED_INTEGER_LITERAL, LPAREN, VALUES, LPAREN, FROM}) {
            ahead.addFirst(StringLiterals.tokenAt(where, kind, kind == UNSIGNED_INTEGER_LITERAL ? "0" : wordOf(kind)));
        }
        return getNextToken();
    }

    private static String wordOf(int kind) {
        String image = tokenImage[kind];
        return image.substring(1, image.length() - 1);
    }

    private void countQuestionMark(Token token) {
        questionMarks++;
        refuseMixture(token);
    }

    private void recogniseParameter(Token token) {
        String image = token.image;
        if (image.charAt(0) != '$'
                || image.length() == 1
                || !image.chars().skip(1).allMatch(c -> c >= '0' && c <= '9')) {
            return;
        }
        int number = image.length() > 6 ? Integer.MAX_VALUE : Integer.parseInt(image.substring(1));
        if (number < 1 || number > MAX_PARAMETERS) {
            throw error(token, "Invalid parameter " + image + ": numbers go from $1 to $" + MAX_PARAMETERS);
        }
        parameterNumbers.add(number);
        refuseMixture(token);
        token.kind = HOOK;
    }

    private void refuseMixture(Token token) {
        if (questionMarks > 0 && !parameterNumbers.isEmpty()) {
            throw error(token, "Cannot mix ? and $n parameters, use one kind in a statement");
        }
    }

    static KalamException error(Token token, String message) {
        return new KalamException(ErrorCode.SYNTAX_ERROR, position(token), message, null);
    }

    private static SourcePosition position(Token token) {
        return new SourcePosition(token.beginLine, token.beginColumn);
    }

    /** The characters of one text, where a tab is one column. */
    private static final class CharStream extends SimpleCharStream {
        private static final int MIN_BUFFER = 64;

        CharStream(String text) {
            super(new StringReader(text), 1, 1, Math.max(MIN_BUFFER, text.length() + 1));
            setTabSize(1);
        }
    }
}
