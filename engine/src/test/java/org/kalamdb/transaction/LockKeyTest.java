// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class LockKeyTest {
    private static final int KEYS = 100_000;

    @Test
    void spreadsNeighbouringKeys() {
        for (int width = Integer.BYTES; width <= 2 * Long.BYTES; width++) {
            Set<Integer> hashes = new HashSet<>();
            Set<Integer> lowBits = new HashSet<>();
            for (int i = 0; i < KEYS; i++) {
                int hash = key(width, i).hashCode();
                hashes.add(hash);
                lowBits.add(hash & 0xffff);
            }
            // Of so many random numbers of 32 bits about one is drawn twice; of 16 bits four in five are drawn.
            assertThat(hashes).as("keys of %s bytes", width).hasSizeGreaterThan(KEYS - 20);
            assertThat(lowBits).as("keys of %s bytes", width).hasSizeBetween(48_000, 56_000);
        }
    }

    @Test
    void isEqualToTheSameKeyOfTheSameSpaceOnly() {
        LockKey key = key(9, 7);
        assertThat(key).isEqualTo(key(9, 7)).hasSameHashCodeAs(key(9, 7)).isEqualByComparingTo(key(9, 7));
        assertThat(key).isNotEqualTo(key(9, 8)).isNotEqualTo(key(8, 7));
        assertThat(key).isNotEqualTo(new LockKey(KeySpace.TOMBSTONES, key.key()));
        assertThat(key).isLessThan(key(9, 300)).isGreaterThan(key(9, 6));
    }

    /** A key that ends with a number. */
    private static LockKey key(int width, int number) {
        return new LockKey(
                KeySpace.ROWS,
                ByteBuffer.allocate(width).putInt(width - Integer.BYTES, number).array());
    }
}
