// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.jspecify.annotations.Nullable;
import org.kalamdb.sql.Definition.CreateSequence;
import org.kalamdb.sql.Definition.DropSequence;
import org.kalamdb.sql.Definition.RestartSequence;
import org.kalamdb.sql.parser.ParseException;
import org.kalamdb.sql.parser.Token;
import org.kalamdb.type.KalamDataType;

/** Reads CREATE, ALTER and DROP SEQUENCE behind these words. Confined to one thread. */
final class SequenceParser {
    private final TokenCursor tokens;

    private @Nullable Long start;
    private long increment = 1;
    private @Nullable Long minimum;
    private @Nullable Long maximum;

    SequenceParser(TokenCursor tokens) {
        this.tokens = tokens;
    }

    CreateSequence createSequence(Token first) throws ParseException {
        boolean ifNotExists = tokens.accept("IF", "NOT", "EXISTS");
        SqlIdentifier name = tokens.qualifiedName("a sequence");
        KalamDataType type = tokens.accept("AS") ? TypeNameParser.read(tokens).type() : null;
        while (option()) {
            // In any order, as in other databases.
        }
        return new CreateSequence(tokens.since(first), name, ifNotExists, type, start, increment, minimum, maximum);
    }

    private boolean option() {
        if (tokens.accept("START")) {
            tokens.accept("WITH");
            start = tokens.integer();
        } else if (tokens.accept("INCREMENT")) {
            tokens.accept("BY");
            increment = tokens.integer();
        } else if (tokens.accept("MINVALUE")) {
            minimum = tokens.integer();
        } else if (tokens.accept("MAXVALUE")) {
            maximum = tokens.integer();
        } else if (tokens.accept("CACHE")) {
            // How many numbers are taken at a time is ours to know; none is given twice, whatever is said here.
            tokens.integer();
        } else if (tokens.at("CYCLE")) {
            throw tokens.notSupported(
                    "CYCLE is not supported, write ALTER SEQUENCE .. RESTART when the numbers are used");
        } else {
            return tokens.accept("NO", "MINVALUE")
                    || tokens.accept("NO", "MAXVALUE")
                    || tokens.accept("NO", "CYCLE")
                    || tokens.accept("NO", "CACHE");
        }
        return true;
    }

    RestartSequence alterSequence(Token first) throws ParseException {
        boolean ifExists = tokens.accept("IF", "EXISTS");
        SqlIdentifier name = tokens.qualifiedName("a sequence");
        if (!tokens.at("RESTART")) {
            throw tokens.notSupported("Only RESTART is supported in ALTER SEQUENCE, make another sequence");
        }
        tokens.expect("RESTART");
        boolean hasNumber = tokens.accept("WITH") || tokens.atInteger() || tokens.at("-");
        return new RestartSequence(tokens.since(first), name, ifExists, hasNumber ? (Long) tokens.integer() : null);
    }

    DropSequence dropSequence(Token first) throws ParseException {
        boolean ifExists = tokens.accept("IF", "EXISTS");
        List<SqlIdentifier> names = new ArrayList<>();
        do {
            names.add(tokens.qualifiedName("a sequence"));
        } while (tokens.accept(","));
        DefinitionParser.dropBehavior(tokens);
        return new DropSequence(tokens.since(first), names, ifExists);
    }
}
