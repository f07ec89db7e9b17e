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
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.TableType;
import org.kalamdb.sql.Definition.CreateTable;
import org.kalamdb.sql.Definition.TableQuery;
import org.kalamdb.sql.parser.ParseException;
import org.kalamdb.sql.parser.Token;

/** Reads CREATE TABLE, with its options as clauses or in WITH (..). Confined to one thread. */
final class CreateTableParser {
    private static final Map<String, Integer> UNITS_IN_SECONDS = Map.ofEntries(
            Map.entry("S", 1),
            Map.entry("SEC", 1),
            Map.entry("SECOND", 1),
            Map.entry("SECONDS", 1),
            Map.entry("M", 60),
            Map.entry("MIN", 60),
            Map.entry("MINUTE", 60),
            Map.entry("MINUTES", 60),
            Map.entry("H", 3_600),
            Map.entry("HOUR", 3_600),
            Map.entry("HOURS", 3_600),
            Map.entry("D", 86_400),
            Map.entry("DAY", 86_400),
            Map.entry("DAYS", 86_400));

    private final FragmentReader reader;
    private final TokenCursor tokens;
    private final List<ColumnSpec> columns = new ArrayList<>();
    private final List<ConstraintSpec> constraints = new ArrayList<>();
    private final List<SqlIdentifier> columnNames = new ArrayList<>();
    private final Map<String, OptionValue> options = new LinkedHashMap<>();
    private @Nullable String comment;

    CreateTableParser(FragmentReader reader) {
        this.reader = reader;
        this.tokens = reader.tokens();
    }

    /** Reads what follows CREATE .. TABLE; {@code type} is the word before TABLE, at {@code typeWord}. */
    CreateTable createTable(Token first, @Nullable TableType type, Token typeWord) throws ParseException {
        boolean ifNotExists = tokens.accept("IF", "NOT", "EXISTS");
        SqlIdentifier name = tokens.qualifiedName("a table");
        if (type != null) {
            options.put("TYPE", new OptionValue(type.name(), position(typeWord)));
        }
        if (tokens.at("LIKE")) {
            throw tokens.notSupported(
                    "CREATE TABLE .. LIKE is not supported, write CREATE TABLE .. AS SELECT .. WITH NO DATA");
        }
        if (tokens.at("(") && !reader.atQuery()) {
            elements();
        }
        while (clause()) {
            // Clauses may come in any order.
        }
        TableQuery query = null;
        if (tokens.accept("AS") || tokens.at("(") || tokens.at("SELECT")) {
            query = query();
        } else if (!columnNames.isEmpty()) {
            throw tokens.error("AS and a query, since the columns have no types");
        } else if (columns.isEmpty()) {
            throw tokens.error("(", "AS");
        }
        return new CreateTable(tokens.since(first), name, ifNotExists, columns, constraints, options, comment, query);
    }

    private TableQuery query() throws ParseException {
        if (!reader.atQuery()) {
            throw tokens.error("a query");
        }
        SqlNode node = reader.query();
        boolean withData = !tokens.accept("WITH", "NO", "DATA");
        if (withData) {
            tokens.accept("WITH", "DATA");
        }
        return new TableQuery(columnNames, node, withData);
    }

    /** (column or constraint, ..), or (name, ..) before a query. */
    private void elements() throws ParseException {
        tokens.expect("(");
        do {
            if (ColumnParser.atConstraint(tokens)) {
                constraints.add(ColumnParser.constraint(reader));
            } else if (tokens.at("LIKE")) {
                throw tokens.notSupported("LIKE in CREATE TABLE is not supported, write CREATE TABLE .. AS SELECT");
            } else if (columns.isEmpty() && (tokens.atOffset(2, ",") || tokens.atOffset(2, ")"))) {
                columnNames.add(tokens.name("a column"));
            } else {
                columns.add(ColumnParser.column(reader, constraints));
            }
        } while (tokens.accept(","));
        tokens.expect(")");
    }

    /** Reads one clause after the columns; false if none comes next. */
    private boolean clause() throws ParseException {
        Token first = tokens.peek();
        if (tokens.accept("WITH")) {
            reader.options().forEach((key, value) -> putOption(key, value, first));
        } else if (tokens.accept("COMMENT")) {
            tokens.accept("=");
            comment = tokens.string();
        } else if (tokens.accept("STORAGE")) {
            putOption("STORAGE_ID", reader.optionValue(), first);
        } else if (tokens.accept("USE_USER_STORAGE")) {
            boolean explicit = tokens.at("TRUE") || tokens.at("FALSE");
            putOption("USE_USER_STORAGE", explicit ? reader.optionValue() : value("TRUE", first), first);
        } else if (tokens.accept("FLUSH")) {
            putOption("FLUSH_POLICY", flushPolicy(first), first);
        } else if (tokens.accept("TTL")) {
            long seconds = seconds();
            putOption("TTL_SECONDS", value(Long.toString(seconds), first), first);
        } else if (tokens.accept("ACCESS")) {
            tokens.expect("LEVEL");
            putOption("ACCESS_LEVEL", reader.optionValue(), first);
        } else if (tokens.accept("TABLE_TYPE")) {
            putOption("TYPE", reader.optionValue(), first);
        } else if (tokens.accept("USING")) {
            // The storage format after USING belongs to other dialects and has no choice here.
            tokens.name("a storage format");
        } else {
            return false;
        }
        return true;
    }

    private void putOption(String key, OptionValue value, Token where) {
        FragmentReader.putOption(options, key.equals("TABLE_TYPE") ? "TYPE" : key, value, where);
    }

    /** FLUSH [POLICY] INTERVAL 60s | SECONDS 60 | ROW_THRESHOLD n | ROWS n | ROW_LIMIT n, one or both kinds. */
    private OptionValue flushPolicy(Token first) {
        tokens.accept("POLICY");
        Long rows = null;
        Long seconds = null;
        while (true) {
            if (rows == null
                    && (tokens.accept("ROW_THRESHOLD") || tokens.accept("ROWS") || tokens.accept("ROW_LIMIT"))) {
                rows = tokens.integer();
            } else if (seconds == null
                    && (tokens.accept("INTERVAL") || tokens.accept("SECONDS") || tokens.accept("TIME_INTERVAL"))) {
                seconds = seconds();
            } else if (rows == null && seconds == null) {
                throw tokens.error("INTERVAL", "SECONDS", "ROW_THRESHOLD", "ROWS", "ROW_LIMIT");
            } else {
                break;
            }
        }
        List<String> parts = new ArrayList<>();
        if (rows != null) {
            parts.add("rows:" + rows);
        }
        if (seconds != null) {
            parts.add("interval:" + seconds);
        }
        return value(String.join(",", parts), first);
    }

    /** A number of seconds, or of another unit that follows it. */
    private long seconds() {
        Token first = tokens.peek();
        long amount = tokens.integer();
        Integer unit = UNITS_IN_SECONDS.get(tokens.peek().image.toUpperCase(Locale.ROOT));
        if (unit == null) {
            return amount;
        }
        tokens.next();
        try {
            return Math.multiplyExact(amount, unit.longValue());
        } catch (ArithmeticException e) {
            throw new KalamException(
                    ErrorCode.INVALID_OPTION, TokenCursor.position(first), "Time is too long: " + first.image, e);
        }
    }

    private OptionValue value(String text, Token first) {
        return new OptionValue(text, tokens.since(first));
    }

    private static SqlParserPos position(Token token) {
        return new SqlParserPos(token.beginLine, token.beginColumn, token.endLine, token.endColumn);
    }
}
