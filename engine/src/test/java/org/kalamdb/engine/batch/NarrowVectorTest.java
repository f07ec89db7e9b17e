// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.kalamdb.type.DecimalType;
import org.kalamdb.type.KalamDataType;

final class NarrowVectorTest {
    @Test
    void takesTheFewestBytesThatHoldAllDifferences() {
        assertThat(bytesOfRow(KalamDataType.BIGINT, 5_000_000_000L, 5_000_000_127L, 4_999_999_872L))
                .isEqualTo(1);
        assertThat(bytesOfRow(KalamDataType.BIGINT, 0, 128)).isEqualTo(2);
        assertThat(bytesOfRow(KalamDataType.BIGINT, 0, -129)).isEqualTo(2);
        assertThat(bytesOfRow(KalamDataType.BIGINT, -1, Short.MAX_VALUE)).isEqualTo(4);
        assertThat(bytesOfRow(KalamDataType.BIGINT, 0, Integer.MIN_VALUE)).isEqualTo(4);
        assertThat(bytesOfRow(KalamDataType.DATE, 20_000, 19_000)).isEqualTo(2);
        assertThat(bytesOfRow(KalamDataType.SMALLINT, -7, 7)).isEqualTo(1);
        assertThat(bytesOfRow(KalamDataType.BIGINT, Long.MIN_VALUE, Long.MAX_VALUE))
                .isEqualTo(1);
    }

    @Test
    void isOfTheUsualKindWhereThatIsAsNarrow() {
        assertThat(vector(KalamDataType.SMALLINT, 0, 128)).isInstanceOf(ShortVector.class);
        assertThat(vector(KalamDataType.INT, 0, Short.MAX_VALUE + 1)).isInstanceOf(IntVector.class);
        assertThat(vector(KalamDataType.BIGINT, 0, Integer.MAX_VALUE + 1L)).isInstanceOf(LongVector.class);
        assertThat(vector(KalamDataType.BIGINT, 0, Long.MAX_VALUE)).isInstanceOf(LongVector.class);
    }

    @Test
    void answersTheNumbersItWasMadeOf() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int width = 1; width <= Long.SIZE; width++) {
            long base = random.nextLong();
            int shift = Long.SIZE - width;
            long[] numbers =
                    random.longs(500).map(bits -> base + (bits >> shift)).toArray();
            ColumnVector vector = vector(KalamDataType.BIGINT, numbers);
            assertThat(IntStream.range(0, numbers.length).mapToLong(vector::getLong))
                    .as("seed %d, %d bits", seed, width)
                    .containsExactly(Arrays.stream(numbers).boxed().toArray(Long[]::new));
            if (vector instanceof NarrowVector narrow) {
                long[] wide = new long[numbers.length + 3];
                narrow.widen(wide);
                assertThat(Arrays.copyOf(wide, numbers.length)).isEqualTo(numbers);
                assertThat(narrow.bitWidth())
                        .as("seed %d, %d bits", seed, width)
                        .isGreaterThanOrEqualTo(
                                new LongVector(KalamDataType.BIGINT, numbers.length, numbers, null).bitWidth());
            }
        }
    }

    @Test
    void answersStoredValuesOfItsType() {
        long[] nulls = {0b10};
        assertThat(NarrowVector.of(KalamDataType.SMALLINT, 2, new long[] {-3, 0}, nulls)
                        .storedValue(0))
                .isEqualTo((short) -3);
        assertThat(NarrowVector.of(KalamDataType.INT, 2, new long[] {70_000, 0}, nulls)
                        .storedValue(1))
                .isNull();
        assertThat(vector(KalamDataType.DATE, 9, 10).storedValue(1)).isEqualTo(10);
        assertThat(vector(KalamDataType.DATE, 9, 10).getInt(1)).isEqualTo(10);
        assertThat(vector(KalamDataType.TIMESTAMP, 9, 10).storedValue(1)).isEqualTo(10L);
        ColumnVector prices = vector(new DecimalType(9, 2), -5, 1234);
        assertThat(prices.storedValue(0)).isEqualTo(new BigDecimal("-0.05"));
        assertThat(prices.getDecimal(1)).isEqualTo(new BigDecimal("12.34"));
    }

    @Test
    void isCopiedIntoVectorsOfItsType() {
        for (KalamDataType type :
                new KalamDataType[] {KalamDataType.SMALLINT, KalamDataType.INT, KalamDataType.BIGINT}) {
            VectorBuilder builder = VectorBuilder.of(type, 1);
            builder.append(vector(type, 3, 4, -5, 6), new int[] {3, 2, 0}, 0, 3);
            builder.append(NarrowVector.of(type, 2, new long[] {8, 8}, new long[] {0b10}), new int[] {0, 1}, 0, 2);
            ColumnVector copy = builder.build();
            assertThat(IntStream.range(0, 4).mapToObj(row -> String.valueOf(copy.storedValue(row))))
                    .containsExactly("6", "-5", "3", "8");
            assertThat(copy.isNull(4)).isTrue();
        }
    }

    private static ColumnVector vector(KalamDataType type, long... numbers) {
        return NarrowVector.of(type, numbers.length, numbers, null);
    }

    private static int bytesOfRow(KalamDataType type, long... numbers) {
        return ((NarrowVector) vector(type, numbers)).bytesOfRow();
    }
}
