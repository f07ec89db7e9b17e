// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import java.util.Locale;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.sql.parser.ParseException;
import org.kalamdb.sql.parser.Token;

/**
 * Reads one statement: its words here and in the parsers of each family, its queries and expressions by the generated
 * grammar. Words of statements are matched by their text where they stand, so they stay free as names elsewhere.
 * Confined to one thread.
 */
final class StatementParser {
    private final TokenSource source;
    private final FragmentReader reader;
    private final TokenCursor tokens;

    StatementParser(TokenSource source, String sql) {
        this.source = source;
        this.reader = new FragmentReader(source, sql);
        this.tokens = reader.tokens();
    }

    /** The whole text as one statement. */
    ParsedStatement statement() throws ParseException {
        while (tokens.accept(";")) {
            // Empty statements before the first are as harmless as those after it.
        }
        if (tokens.atEnd()) {
            throw new KalamException(ErrorCode.SYNTAX_ERROR, "Statement is empty");
        }
        Statement statement = read();
        end();
        return new ParsedStatement(statement, source.parameterCount());
    }

    /** The whole text as a query. */
    SqlNode onlyQuery() throws ParseException {
        if (!reader.atQuery()) {
            throw tokens.error("a query");
        }
        SqlNode query = reader.query();
        end();
        return query;
    }

    /** The whole text as an expression. */
    SqlNode onlyExpression() throws ParseException {
        SqlNode expression = reader.expression();
        if (!tokens.atEnd()) {
            throw tokens.error("the end of the expression");
        }
        return expression;
    }

    private void end() {
        Token last = tokens.last();
        boolean ended = false;
        while (tokens.accept(";")) {
            ended = true;
        }
        if (!tokens.atEnd()) {
            throw ended
                    ? SyntaxErrors.secondStatement(tokens.peek())
                    : SyntaxErrors.afterStatement(last, tokens.peek(), tokens.peek(2));
        }
    }

    private Statement read() throws ParseException {
        if (!tokens.atOffset(2, "USER", "TABLE")) {
            String advice = UnsupportedStatements.advice(tokens);
            if (advice != null) {
                throw tokens.notSupported(advice);
            }
        }
        return switch (tokens.peekUpper()) {
            case "SELECT", "VALUES", "TABLE", "(" -> query();
            case "WITH" -> with();
            case "INSERT" -> new ModificationParser(reader).insert(tokens.peek(), null);
            case "UPDATE" -> new ModificationParser(reader).update();
            case "DELETE" -> new ModificationParser(reader).delete();
            case "MERGE" -> new ModificationParser(reader).merge();
            case "TRUNCATE" -> new ModificationParser(reader).truncate();
            case "CREATE", "DROP", "ALTER", "COMMENT" -> new DefinitionParser(reader).definition();
            case "COPY" -> new CopyParser(reader).copy();
            case "SHOW", "DESCRIBE", "DESC" -> new InspectionParser(tokens).inspection();
            case "EXPLAIN" -> explain();
            case "BEGIN", "START", "COMMIT", "END", "ROLLBACK", "ABORT", "SAVEPOINT", "RELEASE" ->
                new SessionParser(reader).transactionControl();
            case "BACKUP", "RESTORE" -> new BackupParser(tokens).command();
            case "CHECK" -> check();
            case "ANALYZE" -> analyze();
            case "STORAGE", "FLUSH" -> new StorageParser(tokens).command();
            case "USE", "SET", "RESET" -> new SessionParser(reader).sessionControl();
            default -> {
                if (tokens.at("REPLACE", "INTO")) {
                    yield new ModificationParser(reader).insert(tokens.peek(), null);
                }
                throw SyntaxErrors.notAStatement(tokens.peek());
            }
        };
    }

    private Query query() throws ParseException {
        Token first = tokens.peek();
        if (!reader.atQuery()) {
            throw tokens.error("a query");
        }
        SqlNode node = reader.query();
        if (tokens.at("FOR", "UPDATE") || tokens.at("FOR", "SHARE")) {
            throw tokens.notSupported("FOR " + tokens.peek(2).image.toUpperCase(Locale.ROOT)
                    + " is not supported, use isolation level SERIALIZABLE to guard what is read");
        }
        return new Query(tokens.since(first), node);
    }

    /** WITH may belong to a query or to an INSERT from a query. */
    private Statement with() throws ParseException {
        Token first = tokens.peek();
        SqlNodeList with = reader.withList();
        if (tokens.at("INSERT") || tokens.at("REPLACE", "INTO")) {
            return new ModificationParser(reader).insert(first, with);
        }
        if (tokens.at("UPDATE") || tokens.at("DELETE") || tokens.at("MERGE")) {
            throw tokens.notSupported(
                    "WITH before " + tokens.peekUpper() + " is not supported, write its queries where they are used");
        }
        if (!reader.atQuery()) {
            throw tokens.error("SELECT", "INSERT");
        }
        SqlNode body = reader.query();
        return new Query(tokens.since(first), attach(with, body));
    }

    /** Puts WITH below ORDER BY, where Calcite wants it. */
    private static SqlNode attach(SqlNodeList with, SqlNode body) {
        SqlParserPos position = with.getParserPosition();
        if (body instanceof SqlOrderBy ordered) {
            return new SqlOrderBy(
                    ordered.getParserPosition(),
                    new SqlWith(position, with, ordered.query),
                    ordered.orderList,
                    ordered.offset,
                    ordered.fetch);
        }
        return new SqlWith(position, with, body);
    }

    private CheckCommand check() throws ParseException {
        Token first = tokens.next();
        SqlIdentifier table = null;
        SqlIdentifier namespace = null;
        if (tokens.accept("TABLE")) {
            table = tokens.qualifiedName("a table");
        } else if (tokens.accept("NAMESPACE") || tokens.accept("SCHEMA")) {
            namespace = tokens.name("a namespace");
        } else if (!tokens.accept("DATABASE")) {
            throw tokens.error("DATABASE", "NAMESPACE", "TABLE");
        } else if (tokens.atName()) {
            namespace = tokens.name("a namespace");
        }
        return new CheckCommand(tokens.since(first), table, namespace);
    }

    private AnalyzeCommand analyze() throws ParseException {
        Token first = tokens.next();
        tokens.accept("TABLE");
        SqlIdentifier table = tokens.atName() ? tokens.qualifiedName("a table") : null;
        return new AnalyzeCommand(tokens.since(first), table);
    }

    private Explain explain() throws ParseException {
        Token first = tokens.peek();
        tokens.expect("EXPLAIN");
        boolean analyze = false;
        Explain.Format format = Explain.Format.TEXT;
        boolean listed = tokens.at("(") && !reader.atQuery();
        if (listed) {
            tokens.next();
        }
        while (true) {
            if (tokens.accept("ANALYZE")) {
                analyze = true;
            } else if (tokens.accept("FORMAT")) {
                format = format();
            } else if (!tokens.accept("VERBOSE") && !(listed && tokens.accept(","))) {
                break;
            }
        }
        if (listed) {
            tokens.expect(")");
        }
        if (tokens.accept("PLAN")) {
            tokens.expect("FOR");
        } else if (tokens.accept("QUERY")) {
            tokens.expect("PLAN");
        }
        Statement statement = read();
        if (!(statement instanceof Query) && !(statement instanceof Modification)) {
            throw new KalamException(
                    ErrorCode.NOT_SUPPORTED,
                    SourceText.position(statement.position()),
                    "EXPLAIN is supported for queries, INSERT, UPDATE, DELETE and MERGE only",
                    null);
        }
        return new Explain(tokens.since(first), analyze, format, statement);
    }

    private Explain.Format format() {
        if (tokens.accept("JSON")) {
            return Explain.Format.JSON;
        }
        if (tokens.accept("TEXT")) {
            return Explain.Format.TEXT;
        }
        throw tokens.error("TEXT", "JSON");
    }
}
