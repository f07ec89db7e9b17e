// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.bench.tpch;

import io.trino.tpch.TpchColumn;
import io.trino.tpch.TpchEntity;
import io.trino.tpch.TpchTable;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The rows of TPC-H at one scale as CSV files, made once and found again in their folder. A table is several files, because a
 * statement that loads one holds its rows in memory. Immutable.
 *
 * @param folder where they lie
 * @param scale 1 is six million rows of {@code lineitem}
 */
record TpchFiles(Path folder, double scale) {
    private static final int MAX_ROWS_PER_FILE = 400_000;

    /** Those of a scale in a folder of their own. */
    static TpchFiles at(Path parent, double scale) throws IOException {
        Path folder = parent.resolve(Double.toString(scale)).toAbsolutePath();
        Files.createDirectories(folder);
        return new TpchFiles(folder, scale);
    }

    /** The files of a table, which are made if they are not there. */
    List<Path> of(TpchTable<?> table) throws IOException {
        Path target = folder.resolve(table.getTableName());
        if (!Files.isDirectory(target)) {
            Path unfinished = folder.resolve(table.getTableName() + ".unfinished");
            Files.createDirectories(unfinished);
            write(table, unfinished);
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
        }
        try (var files = Files.list(target)) {
            return files.sorted().toList();
        }
    }

    private <E extends TpchEntity> void write(TpchTable<E> table, Path target) throws IOException {
        Iterator<E> rows = table.createGenerator(scale, 1, 1).iterator();
        for (int file = 0; rows.hasNext(); file++) {
            try (Writer writer = Files.newBufferedWriter(target.resolve(String.format("%04d.csv", file)))) {
                for (int row = 0; row < MAX_ROWS_PER_FILE && rows.hasNext(); row++) {
                    writer.write(line(table, rows.next()));
                }
            }
        }
    }

    private static <E extends TpchEntity> String line(TpchTable<E> table, E row) {
        List<String> fields = new ArrayList<>();
        for (TpchColumn<E> column : table.getColumns()) {
            fields.add(field(column, row));
        }
        return String.join("|", fields) + "\n";
    }

    /** No text of TPC-H has a delimiter, a quote or the end of a line in it. */
    private static <E extends TpchEntity> String field(TpchColumn<E> column, E row) {
        return switch (column.getType().getBase()) {
            case IDENTIFIER -> Long.toString(column.getIdentifier(row));
            case INTEGER -> Integer.toString(column.getInteger(row));
            case VARCHAR -> column.getString(row);
            case DATE -> LocalDate.ofEpochDay(column.getDate(row)).toString();
            // Amounts of money and percentages; the generator keeps them as hundredths.
            case DOUBLE ->
                BigDecimal.valueOf(Math.round(column.getDouble(row) * 100), 2).toPlainString();
        };
    }
}
