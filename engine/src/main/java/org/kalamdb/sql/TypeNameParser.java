// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlTypeNameSpec;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.sql.parser.KalamParserImpl;
import org.kalamdb.sql.parser.Token;
import org.kalamdb.type.DeclaredType;
import org.kalamdb.type.SqlTypeNames;

/** Reads type names of one word or several, with their arguments. Confined to one thread. */
public final class TypeNameParser {
    /** Words that may follow the first word of a type name. */
    private static final Set<String> FURTHER_WORDS =
            Set.of("PRECISION", "VARYING", "LARGE", "OBJECT", "CHARACTER", "CHAR", "UNSIGNED", "SIGNED");
    /** Words that say how a length counts; ours count characters of text and bytes of binary data. */
    private static final List<String> LENGTH_UNITS = List.of("CHARACTERS", "CHAR", "OCTETS", "BYTE");

    private final TokenCursor tokens;

    private TypeNameParser(TokenCursor tokens) {
        this.tokens = tokens;
    }

    /**
     * Reads the type name that comes next.
     *
     * @throws KalamException SYNTAX_ERROR or INVALID_TYPE
     */
    public static SqlTypeNameSpec parse(KalamParserImpl grammar) {
        TokenCursor tokens = new TokenCursor(grammar);
        Token first = tokens.peek();
        DeclaredType type = read(tokens);
        return new KalamTypeNameSpec(type, tokens.since(first));
    }

    /** Reads the type name that comes next. */
    static DeclaredType read(TokenCursor tokens) {
        return new TypeNameParser(tokens).read();
    }

    private DeclaredType read() {
        Token first = tokens.peek();
        if (!tokens.atWord()) {
            throw tokens.error("a type name");
        }
        StringBuilder name = new StringBuilder(tokens.next().image);
        while (FURTHER_WORDS.contains(tokens.peekUpper())) {
            name.append(' ').append(tokens.next().image);
        }
        List<Integer> arguments = arguments();
        zone(name);
        SqlParserPos position = tokens.since(first);
        if (tokens.at("[") || tokens.at("ARRAY") || tokens.at("MULTISET")) {
            throw tokens.notSupported(
                    "Arrays are not supported as a type: use EMBEDDING(n), JSON or a table of their own");
        }
        if (tokens.at("COLLATE") || tokens.at("CHARACTER", "SET")) {
            throw tokens.notSupported("Collations are not supported: text is UTF-8 and compares by code point");
        }
        try {
            return SqlTypeNames.resolve(name.toString(), arguments);
        } catch (KalamException e) {
            throw e.at(SourceText.position(position));
        }
    }

    private void zone(StringBuilder name) {
        boolean with = tokens.at("WITH", "TIME", "ZONE") || tokens.at("WITH", "LOCAL", "TIME", "ZONE");
        if (with || tokens.at("WITHOUT", "TIME", "ZONE")) {
            while (!tokens.at("ZONE")) {
                name.append(' ').append(tokens.next().image);
            }
            name.append(' ').append(tokens.next().image);
        }
    }

    private List<Integer> arguments() {
        List<Integer> result = new ArrayList<>();
        if (!tokens.accept("(")) {
            return result;
        }
        do {
            result.add(number());
        } while (tokens.accept(","));
        for (String unit : LENGTH_UNITS) {
            tokens.accept(unit);
        }
        tokens.expect(")");
        return result;
    }

    private int number() {
        int sign = tokens.accept("-") ? -1 : 1;
        Token token = tokens.peek();
        if (!tokens.atInteger()) {
            throw tokens.error("a number");
        }
        tokens.next();
        try {
            return sign * Integer.parseInt(token.image);
        } catch (NumberFormatException e) {
            throw new KalamException(
                    ErrorCode.INVALID_TYPE,
                    TokenCursor.position(token),
                    "Invalid type argument: must be an integer of at most " + Integer.MAX_VALUE + ", got: "
                            + token.image,
                    e);
        }
    }
}
