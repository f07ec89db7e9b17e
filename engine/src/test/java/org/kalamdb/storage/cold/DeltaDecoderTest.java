// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.cold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.values.ValuesWriter;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForInteger;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForLong;
import org.junit.jupiter.api.Test;

final class DeltaDecoderTest {
    private static final int[] COUNTS = {0, 1, 2, 32, 33, 34, 128, 129, 130, 1000, 4096};

    @Test
    void readsLongsOfAllWidths() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int width = 0; width <= Long.SIZE; width++) {
            for (int count : COUNTS) {
                long base = random.nextLong();
                long[] values = new long[count];
                for (int i = 0; i < count; i++) {
                    values[i] = base + (width == 0 ? 0 : random.nextLong() >>> Long.SIZE - width);
                }
                assertThat(decoded(encoded(values), count))
                        .as("seed %d, %d values of %d bits", seed, count, width)
                        .isEqualTo(values);
            }
        }
    }

    @Test
    void readsTheLeastAndTheGreatestLongs() throws IOException {
        long[] values = {Long.MIN_VALUE, Long.MAX_VALUE, 0, -1, Long.MIN_VALUE, 1, Long.MAX_VALUE, Long.MAX_VALUE};
        assertThat(decoded(encoded(values), values.length)).isEqualTo(values);
    }

    @Test
    void readsInts() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int[] values = new int[5000];
        for (int i = 0; i < values.length; i++) {
            values[i] =
                    i % 1000 == 0 ? Integer.MIN_VALUE : i % 500 == 0 ? Integer.MAX_VALUE : random.nextInt(1 + i * 9);
        }
        ValuesWriter writer =
                new DeltaBinaryPackingValuesWriterForInteger(128, 4, 1024, 1 << 20, new HeapByteBufferAllocator());
        for (int value : values) {
            writer.writeInteger(value);
        }
        long[] decoded = decoded(bytes(writer), values.length);
        assertThat(Arrays.stream(decoded).mapToInt(value -> (int) value)).containsExactly(box(values));
    }

    @Test
    void refusesWhatEndsTooEarly() throws IOException {
        long[] values = new Random(1).longs(289).toArray();
        byte[] whole = encoded(values);
        for (int length = 0; length < whole.length; length += 7) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> decoded(part, values.length)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void refusesAnotherNumberOfValues() {
        long[] values = {1, 2, 3};
        assertThatThrownBy(() -> decoded(encoded(values), 4)).isInstanceOf(IOException.class);
    }

    @Test
    void meetsDamageWithAnErrorOrOtherValues() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] whole = encoded(random.longs(300).toArray());
        for (int round = 0; round < 2000; round++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(round % 2 == 0 ? 20 : damaged.length)] = (byte) random.nextInt();
            try {
                assertThat(decoded(damaged, 300)).hasSize(300);
            } catch (IOException e) {
                assertThat(e).as("seed %d", seed).hasMessageStartingWith("a page ");
            }
        }
    }

    private static Integer[] box(int[] values) {
        return Arrays.stream(values).boxed().toArray(Integer[]::new);
    }

    private static byte[] encoded(long[] values) throws IOException {
        ValuesWriter writer =
                new DeltaBinaryPackingValuesWriterForLong(128, 4, 1024, 1 << 20, new HeapByteBufferAllocator());
        for (long value : values) {
            writer.writeLong(value);
        }
        return bytes(writer);
    }

    private static byte[] bytes(ValuesWriter writer) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        writer.getBytes().writeAllTo(bytes);
        return bytes.toByteArray();
    }

    private static long[] decoded(byte[] bytes, int count) throws IOException {
        byte[] padded = Arrays.copyOf(bytes, bytes.length + HybridDecoder.PADDING);
        long[] out = new long[count];
        new DeltaDecoder(padded, 0, bytes.length).decode(out, count);
        return out;
    }
}
