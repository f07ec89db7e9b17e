// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.apache.calcite.avatica.util.ByteString;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.function.Embedding;

/** What lanes write to blocks they read again. */
final class LaneBlockTest {
    private final long seed = ThreadLocalRandom.current().nextLong();
    private final Random random = new Random(seed);

    @ParameterizedTest
    @EnumSource
    void readsWhatWasWritten(LaneType type) {
        Lane read = Lane.of(type);
        for (int nullShare : new int[] {0, 3, 1}) {
            List<@Nullable Object> values = new ArrayList<>();
            Lane lane = Lane.of(type);
            for (int i = 0; i < 1000; i++) {
                values.add(nullShare > 0 && random.nextInt(nullShare) == 0 ? null : value(type, i));
                lane.reserve(i + 1);
                lane.set(i, values.get(i));
            }
            int[] rows =
                    IntStream.range(0, 1000).filter(i -> random.nextBoolean()).toArray();

            BlockWriter writer = new BlockWriter();
            writer.clear();
            lane.write(rows, rows.length, writer);
            read.read(new BlockReader(Arrays.copyOf(writer.bytes(), writer.size())), rows.length);

            for (int i = 0; i < rows.length; i++) {
                assertThat(read.get(i)).as("seed %d", seed).isEqualTo(values.get(rows[i]));
            }
            assertThat(read.heapBytes()).isPositive();
        }
    }

    private Object value(LaneType type, int i) {
        return switch (type) {
            case BOOLEAN -> random.nextBoolean();
            case SMALLINT -> (short) random.nextInt();
            case INT -> random.nextInt(300);
            case BIGINT -> i == 0 ? Long.MIN_VALUE : i == 1 ? Long.MAX_VALUE : random.nextLong();
            case FLOAT -> random.nextFloat();
            case DOUBLE -> i == 0 ? Double.NaN : i == 1 ? -0.0 : random.nextDouble();
            case DECIMAL ->
                random.nextInt(200) == 0
                        ? new BigDecimal(new BigInteger(120, random), random.nextInt(5))
                        : BigDecimal.valueOf(random.nextInt(), 2);
            case TEXT -> "é€😀".repeat(random.nextInt(4)) + random.nextInt(10);
            case BYTES -> new ByteString(new byte[random.nextInt(5)]);
            case EMBEDDING -> new Embedding(new float[] {random.nextFloat(), Float.NaN});
            case OBJECT -> new UUID(random.nextLong(), random.nextLong());
        };
    }

    @Test
    void refusesObjectsThatNoColumnHas() {
        Lane lane = Lane.of(LaneType.OBJECT);
        lane.prepare(1);
        lane.set(0, List.of(1));

        assertThatThrownBy(() -> lane.write(new int[] {0}, 1, new BlockWriter()))
                .isInstanceOfSatisfying(
                        KalamException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MEMORY_EXCEEDED));
    }
}
