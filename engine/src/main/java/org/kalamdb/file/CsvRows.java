// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.file;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.KalamException;
import org.kalamdb.type.StoredValues;

/** Reads the rows of a CSV file, whose columns stand in order. Confined to one thread; must be closed. */
final class CsvRows implements FileRows {
    private final CsvLines lines;
    private final List<FileColumn> columns;
    private final int[] wanted;
    /** Whether a first line of the columns' names is not a row. */
    private boolean atStart;

    private final CsvFormat.Header header;

    CsvRows(CsvFormat format, Path file, List<FileColumn> columns, int[] wanted) {
        this.columns = columns;
        this.wanted = wanted.clone();
        this.header = format.header();
        this.atStart = header != CsvFormat.Header.NONE;
        this.lines = new CsvLines(format, file);
    }

    @Override
    public @Nullable Object @Nullable [] next() {
        while (lines.next()) {
            boolean first = atStart;
            atStart = false;
            if (first && isHeader()) {
                continue;
            }
            if (lines.width() == 0 && columns.size() > 1) {
                // A blank line, as editors leave behind the last one.
                continue;
            }
            return row();
        }
        return null;
    }

    private boolean isHeader() {
        return switch (header) {
            case NONE -> false;
            case SKIP -> true;
            case GUESS -> namesColumns();
            case MATCH -> {
                if (!namesColumns()) {
                    throw lines.place()
                            .malformed(
                                    "The header does not name the columns "
                                            + String.join(
                                                    ", ",
                                                    columns.stream()
                                                            .map(FileColumn::name)
                                                            .toList()),
                                    null);
                }
                yield true;
            }
        };
    }

    private boolean namesColumns() {
        boolean same = lines.width() == columns.size();
        for (int i = 0; i < columns.size() && same; i++) {
            same = columns.get(i).name().equalsIgnoreCase(lines.text(i));
        }
        return same;
    }

    private @Nullable Object[] row() {
        // An empty line is a field that says nothing.
        int width = Math.max(1, lines.width());
        if (width != columns.size()) {
            throw lines.place()
                    .malformed("Row has " + width + " values instead of " + columns.size() + ", one a column", null);
        }
        @Nullable Object[] values = new @Nullable Object[wanted.length];
        for (int i = 0; i < values.length; i++) {
            String text = lines.width() == 0 ? null : lines.text(wanted[i]);
            values[i] = text == null ? null : value(columns.get(wanted[i]), text);
        }
        return values;
    }

    private Object value(FileColumn column, String text) {
        try {
            return StoredValues.parse(column.type(), text);
        } catch (KalamException e) {
            throw lines.place().locate(e, column.name());
        }
    }

    @Override
    public FilePlace place() {
        return lines.place();
    }

    @Override
    public void close() {
        lines.close();
    }
}
