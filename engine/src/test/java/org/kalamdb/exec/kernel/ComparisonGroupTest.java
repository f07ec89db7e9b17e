// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ComparisonGroupTest {
    private static final int ROUNDS = 300;
    private static final int ROWS = 100;
    private static final long[] ENDS = {Long.MIN_VALUE, Long.MIN_VALUE + 1, -1, 0, 1, Long.MAX_VALUE - 1, Long.MAX_VALUE
    };

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final int[] selected = new int[ROWS];

    @ParameterizedTest
    @EnumSource(
            value = LaneType.class,
            names = {"SMALLINT", "INT", "BIGINT", "DECIMAL"})
    void keepsTheRowsThatComparisonsKeepOneByOne(LaneType type) {
        for (int round = 0; round < ROUNDS; round++) {
            LaneBatch batch = new LaneBatch(lane(type), lane(type)).begin(ROWS);
            List<ComparisonKernel> comparisons = new ArrayList<>();
            for (int i = 2 + random.nextInt(3); i > 0; i--) {
                Comparison comparison = Comparison.values()[random.nextInt(Comparison.values().length)];
                comparisons.add(new ComparisonKernel(comparison, type, operand(type), operand(type)));
            }
            int[] rows = random.nextBoolean() ? IntStream.range(0, ROWS).toArray() : someRows();
            int count = rows.length;

            int found = Junction.and(List.copyOf(comparisons)).select(batch, rows, count, selected);

            assertThat(Arrays.copyOf(selected, found))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(oneByOne(comparisons, batch, rows));
        }
    }

    @Test
    void asksNoFurtherWhenNoRowIsLeft() {
        LaneBatch batch = new LaneBatch(lane(LaneType.BIGINT)).begin(ROWS);
        Kernel never = new ComparisonKernel(
                Comparison.LESS,
                LaneType.BIGINT,
                new ColumnKernel(0),
                new ConstantKernel(LaneType.BIGINT, Long.MIN_VALUE));
        Kernel ofNoColumn = new ComparisonKernel(
                Comparison.LESS, LaneType.BIGINT, new ColumnKernel(1), new ConstantKernel(LaneType.BIGINT, 0L));

        assertThat(Junction.and(List.of(never, ofNoColumn)).select(batch, Rows.all(ROWS), ROWS, selected))
                .isZero();
    }

    private int[] oneByOne(List<ComparisonKernel> comparisons, RowBatch batch, int[] rows) {
        int[] left = rows.clone();
        int count = rows.length;
        for (ComparisonKernel comparison : comparisons) {
            count = comparison.select(batch, left, count, left);
        }
        return Arrays.copyOf(left, count);
    }

    private int[] someRows() {
        int oneIn = 1 + random.nextInt(5);
        return random.ints(0, ROWS).limit(1 + ROWS / oneIn).distinct().sorted().toArray();
    }

    private Kernel operand(LaneType type) {
        return random.nextInt(3) > 0
                ? new ColumnKernel(random.nextInt(2))
                : new ConstantKernel(type, random.nextInt(20) == 0 ? null : value(type));
    }

    private Lane lane(LaneType type) {
        Lane lane = Lane.of(type);
        lane.prepare(ROWS);
        boolean hasNulls = random.nextInt(5) == 0;
        for (int row = 0; row < ROWS; row++) {
            lane.set(row, hasNulls && random.nextInt(5) == 0 ? null : value(type));
        }
        return lane;
    }

    private Object value(LaneType type) {
        long number = random.nextInt(3) == 0 ? ENDS[random.nextInt(ENDS.length)] : random.nextInt(7) - 3;
        return switch (type) {
            case SMALLINT -> (short) number;
            case INT -> (int) number;
            case BIGINT -> number;
            case DECIMAL -> decimal(number);
            default -> throw new IllegalArgumentException(type.toString());
        };
    }

    /** Sometimes one that has another scale, or no room in 64 bits. */
    private BigDecimal decimal(long number) {
        return switch (random.nextInt(2000)) {
            case 0 -> new BigDecimal("1e25").setScale(2);
            case 1 -> BigDecimal.valueOf(number, 1);
            default -> BigDecimal.valueOf(number, 2);
        };
    }
}
