// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.kalamdb.sql.Modification.Insert;
import org.kalamdb.sql.Modification.InsertSource;
import org.kalamdb.sql.Modification.Overriding;
import org.kalamdb.sql.parser.ParseException;
import org.kalamdb.sql.parser.Token;

/** Reads COPY. Confined to one thread. */
final class CopyParser {
    private final FragmentReader reader;
    private final TokenCursor tokens;

    CopyParser(FragmentReader reader) {
        this.reader = reader;
        this.tokens = reader.tokens();
    }

    /** COPY table [(columns)] FROM file, COPY table [(columns)] TO file, COPY (query) TO file, each with options. */
    Statement copy() throws ParseException {
        Token first = tokens.peek();
        tokens.expect("COPY");
        if (tokens.at("(")) {
            tokens.next();
            SqlNode query = reader.query();
            tokens.expect(")");
            tokens.expect("TO");
            FileReference file = file();
            return new CopyTo(tokens.since(first), query, file);
        }
        SqlIdentifier table = tokens.qualifiedName("a table");
        List<SqlIdentifier> columns = tokens.at("(") ? tokens.nameList("a column") : List.of();
        if (tokens.accept("TO")) {
            FileReference file = file();
            return new CopyTo(tokens.since(first), select(table, columns), file);
        }
        if (!tokens.accept("FROM")) {
            throw tokens.error("FROM", "TO");
        }
        FileReference file = file();
        SqlParserPos position = tokens.since(first);
        return new Insert(
                position,
                table,
                null,
                columns,
                new InsertSource.FromFile(file),
                Overriding.SYSTEM_VALUE,
                null,
                List.of());
    }

    private static SqlNode select(SqlIdentifier table, List<SqlIdentifier> columns) {
        SqlParserPos pos = table.getParserPosition();
        List<? extends SqlNode> items = columns.isEmpty() ? List.of(SqlIdentifier.star(pos)) : columns;
        return new SqlSelect(
                pos, null, new SqlNodeList(items, pos), table, null, null, null, null, null, null, null, null, null);
    }

    private FileReference file() throws ParseException {
        Token start = tokens.peek();
        if (tokens.at("STDIN") || tokens.at("STDOUT") || tokens.at("PROGRAM")) {
            throw tokens.notSupported(
                    "COPY from or to " + tokens.peekUpper() + " is not supported, name a file in single quotes");
        }
        String name = tokens.string();
        SqlParserPos position = tokens.since(start);
        Map<String, OptionValue> options = new LinkedHashMap<>();
        boolean with = tokens.accept("WITH");
        if (tokens.accept("(")) {
            do {
                option(options, ")", ",");
            } while (tokens.accept(","));
            tokens.expect(")");
        } else if (with || tokens.atWord()) {
            // The older form, without parentheses and commas.
            do {
                option(options, ";");
            } while (tokens.atWord());
        }
        return new FileReference(position, name, options);
    }

    /** A name and its value; a name alone is switched on, and that of a format stands for FORMAT. */
    private void option(Map<String, OptionValue> options, String... ends) {
        Token nameToken = tokens.peek();
        if (!tokens.atWord()) {
            throw tokens.error("an option");
        }
        String name = tokens.next().image.toUpperCase(Locale.ROOT);
        SqlParserPos position = tokens.since(nameToken);
        if (List.of("CSV", "JSON", "PARQUET").contains(name)) {
            FragmentReader.putOption(options, "FORMAT", new OptionValue(name, position), nameToken);
            return;
        }
        tokens.accept("AS");
        tokens.accept("=");
        boolean alone = tokens.atEnd() || tokens.atAny(List.of(ends)) || ends.length == 1 && name.equals("HEADER");
        FragmentReader.putOption(
                options, name, alone ? new OptionValue("TRUE", position) : reader.optionValue(), nameToken);
    }
}
