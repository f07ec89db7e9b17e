// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.row;

import java.util.List;
import org.kalamdb.engine.batch.BooleanVector;
import org.kalamdb.engine.batch.BytesVector;
import org.kalamdb.engine.batch.ColumnVector;
import org.kalamdb.engine.batch.Decimal128Vector;
import org.kalamdb.engine.batch.EmbeddingVector;
import org.kalamdb.engine.batch.LongVector;
import org.kalamdb.engine.batch.UuidVector;
import org.kalamdb.type.DecimalType;
import org.kalamdb.type.TypeKind;

/**
 * Turns vectors into stored rows of one schema version of a table, one column after the other, so that no value becomes an
 * object. The rows are those of {@link RowEncoder}. Safe for use by several threads.
 */
public final class BatchEncoder {
    private final RowLayout layout;
    private final RowEncoder rows;

    BatchEncoder(RowLayout layout, RowEncoder rows) {
        this.layout = layout;
        this.rows = rows;
    }

    /**
     * Rows that are written now.
     *
     * @param columns one vector for each column of the table, of its type; its values must be stored values of the type
     * @param from the first row of the vectors to take
     * @param to the row behind the last one
     * @param insertionMicros as of {@link RowEncoder#encode(Object[], long)}
     */
    public byte[][] encode(List<ColumnVector> columns, int from, int to, long insertionMicros) {
        Target target = new Target(from, to);
        for (int column = 0; column < columns.size(); column++) {
            if (!layout.isFixed(column)) {
                target.addLengths(columns.get(column));
            }
        }
        target.allocate(insertionMicros);
        for (int column = 0; column < columns.size(); column++) {
            ColumnVector vector = columns.get(column);
            target.putNulls(vector, column);
            if (layout.isFixed(column)) {
                target.putFixed(vector, layout.fixedOffset(column));
            } else {
                target.putVariable(vector, layout.variableIndex(column));
            }
        }
        return target.stored;
    }

    /** The rows of a run. Confined to one thread. */
    private final class Target {
        private final int from;
        private final int count;
        private final byte[][] stored;
        /** Where the bodies begin. */
        private final int[] bodies;
        /** Bytes of the values of variable width: of all of them, and of those that are written. */
        private final long[] lengths;

        private final int[] ends;

        Target(int from, int to) {
            this.from = from;
            this.count = to - from;
            this.stored = new byte[count][];
            this.bodies = new int[count];
            this.lengths = new long[count];
            this.ends = new int[count];
        }

        void addLengths(ColumnVector vector) {
            for (int row = 0; row < count; row++) {
                if (!vector.isNull(from + row)) {
                    lengths[row] += length(vector, from + row);
                }
            }
        }

        private static int length(ColumnVector vector, int row) {
            if (vector instanceof EmbeddingVector embedding) {
                return embedding.dimension() * Float.BYTES;
            }
            int[] offsets = ((BytesVector) vector).offsets();
            return offsets[row + 1] - offsets[row];
        }

        void allocate(long insertionMicros) {
            for (int row = 0; row < count; row++) {
                boolean wide = isWide(row);
                int flags = rows.flags(wide, insertionMicros);
                stored[row] = rows.allocate(flags, layout.headLength(wide) + lengths[row]);
                bodies[row] = rows.putHeader(stored[row], flags, insertionMicros);
            }
        }

        private boolean isWide(int row) {
            return lengths[row] > RowEncoder.MAX_NARROW_LENGTH;
        }

        void putNulls(ColumnVector vector, int column) {
            if (vector.hasNulls()) {
                for (int row = 0; row < count; row++) {
                    if (vector.isNull(from + row)) {
                        stored[row][bodies[row] + (column >> 3)] |= (byte) (1 << (column & 7));
                    }
                }
            }
        }

        /** A NULL leaves its place as it is, whatever the vector has there. */
        void putFixed(ColumnVector vector, int offset) {
            switch (vector.type().kind()) {
                case BOOLEAN -> {
                    byte[] values = ((BooleanVector) vector).values();
                    forEachValue(vector, (bytes, at, row) -> bytes[at + offset] = values[row]);
                }
                case SMALLINT ->
                    forEachValue(
                            vector,
                            (bytes, at, row) -> LittleEndian.putShort(bytes, at + offset, (short) vector.getInt(row)));
                case INT, DATE ->
                    forEachValue(
                            vector, (bytes, at, row) -> LittleEndian.putInt(bytes, at + offset, vector.getInt(row)));
                case BIGINT, TIME, TIMESTAMP, DATETIME ->
                    forEachValue(
                            vector, (bytes, at, row) -> LittleEndian.putLong(bytes, at + offset, vector.getLong(row)));
                case FLOAT ->
                    forEachValue(
                            vector,
                            (bytes, at, row) -> LittleEndian.putInt(
                                    bytes, at + offset, Float.floatToRawIntBits(vector.getFloat(row))));
                case DOUBLE ->
                    forEachValue(
                            vector,
                            (bytes, at, row) -> LittleEndian.putLong(
                                    bytes, at + offset, Double.doubleToRawLongBits(vector.getDouble(row))));
                case UUID -> {
                    UuidVector uuids = (UuidVector) vector;
                    putPairs(vector, offset, uuids.high(), uuids.low());
                }
                case DECIMAL -> putDecimals(vector, offset);
                case TEXT, JSON, BYTES, EMBEDDING -> throw new IllegalStateException("Not of fixed width");
            }
        }

        private void putDecimals(ColumnVector vector, int offset) {
            if (vector instanceof LongVector decimals) {
                long[] values = decimals.values();
                forEachValue(vector, (bytes, at, row) -> LittleEndian.putLong(bytes, at + offset, values[row]));
            } else {
                Decimal128Vector decimals = (Decimal128Vector) vector;
                if (((DecimalType) vector.type()).fitsLong()) {
                    long[] low = decimals.low();
                    forEachValue(vector, (bytes, at, row) -> LittleEndian.putLong(bytes, at + offset, low[row]));
                } else {
                    putPairs(vector, offset, decimals.low(), decimals.high());
                }
            }
        }

        private void putPairs(ColumnVector vector, int offset, long[] first, long[] second) {
            forEachValue(vector, (bytes, at, row) -> {
                LittleEndian.putLong(bytes, at + offset, first[row]);
                LittleEndian.putLong(bytes, at + offset + Long.BYTES, second[row]);
            });
        }

        private void forEachValue(ColumnVector vector, Put put) {
            for (int row = 0; row < count; row++) {
                if (!vector.isNull(from + row)) {
                    put.value(stored[row], bodies[row], from + row);
                }
            }
        }

        void putVariable(ColumnVector vector, int index) {
            for (int row = 0; row < count; row++) {
                byte[] bytes = stored[row];
                boolean wide = isWide(row);
                if (!vector.isNull(from + row)) {
                    int start = bodies[row] + layout.headLength(wide) + ends[row];
                    ends[row] += put(vector, from + row, bytes, start);
                }
                RowLayout.putEnd(bytes, bodies[row] + layout.endsOffset(), index, wide, ends[row]);
            }
        }

        /** Returns how many bytes the value takes. */
        private static int put(ColumnVector vector, int row, byte[] bytes, int at) {
            int length = length(vector, row);
            if (vector.type().kind() == TypeKind.EMBEDDING) {
                float[] values = ((EmbeddingVector) vector).values();
                int first = row * (length / Float.BYTES);
                for (int i = 0; i < length / Float.BYTES; i++) {
                    LittleEndian.putInt(bytes, at + i * Float.BYTES, Float.floatToRawIntBits(values[first + i]));
                }
            } else {
                BytesVector source = (BytesVector) vector;
                System.arraycopy(source.data(), source.offsets()[row], bytes, at, length);
            }
            return length;
        }
    }

    /** Writes a value of a row of the vector into the row whose body begins at an offset. */
    @FunctionalInterface
    private interface Put {
        void value(byte[] bytes, int body, int row);
    }
}
