// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.transaction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The keys that a transaction wrote or locked, in order. Immutable. */
final class WrittenKeys {
    private final EnumMap<KeySpace, byte[][]> spaces = new EnumMap<>(KeySpace.class);
    private int size;

    /** @param locked keys that count as written too, for what is written may lie elsewhere */
    WrittenKeys(PendingWrites writes, List<LockKey> locked) {
        EnumMap<KeySpace, List<byte[]>> keys = new EnumMap<>(KeySpace.class);
        writes.forEach((space, key, value) ->
                keys.computeIfAbsent(space, s -> new ArrayList<>()).add(key));
        EnumMap<KeySpace, TreeSet<byte[]>> others = new EnumMap<>(KeySpace.class);
        for (LockKey lock : locked) {
            if (writes.find(lock.space(), lock.key()) == null) {
                others.computeIfAbsent(lock.space(), s -> new TreeSet<>(Arrays::compareUnsigned))
                        .add(lock.key());
            }
        }
        others.forEach((space, unwritten) -> {
            List<byte[]> all = keys.computeIfAbsent(space, s -> new ArrayList<>());
            all.addAll(unwritten);
            all.sort(Arrays::compareUnsigned);
        });
        for (Map.Entry<KeySpace, List<byte[]>> entry : keys.entrySet()) {
            spaces.put(entry.getKey(), entry.getValue().toArray(new byte[0][]));
            size += entry.getValue().size();
        }
    }

    /** Number of keys in all spaces. */
    int size() {
        return size;
    }

    int count(KeySpace space) {
        byte[][] keys = spaces.get(space);
        return keys == null ? 0 : keys.length;
    }

    byte[] key(KeySpace space, int index) {
        byte[][] keys = spaces.get(space);
        if (keys == null) {
            throw new IndexOutOfBoundsException(index);
        }
        return keys[index];
    }

    /** The first key at or after another, or null if there is none. */
    byte @Nullable [] ceiling(KeySpace space, byte[] key) {
        byte[][] keys = spaces.get(space);
        if (keys == null) {
            return null;
        }
        int found = Arrays.binarySearch(keys, key, Arrays::compareUnsigned);
        int index = found >= 0 ? found : -found - 1;
        return index < keys.length ? keys[index] : null;
    }
}
