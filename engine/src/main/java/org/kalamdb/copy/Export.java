// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.copy;

import java.util.List;
import org.kalamdb.engine.ResultCursor;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.file.FileColumn;
import org.kalamdb.file.FileRowWriter;

/** Writes the rows of a query into a file. */
public final class Export {
    private Export() {}

    /**
     * Writes all rows of a cursor and puts the file in its place. If it fails, the file is as it was before.
     *
     * @return how many rows
     */
    public static long write(ResultCursor rows, NamedFile file) {
        List<FileColumn> columns = rows.columns().stream()
                .map(column -> new FileColumn(column.label(), column.type()))
                .toList();
        try (FileRowWriter writer = file.format().create(file.path(), columns)) {
            long count = 0;
            for (ColumnBatch batch = rows.next(); batch != null; batch = rows.next()) {
                writer.write(batch);
                count += batch.rowCount();
            }
            writer.finish();
            return count;
        }
    }
}
