// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;
import org.kalamdb.schema.TableType;
import org.kalamdb.sql.Definition.AlterNamespace;
import org.kalamdb.sql.Definition.CommentOn;
import org.kalamdb.sql.Definition.CreateNamespace;
import org.kalamdb.sql.Definition.CreateView;
import org.kalamdb.sql.Definition.DropBehavior;
import org.kalamdb.sql.Definition.DropNamespace;
import org.kalamdb.sql.Definition.DropTable;
import org.kalamdb.sql.Definition.DropView;
import org.kalamdb.sql.parser.ParseException;
import org.kalamdb.sql.parser.Token;

/** Reads CREATE, ALTER, DROP and COMMENT ON. Confined to one thread. */
final class DefinitionParser {
    private final FragmentReader reader;
    private final TokenCursor tokens;

    DefinitionParser(FragmentReader reader) {
        this.reader = reader;
        this.tokens = reader.tokens();
    }

    Definition definition() throws ParseException {
        Token first = tokens.next();
        return switch (first.image.toUpperCase(Locale.ROOT)) {
            case "CREATE" -> create(first);
            case "DROP" -> drop(first);
            case "ALTER" -> alter(first);
            default -> commentOn(first);
        };
    }

    private Definition create(Token first) throws ParseException {
        boolean replace = tokens.accept("OR", "REPLACE");
        if (tokens.at("TEMPORARY") || tokens.at("TEMP") || tokens.at("LOCAL") || tokens.at("GLOBAL")) {
            throw tokens.notSupported("Temporary tables and views are not supported, create and drop an ordinary one");
        }
        if (tokens.accept("VIEW")) {
            return createView(first, replace);
        }
        if (replace) {
            throw tokens.at("TABLE")
                    ? tokens.notSupported("CREATE OR REPLACE TABLE is not supported, drop the table first")
                    : tokens.error("VIEW");
        }
        if (tokens.accept("NAMESPACE") || tokens.accept("SCHEMA")) {
            boolean ifNotExists = ifNotExists();
            SqlIdentifier name = tokens.name("a namespace");
            return new CreateNamespace(tokens.since(first), name, ifNotExists);
        }
        if (tokens.accept("UNIQUE", "INDEX")) {
            return new IndexParser(tokens).createIndex(first, true);
        }
        if (tokens.accept("INDEX")) {
            return new IndexParser(tokens).createIndex(first, false);
        }
        if (tokens.accept("SEQUENCE")) {
            return new SequenceParser(tokens).createSequence(first);
        }
        Token typeWord = tokens.peek();
        TableType type = tableType();
        if (tokens.accept("TABLE")) {
            return new CreateTableParser(reader).createTable(first, type, typeWord);
        }
        throw type != null ? tokens.error("TABLE") : tokens.error("TABLE", "VIEW", "INDEX", "SEQUENCE", "NAMESPACE");
    }

    /** USER, SHARED or STREAM before TABLE; null if none of them. */
    private @Nullable TableType tableType() {
        if (tokens.accept("USER")) {
            return TableType.USER;
        }
        if (tokens.accept("SHARED")) {
            return TableType.SHARED;
        }
        return tokens.accept("STREAM") ? TableType.STREAM : null;
    }

    private CreateView createView(Token first, boolean replace) throws ParseException {
        boolean ifNotExists = ifNotExists();
        SqlIdentifier name = tokens.qualifiedName("a view");
        List<SqlIdentifier> columns = tokens.at("(") ? tokens.nameList("a column") : List.of();
        tokens.expect("AS");
        if (!reader.atQuery()) {
            throw tokens.error("a query");
        }
        Token firstOfQuery = tokens.peek();
        SqlNode query = reader.query();
        String text = reader.textSince(firstOfQuery);
        return new CreateView(tokens.since(first), name, replace, ifNotExists, columns, query, text);
    }

    private Definition drop(Token first) throws ParseException {
        if (tokens.accept("NAMESPACE") || tokens.accept("SCHEMA")) {
            boolean ifExists = ifExists();
            SqlIdentifier name = tokens.name("a namespace");
            DropBehavior behavior = dropBehavior();
            return new DropNamespace(tokens.since(first), name, ifExists, behavior);
        }
        if (tokens.accept("VIEW")) {
            boolean ifExists = ifExists();
            List<SqlIdentifier> names = names("a view");
            DropBehavior behavior = dropBehavior();
            return new DropView(tokens.since(first), names, ifExists, behavior);
        }
        if (tokens.accept("INDEX")) {
            return new IndexParser(tokens).dropIndex(first);
        }
        if (tokens.accept("SEQUENCE")) {
            return new SequenceParser(tokens).dropSequence(first);
        }
        TableType type = tableType();
        if (!tokens.accept("TABLE")) {
            throw type != null
                    ? tokens.error("TABLE")
                    : tokens.error("TABLE", "VIEW", "INDEX", "SEQUENCE", "NAMESPACE");
        }
        boolean ifExists = ifExists();
        List<SqlIdentifier> names = names("a table");
        DropBehavior behavior = dropBehavior();
        return new DropTable(tokens.since(first), type, names, ifExists, behavior);
    }

    private List<SqlIdentifier> names(String what) throws ParseException {
        List<SqlIdentifier> names = new ArrayList<>();
        do {
            names.add(tokens.qualifiedName(what));
        } while (tokens.accept(","));
        return names;
    }

    private Definition alter(Token first) throws ParseException {
        if (tokens.accept("NAMESPACE") || tokens.accept("SCHEMA")) {
            return alterNamespace(first);
        }
        if (tokens.at("VIEW")) {
            throw tokens.notSupported("ALTER VIEW is not supported, write CREATE OR REPLACE VIEW");
        }
        if (tokens.accept("SEQUENCE")) {
            return new SequenceParser(tokens).alterSequence(first);
        }
        tableType();
        if (!tokens.accept("TABLE")) {
            throw tokens.error("TABLE", "NAMESPACE", "SEQUENCE");
        }
        return new AlterTableParser(reader).alterTable(first);
    }

    private AlterNamespace alterNamespace(Token first) throws ParseException {
        SqlIdentifier name = tokens.name("a namespace");
        if (tokens.at("RENAME")) {
            throw tokens.notSupported("Renaming a namespace is not supported, create a new one and move its tables");
        }
        tokens.expect("SET");
        Map<String, OptionValue> options = new LinkedHashMap<>();
        if (tokens.accept("OPTIONS")) {
            reader.options().forEach((key, value) -> options.put(key.toLowerCase(Locale.ROOT), value));
        } else if (tokens.accept("DESCRIPTION")) {
            tokens.accept("=");
            Token text = tokens.peek();
            options.put("description", new OptionValue(tokens.string(), tokens.since(text)));
        } else {
            throw tokens.error("OPTIONS", "DESCRIPTION");
        }
        return new AlterNamespace(tokens.since(first), name, options);
    }

    private CommentOn commentOn(Token first) throws ParseException {
        tokens.expect("ON");
        for (CommentOn.Subject subject : CommentOn.Subject.values()) {
            if (tokens.accept(subject.name())) {
                SqlIdentifier name = tokens.qualifiedName("a name");
                if (subject == CommentOn.Subject.COLUMN && name.isSimple()) {
                    throw tokens.error(". and a column");
                }
                tokens.expect("IS");
                String comment = tokens.accept("NULL") ? null : tokens.string();
                return new CommentOn(tokens.since(first), subject, name, comment);
            }
        }
        throw tokens.error("TABLE", "VIEW", "COLUMN");
    }

    private boolean ifNotExists() {
        return tokens.accept("IF", "NOT", "EXISTS");
    }

    private boolean ifExists() {
        return tokens.accept("IF", "EXISTS");
    }

    private DropBehavior dropBehavior() {
        return dropBehavior(tokens);
    }

    static DropBehavior dropBehavior(TokenCursor tokens) {
        if (tokens.accept("CASCADE")) {
            return DropBehavior.CASCADE;
        }
        tokens.accept("RESTRICT");
        return DropBehavior.RESTRICT;
    }
}
