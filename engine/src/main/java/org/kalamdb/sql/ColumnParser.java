// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.Constraint.ReferentialAction;
import org.kalamdb.schema.IdentityDefinition;
import org.kalamdb.sql.ColumnSpec.Nullability;
import org.kalamdb.sql.parser.ParseException;
import org.kalamdb.sql.parser.Token;
import org.kalamdb.type.DeclaredType;

/** Reads declarations of columns and constraints. Confined to one thread. */
final class ColumnParser {
    private static final IdentityDefinition BY_DEFAULT = new IdentityDefinition(false, 1, 1);

    private final FragmentReader reader;
    private final TokenCursor tokens;

    /** What has been read of the column's clauses. */
    private Nullability nullability = Nullability.UNSPECIFIED;

    private @Nullable SqlNode defaultValue;
    private @Nullable IdentityDefinition identity;
    private @Nullable String comment;

    private ColumnParser(FragmentReader reader) {
        this.reader = reader;
        this.tokens = reader.tokens();
    }

    /** Reads a column; its constraints are added to {@code constraints}. */
    static ColumnSpec column(FragmentReader reader, List<ConstraintSpec> constraints) throws ParseException {
        return new ColumnParser(reader).column(constraints);
    }

    /** Whether a constraint comes next rather than a column. */
    static boolean atConstraint(TokenCursor tokens) {
        return tokens.at("CONSTRAINT")
                || tokens.at("PRIMARY", "KEY")
                || tokens.at("FOREIGN", "KEY")
                || tokens.at("UNIQUE")
                || tokens.at("CHECK", "(");
    }

    /** Reads a constraint of a table. */
    static ConstraintSpec constraint(FragmentReader reader) throws ParseException {
        return new ColumnParser(reader).tableConstraint();
    }

    private ColumnSpec column(List<ConstraintSpec> constraints) throws ParseException {
        Token first = tokens.peek();
        SqlIdentifier name = tokens.name("a column");
        DeclaredType type = TypeNameParser.read(tokens);
        while (clause(name, constraints)) {
            // Clauses may come in any order.
        }
        if (type.autoIncrement() && identity == null) {
            identity = BY_DEFAULT;
        }
        if (identity != null && defaultValue != null) {
            throw new KalamException(
                    ErrorCode.INVALID_DEFINITION,
                    SourceText.position(defaultValue.getParserPosition()),
                    "Column " + name + " is numbered by the engine and cannot have a DEFAULT too",
                    null);
        }
        return new ColumnSpec(tokens.since(first), name, type, nullability, defaultValue, identity, comment);
    }

    /** Reads one clause after the type; false if none comes next. */
    private boolean clause(SqlIdentifier column, List<ConstraintSpec> constraints) throws ParseException {
        if (tokens.accept("NOT", "NULL")) {
            setNullability(Nullability.NOT_NULL);
        } else if (tokens.accept("NULL")) {
            setNullability(Nullability.NULL);
        } else if (tokens.accept("DEFAULT")) {
            refuseSecond(defaultValue != null, "DEFAULT");
            defaultValue = reader.expression();
        } else if (tokens.accept("COMMENT")) {
            refuseSecond(comment != null, "COMMENT");
            comment = tokens.string();
        } else if (tokens.at("COLLATE")) {
            throw tokens.notSupported("Collations are not supported: text compares by code point, leave COLLATE out");
        } else if (!identityClause()) {
            return columnConstraint(column, constraints);
        }
        return true;
    }

    private void setNullability(Nullability value) {
        if (nullability != Nullability.UNSPECIFIED && nullability != value) {
            throw new KalamException(
                    ErrorCode.INVALID_DEFINITION,
                    TokenCursor.position(tokens.last()),
                    "Column cannot be both NULL and NOT NULL",
                    null);
        }
        nullability = value;
    }

    private void refuseSecond(boolean present, String clause) {
        if (present) {
            throw new KalamException(
                    ErrorCode.INVALID_DEFINITION,
                    TokenCursor.position(tokens.last()),
                    "Column has more than one " + clause,
                    null);
        }
    }

    private boolean identityClause() {
        Token first = tokens.peek();
        IdentityDefinition found;
        if (tokens.accept("AUTO_INCREMENT") || tokens.accept("AUTOINCREMENT")) {
            found = BY_DEFAULT;
        } else if (tokens.accept("IDENTITY")) {
            found = tokens.at("(") ? identityOptions(false) : BY_DEFAULT;
        } else if (tokens.accept("GENERATED")) {
            found = generated();
        } else {
            return false;
        }
        if (identity != null && !identity.equals(found)) {
            throw new KalamException(
                    ErrorCode.INVALID_DEFINITION,
                    TokenCursor.position(first),
                    "Column has more than one identity clause",
                    null);
        }
        identity = found;
        return true;
    }

    private IdentityDefinition generated() {
        boolean always = tokens.accept("ALWAYS");
        if (!always) {
            tokens.expect("BY", "DEFAULT");
            if (tokens.at("ON", "NULL")) {
                throw tokens.notSupported("GENERATED BY DEFAULT ON NULL is not supported, leave ON NULL out");
            }
        }
        tokens.expect("AS");
        if (tokens.at("(")) {
            throw tokens.notSupported("Computed columns are not supported, create a view that computes the value");
        }
        tokens.expect("IDENTITY");
        return tokens.at("(") ? identityOptions(always) : new IdentityDefinition(always, 1, 1);
    }

    /** (START WITH n INCREMENT BY n), or (n, n). */
    private IdentityDefinition identityOptions(boolean always) {
        tokens.expect("(");
        long start = 1;
        long increment = 1;
        Token whereIncrement = tokens.peek();
        if (tokens.atInteger() || tokens.at("-")) {
            start = tokens.integer();
            if (tokens.accept(",")) {
                whereIncrement = tokens.peek();
                increment = tokens.integer();
            }
        } else {
            while (!tokens.at(")")) {
                if (tokens.accept("START")) {
                    tokens.accept("WITH");
                    start = tokens.integer();
                } else if (tokens.accept("INCREMENT")) {
                    tokens.accept("BY");
                    whereIncrement = tokens.peek();
                    increment = tokens.integer();
                } else if (tokens.at("MINVALUE") || tokens.at("MAXVALUE") || tokens.at("CYCLE") || tokens.at("CACHE")) {
                    throw tokens.notSupported(
                            tokens.peekUpper() + " of an identity column is not supported, leave it out");
                } else if (!tokens.accept(",")) {
                    throw tokens.error("START WITH", "INCREMENT BY", ")");
                }
            }
        }
        tokens.expect(")");
        if (increment == 0) {
            throw new KalamException(
                    ErrorCode.INVALID_DEFINITION,
                    TokenCursor.position(whereIncrement),
                    "Identity increment must not be 0",
                    null);
        }
        return new IdentityDefinition(always, start, increment);
    }

    /** Reads a constraint of a column; false if none comes next. */
    private boolean columnConstraint(SqlIdentifier column, List<ConstraintSpec> constraints) throws ParseException {
        Token first = tokens.peek();
        SqlIdentifier name = tokens.accept("CONSTRAINT") ? tokens.name("a constraint") : null;
        List<SqlIdentifier> columns = List.of(column);
        if (tokens.accept("PRIMARY")) {
            tokens.expect("KEY");
            if (!tokens.accept("ASC") && tokens.at("DESC")) {
                throw tokens.notSupported("Descending keys are not supported, leave DESC out");
            }
            constraints.add(new ConstraintSpec.PrimaryKey(tokens.since(first), name, columns));
        } else if (tokens.accept("UNIQUE")) {
            tokens.accept("KEY");
            constraints.add(new ConstraintSpec.Unique(tokens.since(first), name, columns));
        } else if (tokens.at("CHECK")) {
            constraints.add(check(first, name));
        } else if (tokens.at("REFERENCES")) {
            constraints.add(references(first, name, columns));
        } else if (name != null && tokens.accept("NOT", "NULL")) {
            setNullability(Nullability.NOT_NULL);
        } else if (name != null) {
            throw tokens.error("PRIMARY KEY", "UNIQUE", "CHECK", "REFERENCES");
        } else {
            return false;
        }
        return true;
    }

    private ConstraintSpec tableConstraint() throws ParseException {
        Token first = tokens.peek();
        SqlIdentifier name = tokens.accept("CONSTRAINT") ? tokens.name("a constraint") : null;
        if (tokens.accept("PRIMARY")) {
            tokens.expect("KEY");
            List<SqlIdentifier> columns = tokens.nameList("a column");
            return new ConstraintSpec.PrimaryKey(tokens.since(first), name, columns);
        }
        if (tokens.accept("UNIQUE")) {
            tokens.accept("KEY");
            List<SqlIdentifier> columns = tokens.nameList("a column");
            return new ConstraintSpec.Unique(tokens.since(first), name, columns);
        }
        if (tokens.at("CHECK")) {
            return check(first, name);
        }
        if (tokens.accept("FOREIGN")) {
            tokens.expect("KEY");
            return references(first, name, tokens.nameList("a column"));
        }
        throw tokens.error("PRIMARY KEY", "UNIQUE", "CHECK", "FOREIGN KEY");
    }

    private ConstraintSpec check(Token first, @Nullable SqlIdentifier name) throws ParseException {
        tokens.expect("CHECK", "(");
        Token firstOfCondition = tokens.peek();
        SqlNode condition = reader.expression();
        String text = reader.textSince(firstOfCondition);
        tokens.expect(")");
        return new ConstraintSpec.Check(tokens.since(first), name, condition, text);
    }

    private ConstraintSpec references(Token first, @Nullable SqlIdentifier name, List<SqlIdentifier> columns)
            throws ParseException {
        tokens.expect("REFERENCES");
        SqlIdentifier table = tokens.qualifiedName("a table");
        List<SqlIdentifier> referenced = tokens.at("(") ? tokens.nameList("a column") : new ArrayList<>();
        ReferentialAction onUpdate = ReferentialAction.NO_ACTION;
        ReferentialAction onDelete = ReferentialAction.NO_ACTION;
        while (true) {
            if (tokens.accept("ON", "UPDATE")) {
                onUpdate = referentialAction();
            } else if (tokens.accept("ON", "DELETE")) {
                onDelete = referentialAction();
            } else if (tokens.at("MATCH") || tokens.at("DEFERRABLE") || tokens.at("INITIALLY")) {
                throw tokens.notSupported(tokens.peekUpper() + " of a foreign key is not supported, leave it out");
            } else {
                return new ConstraintSpec.ForeignKey(
                        tokens.since(first), name, columns, table, referenced, onUpdate, onDelete);
            }
        }
    }

    private ReferentialAction referentialAction() {
        for (ReferentialAction action : ReferentialAction.values()) {
            if (tokens.accept(action.name().split("_", -1))) {
                return action;
            }
        }
        throw tokens.error("NO ACTION", "RESTRICT", "CASCADE", "SET NULL", "SET DEFAULT");
    }
}
