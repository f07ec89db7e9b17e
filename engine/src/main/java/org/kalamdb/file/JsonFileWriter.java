// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.math.BigDecimal;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Path;
import java.util.List;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.engine.batch.ColumnVector;
import org.kalamdb.type.JsonBuffers;
import org.kalamdb.type.KalamDataType;
import org.kalamdb.type.StoredValues;

/** Writes an object a line. Confined to one thread; must be closed. */
final class JsonFileWriter extends FileRowWriter {
    private static final JsonFactory JSON = JsonFactory.builder()
            .recyclerPool(JsonBuffers.POOL)
            .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();

    private final List<FileColumn> columns;
    private final JsonGenerator json;

    JsonFileWriter(JsonFormat format, Path file, List<FileColumn> columns) {
        this(format, file, columns, NewFile.create(file));
    }

    private JsonFileWriter(JsonFormat format, Path file, List<FileColumn> columns, NewFile target) {
        super(file, target);
        this.columns = columns;
        try {
            this.json = JSON.createGenerator(new OutputStreamWriter(
                    target.out(),
                    format.charset()
                            .newEncoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT)));
            json.setRootValueSeparator(null);
        } catch (IOException e) {
            close();
            throw FileErrors.writing(file, e);
        }
    }

    @Override
    void append(ColumnBatch batch) throws IOException {
        for (int row = 0; row < batch.rowCount(); row++) {
            json.writeStartObject();
            for (int i = 0; i < columns.size(); i++) {
                json.writeFieldName(columns.get(i).name());
                write(batch.column(i), row);
            }
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    private void write(ColumnVector vector, int row) throws IOException {
        KalamDataType type = vector.type();
        Object value = vector.storedValue(row);
        if (value == null) {
            json.writeNull();
            return;
        }
        switch (type.kind()) {
            case BOOLEAN -> json.writeBoolean((Boolean) value);
            case SMALLINT -> json.writeNumber((Short) value);
            case INT -> json.writeNumber((Integer) value);
            case BIGINT -> json.writeNumber((Long) value);
            // Not a number and infinity become strings, for JSON has no numbers for them.
            case FLOAT -> json.writeNumber((Float) value);
            case DOUBLE -> json.writeNumber((Double) value);
            case DECIMAL -> json.writeNumber(((BigDecimal) value).toPlainString());
            // Line ends between its tokens would be ends of the row.
            case JSON -> json.writeRawValue(((String) value).replace('\n', ' ').replace('\r', ' '));
            case EMBEDDING -> json.writeRawValue(StoredValues.toText(type, value));
            case TEXT, BYTES, UUID, DATE, TIME, TIMESTAMP, DATETIME ->
                json.writeString(StoredValues.toText(type, value));
        }
    }

    @Override
    void end() throws IOException {
        json.flush();
        json.close();
    }
}
