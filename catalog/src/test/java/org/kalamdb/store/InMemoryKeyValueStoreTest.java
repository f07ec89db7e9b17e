// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class InMemoryKeyValueStoreTest {
    private final InMemoryKeyValueStore store = new InMemoryKeyValueStore();

    @Test
    void answersAsASortedMapDoes() {
        for (long seed = 1; seed <= 20; seed++) {
            Random random = new Random(seed);
            InMemoryKeyValueStore tested = new InMemoryKeyValueStore();
            TreeMap<byte[], byte[]> expected = new TreeMap<>(Arrays::compareUnsigned);
            for (int step = 0; step < 400; step++) {
                WriteBatch batch = new WriteBatch();
                for (int i = random.nextInt(5); i >= 0; i--) {
                    byte[] key = key(random);
                    if (random.nextInt(3) == 0) {
                        batch.delete(key);
                        expected.remove(key);
                    } else {
                        byte[] value = {(byte) step};
                        batch.put(key, value);
                        expected.put(key, value);
                    }
                }
                tested.write(batch);
                byte[] wanted = key(random);
                assertThat(tested.get(wanted)).as("seed %d", seed).isEqualTo(expected.get(wanted));
            }
            byte[] prefix = Arrays.copyOf(key(random), 1);
            List<String> keys = expected.keySet().stream()
                    .filter(key -> key.length > 0 && key[0] == prefix[0])
                    .map(Arrays::toString)
                    .toList();
            assertThat(tested.scan(prefix).map(entry -> Arrays.toString(entry.key())))
                    .as("seed %d", seed)
                    .containsExactlyElementsOf(keys);
            assertThat(tested.scan(new byte[0]).count()).isEqualTo(expected.size());
        }
    }

    @Test
    void scansOneMoment() {
        put("a", "b", "c");
        Iterator<KeyValue> scan = store.scan(new byte[0]).iterator();
        assertThat(scan.next().key()).isEqualTo("a".getBytes(UTF_8));
        put("bb", "d");
        store.write(new WriteBatch().delete("c".getBytes(UTF_8)));
        assertThat(new String(scan.next().key(), UTF_8)).isEqualTo("b");
        assertThat(new String(scan.next().key(), UTF_8)).isEqualTo("c");
        assertThat(scan.hasNext()).isFalse();
    }

    @Test
    void keepsItsOwnCopies() {
        byte[] key = {1};
        byte[] value = {1};
        store.write(new WriteBatch().put(key, value));
        key[0] = 2;
        value[0] = 2;
        byte[] read = store.get(new byte[] {1});
        assertThat(read).containsExactly(1);
        read[0] = 3;
        assertThat(store.get(new byte[] {1})).containsExactly(1);
    }

    private void put(String... keys) {
        WriteBatch batch = new WriteBatch();
        for (String key : keys) {
            batch.put(key.getBytes(UTF_8), key.getBytes(UTF_8));
        }
        store.write(batch);
    }

    private static byte[] key(Random random) {
        byte[] key = new byte[1 + random.nextInt(2)];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (random.nextInt(12) - 6);
        }
        return key;
    }
}
