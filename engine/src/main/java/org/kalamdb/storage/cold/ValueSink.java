// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.cold;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.UUID;
import org.apache.parquet.column.values.ValuesWriter;
import org.apache.parquet.column.values.bloomfilter.BlockSplitBloomFilter;
import org.apache.parquet.io.api.Binary;
import org.kalamdb.engine.batch.BytesVector;
import org.kalamdb.engine.batch.ColumnVector;
import org.kalamdb.engine.batch.EmbeddingVector;
import org.kalamdb.type.ParquetTypes;

/** Hands values that are not NULL to a column's encoder, statistics and bloom filter. Confined to one thread. */
abstract class ValueSink {
    private static final long[] NO_HASHES = {};

    final ValuesWriter target;
    /** Of the values of the page being written. */
    ValueStatistics statistics;

    private final boolean hashing;
    private final BlockSplitBloomFilter hasher;
    private long[] hashes = NO_HASHES;
    private int hashCount;

    private ValueSink(boolean hashing, ValuesWriter target, ValueStatistics statistics) {
        this.hashing = hashing;
        this.target = target;
        this.statistics = statistics;
        // Smallest there is: it only lends its hash function.
        this.hasher = new BlockSplitBloomFilter(BlockSplitBloomFilter.LOWER_BOUND_BYTES);
    }

    abstract void write(ColumnVector vector, int row);

    /** Begins a page, whose values go to these statistics. */
    final void beginPage(ValueStatistics page) {
        statistics = page;
    }

    /** Hashes of the values written, for the bloom filter; none if it gets none. */
    final long[] hashes() {
        return Arrays.copyOf(hashes, hashCount);
    }

    final void hash(long value) {
        if (hashing) {
            keep(hasher.hash(value));
        }
    }

    final void hash(int value) {
        if (hashing) {
            keep(hasher.hash(value));
        }
    }

    final void hash(double value) {
        if (hashing) {
            keep(hasher.hash(value));
        }
    }

    final void hash(float value) {
        if (hashing) {
            keep(hasher.hash(value));
        }
    }

    final void hash(Binary value) {
        if (hashing) {
            keep(hasher.hash(value));
        }
    }

    private void keep(long hash) {
        if (hashCount == hashes.length) {
            hashes = Arrays.copyOf(hashes, Math.max(1024, 2 * hashCount));
        }
        hashes[hashCount++] = hash;
    }

    static ValueSink of(SegmentColumn column, ValuesWriter target, ValueStatistics statistics) {
        boolean hashing = column.inKey();
        return switch (column.type().kind()) {
            case BOOLEAN -> new Booleans(target, statistics);
            case SMALLINT, INT, DATE -> new Ints(hashing, target, statistics);
            case BIGINT, TIME, TIMESTAMP, DATETIME -> new Longs(hashing, target, statistics);
            case FLOAT -> new Floats(hashing, target, statistics);
            case DOUBLE -> new Doubles(hashing, target, statistics);
            case TEXT, JSON, BYTES -> new Strings(hashing, target, statistics);
            case UUID -> new Uuids(hashing, target, statistics);
            case DECIMAL -> {
                int length = ParquetTypes.fixedLength(column.type());
                yield length == 0
                        ? new Longs(hashing, target, statistics)
                        : new BigDecimals(hashing, target, statistics, length);
            }
            case EMBEDDING -> new Embeddings(target, statistics);
        };
    }

    private static final class Booleans extends ValueSink {
        Booleans(ValuesWriter target, ValueStatistics statistics) {
            super(false, target, statistics);
        }

        @Override
        void write(ColumnVector vector, int row) {
            boolean value = vector.getBoolean(row);
            target.writeBoolean(value);
            statistics.add(value);
        }
    }

    private static final class Ints extends ValueSink {
        Ints(boolean hashing, ValuesWriter target, ValueStatistics statistics) {
            super(hashing, target, statistics);
        }

        @Override
        void write(ColumnVector vector, int row) {
            int value = vector.getInt(row);
            target.writeInteger(value);
            statistics.add(value);
            hash(value);
        }
    }

    private static final class Longs extends ValueSink {
        Longs(boolean hashing, ValuesWriter target, ValueStatistics statistics) {
            super(hashing, target, statistics);
        }

        @Override
        void write(ColumnVector vector, int row) {
            long value = vector.getLong(row);
            target.writeLong(value);
            statistics.add(value);
            hash(value);
        }
    }

    private static final class Floats extends ValueSink {
        Floats(boolean hashing, ValuesWriter target, ValueStatistics statistics) {
            super(hashing, target, statistics);
        }

        @Override
        void write(ColumnVector vector, int row) {
            float value = vector.getFloat(row);
            target.writeFloat(value);
            statistics.add(value);
            hash(value);
        }
    }

    private static final class Doubles extends ValueSink {
        Doubles(boolean hashing, ValuesWriter target, ValueStatistics statistics) {
            super(hashing, target, statistics);
        }

        @Override
        void write(ColumnVector vector, int row) {
            double value = vector.getDouble(row);
            target.writeDouble(value);
            statistics.add(value);
            hash(value);
        }
    }

    /** Byte strings of any kind: the value goes to all three. */
    private abstract static class Binaries extends ValueSink {
        Binaries(boolean hashing, ValuesWriter target, ValueStatistics statistics) {
            super(hashing, target, statistics);
        }

        abstract Binary binary(ColumnVector vector, int row);

        @Override
        final void write(ColumnVector vector, int row) {
            Binary value = binary(vector, row);
            target.writeBytes(value);
            statistics.add(value);
            hash(value);
        }
    }

    private static final class Strings extends Binaries {
        Strings(boolean hashing, ValuesWriter target, ValueStatistics statistics) {
            super(hashing, target, statistics);
        }

        @Override
        Binary binary(ColumnVector vector, int row) {
            BytesVector bytes = (BytesVector) vector;
            int start = bytes.offsets()[row];
            // The vector's array is used again for the next batch, so that who keeps the value must copy it.
            return Binary.fromReusedByteArray(bytes.data(), start, bytes.offsets()[row + 1] - start);
        }
    }

    private static final class Uuids extends Binaries {
        Uuids(boolean hashing, ValuesWriter target, ValueStatistics statistics) {
            super(hashing, target, statistics);
        }

        @Override
        Binary binary(ColumnVector vector, int row) {
            UUID uuid = vector.getUuid(row);
            return Binary.fromConstantByteArray(ByteBuffer.allocate(2 * Long.BYTES)
                    .putLong(uuid.getMostSignificantBits())
                    .putLong(uuid.getLeastSignificantBits())
                    .array());
        }
    }

    private static final class BigDecimals extends Binaries {
        private final int length;

        BigDecimals(boolean hashing, ValuesWriter target, ValueStatistics statistics, int length) {
            super(hashing, target, statistics);
            this.length = length;
        }

        @Override
        Binary binary(ColumnVector vector, int row) {
            BigInteger unscaled = vector.getDecimal(row).unscaledValue();
            byte[] shortest = unscaled.toByteArray();
            byte[] bytes = new byte[length];
            Arrays.fill(bytes, (byte) (unscaled.signum() < 0 ? -1 : 0));
            System.arraycopy(shortest, 0, bytes, length - shortest.length, shortest.length);
            return Binary.fromConstantByteArray(bytes);
        }
    }

    private static final class Embeddings extends ValueSink {
        Embeddings(ValuesWriter target, ValueStatistics statistics) {
            super(false, target, statistics);
        }

        @Override
        void write(ColumnVector vector, int row) {
            EmbeddingVector embeddings = (EmbeddingVector) vector;
            float[] values = embeddings.values();
            int start = row * embeddings.dimension();
            for (int i = start; i < start + embeddings.dimension(); i++) {
                target.writeFloat(values[i]);
                statistics.add(values[i]);
            }
        }
    }
}
