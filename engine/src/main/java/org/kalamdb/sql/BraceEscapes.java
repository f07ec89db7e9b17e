// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import static org.kalamdb.sql.parser.KalamParserImplConstants.EOF;
import static org.kalamdb.sql.parser.KalamParserImplConstants.LBRACE;
import static org.kalamdb.sql.parser.KalamParserImplConstants.LBRACE_D;
import static org.kalamdb.sql.parser.KalamParserImplConstants.LBRACE_FN;
import static org.kalamdb.sql.parser.KalamParserImplConstants.LBRACE_T;
import static org.kalamdb.sql.parser.KalamParserImplConstants.LBRACE_TS;
import static org.kalamdb.sql.parser.KalamParserImplConstants.RBRACE;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.kalamdb.sql.parser.Token;

/**
 * Takes away the braces of those escapes of JDBC that mean what stands in them: {@code {oj a LEFT JOIN b ON c}},
 * {@code {escape '!'}}, {@code {limit 1 offset 2}}, and calls of functions in words, such as {@code {fn EXTRACT(YEAR FROM d)}}.
 * The others are the grammar's. Confined to one thread.
 */
final class BraceEscapes {
    private static final String OUTER_JOIN = "oj";
    private static final Set<String> TRANSPARENT = Set.of(OUTER_JOIN, "escape", "limit");

    /** Functions that JDBC calls in the words of SQL, and not with a list of arguments. */
    private static final Set<String> CALLED_IN_WORDS = Set.of(
            "current_date",
            "current_time",
            "current_timestamp",
            "current_user",
            "extract",
            "localtime",
            "localtimestamp",
            "position",
            "session_user",
            "user");

    private final Supplier<Token> lexer;
    /** Of each brace that is open, the outermost first, whether it was taken away. */
    private final Deque<Boolean> open = new ArrayDeque<>();

    private @Nullable Token behindBrace;

    BraceEscapes(Supplier<Token> lexer) {
        this.lexer = lexer;
    }

    Token next() {
        Token token = behindBrace == null ? lexer.get() : behindBrace;
        behindBrace = null;
        return switch (token.kind) {
            case LBRACE -> opened(token);
            case LBRACE_FN -> function(token);
            case LBRACE_D, LBRACE_T, LBRACE_TS -> {
                open.push(false);
                yield token;
            }
            case RBRACE -> Boolean.TRUE.equals(open.poll()) ? next() : token;
            case EOF -> {
                if (open.contains(true)) {
                    throw TokenSource.error(token, "Unterminated escape of JDBC, add the closing brace }");
                }
                yield token;
            }
            default -> token;
        };
    }

    private Token function(Token brace) {
        Token name = lexer.get();
        behindBrace = name;
        boolean inWords = CALLED_IN_WORDS.contains(name.image.toLowerCase(Locale.ROOT));
        open.push(inWords);
        return inWords ? next() : brace;
    }

    private Token opened(Token brace) {
        Token word = lexer.get();
        behindBrace = word;
        String name = word.image.toLowerCase(Locale.ROOT);
        boolean isTransparent = TRANSPARENT.contains(name);
        open.push(isTransparent);
        if (!isTransparent) {
            return brace;
        }
        if (name.equals(OUTER_JOIN)) {
            behindBrace = null;
        }
        return next();
    }
}
