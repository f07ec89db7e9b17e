// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ReadSetTest {
    /** Keys are numbers of one byte, so that a set of numbers says what must be found. */
    private static final int KEY_COUNT = 256;

    private static final int ROUNDS = 300;

    @Test
    void overlapsExactlyWhatWasRead() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            ReadSet reads = new ReadSet();
            BitSet expected = new BitSet();
            for (int i = random.nextInt(30); i > 0; i--) {
                int lower = random.nextInt(KEY_COUNT);
                int upper = Math.min(KEY_COUNT, lower + random.nextInt(20));
                if (random.nextInt(3) == 0) {
                    reads.addKey(KeySpace.ROWS, key(lower));
                    expected.set(lower);
                } else if (lower < upper) {
                    reads.addRange(KeySpace.ROWS, key(lower), upper == KEY_COUNT ? null : key(upper));
                    expected.set(lower, upper);
                }
            }
            for (int written = 0; written < KEY_COUNT; written++) {
                assertThat(reads.overlaps(written(KeySpace.ROWS, written)))
                        .as("seed %d, round %d, key %d", seed, round, written)
                        .isEqualTo(expected.get(written));
            }
            int first = random.nextInt(KEY_COUNT);
            int second = random.nextInt(KEY_COUNT);
            assertThat(reads.overlaps(written(KeySpace.ROWS, first, second)))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(expected.get(first) || expected.get(second));
            assertThat(reads.overlaps(written(KeySpace.INDEXES, first))).isFalse();
        }
    }

    @Test
    void readingAKeyDoesNotReadLongerKeys() {
        ReadSet reads = new ReadSet();
        reads.addKey(KeySpace.ROWS, new byte[] {1});
        PendingWrites writes = new PendingWrites();
        writes.put(KeySpace.ROWS, new byte[] {1, 0}, new byte[1]);

        assertThat(reads.overlaps(new WrittenKeys(writes, List.of()))).isFalse();
    }

    @Test
    void lockedKeysCountAsWritten() {
        ReadSet reads = new ReadSet();
        reads.addRange(KeySpace.ROWS, key(5), key(7));
        PendingWrites writes = new PendingWrites();
        writes.put(KeySpace.ROWS, key(9), new byte[1]);

        assertThat(reads.overlaps(new WrittenKeys(writes, List.of(new LockKey(KeySpace.ROWS, key(9))))))
                .isFalse();
        assertThat(reads.overlaps(new WrittenKeys(writes, List.of(new LockKey(KeySpace.ROWS, key(6))))))
                .isTrue();
    }

    @Test
    void manyReadsBecomeOneRange() {
        ReadSet reads = new ReadSet();
        for (int i = 0; i < 70_000; i++) {
            reads.addKey(KeySpace.ROWS, new byte[] {(byte) (i >> 16), (byte) (i >> 8), (byte) i, 1});
        }
        PendingWrites between = new PendingWrites();
        between.put(KeySpace.ROWS, new byte[] {0, 0, 5, 2}, new byte[1]);
        PendingWrites after = new PendingWrites();
        after.put(KeySpace.ROWS, new byte[] {2, 0}, new byte[1]);

        assertThat(reads.overlaps(new WrittenKeys(between, List.of()))).isTrue();
        assertThat(reads.overlaps(new WrittenKeys(after, List.of()))).isFalse();
    }

    private static WrittenKeys written(KeySpace space, int... keys) {
        PendingWrites writes = new PendingWrites();
        for (int key : keys) {
            writes.put(space, key(key), new byte[1]);
        }
        return new WrittenKeys(writes, List.of());
    }

    private static byte[] key(int number) {
        return new byte[] {(byte) number};
    }
}
