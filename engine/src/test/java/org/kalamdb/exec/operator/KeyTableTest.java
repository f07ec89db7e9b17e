// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kalamdb.exec.kernel.Lane;
import org.kalamdb.exec.kernel.LaneType;

/** Keys are numbered as they come, however far they lie apart. */
final class KeyTableTest {
    private static final int BATCHES = 40;

    private final long seed = ThreadLocalRandom.current().nextLong();
    private final Random random = new Random(seed);

    /** How the keys of a batch are drawn. */
    private interface Keys {
        long next(Random random, int batch, int row);
    }

    private record Shape(String name, Keys keys) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Stream<Shape> shapes() {
        return Stream.of(
                new Shape("few", (random, batch, row) -> random.nextInt(5)),
                new Shape("close", (random, batch, row) -> random.nextInt(20_000) - 10_000),
                new Shape("far", (random, batch, row) -> random.nextLong()),
                new Shape("upwards", (random, batch, row) -> 4L * (batch * 1000L + row) + 1_000_000_000_000L),
                new Shape("downwards", (random, batch, row) -> -(batch * 1000L + row)),
                new Shape("both ways", (random, batch, row) -> (batch % 2 == 0 ? 1 : -1) * (batch * 1000L + row)),
                new Shape("thin, then close", (random, batch, row) -> random.nextInt(200_000)),
                new Shape(
                        "close, then far",
                        (random, batch, row) -> batch < 20 ? random.nextInt(9000) : random.nextLong() >> batch),
                new Shape(
                        "ends of the range",
                        (random, batch, row) -> (random.nextBoolean() ? Long.MAX_VALUE : Long.MIN_VALUE)
                                ^ random.nextInt(batch < 10 ? 1 : 100)),
                new Shape("greatest", (random, batch, row) -> Long.MAX_VALUE - random.nextInt(100)),
                new Shape("least", (random, batch, row) -> Long.MIN_VALUE + random.nextInt(100)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void numbersWholeNumbersAsTheyCome(Shape shape) {
        for (int nullShare : new int[] {0, 10}) {
            KeyTable table = new KeyTable(List.of(LaneType.BIGINT), new UnlimitedRun());
            Map<@Nullable Object, Integer> expected = new HashMap<>();
            for (int batch = 0; batch < BATCHES; batch++) {
                Lane lane = Lane.of(LaneType.BIGINT);
                lane.prepare(1000);
                for (int row = 0; row < 1000; row++) {
                    boolean isNull = nullShare > 0 && random.nextInt(nullShare) == 0;
                    lane.set(row, isNull ? null : shape.keys.next(random, batch, row));
                }
                add(table, expected, lane);
            }
            assertFinds(table, expected);
        }
    }

    @Test
    void numbersKeysOfSeveralColumns() {
        KeyTable table = new KeyTable(List.of(LaneType.INT, LaneType.TEXT), new UnlimitedRun());
        Map<@Nullable Object, Integer> expected = new HashMap<>();
        for (int batch = 0; batch < BATCHES; batch++) {
            Lane numbers = Lane.of(LaneType.INT);
            Lane texts = Lane.of(LaneType.TEXT);
            numbers.prepare(1000);
            texts.prepare(1000);
            for (int row = 0; row < 1000; row++) {
                numbers.set(row, random.nextInt(20) == 0 ? null : random.nextInt(50));
                texts.set(row, random.nextInt(20) == 0 ? null : "text " + random.nextInt(50));
            }
            add(table, expected, numbers, texts);
        }
        assertThat(table.size()).as("seed %d", seed).isEqualTo(expected.size());
    }

    private void add(KeyTable table, Map<@Nullable Object, Integer> expected, Lane... lanes) {
        int[] rows =
                IntStream.range(0, 1000).filter(row -> random.nextInt(4) > 0).toArray();
        int[] numbers = new int[rows.length];
        table.add(lanes, rows, rows.length, numbers);
        for (int i = 0; i < rows.length; i++) {
            int row = rows[i];
            Object key = Arrays.asList(
                    Arrays.stream(lanes).map(lane -> lane.get(row)).toArray());
            int next = expected.size();
            assertThat(numbers[i])
                    .as("seed %d, key %s", seed, key)
                    .isEqualTo(expected.computeIfAbsent(key, unknown -> next));
        }
        assertThat(table.heapBytes(1000)).isGreaterThanOrEqualTo(table.heapBytes(0));
    }

    /** Also keys that are not there. */
    private void assertFinds(KeyTable table, Map<@Nullable Object, Integer> expected) {
        assertThat(table.size()).as("seed %d", seed).isEqualTo(expected.size());
        Lane lane = Lane.of(LaneType.BIGINT);
        lane.prepare(2 * table.size() + 4);
        for (int number = 0; number < table.size(); number++) {
            lane.set(number, table.key(0).get(number));
            lane.set(table.size() + number, random.nextBoolean() ? random.nextLong() : random.nextLong(100_000));
        }
        long[] others = {Long.MIN_VALUE, Long.MAX_VALUE, 0, -1};
        for (int i = 0; i < others.length; i++) {
            lane.set(2 * table.size() + i, others[i]);
        }
        int count = 2 * table.size() + others.length;
        int[] numbers = new int[count];
        table.find(new Lane[] {lane}, IntStream.range(0, count).toArray(), count, new long[count], numbers);
        for (int i = 0; i < count; i++) {
            assertThat(numbers[i])
                    .as("seed %d, key %s", seed, lane.get(i))
                    .isEqualTo(expected.getOrDefault(Arrays.asList(lane.get(i)), -1));
        }
    }
}
