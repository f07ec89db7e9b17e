// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.file;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import org.kalamdb.storage.cold.PageCompression;

/**
 * Parquet, whose files say what their columns are. Immutable.
 *
 * @param compression of files that are written
 */
public record ParquetFormat(PageCompression compression) implements FileFormat {
    public ParquetFormat {
        requireNonNull(compression, "compression is null");
    }

    @Override
    public FileShape shape(Path file, long sampleRows) {
        try (ParquetFile parquet = ParquetFile.open(file)) {
            return new FileShape(
                    this,
                    parquet.columns().stream()
                            .map(column -> new FileColumn(column.name(), parquet.typeOf(column)))
                            .toList());
        }
    }

    @Override
    public FileRows open(Path file, List<FileColumn> columns, int[] wanted) {
        ParquetFile parquet = ParquetFile.open(file);
        boolean opened = false;
        try {
            FileRows rows = new ParquetRows(parquet, columns, wanted);
            opened = true;
            return rows;
        } finally {
            if (!opened) {
                parquet.close();
            }
        }
    }

    @Override
    public FileRowWriter create(Path file, List<FileColumn> columns) {
        return new ParquetFileWriter(this, file, columns);
    }
}
