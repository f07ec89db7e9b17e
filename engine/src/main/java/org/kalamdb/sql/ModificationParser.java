// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.sql.Modification.Assignment;
import org.kalamdb.sql.Modification.ConflictAction;
import org.kalamdb.sql.Modification.Delete;
import org.kalamdb.sql.Modification.Insert;
import org.kalamdb.sql.Modification.InsertSource;
import org.kalamdb.sql.Modification.Merge;
import org.kalamdb.sql.Modification.MergeAction;
import org.kalamdb.sql.Modification.MergeClause;
import org.kalamdb.sql.Modification.OnConflict;
import org.kalamdb.sql.Modification.Overriding;
import org.kalamdb.sql.Modification.TruncateTable;
import org.kalamdb.sql.Modification.Update;
import org.kalamdb.sql.parser.ParseException;
import org.kalamdb.sql.parser.Token;

/** Reads INSERT, UPDATE, DELETE, MERGE and TRUNCATE. Confined to one thread. */
final class ModificationParser {
    private final FragmentReader reader;
    private final TokenCursor tokens;

    ModificationParser(FragmentReader reader) {
        this.reader = reader;
        this.tokens = reader.tokens();
    }

    /** Reads INSERT .. or REPLACE INTO ..; {@code first} starts the statement, before WITH if there is one. */
    Insert insert(Token first, @Nullable SqlNodeList with) throws ParseException {
        Token verb = tokens.peek();
        ConflictAction verbAction = conflictActionOfVerb();
        OnConflict onConflict =
                verbAction == null ? null : new OnConflict(tokens.since(verb), List.of(), null, verbAction);
        tokens.expect("INTO");
        SqlIdentifier target = tokens.qualifiedName("a table");
        SqlIdentifier alias = tokens.accept("AS") ? tokens.name("an alias") : null;
        List<SqlIdentifier> columns = new ArrayList<>();
        if (tokens.at("(") && !reader.atQuery()) {
            columns.addAll(tokens.nameList("a column"));
            refuseTwice(columns);
        }
        Overriding overriding = overriding();
        InsertSource source = source(columns, with);
        if (tokens.at("ON")) {
            if (onConflict != null) {
                throw tokens.error("RETURNING", "the end of the statement");
            }
            onConflict = onConflict(target, alias);
        }
        List<SqlNode> returning = reader.returning();
        return new Insert(tokens.since(first), target, alias, columns, source, overriding, onConflict, returning);
    }

    private @Nullable ConflictAction conflictActionOfVerb() {
        if (tokens.accept("REPLACE")) {
            return new ConflictAction.Replace();
        }
        tokens.expect("INSERT");
        if (tokens.accept("IGNORE")) {
            return new ConflictAction.DoNothing();
        }
        if (!tokens.accept("OR")) {
            return null;
        }
        if (tokens.accept("IGNORE")) {
            return new ConflictAction.DoNothing();
        }
        if (tokens.accept("REPLACE")) {
            return new ConflictAction.Replace();
        }
        if (tokens.accept("ABORT") || tokens.accept("FAIL")) {
            return null;
        }
        throw tokens.error("IGNORE", "REPLACE");
    }

    private Overriding overriding() {
        if (!tokens.accept("OVERRIDING")) {
            return Overriding.NONE;
        }
        if (tokens.accept("SYSTEM", "VALUE")) {
            return Overriding.SYSTEM_VALUE;
        }
        if (tokens.accept("USER", "VALUE")) {
            return Overriding.USER_VALUE;
        }
        throw tokens.error("SYSTEM VALUE", "USER VALUE");
    }

    private InsertSource source(List<SqlIdentifier> columns, @Nullable SqlNodeList with) throws ParseException {
        if (with == null && tokens.accept("DEFAULT", "VALUES")) {
            return new InsertSource.DefaultValues();
        }
        if (with == null && tokens.accept("VALUES")) {
            return new InsertSource.Values(rows(columns.size()));
        }
        if (with == null && columns.isEmpty() && tokens.accept("SET")) {
            List<Assignment> assignments = assignments(null, null);
            List<SqlNode> cells = new ArrayList<>();
            for (Assignment assignment : assignments) {
                columns.add(assignment.column());
                cells.add(assignment.value());
            }
            return new InsertSource.Values(List.of(new SqlNodeList(cells, SqlParserPos.sum(cells))));
        }
        if (!reader.atQuery()) {
            throw tokens.error("VALUES", "SELECT", "DEFAULT VALUES");
        }
        SqlNode query = reader.query();
        return new InsertSource.FromQuery(with == null ? query : new SqlWith(with.getParserPosition(), with, query));
    }

    private List<SqlNodeList> rows(int columnCount) throws ParseException {
        List<SqlNodeList> rows = new ArrayList<>();
        int expected = columnCount;
        do {
            Token first = tokens.peek();
            SqlNodeList row = row();
            if (expected == 0) {
                expected = row.size();
            }
            if (row.size() != expected) {
                throw wrongNumber(first, "Row " + (rows.size() + 1) + " of VALUES", expected, row.size());
            }
            rows.add(row);
        } while (tokens.accept(","));
        return rows;
    }

    private static KalamException wrongNumber(Token where, String what, int expected, int found) {
        return new KalamException(
                ErrorCode.SYNTAX_ERROR,
                TokenCursor.position(where),
                what + " must have " + expected + " values, got: " + found,
                null);
    }

    private SqlNodeList row() throws ParseException {
        if (tokens.at("ROW") && tokens.atOffset(2, "(")) {
            tokens.next();
        }
        if (tokens.at("(")) {
            return reader.row();
        }
        SqlNode value = reader.cell();
        return new SqlNodeList(List.of(value), value.getParserPosition());
    }

    private OnConflict onConflict(SqlIdentifier target, @Nullable SqlIdentifier alias) throws ParseException {
        Token first = tokens.peek();
        if (tokens.at("ON", "DUPLICATE")) {
            throw tokens.notSupported("ON DUPLICATE KEY UPDATE is not supported, write ON CONFLICT DO UPDATE SET ..");
        }
        tokens.expect("ON", "CONFLICT");
        List<SqlIdentifier> columns = List.of();
        SqlIdentifier constraint = null;
        if (tokens.at("(")) {
            columns = tokens.nameList("a column");
        } else if (tokens.accept("ON", "CONSTRAINT")) {
            constraint = tokens.name("a constraint");
        }
        if (tokens.at("WHERE")) {
            throw tokens.notSupported("A condition on the conflict target is not supported, name its columns only");
        }
        tokens.expect("DO");
        ConflictAction action;
        if (tokens.accept("NOTHING")) {
            action = new ConflictAction.DoNothing();
        } else if (tokens.accept("UPDATE", "SET")) {
            List<Assignment> assignments = assignments(target, alias);
            action = new ConflictAction.DoUpdate(assignments, reader.where());
        } else {
            throw tokens.error("NOTHING", "UPDATE SET");
        }
        return new OnConflict(tokens.since(first), columns, constraint, action);
    }

    Update update() throws ParseException {
        Token first = tokens.peek();
        tokens.expect("UPDATE");
        SqlIdentifier target = tokens.qualifiedName("a table");
        SqlIdentifier alias = reader.alias("SET");
        tokens.expect("SET");
        List<Assignment> assignments = assignments(target, alias);
        SqlNode from = tokens.accept("FROM") ? reader.fromClause() : null;
        SqlNode where = reader.where();
        refuseLimit("UPDATE");
        List<SqlNode> returning = reader.returning();
        return new Update(tokens.since(first), target, alias, assignments, from, where, returning);
    }

    Delete delete() throws ParseException {
        Token first = tokens.peek();
        tokens.expect("DELETE");
        tokens.expect("FROM");
        SqlIdentifier target = tokens.qualifiedName("a table");
        SqlIdentifier alias = reader.alias("USING", "WHERE", "RETURNING");
        if (tokens.at("USING")) {
            throw tokens.notSupported("DELETE .. USING is not supported, write WHERE EXISTS (SELECT ..)");
        }
        SqlNode where = reader.where();
        refuseLimit("DELETE");
        List<SqlNode> returning = reader.returning();
        return new Delete(tokens.since(first), target, alias, where, returning);
    }

    private void refuseLimit(String verb) {
        if (tokens.at("LIMIT") || tokens.at("ORDER", "BY")) {
            throw tokens.notSupported(verb + " with " + tokens.peekUpper()
                    + " is not supported, write WHERE key IN (SELECT key .. LIMIT n)");
        }
    }

    TruncateTable truncate() throws ParseException {
        Token first = tokens.peek();
        tokens.expect("TRUNCATE");
        tokens.accept("TABLE");
        SqlIdentifier target = tokens.qualifiedName("a table");
        boolean restart = tokens.accept("RESTART", "IDENTITY");
        if (!restart) {
            tokens.accept("CONTINUE", "IDENTITY");
        }
        if (tokens.at("CASCADE")) {
            throw tokens.notSupported("TRUNCATE .. CASCADE is not supported, truncate each table");
        }
        tokens.accept("RESTRICT");
        return new TruncateTable(tokens.since(first), target, restart);
    }

    Merge merge() throws ParseException {
        Token first = tokens.peek();
        tokens.expect("MERGE", "INTO");
        SqlIdentifier target = tokens.qualifiedName("a table");
        SqlIdentifier alias = reader.alias("USING", "KEY");
        if (tokens.at("KEY") || tokens.at("(") || tokens.at("VALUES")) {
            throw tokens.notSupported("MERGE INTO .. KEY is not supported, write INSERT .. ON CONFLICT DO UPDATE");
        }
        tokens.expect("USING");
        SqlNode source = reader.table();
        tokens.expect("ON");
        SqlNode on = reader.expression();
        List<MergeClause> clauses = new ArrayList<>();
        do {
            clauses.add(mergeClause(target, alias));
        } while (tokens.at("WHEN"));
        List<SqlNode> returning = reader.returning();
        return new Merge(tokens.since(first), target, alias, source, on, clauses, returning);
    }

    private MergeClause mergeClause(SqlIdentifier target, @Nullable SqlIdentifier alias) throws ParseException {
        Token first = tokens.peek();
        tokens.expect("WHEN");
        boolean matched = !tokens.accept("NOT");
        tokens.expect("MATCHED");
        if (!matched) {
            if (tokens.at("BY", "SOURCE")) {
                throw tokens.notSupported(
                        "WHEN NOT MATCHED BY SOURCE is not supported, delete or update those rows apart");
            }
            tokens.accept("BY", "TARGET");
        }
        SqlNode condition = tokens.accept("AND") ? reader.expression() : null;
        tokens.expect("THEN");
        MergeAction action = matched ? actionOnMatch(target, alias) : actionWithoutMatch();
        return new MergeClause(tokens.since(first), matched, condition, action);
    }

    private MergeAction actionOnMatch(SqlIdentifier target, @Nullable SqlIdentifier alias) throws ParseException {
        if (tokens.accept("DELETE")) {
            return new MergeAction.MergeDelete();
        }
        if (tokens.accept("DO", "NOTHING")) {
            return new MergeAction.MergeNothing();
        }
        if (tokens.accept("UPDATE")) {
            tokens.expect("SET");
            return new MergeAction.MergeUpdate(assignments(target, alias));
        }
        throw tokens.error("UPDATE SET", "DELETE", "DO NOTHING");
    }

    private MergeAction actionWithoutMatch() throws ParseException {
        if (tokens.accept("DO", "NOTHING")) {
            return new MergeAction.MergeNothing();
        }
        if (!tokens.accept("INSERT")) {
            throw tokens.error("INSERT", "DO NOTHING");
        }
        List<SqlIdentifier> columns = tokens.at("(") ? tokens.nameList("a column") : List.of();
        refuseTwice(columns);
        if (tokens.accept("DEFAULT", "VALUES")) {
            return new MergeAction.MergeInsert(columns, List.of());
        }
        tokens.expect("VALUES");
        Token first = tokens.peek();
        SqlNodeList row = row();
        if (!columns.isEmpty() && row.size() != columns.size()) {
            throw wrongNumber(first, "VALUES", columns.size(), row.size());
        }
        return new MergeAction.MergeInsert(columns, row.getList());
    }

    /** column = value, ..; a qualifier of the target is dropped. */
    private List<Assignment> assignments(@Nullable SqlIdentifier target, @Nullable SqlIdentifier alias)
            throws ParseException {
        List<Assignment> assignments = new ArrayList<>();
        do {
            if (tokens.at("(")) {
                assignments.addAll(assignmentOfRow());
            } else {
                SqlIdentifier column = withoutQualifier(tokens.qualifiedName("a column"), target, alias);
                tokens.expect("=");
                assignments.add(new Assignment(column, reader.cell()));
            }
        } while (tokens.accept(","));
        refuseTwice(assignments.stream().map(Assignment::column).toList());
        return assignments;
    }

    private List<Assignment> assignmentOfRow() throws ParseException {
        List<SqlIdentifier> columns = tokens.nameList("a column");
        tokens.expect("=");
        tokens.accept("ROW");
        Token first = tokens.peek();
        if (reader.atQuery()) {
            throw tokens.notSupported(
                    "Assigning several columns from one query is not supported, write one query a column");
        }
        SqlNodeList values = reader.row();
        if (values.size() != columns.size()) {
            throw wrongNumber(first, "Assignment", columns.size(), values.size());
        }
        List<Assignment> assignments = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            assignments.add(new Assignment(columns.get(i), values.get(i)));
        }
        return assignments;
    }

    private static SqlIdentifier withoutQualifier(
            SqlIdentifier column, @Nullable SqlIdentifier target, @Nullable SqlIdentifier alias) {
        if (column.isSimple()) {
            return column;
        }
        int last = column.names.size() - 1;
        String qualifier = column.names.get(last - 1);
        SqlIdentifier table = alias != null ? alias : target;
        if (table == null || !qualifier.equals(table.names.get(table.names.size() - 1))) {
            throw new KalamException(
                    ErrorCode.COLUMN_NOT_FOUND,
                    SourceText.position(column.getParserPosition()),
                    "Only columns of the changed table can be assigned, got: " + column,
                    null);
        }
        return column.getComponent(last);
    }

    private static void refuseTwice(List<SqlIdentifier> columns) {
        Set<String> seen = new HashSet<>();
        for (SqlIdentifier column : columns) {
            if (!seen.add(column.getSimple())) {
                throw new KalamException(
                        ErrorCode.COLUMN_EXISTS,
                        SourceText.position(column.getParserPosition()),
                        "Column " + column + " is named twice",
                        null);
            }
        }
    }
}
