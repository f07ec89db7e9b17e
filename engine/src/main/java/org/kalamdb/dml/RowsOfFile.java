// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.dml;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.calcite.linq4j.Enumerator;
import org.jspecify.annotations.Nullable;
import org.kalamdb.copy.NamedFile;
import org.kalamdb.error.KalamException;
import org.kalamdb.exec.RowQuery;
import org.kalamdb.file.FileColumn;
import org.kalamdb.file.FilePlace;
import org.kalamdb.file.FileRows;
import org.kalamdb.plan.RowOrigin;
import org.kalamdb.schema.TableDefinition;

/** Rows of a file, completed by defaults. Immutable. */
final class RowsOfFile implements NewRows {
    /** Rows whose defaults are computed by one run of a query. */
    private static final int CHUNK_ROWS = 1024;

    private final TableDefinition table;
    private final RowTemplate template;
    private final NamedFile file;
    private final List<FileColumn> columns;
    private final @Nullable RowQuery defaults;

    /**
     * @param template its computed cells are the values of the file and behind them those of {@code defaults}
     * @param columns the columns of the file
     * @param defaults answers a row of computed defaults for each row at hand, or null if there are none to compute
     */
    RowsOfFile(
            TableDefinition table,
            RowTemplate template,
            NamedFile file,
            List<FileColumn> columns,
            @Nullable RowQuery defaults) {
        this.table = table;
        this.template = template;
        this.file = file;
        this.columns = List.copyOf(columns);
        this.defaults = defaults;
    }

    @Override
    public void forEach(WriteContext context, Consumer<@Nullable Object[]> sink) {
        int[] wanted = IntStream.range(0, columns.size()).toArray();
        try (FileRows rows = file.format().open(file.path(), columns, wanted)) {
            List<@Nullable Object[]> chunk = new ArrayList<>(CHUNK_ROWS);
            List<FilePlace> places = new ArrayList<>(CHUNK_ROWS);
            for (@Nullable Object[] row = rows.next(); row != null; row = rows.next()) {
                chunk.add(row);
                places.add(rows.place());
                if (chunk.size() == CHUNK_ROWS) {
                    write(context, chunk, places, sink);
                }
            }
            write(context, chunk, places, sink);
        }
    }

    private void write(
            WriteContext context,
            List<@Nullable Object[]> chunk,
            List<FilePlace> places,
            Consumer<@Nullable Object[]> sink) {
        context.query().checkCancelled();
        complete(context, chunk);
        for (int i = 0; i < chunk.size(); i++) {
            try {
                sink.accept(template.row(table, context, chunk.get(i)));
            } catch (KalamException e) {
                throw places.get(i).locate(e);
            }
        }
        chunk.clear();
        places.clear();
    }

    private void complete(WriteContext context, List<@Nullable Object[]> chunk) {
        RowQuery query = defaults;
        if (query == null) {
            return;
        }
        try (Enumerator<@Nullable Object[]> rows = query.rows(
                        context.query().withRows(RowOrigin.WRITTEN, List.copyOf(chunk)))
                .enumerator()) {
            for (int i = 0; i < chunk.size(); i++) {
                if (!rows.moveNext()) {
                    throw new IllegalStateException("A row has no defaults");
                }
                @Nullable Object[] given = chunk.get(i);
                @Nullable Object[] computed = rows.current();
                @Nullable Object[] both = Arrays.copyOf(given, given.length + computed.length);
                System.arraycopy(computed, 0, both, given.length, computed.length);
                chunk.set(i, both);
            }
        }
    }
}
