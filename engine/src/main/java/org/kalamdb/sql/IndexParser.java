// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.jspecify.annotations.Nullable;
import org.kalamdb.sql.Definition.CreateIndex;
import org.kalamdb.sql.Definition.DropIndex;
import org.kalamdb.sql.parser.ParseException;
import org.kalamdb.sql.parser.Token;

/** Reads CREATE INDEX and DROP INDEX. Confined to one thread. */
final class IndexParser {
    private final TokenCursor tokens;

    IndexParser(TokenCursor tokens) {
        this.tokens = tokens;
    }

    /** Reads what follows CREATE [UNIQUE] INDEX. */
    CreateIndex createIndex(Token first, boolean unique) throws ParseException {
        boolean ifNotExists = tokens.accept("IF", "NOT", "EXISTS");
        @Nullable SqlIdentifier name = tokens.at("ON") ? null : tokens.qualifiedName("an index");
        tokens.expect("ON");
        SqlIdentifier table = tokens.qualifiedName("a table");
        if (tokens.accept("USING") && !tokens.accept("BTREE")) {
            throw tokens.notSupported("Index method is not supported, leave USING out: indexes are ordered");
        }
        tokens.expect("(");
        List<SqlIdentifier> columns = new ArrayList<>();
        do {
            columns.add(column());
        } while (tokens.accept(","));
        tokens.expect(")");
        if (tokens.at("WHERE")) {
            throw tokens.notSupported("Indexes of some rows are not supported, leave WHERE out");
        }
        if (tokens.at("INCLUDE")) {
            throw tokens.notSupported("Columns beside the key are not supported, leave INCLUDE out");
        }
        return new CreateIndex(tokens.since(first), name, table, columns, unique, ifNotExists);
    }

    /** The direction is read and of no effect: an index is read in both. */
    private SqlIdentifier column() throws ParseException {
        if (tokens.at("(") || tokens.atOffset(2, "(")) {
            throw tokens.notSupported("Indexes of expressions are not supported, name columns");
        }
        SqlIdentifier column = tokens.name("a column");
        if (!tokens.accept("ASC")) {
            tokens.accept("DESC");
        }
        if (tokens.at("NULLS")) {
            throw tokens.notSupported(
                    "A place for NULL is not supported in an index, leave it out: NULL is greater than any value");
        }
        return column;
    }

    /** Reads what follows DROP INDEX. */
    DropIndex dropIndex(Token first) throws ParseException {
        boolean ifExists = tokens.accept("IF", "EXISTS");
        List<SqlIdentifier> names = new ArrayList<>();
        do {
            names.add(tokens.qualifiedName("an index"));
        } while (tokens.accept(","));
        DefinitionParser.dropBehavior(tokens);
        return new DropIndex(tokens.since(first), names, ifExists);
    }
}
