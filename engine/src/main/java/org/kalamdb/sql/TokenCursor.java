// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import static java.util.Objects.requireNonNull;
import static org.kalamdb.sql.parser.KalamParserImplConstants.DECIMAL_NUMERIC_LITERAL;
import static org.kalamdb.sql.parser.KalamParserImplConstants.DOT;
import static org.kalamdb.sql.parser.KalamParserImplConstants.EOF;
import static org.kalamdb.sql.parser.KalamParserImplConstants.QUOTED_STRING;
import static org.kalamdb.sql.parser.KalamParserImplConstants.UNSIGNED_INTEGER_LITERAL;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.parser.SqlParserUtil;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.error.SourcePosition;
import org.kalamdb.sql.parser.KalamParserImpl;
import org.kalamdb.sql.parser.ParseException;
import org.kalamdb.sql.parser.Token;

/**
 * The tokens of a statement, read one after the other, in turns with the productions of the grammar. Words are matched
 * by their text, so that none has to be a keyword. Confined to one thread.
 */
final class TokenCursor {
    private final @Nullable TokenSource source;
    private @Nullable KalamParserImpl grammar;

    /** The token read last, as long as there is no grammar, which then knows it. */
    private Token last = new Token();

    /** At the start of a text whose grammar is made when one of its productions is needed; it takes long to load. */
    TokenCursor(TokenSource source) {
        this.source = source;
    }

    /** Where a grammar stands. */
    TokenCursor(KalamParserImpl grammar) {
        this.source = null;
        this.grammar = grammar;
    }

    /** The grammar, where this cursor stands. It moves on as its productions read. */
    KalamParserImpl grammar() {
        KalamParserImpl made = grammar;
        if (made == null) {
            made = KalamParser.grammar(requireNonNull(source));
            made.token = last;
            grammar = made;
        }
        return made;
    }

    /** The token that comes next; its kind is EOF at the end. */
    Token peek() {
        return peek(1);
    }

    /** The token that comes {@code offset}th, from 1; of kind EOF behind the end. */
    Token peek(int offset) {
        if (grammar != null) {
            return grammar.getToken(offset);
        }
        Token token = last;
        for (int i = 0; i < offset; i++) {
            if (token.next == null) {
                token.next = requireNonNull(source).getNextToken();
            }
            token = token.next;
        }
        return token;
    }

    /** The token read last. */
    Token last() {
        return peek(0);
    }

    /** Reads a token. */
    Token next() {
        if (grammar != null) {
            return grammar.getNextToken();
        }
        last = peek();
        return last;
    }

    boolean atEnd() {
        return peek().kind == EOF;
    }

    /** Whether these words or symbols come next. */
    boolean at(String... images) {
        return atOffset(1, images);
    }

    /** Whether these words or symbols come after {@code offset - 1} others. */
    boolean atOffset(int offset, String... images) {
        for (int i = 0; i < images.length; i++) {
            if (!peek(offset + i).image.equalsIgnoreCase(images[i])) {
                return false;
            }
        }
        return true;
    }

    boolean atAny(List<String> images) {
        return images.stream().anyMatch(this::at);
    }

    /** Whether an unquoted word comes next. */
    boolean atWord() {
        return isWord(peek());
    }

    boolean atInteger() {
        return peek().kind == UNSIGNED_INTEGER_LITERAL;
    }

    boolean atNumber() {
        return atInteger() || peek().kind == DECIMAL_NUMERIC_LITERAL;
    }

    boolean atString() {
        return peek().kind == QUOTED_STRING;
    }

    /** Whether a name comes next: quoted, or a word that the grammar does not reserve. */
    boolean atName() {
        return Keywords.isName(peek());
    }

    /** The next token in upper case. */
    String peekUpper() {
        return peek().image.toUpperCase(Locale.ROOT);
    }

    /** Reads these words or symbols if all of them come next. */
    boolean accept(String... images) {
        if (!at(images)) {
            return false;
        }
        for (int i = 0; i < images.length; i++) {
            next();
        }
        return true;
    }

    /** Reads these words or symbols. */
    void expect(String... images) {
        for (String image : images) {
            if (!accept(image)) {
                throw error(image);
            }
        }
    }

    /** Reads a name without qualifier. */
    SqlIdentifier name(String what) throws ParseException {
        requireName(what);
        return isPlain(peek()) ? plainName() : grammar().SimpleIdentifier();
    }

    /** Reads a name, possibly with qualifiers. */
    SqlIdentifier qualifiedName(String what) throws ParseException {
        requireName(what);
        int parts = 1;
        while (peek(2 * parts).kind == DOT && isPlain(peek(2 * parts + 1))) {
            parts++;
        }
        if (!isPlain(peek()) || peek(2 * parts).kind == DOT) {
            return grammar().CompoundTableIdentifier();
        }
        List<String> names = new ArrayList<>();
        List<SqlParserPos> positions = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            if (i > 0) {
                next();
            }
            SqlIdentifier part = plainName();
            names.add(part.getSimple());
            positions.add(part.getParserPosition());
        }
        return new SqlIdentifier(names, null, SqlParserPos.sum(positions), positions);
    }

    /** Whether a token is a name without quotes, which needs no grammar to be read. */
    private static boolean isPlain(Token token) {
        return isWord(token) && Keywords.isName(token) && token.image.length() <= KalamParser.MAX_NAME_LENGTH;
    }

    private SqlIdentifier plainName() {
        Token token = next();
        return new SqlIdentifier(
                token.image.toLowerCase(Locale.ROOT),
                new SqlParserPos(token.beginLine, token.beginColumn, token.endLine, token.endColumn));
    }

    /** Reads (name, ..). */
    List<SqlIdentifier> nameList(String what) throws ParseException {
        List<SqlIdentifier> names = new ArrayList<>();
        expect("(");
        do {
            names.add(name(what));
        } while (accept(","));
        expect(")");
        return names;
    }

    /** Reads a plain string literal. */
    String string() {
        if (!atString()) {
            throw error("a string in single quotes");
        }
        return SqlParserUtil.parseString(next().image);
    }

    /** Reads an integer with an optional sign. */
    long integer() {
        boolean negative = accept("-");
        if (!negative) {
            accept("+");
        }
        Token token = peek();
        if (!atInteger()) {
            throw error("a whole number");
        }
        next();
        try {
            return Long.parseLong(negative ? "-" + token.image : token.image);
        } catch (NumberFormatException e) {
            throw new KalamException(
                    ErrorCode.NUMERIC_OUT_OF_RANGE,
                    position(token),
                    "Number out of range for BIGINT: " + token.image,
                    e);
        }
    }

    /** From the first character of {@code first} to the last one read. */
    SqlParserPos since(Token first) {
        Token last = last();
        return new SqlParserPos(first.beginLine, first.beginColumn, last.endLine, last.endColumn);
    }

    KalamException error(String... expected) {
        return SyntaxErrors.at(peek(), List.of(expected));
    }

    /** NOT_SUPPORTED at the next token. */
    KalamException notSupported(String message) {
        return new KalamException(ErrorCode.NOT_SUPPORTED, position(peek()), message, null);
    }

    static SourcePosition position(Token token) {
        return new SourcePosition(Math.max(1, token.beginLine), Math.max(1, token.beginColumn));
    }

    private void requireName(String what) {
        if (!atName()) {
            throw Keywords.isReserved(peek()) ? SyntaxErrors.reserved(peek(), what) : error(what);
        }
    }

    private static boolean isWord(Token token) {
        return Keywords.isWord(token);
    }
}
