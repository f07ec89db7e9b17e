// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kalamdb.exec.kernel.DoubleLane;
import org.kalamdb.exec.kernel.LaneType;

final class FirstRowsOperatorTest {
    private static final int ROWS = 500;

    /** The first rows of an order are among those that are let through, whichever of two parts they are in. */
    @ParameterizedTest(name = "descending {0}, nulls first {1}, limit {2}, seed {3}")
    @CsvSource({
        "false, false, 1, 1",
        "true, false, 10, 2",
        "false, true, 10, 3",
        "true, true, 499, 4",
        "false, false, 600, 5"
    })
    void letsTheFirstRowsThrough(boolean descending, boolean nullsFirst, int limit, long seed) {
        Random random = new Random(seed);
        SortKey key = new SortKey(0, descending, nullsFirst);
        List<FirstKeys> parts = new ArrayList<>();
        AtomicLong bound = new AtomicLong(Long.MAX_VALUE);
        for (int part = 0; part < 2; part++) {
            parts.add(new FirstKeys(List.of(key), limit, bound));
        }
        List<Double> all = new ArrayList<>();
        List<Double> passed = new ArrayList<>();
        int[] rows = IntStream.range(0, ROWS).toArray();
        for (int batch = 0; batch < 20; batch++) {
            DoubleLane lane = new DoubleLane(LaneType.DOUBLE);
            lane.prepare(ROWS);
            for (int row = 0; row < ROWS; row++) {
                lane.set(row, random.nextInt(40) == 0 ? null : (Object) value(random));
                all.add((Double) lane.get(row));
            }
            FirstKeys keys = parts.get(batch % 2);
            int count = keys.select(lane, rows, ROWS);
            for (int i = 0; i < count; i++) {
                passed.add((Double) lane.get(keys.selected()[i]));
            }
        }
        Comparator<Double> values = descending ? Comparator.reverseOrder() : Comparator.naturalOrder();
        Comparator<Double> order = nullsFirst ? Comparator.nullsFirst(values) : Comparator.nullsLast(values);
        all.sort(order);
        passed.sort(order);

        assertThat(passed.subList(0, limit)).isEqualTo(all.subList(0, limit));
    }

    private static double value(Random random) {
        return random.nextInt(50) == 0 ? Double.NaN : random.nextInt(50) == 0 ? -0.0 : random.nextInt(100) / 4.0;
    }

    @Test
    void leavesMostRowsOut() {
        FirstKeys keys = new FirstKeys(List.of(new SortKey(0, false, false)), 10, new AtomicLong(Long.MAX_VALUE));
        Random random = new Random(6);
        int[] rows = IntStream.range(0, ROWS).toArray();
        int passed = 0;
        for (int batch = 0; batch < 100; batch++) {
            DoubleLane lane = new DoubleLane(LaneType.DOUBLE);
            lane.prepare(ROWS);
            Arrays.setAll(lane.values(), row -> random.nextDouble());
            passed += keys.select(lane, rows, ROWS);
        }

        assertThat(passed).isBetween(10, 300);
    }
}
