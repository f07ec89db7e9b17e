// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.kalamdb.exec.kernel.Lane;
import org.kalamdb.exec.kernel.LaneType;

/** A set of keys never excludes one of them, and excludes most of all else. */
final class KeySetTest {
    private static final int VALUES = 10_000;

    private final long seed = ThreadLocalRandom.current().nextLong();
    private final Random random = new Random(seed);

    private static Lane lane(LaneType type, List<? extends @Nullable Object> values) {
        Lane lane = Lane.of(type);
        lane.prepare(values.size());
        for (int i = 0; i < values.size(); i++) {
            lane.set(i, values.get(i));
        }
        return lane;
    }

    /** Which of the values pass. */
    private static Set<Integer> passing(KeySet keys, Lane lane, int count) {
        int[] rows = IntStream.range(0, count).toArray();
        int found = keys.select(lane, rows, count, rows, new long[count]);
        return new HashSet<>(Arrays.stream(rows, 0, found).boxed().toList());
    }

    private List<Long> drawn(int count, LongSupplier numbers) {
        return LongStream.generate(numbers).limit(count).boxed().toList();
    }

    private void assertHolds(List<Long> keys, LongSupplier others, double maxPassing) {
        KeySet set = KeySet.of(lane(LaneType.BIGINT, keys), keys.size());
        assertThat(passing(set, lane(LaneType.BIGINT, keys), keys.size()))
                .as("seed %d", seed)
                .hasSize(keys.size());

        Set<Long> known = new HashSet<>(keys);
        List<Long> tested = drawn(VALUES, others);
        Set<Integer> passing = passing(set, lane(LaneType.BIGINT, tested), VALUES);
        long wrong =
                passing.stream().filter(row -> !known.contains(tested.get(row))).count();
        assertThat((double) wrong).as("seed %d", seed).isLessThanOrEqualTo(maxPassing * VALUES);
        for (int i = 0; i < VALUES; i++) {
            assertThat(known.contains(tested.get(i)) && !passing.contains(i)).isFalse();
        }
    }

    @Test
    void holdsNumbersThatLieCloseTogetherExactly() {
        assertHolds(drawn(1000, () -> random.nextInt(5000) - 2500), () -> random.nextInt(9000) - 4500, 0);
        assertHolds(drawn(100_000, () -> random.nextInt(2_000_000)), () -> random.nextInt(3_000_000), 0);
        assertHolds(List.of(Long.MAX_VALUE, Long.MAX_VALUE - 7), () -> Long.MAX_VALUE - random.nextInt(20), 0);
        assertHolds(List.of(Long.MIN_VALUE, Long.MIN_VALUE + 7), () -> Long.MIN_VALUE + random.nextInt(20), 0);
        assertHolds(List.of(-1L), random::nextLong, 0);
    }

    @Test
    void letsFewOthersPassWhereNumbersLieFarApart() {
        assertHolds(drawn(1000, random::nextLong), random::nextLong, 0.05);
        assertHolds(drawn(50_000, random::nextLong), random::nextLong, 0.05);
        assertHolds(List.of(Long.MIN_VALUE, 0L, Long.MAX_VALUE), random::nextLong, 0.05);
        assertHolds(drawn(40, () -> 1_000_000L * random.nextInt()), () -> 1_000_000L * random.nextInt(), 0.05);
    }

    @Test
    void knowsRangesWithoutKey() {
        for (KeySet keys : List.of(
                KeySet.of(lane(LaneType.BIGINT, List.of(10L, 500L, 20L, 500L)), 4),
                KeySet.of(lane(LaneType.BIGINT, List.of(10L, 500L, 20L, Long.MAX_VALUE)), 4),
                KeySet.of(lane(LaneType.BIGINT, List.of(Long.MIN_VALUE, 10L, 500L, 20L)), 4))) {
            assertThat(keys.mayHoldBetween(0, 9)).isFalse();
            assertThat(keys.mayHoldBetween(0, 10)).isTrue();
            assertThat(keys.mayHoldBetween(10, 10)).isTrue();
            assertThat(keys.mayHoldBetween(11, 19)).isFalse();
            assertThat(keys.mayHoldBetween(11, 1000)).isTrue();
            assertThat(keys.mayHoldBetween(21, 499)).isFalse();
            assertThat(keys.mayHoldBetween(501, Long.MAX_VALUE - 1)).isFalse();
            assertThat(keys.mayHoldBetween(Long.MIN_VALUE, Long.MAX_VALUE)).isTrue();
        }
    }

    @Test
    void knowsTheEndsOfManyNumbersThatLieFarApart() {
        List<Long> keys =
                LongStream.range(1, 20_001).mapToObj(i -> i * 1_000_000).toList();
        KeySet set = KeySet.of(lane(LaneType.BIGINT, keys), keys.size());

        assertThat(set.mayHoldBetween(0, 999_999)).isFalse();
        assertThat(set.mayHoldBetween(0, 1_000_000)).isTrue();
        assertThat(set.mayHoldBetween(20_000_000_000L, 20_000_000_001L)).isTrue();
        assertThat(set.mayHoldBetween(20_000_000_001L, Long.MAX_VALUE)).isFalse();
    }

    @Test
    void ofRangesAgreesWithTheNumbers() {
        List<Long> keys = drawn(200, () -> random.nextInt(3000));
        KeySet set = KeySet.of(lane(LaneType.BIGINT, keys), keys.size());
        for (int i = 0; i < VALUES; i++) {
            long least = random.nextInt(3100) - 50;
            long greatest = least + random.nextInt(200);
            assertThat(set.mayHoldBetween(least, greatest))
                    .as("seed %d, %d to %d", seed, least, greatest)
                    .isEqualTo(keys.stream().anyMatch(key -> key >= least && key <= greatest));
        }
    }

    @Test
    void isEmptyWithoutAnyKey() {
        for (LaneType type : LaneType.values()) {
            assertThat(KeySet.of(Lane.of(type), 0).isEmpty()).as("%s", type).isTrue();
        }
        assertThat(KeySet.of(Lane.of(LaneType.INT), 0).mayHoldBetween(Long.MIN_VALUE, Long.MAX_VALUE))
                .isFalse();
    }

    @Test
    void nullPassesIfItIsAKey() {
        for (long other : List.of(3L, Long.MIN_VALUE)) {
            Lane tested = lane(LaneType.BIGINT, Arrays.asList(2L, null, 5L));
            KeySet with = KeySet.of(lane(LaneType.BIGINT, Arrays.asList(5L, null, other)), 3);
            assertThat(with.hasNull()).isTrue();
            assertThat(with.isEmpty()).isFalse();
            assertThat(passing(with, tested, 3)).contains(1, 2);

            KeySet without = KeySet.of(lane(LaneType.BIGINT, List.of(5L, other)), 2);
            assertThat(without.hasNull()).isFalse();
            assertThat(passing(without, tested, 3)).contains(2).doesNotContain(1);
        }
        KeySet alone = KeySet.of(lane(LaneType.INT, Arrays.asList((Object) null)), 1);
        assertThat(alone.isEmpty()).isFalse();
        assertThat(alone.mayHoldBetween(Long.MIN_VALUE, Long.MAX_VALUE)).isFalse();
        assertThat(passing(alone, lane(LaneType.INT, Arrays.asList(0, null)), 2))
                .containsExactly(1);
    }

    @Test
    void holdsWhatIsEqualToAKey() {
        Lane doubles = lane(LaneType.DOUBLE, List.of(0.0, Double.NaN, 2.5));
        assertThat(passing(KeySet.of(doubles, 3), lane(LaneType.DOUBLE, List.of(-0.0, Double.NaN, 2.5)), 3))
                .hasSize(3);

        Lane decimals = lane(LaneType.DECIMAL, List.of(new BigDecimal("1.50"), new BigDecimal("1e25")));
        List<BigDecimal> others = List.of(new BigDecimal("1.5"), new BigDecimal("10000000000000000000000000.000"));
        assertThat(passing(KeySet.of(decimals, 2), lane(LaneType.DECIMAL, others), 2))
                .hasSize(2);
    }

    @Test
    void ignoresRowsThatAreNotSelected() {
        KeySet keys = KeySet.of(lane(LaneType.INT, List.of(1, 2, 3)), 3);
        Lane tested = lane(LaneType.INT, List.of(1, 9, 2, 3, 8));
        int[] rows = {0, 1, 3, 4};
        int[] selected = new int[rows.length];

        int found = keys.select(tested, rows, rows.length, selected, new long[rows.length]);

        assertThat(Arrays.copyOf(selected, found)).containsExactly(0, 3);
        assertThat(Objects.requireNonNull(rows)).containsExactly(0, 1, 3, 4);
    }
}
