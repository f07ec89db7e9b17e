// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.kalamdb.error.KalamException;

final class SnowflakeGeneratorTest {
    private static final long START = SnowflakeGenerator.EPOCH_MILLIS + 1_000;

    private final AtomicLong clock = new AtomicLong(START);
    private final SnowflakeGenerator generator = new SnowflakeGenerator(5, clock::get);

    @Test
    void laysOutTimeWorkerAndSequence() {
        assertThat(generator.next()).isEqualTo(1_000L << 22 | 5L << 12);
        assertThat(generator.next()).isEqualTo(1_000L << 22 | 5L << 12 | 1);
        clock.addAndGet(3);
        long id = generator.next();
        assertThat(id).isEqualTo(1_003L << 22 | 5L << 12);
        assertThat(SnowflakeGenerator.unixMillis(id)).isEqualTo(START + 3);
        assertThat(SnowflakeGenerator.worker(id)).isEqualTo(5);
    }

    @Test
    void borrowsFromTheNextMillisecondWhenOneIsUsedUp() {
        for (int i = 0; i < 4096; i++) {
            generator.next();
        }
        assertThat(generator.next()).isEqualTo(1_001L << 22 | 5L << 12);
    }

    @Test
    void ascendsWhileTheClockIsALittleBehind() {
        long first = generator.next();
        clock.addAndGet(-SnowflakeGenerator.MAX_REGRESSION_MILLIS);
        assertThat(generator.next()).isGreaterThan(first);
    }

    @Test
    void refusesWhenTheClockWentFarBack() {
        generator.next();
        clock.addAndGet(-1_000);
        assertThatThrownBy(generator::next).isInstanceOf(KalamException.class).hasMessageContaining("1000 ms");
    }

    @Test
    void givesNoNumberTwiceToConcurrentCallers() {
        SnowflakeGenerator real = new SnowflakeGenerator(0);
        Set<Long> seen = ConcurrentHashMap.newKeySet();
        IntStream.range(0, 20_000)
                .parallel()
                .forEach(i -> assertThat(seen.add(real.next())).isTrue());
        assertThat(seen).hasSize(20_000);
    }
}
