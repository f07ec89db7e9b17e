// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.cli;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/**
 * Completes commands, keywords, tables, and the columns of the tables that the line names, in their order. Asks the
 * driver each time, so that it never shows what is gone. Confined to one thread.
 */
final class SqlCompleter implements Completer {
    private static final List<String> KEYWORDS = List.of(
            "ALTER",
            "AND",
            "AS",
            "BEGIN",
            "BETWEEN",
            "BY",
            "COLUMN",
            "COMMIT",
            "CREATE",
            "DELETE",
            "DESCRIBE",
            "DISTINCT",
            "DROP",
            "EXISTS",
            "FROM",
            "GROUP",
            "HAVING",
            "HISTORY",
            "IN",
            "INSERT",
            "INTO",
            "IS",
            "JOIN",
            "LEFT",
            "LIKE",
            "LIMIT",
            "NAMESPACE",
            "NOT",
            "NULL",
            "ON",
            "OR",
            "ORDER",
            "PRIMARY KEY",
            "RETURNING",
            "ROLLBACK",
            "SELECT",
            "SET",
            "SHARED",
            "SHOW",
            "STREAM",
            "TABLE",
            "TABLES",
            "UPDATE",
            "USER",
            "VALUES",
            "WHERE",
            "WITH");

    private static final Pattern TABLE_REFERENCE = Pattern.compile(
            "(?:from|join|into|update|table|describe|desc)\\s+(?:(\\w+)\\.)?(\\w+)", Pattern.CASE_INSENSITIVE);

    private final Connection connection;

    SqlCompleter(Connection connection) {
        this.connection = connection;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        for (String completion : completions(line.word(), line.line())) {
            candidates.add(new Candidate(completion));
        }
    }

    /** What {@code word}, the last word of {@code line}, can become: columns first, then tables, then keywords. */
    List<String> completions(String word, String line) {
        if (word.startsWith("\\")) {
            return startingWith(word, ShellCommand.allSpellings());
        }
        Set<String> names = new LinkedHashSet<>();
        try {
            names.addAll(columns(line));
            names.addAll(tables());
        } catch (SQLException e) {
            // Completion is a courtesy: without the catalog there are still the keywords, and the line itself will
            // tell.
            names.clear();
        }
        List<String> all = new ArrayList<>(names);
        boolean lowerCase = word.equals(word.toLowerCase(Locale.ROOT));
        KEYWORDS.forEach(keyword -> all.add(lowerCase ? keyword.toLowerCase(Locale.ROOT) : keyword));
        return startingWith(word, all);
    }

    private List<String> columns(String line) throws SQLException {
        DatabaseMetaData metaData = connection.getMetaData();
        List<String> names = new ArrayList<>();
        Matcher reference = TABLE_REFERENCE.matcher(line);
        while (reference.find()) {
            try (ResultSet columns = metaData.getColumns(null, reference.group(1), reference.group(2), "%")) {
                while (columns.next()) {
                    names.add(columns.getString("COLUMN_NAME"));
                }
            }
        }
        return names;
    }

    private List<String> tables() throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet tables = connection.getMetaData().getTables(null, null, "%", null)) {
            while (tables.next()) {
                names.add(tables.getString("TABLE_NAME"));
                names.add(tables.getString("TABLE_SCHEM") + "." + tables.getString("TABLE_NAME"));
            }
        }
        return names;
    }

    private static List<String> startingWith(String prefix, List<String> words) {
        return words.stream()
                .filter(word -> word.regionMatches(true, 0, prefix, 0, prefix.length()))
                .toList();
    }
}
