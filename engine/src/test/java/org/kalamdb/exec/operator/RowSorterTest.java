// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kalamdb.exec.kernel.Lane;
import org.kalamdb.exec.kernel.LaneBatch;
import org.kalamdb.exec.kernel.LaneType;

/** Rows are in the order of their keys, equal ones as they came, whatever finds room in a prefix. */
final class RowSorterTest {
    private static final int TRIALS = 60;

    private final long seed = ThreadLocalRandom.current().nextLong();
    private final Random random = new Random(seed);

    /** A column to sort by. */
    private record Shape(LaneType type, Function<Random, Object> values) {}

    private static final List<Shape> SHAPES = List.of(
            new Shape(LaneType.BIGINT, random -> (long) random.nextInt(7)),
            new Shape(LaneType.BIGINT, random -> 1_000_000_000_000L + random.nextInt(100_000)),
            new Shape(LaneType.BIGINT, Random::nextLong),
            new Shape(LaneType.BIGINT, random -> random.nextBoolean() ? Long.MIN_VALUE : Long.MAX_VALUE),
            new Shape(LaneType.BIGINT, random -> 42L),
            new Shape(LaneType.INT, Random::nextInt),
            new Shape(LaneType.SMALLINT, random -> (short) random.nextInt()),
            new Shape(LaneType.BOOLEAN, Random::nextBoolean),
            new Shape(LaneType.DOUBLE, random -> random.nextInt(100) / 4.0 - 10),
            new Shape(LaneType.DECIMAL, random -> BigDecimal.valueOf(random.nextInt(1000) - 500, 2)),
            new Shape(
                    LaneType.DECIMAL,
                    random -> random.nextInt(50) == 0
                            ? new BigDecimal("123456789012345678901.5")
                            : BigDecimal.valueOf(random.nextInt(90), 1)),
            new Shape(LaneType.TEXT, random -> "the same beginning" + random.nextInt(50)),
            new Shape(LaneType.TEXT, random -> "x".repeat(random.nextInt(12))));

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 5000})
    void sortsByAnyKeys(int rowCount) {
        for (int trial = 0; trial < TRIALS; trial++) {
            List<LaneType> types = new ArrayList<>();
            List<SortKey> keys = new ArrayList<>();
            List<Lane> lanes = new ArrayList<>();
            for (int column = 0; column < 1 + random.nextInt(4); column++) {
                Shape shape = SHAPES.get(random.nextInt(SHAPES.size()));
                types.add(shape.type);
                keys.add(new SortKey(column, random.nextBoolean(), random.nextBoolean()));
                lanes.add(lane(shape, rowCount));
            }
            RowStore rows = new RowStore(types);
            rows.add(
                    new LaneBatch(lanes.toArray(Lane[]::new)).begin(rowCount),
                    IntStream.range(0, rowCount).toArray(),
                    rowCount);
            List<Integer> expected = IntStream.range(0, rowCount)
                    .boxed()
                    .sorted((a, b) -> compare(keys, rows, a, b))
                    .toList();

            assertThat(new RowSorter(keys, rows, new UnlimitedRun()).sorted())
                    .as("seed %d, trial %d, %s of %s", seed, trial, keys, types)
                    .containsExactly(expected.toArray(Integer[]::new));
        }
    }

    private Lane lane(Shape shape, int rowCount) {
        int nullShare = random.nextInt(3) * 10;
        Lane lane = Lane.of(shape.type);
        lane.prepare(rowCount);
        for (int row = 0; row < rowCount; row++) {
            @Nullable Object value = shape.values.apply(random);
            lane.set(row, nullShare > 0 && random.nextInt(nullShare) == 0 ? null : value);
        }
        return lane;
    }

    private static int compare(List<SortKey> keys, RowStore rows, int a, int b) {
        for (SortKey key : keys) {
            Lane lane = rows.lane(key.column());
            int order = RowSorter.compare(key, lane, a, lane, b);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
