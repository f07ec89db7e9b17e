// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.cold;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class KeyIndexTest {
    private static final int KEYS = 5000;

    /**
     * A key that is not found is a row that is not there. Many at once come first, before the compiler has put into registers
     * what they might share.
     */
    @Test
    void findsEveryKeyForAllWhoAskAtOnceAndFewOthers() throws Exception {
        KeyIndex index = index();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Long>> missed = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                int offset = thread * KEYS / 4;
                missed.add(threads.submit(() -> IntStream.range(0, 40 * KEYS)
                        .filter(i -> !index.mayContain(key((i + offset) % KEYS)))
                        .count()));
            }
            for (Future<Long> each : missed) {
                assertThat(each.get()).isZero();
            }
        } finally {
            threads.shutdownNow();
        }
        long others = IntStream.range(KEYS, 11 * KEYS)
                .filter(key -> index.mayContain(key(key)))
                .count();
        assertThat(others).isLessThan(KEYS / 5);
    }

    private static KeyIndex index() throws IOException {
        long[] hashes = IntStream.range(0, KEYS)
                .mapToLong(key -> KeyIndex.hash(key(key)))
                .toArray();
        return KeyIndex.decode(KeyIndex.encode(List.of(0), List.of(key(0)), hashes, KEYS));
    }

    private static byte[] key(int number) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
    }
}
