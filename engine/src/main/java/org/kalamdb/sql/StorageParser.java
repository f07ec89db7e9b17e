// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import org.apache.calcite.sql.SqlIdentifier;
import org.kalamdb.sql.parser.ParseException;
import org.kalamdb.sql.parser.Token;

/** Parses statements about tiers. Confined to one thread. */
final class StorageParser {
    private final TokenCursor tokens;

    StorageParser(TokenCursor tokens) {
        this.tokens = tokens;
    }

    /** STORAGE FLUSH and STORAGE COMPACT; FLUSH alone is the older spelling. */
    StorageCommand command() throws ParseException {
        Token first = tokens.peek();
        tokens.accept("STORAGE");
        StorageCommand.Action action;
        if (tokens.accept("FLUSH")) {
            action = StorageCommand.Action.FLUSH;
        } else if (tokens.accept("COMPACT")) {
            action = StorageCommand.Action.COMPACT;
        } else {
            throw tokens.error("FLUSH", "COMPACT");
        }
        if (tokens.accept("ALL")) {
            tokens.accept("TABLES");
            SqlIdentifier namespace = null;
            if (tokens.accept("IN")) {
                tokens.accept("NAMESPACE");
                namespace = tokens.name("a namespace");
            }
            return new StorageCommand(tokens.since(first), action, null, namespace);
        }
        if (!tokens.accept("TABLE")) {
            throw tokens.error("TABLE", "ALL");
        }
        SqlIdentifier table = tokens.qualifiedName("a table");
        return new StorageCommand(tokens.since(first), action, table, null);
    }
}
