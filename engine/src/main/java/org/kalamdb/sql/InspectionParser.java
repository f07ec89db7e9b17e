// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import org.apache.calcite.sql.SqlIdentifier;
import org.jspecify.annotations.Nullable;
import org.kalamdb.sql.Inspection.Describe;
import org.kalamdb.sql.Inspection.ShowBackups;
import org.kalamdb.sql.Inspection.ShowColumns;
import org.kalamdb.sql.Inspection.ShowCreate;
import org.kalamdb.sql.Inspection.ShowManifest;
import org.kalamdb.sql.Inspection.ShowNamespaces;
import org.kalamdb.sql.Inspection.ShowStats;
import org.kalamdb.sql.Inspection.ShowStorages;
import org.kalamdb.sql.Inspection.ShowTables;
import org.kalamdb.sql.Inspection.ShowVariable;
import org.kalamdb.sql.parser.ParseException;
import org.kalamdb.sql.parser.Token;

/** Reads DESCRIBE and SHOW. Confined to one thread. */
final class InspectionParser {
    private final TokenCursor tokens;

    InspectionParser(TokenCursor tokens) {
        this.tokens = tokens;
    }

    Inspection inspection() throws ParseException {
        Token first = tokens.next();
        return first.image.equalsIgnoreCase("SHOW") ? show(first) : describe(first);
    }

    private Describe describe(Token first) throws ParseException {
        acceptTableOrView();
        SqlIdentifier table = tokens.qualifiedName("a table");
        boolean history = tokens.accept("HISTORY");
        return new Describe(tokens.since(first), table, history);
    }

    private Inspection show(Token first) throws ParseException {
        if (tokens.accept("TABLES")) {
            SqlIdentifier namespace = namespace();
            String pattern = pattern();
            return new ShowTables(tokens.since(first), namespace, pattern);
        }
        if (tokens.accept("NAMESPACES") || tokens.accept("SCHEMAS") || tokens.accept("DATABASES")) {
            String pattern = pattern();
            return new ShowNamespaces(tokens.since(first), pattern);
        }
        if (tokens.accept("COLUMNS")) {
            if (!tokens.accept("FROM") && !tokens.accept("IN")) {
                throw tokens.error("FROM", "IN");
            }
            tokens.accept("TABLE");
            SqlIdentifier table = tokens.qualifiedName("a table");
            return new ShowColumns(tokens.since(first), table);
        }
        if (tokens.accept("STATS")) {
            SqlIdentifier table = null;
            if (tokens.accept("FOR")) {
                tokens.accept("TABLE");
                table = tokens.qualifiedName("a table");
            }
            return new ShowStats(tokens.since(first), table);
        }
        if (tokens.accept("STORAGES")) {
            return new ShowStorages(tokens.since(first));
        }
        if (tokens.accept("MANIFEST")) {
            return new ShowManifest(tokens.since(first));
        }
        if (tokens.accept("BACKUPS") || tokens.accept("BACKUP")) {
            SqlIdentifier namespace = null;
            if (tokens.accept("FOR")) {
                if (!tokens.accept("NAMESPACE")) {
                    tokens.expect("DATABASE");
                }
                namespace = tokens.name("a namespace");
            }
            return new ShowBackups(tokens.since(first), namespace);
        }
        if (tokens.accept("CREATE")) {
            acceptTableOrView();
            SqlIdentifier table = tokens.qualifiedName("a table");
            return new ShowCreate(tokens.since(first), table);
        }
        return variable(first);
    }

    private ShowVariable variable(Token first) throws ParseException {
        Token word = tokens.peek();
        if (tokens.accept("ALL") || tokens.accept("TRANSACTION", "ISOLATION", "LEVEL")) {
            String name = word.image.equalsIgnoreCase("ALL") ? "all" : "transaction_isolation";
            return new ShowVariable(tokens.since(first), new SqlIdentifier(name, tokens.since(word)));
        }
        SqlIdentifier name = tokens.qualifiedName("TABLES, NAMESPACES, COLUMNS, STATS or a setting");
        return new ShowVariable(tokens.since(first), name);
    }

    private @Nullable SqlIdentifier namespace() throws ParseException {
        if (!tokens.accept("IN") && !tokens.accept("FROM")) {
            return null;
        }
        if (!tokens.accept("NAMESPACE")) {
            tokens.accept("SCHEMA");
        }
        return tokens.name("a namespace");
    }

    private @Nullable String pattern() {
        return tokens.accept("LIKE") ? tokens.string() : null;
    }

    private void acceptTableOrView() {
        // The word may also be the name of what is described.
        if (tokens.at("TABLE") || tokens.at("VIEW") && Keywords.isName(tokens.peek(2))) {
            tokens.next();
        }
    }
}
