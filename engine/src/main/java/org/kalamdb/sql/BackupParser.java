// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import org.apache.calcite.sql.SqlIdentifier;
import org.jspecify.annotations.Nullable;
import org.kalamdb.sql.parser.ParseException;
import org.kalamdb.sql.parser.Token;

/** Parses BACKUP and RESTORE. Confined to one thread. */
final class BackupParser {
    private final TokenCursor tokens;

    BackupParser(TokenCursor tokens) {
        this.tokens = tokens;
    }

    BackupCommand command() throws ParseException {
        Token first = tokens.peek();
        BackupCommand.Action action =
                tokens.accept("BACKUP") ? BackupCommand.Action.BACKUP : BackupCommand.Action.RESTORE;
        boolean isBackup = action == BackupCommand.Action.BACKUP;
        if (!isBackup) {
            tokens.expect("RESTORE");
        }
        boolean named = acceptNamespace();
        boolean lenient = isBackup ? tokens.accept("IF", "EXISTS") : tokens.accept("IF", "NOT", "EXISTS");
        String before = isBackup ? "TO" : "FROM";
        @Nullable SqlIdentifier namespace = null;
        if (named || lenient || !tokens.at(before)) {
            namespace = tokens.name("a namespace");
        }
        tokens.expect(before);
        String path = tokens.string();
        return new BackupCommand(tokens.since(first), action, namespace, lenient, path);
    }

    /** Returns whether the name of a namespace must follow. */
    private boolean acceptNamespace() {
        if (tokens.accept("NAMESPACE") || tokens.accept("SCHEMA")) {
            return true;
        }
        if (!tokens.accept("DATABASE")) {
            throw tokens.error("DATABASE", "NAMESPACE");
        }
        return false;
    }
}
