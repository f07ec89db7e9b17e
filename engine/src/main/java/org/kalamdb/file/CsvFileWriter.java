// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.file;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Path;
import java.util.List;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.engine.batch.ColumnVector;
import org.kalamdb.type.KalamDataType;
import org.kalamdb.type.StoredValues;

/**
 * Writes CSV that {@link CsvRows} reads back to the same values: what could be mistaken for something else is quoted.
 * Confined to one thread; must be closed.
 */
final class CsvFileWriter extends FileRowWriter {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final CsvFormat format;
    private final char delimiter;
    private final Writer out;

    CsvFileWriter(CsvFormat format, Path file, List<FileColumn> columns) {
        this(format, file, columns, NewFile.create(file));
    }

    private CsvFileWriter(CsvFormat format, Path file, List<FileColumn> columns, NewFile target) {
        super(file, target);
        this.format = format;
        this.delimiter = format.delimiterOrDefault();
        this.out = new OutputStreamWriter(
                target.out(),
                format.charset()
                        .newEncoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
        if (format.header() != CsvFormat.Header.NONE) {
            writeNames(file, columns);
        }
    }

    private void writeNames(Path file, List<FileColumn> columns) {
        try {
            for (int i = 0; i < columns.size(); i++) {
                separate(i);
                writeText(columns.get(i).name());
            }
            out.write('\n');
        } catch (IOException e) {
            close();
            throw FileErrors.writing(file, e);
        }
    }

    @Override
    void append(ColumnBatch batch) throws IOException {
        int width = batch.columns().size();
        for (int row = 0; row < batch.rowCount(); row++) {
            for (int i = 0; i < width; i++) {
                separate(i);
                write(batch.column(i), row);
            }
            out.write('\n');
        }
    }

    private void separate(int column) throws IOException {
        if (column > 0) {
            out.write(delimiter);
        }
    }

    private void write(ColumnVector vector, int row) throws IOException {
        KalamDataType type = vector.type();
        Object value = vector.storedValue(row);
        if (value == null) {
            out.write(format.nullText());
        } else {
            writeText(StoredValues.toText(type, value));
        }
    }

    private void writeText(String text) throws IOException {
        if (!needsQuotes(text)) {
            out.write(text);
            return;
        }
        out.write(format.quote());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == format.quote() || c == format.escape()) {
                out.write(format.escape());
            }
            out.write(c);
        }
        out.write(format.quote());
    }

    private boolean needsQuotes(String text) {
        if (text.isEmpty() || text.equals(format.nullText()) || text.charAt(0) == BYTE_ORDER_MARK) {
            return true;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == delimiter || c == format.quote() || c == format.escape() || c == '\n' || c == '\r') {
                return true;
            }
        }
        return text.charAt(0) == ' ' || text.charAt(text.length() - 1) == ' ';
    }

    @Override
    void end() throws IOException {
        out.flush();
    }
}
