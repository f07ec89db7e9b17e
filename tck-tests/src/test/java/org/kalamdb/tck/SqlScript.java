// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Statements of a resource under {@code sql/}, each ended by a semicolon at the end of a line. Lines before a statement
 * say what is particular about it:
 *
 * <ul>
 *   <li>{@code --@ reference SQL}: the other database spells it this way
 *   <li>{@code --@ differs WHY}: the other database answers something else by design; {@code --@ row VALUES} lines hold
 *       the right answer as a list of SQL literals
 * </ul>
 */
public final class SqlScript {
    private SqlScript() {}

    /** The statements of {@code sql/<name>.sql} in order. */
    public static List<Case> read(String name) throws IOException {
        List<Case> cases = new ArrayList<>();
        String reference = null;
        String difference = null;
        List<String> rows = new ArrayList<>();
        StringBuilder sql = new StringBuilder();
        for (String line : text(name).split("\n")) {
            if (line.startsWith("--@ reference ")) {
                reference = line.substring("--@ reference ".length());
            } else if (line.startsWith("--@ differs ")) {
                difference = line.substring("--@ differs ".length());
            } else if (line.startsWith("--@ row ")) {
                rows.add("(" + line.substring("--@ row ".length()) + ")");
            } else if (line.startsWith("--@")) {
                throw new IllegalArgumentException("Unknown directive in " + name + ": " + line);
            } else if (!line.startsWith("--") && !line.isBlank()) {
                sql.append(sql.isEmpty() ? "" : "\n").append(line);
                if (line.endsWith(";")) {
                    sql.setLength(sql.length() - 1);
                    String expected = rows.isEmpty() ? reference : "VALUES " + String.join(", ", rows);
                    cases.add(new Case(name, sql.toString(), expected, difference));
                    sql.setLength(0);
                    reference = null;
                    difference = null;
                    rows.clear();
                }
            }
        }
        return cases;
    }

    private static String text(String name) throws IOException {
        try (InputStream in = SqlScript.class.getResourceAsStream("/sql/" + name + ".sql")) {
            if (in == null) {
                throw new FileNotFoundException("sql/" + name + ".sql");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /**
     * A statement and how to check its answer. Immutable.
     *
     * @param script the name of the resource
     * @param sql without a semicolon
     * @param expectedBy what the reference is asked instead, or null for the same text
     * @param difference why the reference's own answer is not the right one, or null
     */
    public record Case(
            String script,
            String sql,
            @Nullable String expectedBy,
            @Nullable String difference) {
        /** The text that makes the reference answer what is right. */
        String reference() {
            return expectedBy == null ? sql : expectedBy;
        }

        /** Whether the answer has one right order; the scripts order by unique keys. */
        boolean isOrdered() {
            int orderBy = sql.lastIndexOf("ORDER BY");
            return orderBy >= 0 && orderBy > sql.lastIndexOf(')');
        }

        @Override
        public String toString() {
            return script + ": " + sql.replaceAll("\\s+", " ");
        }
    }
}
