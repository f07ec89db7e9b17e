// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.row;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.batch.BytesVectorBuilder;
import org.kalamdb.engine.batch.EmbeddingVectorBuilder;
import org.kalamdb.engine.batch.VectorBuilder;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.type.EmbeddingType;
import org.kalamdb.type.KalamDataType;

/** Reads a column of variable width. Immutable. */
final class VariableColumnReader extends ColumnReader {
    private final TableDefinition table;
    private final KalamDataType type;
    private final int nullOffset;
    private final int nullMask;
    private final int index;
    private final int endsOffset;
    private final int variableCount;

    VariableColumnReader(RowLayout layout, int column) {
        this.table = layout.table();
        this.type = layout.columns().get(column).dataType();
        this.nullOffset = column >> 3;
        this.nullMask = 1 << (column & 7);
        this.index = layout.variableIndex(column);
        this.endsOffset = layout.endsOffset();
        this.variableCount = layout.variableCount();
    }

    private boolean isNull(byte[] data, int body) {
        return (data[body + nullOffset] & nullMask) != 0;
    }

    /** Where the value begins in the data of its block. */
    private int start(byte[] data, int body, boolean wide) {
        int before = index == 0 ? 0 : RowLayout.end(data, body + endsOffset, index - 1, wide);
        return body + endsOffset + variableCount * RowLayout.endBytes(wide) + before;
    }

    private int length(byte[] data, int body, boolean wide) {
        int before = index == 0 ? 0 : RowLayout.end(data, body + endsOffset, index - 1, wide);
        return RowLayout.end(data, body + endsOffset, index, wide) - before;
    }

    @Override
    @Nullable
    Object value(RowBlock rows, int row) {
        byte[] data = rows.data();
        int body = rows.body(row);
        if (isNull(data, body)) {
            return null;
        }
        boolean wide = rows.isWide(row);
        int start = start(data, body, wide);
        int length = length(data, body, wide);
        return switch (type.kind()) {
            case TEXT, JSON -> new String(data, start, length, StandardCharsets.UTF_8);
            case BYTES -> Arrays.copyOfRange(data, start, start + length);
            case EMBEDDING -> embedding(data, start, length);
            case BOOLEAN, SMALLINT, INT, BIGINT, FLOAT, DOUBLE, TIMESTAMP, DATE, DATETIME, TIME, UUID, DECIMAL ->
                throw new IllegalStateException("Of fixed width");
        };
    }

    @Override
    void read(RowBlock rows, int from, int to, VectorBuilder target) {
        if (target instanceof BytesVectorBuilder bytes) {
            readBytes(rows, from, to, bytes);
        } else {
            readEmbeddings(rows, from, to, (EmbeddingVectorBuilder) target);
        }
    }

    private void readBytes(RowBlock rows, int from, int to, BytesVectorBuilder target) {
        byte[] data = rows.data();
        for (int row = from; row < to; row++) {
            int body = rows.body(row);
            if (isNull(data, body)) {
                target.appendNull();
            } else {
                boolean wide = rows.isWide(row);
                target.append(data, start(data, body, wide), length(data, body, wide));
            }
        }
    }

    private void readEmbeddings(RowBlock rows, int from, int to, EmbeddingVectorBuilder target) {
        byte[] data = rows.data();
        for (int row = from; row < to; row++) {
            int body = rows.body(row);
            if (isNull(data, body)) {
                target.appendNull();
            } else {
                boolean wide = rows.isWide(row);
                requireDimension(length(data, body, wide));
                int start = start(data, body, wide);
                int first = target.reserveRow();
                copyFloats(data, start, target.values(), first);
            }
        }
    }

    private float[] embedding(byte[] data, int start, int length) {
        requireDimension(length);
        float[] values = new float[dimension()];
        copyFloats(data, start, values, 0);
        return values;
    }

    private void copyFloats(byte[] data, int start, float[] target, int first) {
        ByteBuffer.wrap(data, start, dimension() * Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(target, first, dimension());
    }

    private int dimension() {
        return ((EmbeddingType) type).dimension();
    }

    private void requireDimension(int length) {
        if (length != dimension() * Float.BYTES) {
            throw RowLayout.corrupted(table);
        }
    }
}
