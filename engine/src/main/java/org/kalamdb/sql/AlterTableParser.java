// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.sql.AlterAction.AddColumn;
import org.kalamdb.sql.AlterAction.AddConstraint;
import org.kalamdb.sql.AlterAction.DropColumn;
import org.kalamdb.sql.AlterAction.DropConstraint;
import org.kalamdb.sql.AlterAction.DropDefault;
import org.kalamdb.sql.AlterAction.ModifyColumn;
import org.kalamdb.sql.AlterAction.RenameColumn;
import org.kalamdb.sql.AlterAction.RenameTable;
import org.kalamdb.sql.AlterAction.SetColumnType;
import org.kalamdb.sql.AlterAction.SetDefault;
import org.kalamdb.sql.AlterAction.SetNotNull;
import org.kalamdb.sql.AlterAction.SetOptions;
import org.kalamdb.sql.Definition.AlterTable;
import org.kalamdb.sql.Definition.DropBehavior;
import org.kalamdb.sql.parser.ParseException;
import org.kalamdb.sql.parser.Token;
import org.kalamdb.type.DeclaredType;

/** Reads ALTER TABLE. Confined to one thread. */
final class AlterTableParser {
    private final FragmentReader reader;
    private final TokenCursor tokens;

    AlterTableParser(FragmentReader reader) {
        this.reader = reader;
        this.tokens = reader.tokens();
    }

    /** Reads what follows ALTER TABLE. */
    AlterTable alterTable(Token first) throws ParseException {
        boolean ifExists = tokens.accept("IF", "EXISTS");
        SqlIdentifier name = tokens.qualifiedName("a table");
        List<AlterAction> actions = new ArrayList<>();
        do {
            actions.add(action());
        } while (tokens.accept(","));
        return new AlterTable(tokens.since(first), name, ifExists, actions);
    }

    private AlterAction action() throws ParseException {
        Token first = tokens.peek();
        return switch (tokens.peekUpper()) {
            case "ADD" -> add(first);
            case "DROP" -> drop(first);
            case "MODIFY", "CHANGE" -> modify(first);
            case "RENAME" -> rename(first);
            case "ALTER" -> alterColumn(first);
            case "SET" -> set(first);
            case "CREATE" ->
                throw tokens.notSupported(
                        "CREATE INDEX in ALTER TABLE is not supported, queries search vectors exactly without one");
            default -> throw tokens.error("ADD", "DROP", "MODIFY", "RENAME", "ALTER COLUMN", "SET");
        };
    }

    private AlterAction add(Token first) throws ParseException {
        tokens.expect("ADD");
        if (ColumnParser.atConstraint(tokens)) {
            ConstraintSpec constraint = ColumnParser.constraint(reader);
            return new AddConstraint(tokens.since(first), constraint);
        }
        acceptColumn();
        boolean ifNotExists = tokens.accept("IF", "NOT", "EXISTS");
        List<ConstraintSpec> constraints = new ArrayList<>();
        ColumnSpec column = ColumnParser.column(reader, constraints);
        refusePlace();
        return new AddColumn(tokens.since(first), column, constraints, ifNotExists);
    }

    private AlterAction drop(Token first) throws ParseException {
        tokens.expect("DROP");
        if (tokens.at("INDEX") || tokens.at("VECTOR", "INDEX")) {
            throw tokens.notSupported("DROP INDEX in ALTER TABLE is not supported, write DROP INDEX name");
        }
        if (tokens.accept("PRIMARY", "KEY")) {
            return new DropConstraint(tokens.since(first), null, false, DropBehavior.RESTRICT);
        }
        if (tokens.accept("CONSTRAINT")) {
            boolean ifExists = tokens.accept("IF", "EXISTS");
            SqlIdentifier name = tokens.name("a constraint");
            DropBehavior behavior = DefinitionParser.dropBehavior(tokens);
            return new DropConstraint(tokens.since(first), name, ifExists, behavior);
        }
        acceptColumn();
        boolean ifExists = tokens.accept("IF", "EXISTS");
        SqlIdentifier column = tokens.name("a column");
        DropBehavior behavior = DefinitionParser.dropBehavior(tokens);
        return new DropColumn(tokens.since(first), column, ifExists, behavior);
    }

    private AlterAction modify(Token first) throws ParseException {
        if (tokens.at("CHANGE")) {
            throw tokens.notSupported("CHANGE is not supported, write RENAME COLUMN and MODIFY COLUMN");
        }
        tokens.expect("MODIFY");
        acceptColumn();
        List<ConstraintSpec> constraints = new ArrayList<>();
        Token start = tokens.peek();
        ColumnSpec column = ColumnParser.column(reader, constraints);
        if (!constraints.isEmpty()) {
            throw new KalamException(
                    ErrorCode.NOT_SUPPORTED,
                    SourceText.position(constraints.get(0).position()),
                    "MODIFY COLUMN " + start.image + " cannot add a constraint, write ALTER TABLE .. ADD CONSTRAINT",
                    null);
        }
        refusePlace();
        return new ModifyColumn(tokens.since(first), column);
    }

    private AlterAction rename(Token first) throws ParseException {
        tokens.expect("RENAME");
        if (tokens.accept("TO") || tokens.accept("AS")) {
            SqlIdentifier name = tokens.qualifiedName("a table");
            return new RenameTable(tokens.since(first), name);
        }
        if (tokens.at("CONSTRAINT")) {
            throw tokens.notSupported("Renaming a constraint is not supported, drop it and add it again");
        }
        acceptColumn();
        SqlIdentifier column = tokens.name("a column");
        tokens.expect("TO");
        SqlIdentifier newName = tokens.name("a column");
        return new RenameColumn(tokens.since(first), column, newName);
    }

    private AlterAction alterColumn(Token first) throws ParseException {
        tokens.expect("ALTER");
        acceptColumn();
        SqlIdentifier column = tokens.name("a column");
        if (tokens.accept("SET", "NOT", "NULL")) {
            return new SetNotNull(tokens.since(first), column, true);
        }
        if (tokens.accept("DROP", "NOT", "NULL") || tokens.accept("SET", "NULL")) {
            return new SetNotNull(tokens.since(first), column, false);
        }
        if (tokens.accept("SET", "DEFAULT")) {
            SqlNode value = reader.expression();
            return new SetDefault(tokens.since(first), column, value);
        }
        if (tokens.accept("DROP", "DEFAULT")) {
            return new DropDefault(tokens.since(first), column);
        }
        if (tokens.accept("TYPE") || tokens.accept("SET", "DATA", "TYPE")) {
            DeclaredType type = TypeNameParser.read(tokens);
            if (tokens.at("USING")) {
                throw tokens.notSupported(
                        "USING is not supported, add a column, fill it with UPDATE and drop the old one");
            }
            return new SetColumnType(tokens.since(first), column, type);
        }
        throw tokens.error("SET NOT NULL", "DROP NOT NULL", "SET DEFAULT", "DROP DEFAULT", "TYPE");
    }

    private AlterAction set(Token first) throws ParseException {
        tokens.expect("SET");
        if (tokens.accept("ACCESS")) {
            tokens.expect("LEVEL");
            OptionValue level = reader.optionValue();
            return new SetOptions(tokens.since(first), Map.of("ACCESS_LEVEL", level));
        }
        if (tokens.accept("TBLPROPERTIES") || tokens.accept("OPTIONS") || tokens.at("(")) {
            Map<String, OptionValue> options = reader.options();
            return new SetOptions(tokens.since(first), options);
        }
        if (tokens.at("SCHEMA") || tokens.at("NAMESPACE")) {
            throw tokens.notSupported(
                    "Moving a table to another namespace is not supported, write CREATE TABLE .. AS SELECT");
        }
        String key = tokens.name("ACCESS LEVEL, TBLPROPERTIES or an option")
                .getSimple()
                .toUpperCase(Locale.ROOT);
        tokens.accept("=");
        OptionValue value = reader.optionValue();
        return new SetOptions(tokens.since(first), Map.of(key, value));
    }

    private void acceptColumn() {
        tokens.accept("COLUMN");
    }

    private void refusePlace() {
        if (tokens.at("FIRST") || tokens.at("AFTER")) {
            throw tokens.notSupported("A place for the column is not supported, new columns come last");
        }
    }
}
