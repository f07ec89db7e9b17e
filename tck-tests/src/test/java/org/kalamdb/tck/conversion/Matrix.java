// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck.conversion;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The results of many pairs, as a table of text that stands beside the tests: one line a row, one field a column. A field
 * is a value, or the SQLSTATE of the error. Confined to one thread.
 */
final class Matrix {
    /** Set to write the files instead of comparing with them. */
    private static final boolean REWRITES = Boolean.getBoolean("update.golden");

    private static final Path FOLDER = Path.of("src", "test", "resources", "conversion");

    /** No conversion leads from one to the other, whatever the value. */
    static final Set<String> NO_CONVERSION = Set.of("22018", "0A000");

    private final List<String> columns;
    private final Map<String, List<String>> rows = new LinkedHashMap<>();

    Matrix(List<String> columns) {
        this.columns = List.copyOf(columns);
    }

    /** What one pair does. */
    interface Conversion {
        String run() throws Exception;
    }

    static String cell(Conversion conversion) {
        try {
            return conversion.run();
        } catch (SQLException e) {
            return e.getSQLState();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    void add(String row, List<String> cells) {
        assertThat(cells).hasSameSizeAs(columns);
        assertThat(rows.put(row, List.copyOf(cells)))
                .as("row %s is there already", row)
                .isNull();
    }

    String at(String row, String column) {
        List<String> cells = rows.get(row);
        if (cells == null || !columns.contains(column)) {
            throw new AssertionError("The matrix has no " + row + ", " + column);
        }
        return cells.get(columns.indexOf(column));
    }

    List<String> columns() {
        return columns;
    }

    List<String> rows() {
        return List.copyOf(rows.keySet());
    }

    /** Compares with the file, field by field. */
    void assertIsAsWritten(String file) throws IOException {
        Path path = FOLDER.resolve(file);
        if (REWRITES) {
            Files.createDirectories(FOLDER);
            Files.writeString(path, text());
            return;
        }
        assertThat(text().lines().toList())
                .as("%s, written anew with -Dupdate.golden=true", path)
                .containsExactlyElementsOf(Files.readAllLines(path));
    }

    private String text() {
        List<List<String>> lines = new ArrayList<>();
        List<String> head = new ArrayList<>(columns);
        head.add(0, "");
        lines.add(head);
        rows.forEach((row, cells) -> {
            List<String> line = new ArrayList<>(cells);
            line.add(0, row);
            lines.add(line);
        });
        int[] widths = new int[columns.size() + 1];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (List<String> line : lines) {
            StringBuilder fields = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                fields.append(i == 0 ? "" : " | ")
                        .append(line.get(i))
                        .append(" ".repeat(widths[i] - line.get(i).length()));
            }
            text.append(fields.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
