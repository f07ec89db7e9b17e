// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.storage.cold.ParquetWriter;
import org.kalamdb.storage.cold.SegmentColumn;
import org.kalamdb.type.EmbeddingType;

/** Writes a Parquet file of the types that segments have. Confined to one thread; must be closed. */
final class ParquetFileWriter extends FileRowWriter {
    private final ParquetWriter parquet;
    private final Map<String, String> entries = new HashMap<>();

    ParquetFileWriter(ParquetFormat format, Path file, List<FileColumn> columns) {
        this(format, file, segmentColumns(columns), NewFile.create(file));
    }

    private ParquetFileWriter(ParquetFormat format, Path file, List<SegmentColumn> columns, NewFile target) {
        super(file, target);
        for (SegmentColumn column : columns) {
            if (column.type() instanceof EmbeddingType embedding) {
                entries.put(ParquetFile.DIMENSION + column.name(), Integer.toString(embedding.dimension()));
            }
        }
        try {
            this.parquet = new ParquetWriter(target.out(), columns, format.compression());
        } catch (IOException e) {
            close();
            throw FileErrors.writing(file, e);
        }
    }

    private static List<SegmentColumn> segmentColumns(List<FileColumn> columns) {
        Set<String> names = new HashSet<>();
        List<SegmentColumn> result = new ArrayList<>();
        for (FileColumn column : columns) {
            if (!names.add(column.name())) {
                throw new KalamException(
                        ErrorCode.COLUMN_EXISTS,
                        "Cannot write two columns " + column.name()
                                + " to a Parquet file: give one of them another name with AS");
            }
            result.add(new SegmentColumn(result.size() + 1, column.name(), column.type(), true, false));
        }
        return result;
    }

    @Override
    void append(ColumnBatch batch) throws IOException {
        parquet.write(batch);
    }

    @Override
    void end() throws IOException {
        parquet.finishRows();
        parquet.writeFooter(entries);
    }
}
