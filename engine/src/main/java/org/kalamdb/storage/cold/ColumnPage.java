// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.cold;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.batch.BooleanVectorBuilder;
import org.kalamdb.engine.batch.BytesVectorBuilder;
import org.kalamdb.engine.batch.Decimal128VectorBuilder;
import org.kalamdb.engine.batch.DoubleVectorBuilder;
import org.kalamdb.engine.batch.EmbeddingVectorBuilder;
import org.kalamdb.engine.batch.FloatVectorBuilder;
import org.kalamdb.engine.batch.IntVectorBuilder;
import org.kalamdb.engine.batch.LongVectorBuilder;
import org.kalamdb.engine.batch.ShortVectorBuilder;
import org.kalamdb.engine.batch.UuidVectorBuilder;
import org.kalamdb.engine.batch.VectorBuilder;
import org.kalamdb.type.DecimalType;
import org.kalamdb.type.KalamDataType;
import org.kalamdb.type.TypeKind;

/**
 * The decoded values of one page of one column. Each kind of array has a loop of its own that appends its rows: one loop for
 * all would cost a virtual call a value. Immutable; safe for use by several threads.
 */
public abstract class ColumnPage {
    private final KalamDataType type;
    /** Where the value of each row is among the values, -1 for NULL; null if there is no NULL. */
    private final int @Nullable [] slots;

    private ColumnPage(KalamDataType type, int @Nullable [] slots) {
        this.type = type;
        this.slots = slots;
    }

    /** The type the values are stored in. */
    public final KalamDataType type() {
        return type;
    }

    /** The stored value of a row, counted in the page, or null for NULL. */
    public final @Nullable Object storedValue(int row) {
        int slot = slot(row);
        return slot < 0 ? null : value(slot);
    }

    /**
     * Appends some rows to a column of the same type.
     *
     * @param rows numbers of rows, counted in the page; the first {@code count} are taken
     */
    public abstract void appendTo(VectorBuilder target, int[] rows, int count);

    /** About how much heap it takes. */
    public final int sizeInBytes() {
        return valueBytes() + (slots == null ? 0 : slots.length * Integer.BYTES);
    }

    abstract Object value(int slot);

    abstract int valueBytes();

    final int slot(int row) {
        return slots == null ? row : slots[row];
    }

    /** Values stored in 32 bits: SMALLINT, INT, DATE. */
    static final class Ints extends ColumnPage {
        private final int[] values;

        Ints(KalamDataType type, int @Nullable [] slots, int[] values) {
            super(type, slots);
            this.values = values;
        }

        @Override
        public void appendTo(VectorBuilder target, int[] rows, int count) {
            if (target instanceof ShortVectorBuilder shorts) {
                for (int i = 0; i < count; i++) {
                    int slot = slot(rows[i]);
                    if (slot < 0) {
                        shorts.appendNull();
                    } else {
                        shorts.append((short) values[slot]);
                    }
                }
                return;
            }
            IntVectorBuilder ints = (IntVectorBuilder) target;
            for (int i = 0; i < count; i++) {
                int slot = slot(rows[i]);
                if (slot < 0) {
                    ints.appendNull();
                } else {
                    ints.append(values[slot]);
                }
            }
        }

        @Override
        int valueBytes() {
            return values.length * Integer.BYTES;
        }

        @Override
        Object value(int slot) {
            if (type().kind() == TypeKind.SMALLINT) {
                return (short) values[slot];
            }
            return values[slot];
        }
    }

    /** Values stored in 64 bits: BIGINT, TIME, TIMESTAMP, DATETIME, DECIMAL of precision 18 or less. */
    static final class Longs extends ColumnPage {
        private final long[] values;

        Longs(KalamDataType type, int @Nullable [] slots, long[] values) {
            super(type, slots);
            this.values = values;
        }

        @Override
        public void appendTo(VectorBuilder target, int[] rows, int count) {
            LongVectorBuilder longs = (LongVectorBuilder) target;
            for (int i = 0; i < count; i++) {
                int slot = slot(rows[i]);
                if (slot < 0) {
                    longs.appendNull();
                } else {
                    longs.append(values[slot]);
                }
            }
        }

        @Override
        int valueBytes() {
            return values.length * Long.BYTES;
        }

        @Override
        Object value(int slot) {
            if (type() instanceof DecimalType decimal) {
                return BigDecimal.valueOf(values[slot], decimal.scale());
            }
            return values[slot];
        }
    }

    static final class Floats extends ColumnPage {
        private final float[] values;

        Floats(KalamDataType type, int @Nullable [] slots, float[] values) {
            super(type, slots);
            this.values = values;
        }

        @Override
        public void appendTo(VectorBuilder target, int[] rows, int count) {
            FloatVectorBuilder floats = (FloatVectorBuilder) target;
            for (int i = 0; i < count; i++) {
                int slot = slot(rows[i]);
                if (slot < 0) {
                    floats.appendNull();
                } else {
                    floats.append(values[slot]);
                }
            }
        }

        @Override
        int valueBytes() {
            return values.length * Float.BYTES;
        }

        @Override
        Object value(int slot) {
            return values[slot];
        }
    }

    static final class Doubles extends ColumnPage {
        private final double[] values;

        Doubles(KalamDataType type, int @Nullable [] slots, double[] values) {
            super(type, slots);
            this.values = values;
        }

        @Override
        public void appendTo(VectorBuilder target, int[] rows, int count) {
            DoubleVectorBuilder doubles = (DoubleVectorBuilder) target;
            for (int i = 0; i < count; i++) {
                int slot = slot(rows[i]);
                if (slot < 0) {
                    doubles.appendNull();
                } else {
                    doubles.append(values[slot]);
                }
            }
        }

        @Override
        int valueBytes() {
            return values.length * Double.BYTES;
        }

        @Override
        Object value(int slot) {
            return values[slot];
        }
    }

    static final class Booleans extends ColumnPage {
        private final boolean[] values;

        Booleans(KalamDataType type, int @Nullable [] slots, boolean[] values) {
            super(type, slots);
            this.values = values;
        }

        @Override
        public void appendTo(VectorBuilder target, int[] rows, int count) {
            BooleanVectorBuilder booleans = (BooleanVectorBuilder) target;
            for (int i = 0; i < count; i++) {
                int slot = slot(rows[i]);
                if (slot < 0) {
                    booleans.appendNull();
                } else {
                    booleans.append(values[slot]);
                }
            }
        }

        @Override
        int valueBytes() {
            return values.length;
        }

        @Override
        Object value(int slot) {
            return values[slot];
        }
    }

    /** Byte strings of any length: TEXT, JSON, BYTES. */
    static final class Strings extends ColumnPage {
        private final ByteStrings values;

        Strings(KalamDataType type, int @Nullable [] slots, ByteStrings values) {
            super(type, slots);
            this.values = values;
        }

        @Override
        public void appendTo(VectorBuilder target, int[] rows, int count) {
            BytesVectorBuilder bytes = (BytesVectorBuilder) target;
            for (int i = 0; i < count; i++) {
                int slot = slot(rows[i]);
                if (slot < 0) {
                    bytes.appendNull();
                } else {
                    bytes.append(values.data(), values.start(slot), values.length(slot));
                }
            }
        }

        @Override
        int valueBytes() {
            return values.sizeInBytes();
        }

        @Override
        Object value(int slot) {
            int start = values.start(slot);
            return type().kind() == TypeKind.BYTES
                    ? Arrays.copyOfRange(values.data(), start, start + values.length(slot))
                    : new String(values.data(), start, values.length(slot), StandardCharsets.UTF_8);
        }
    }

    /** Sixteen bytes a value, most significant first. */
    static final class Uuids extends ColumnPage {
        private final ByteStrings values;
        private final ByteBuffer data;

        Uuids(KalamDataType type, int @Nullable [] slots, ByteStrings values) {
            super(type, slots);
            this.values = values;
            this.data = ByteBuffer.wrap(values.data());
        }

        @Override
        public void appendTo(VectorBuilder target, int[] rows, int count) {
            UuidVectorBuilder uuids = (UuidVectorBuilder) target;
            for (int i = 0; i < count; i++) {
                int slot = slot(rows[i]);
                if (slot < 0) {
                    uuids.appendNull();
                } else {
                    int start = values.start(slot);
                    uuids.append(data.getLong(start), data.getLong(start + Long.BYTES));
                }
            }
        }

        @Override
        int valueBytes() {
            return values.sizeInBytes();
        }

        @Override
        Object value(int slot) {
            int start = values.start(slot);
            return new UUID(data.getLong(start), data.getLong(start + Long.BYTES));
        }
    }

    /** DECIMAL of more than 18 digits: two's complement, most significant byte first. */
    static final class BigDecimals extends ColumnPage {
        private final ByteStrings values;
        private final int scale;

        BigDecimals(DecimalType type, int @Nullable [] slots, ByteStrings values) {
            super(type, slots);
            this.values = values;
            this.scale = type.scale();
        }

        @Override
        public void appendTo(VectorBuilder target, int[] rows, int count) {
            Decimal128VectorBuilder decimals = (Decimal128VectorBuilder) target;
            for (int i = 0; i < count; i++) {
                int slot = slot(rows[i]);
                if (slot < 0) {
                    decimals.appendNull();
                } else {
                    append(decimals, values.start(slot), values.length(slot));
                }
            }
        }

        private void append(Decimal128VectorBuilder target, int start, int length) {
            byte[] data = values.data();
            long high = data[start] >> 7;
            long low = high;
            for (int i = start; i < start + length; i++) {
                high = high << 8 | low >>> 56;
                low = low << 8 | data[i] & 0xff;
            }
            target.append(high, low);
        }

        @Override
        int valueBytes() {
            return values.sizeInBytes();
        }

        @Override
        Object value(int slot) {
            return new BigDecimal(new BigInteger(values.data(), values.start(slot), values.length(slot)), scale);
        }
    }

    /** EMBEDDING: as many floats a value as the type has dimensions. */
    static final class Embeddings extends ColumnPage {
        private final float[] values;
        private final int dimension;

        Embeddings(KalamDataType type, int @Nullable [] slots, float[] values, int dimension) {
            super(type, slots);
            this.values = values;
            this.dimension = dimension;
        }

        @Override
        public void appendTo(VectorBuilder target, int[] rows, int count) {
            EmbeddingVectorBuilder embeddings = (EmbeddingVectorBuilder) target;
            for (int i = 0; i < count; i++) {
                int slot = slot(rows[i]);
                if (slot < 0) {
                    embeddings.appendNull();
                } else {
                    embeddings.append(embedding(slot));
                }
            }
        }

        @Override
        int valueBytes() {
            return values.length * Float.BYTES;
        }

        @Override
        Object value(int slot) {
            return embedding(slot);
        }

        private float[] embedding(int slot) {
            return Arrays.copyOfRange(values, slot * dimension, (slot + 1) * dimension);
        }
    }
}
