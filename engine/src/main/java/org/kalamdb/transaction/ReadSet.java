// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.transaction;

import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a serializable transaction has read, as ranges of keys that neither overlap nor touch. Confined to one thread
 * until its transaction commits; not changed from then on.
 */
final class ReadSet {
    /** Beyond this, what was read of a space counts as one range: more conflicts are seen, none is missed. */
    private static final int MAX_RANGES = 1 << 16;

    /** For each space, the first key of a range and the key after its last one, null for no bound. */
    private final EnumMap<KeySpace, TreeMap<byte[], byte @Nullable []>> spaces = new EnumMap<>(KeySpace.class);

    void addKey(KeySpace space, byte[] key) {
        addRange(space, key, Arrays.copyOf(key, key.length + 1));
    }

    /** @param upper the key after the last one, or null for no bound */
    void addRange(KeySpace space, byte[] lower, byte @Nullable [] upper) {
        TreeMap<byte[], byte @Nullable []> ranges =
                spaces.computeIfAbsent(space, key -> new TreeMap<>(Arrays::compareUnsigned));
        byte[] first = lower;
        byte @Nullable [] end = upper;
        Map.Entry<byte[], byte @Nullable []> before = ranges.floorEntry(lower);
        if (before != null && reaches(before.getValue(), lower)) {
            first = before.getKey();
            end = later(end, before.getValue());
        }
        Map.Entry<byte[], byte @Nullable []> next = ranges.ceilingEntry(first);
        while (next != null && reaches(end, next.getKey())) {
            end = later(end, next.getValue());
            ranges.remove(next.getKey());
            next = ranges.ceilingEntry(first);
        }
        ranges.put(first, end);
        if (ranges.size() > MAX_RANGES) {
            first = ranges.firstKey();
            end = ranges.lastEntry().getValue();
            ranges.clear();
            ranges.put(first, end);
        }
    }

    boolean isEmpty() {
        return spaces.isEmpty();
    }

    /** What is done with each range. */
    @FunctionalInterface
    interface Action {
        /** @param upper the key after the last one, or null for no bound */
        void accept(KeySpace space, byte[] lower, byte @Nullable [] upper) throws IOException;
    }

    /** Hands over all ranges, space by space and in key order. */
    void forEach(Action action) throws IOException {
        for (Map.Entry<KeySpace, TreeMap<byte[], byte @Nullable []>> entry : spaces.entrySet()) {
            for (Map.Entry<byte[], byte @Nullable []> range : entry.getValue().entrySet()) {
                action.accept(entry.getKey(), range.getKey(), range.getValue());
            }
        }
    }

    /** Number of ranges in all spaces. */
    int size() {
        return spaces.values().stream().mapToInt(TreeMap::size).sum();
    }

    /** Whether a key that was written lies in a range that was read. */
    boolean overlaps(WrittenKeys written) {
        for (Map.Entry<KeySpace, TreeMap<byte[], byte @Nullable []>> entry : spaces.entrySet()) {
            TreeMap<byte[], byte @Nullable []> ranges = entry.getValue();
            int writtenCount = written.count(entry.getKey());
            boolean overlap = ranges.size() < writtenCount
                    ? holdsAny(ranges, entry.getKey(), written)
                    : isAnyIn(ranges, entry.getKey(), written, writtenCount);
            if (overlap) {
                return true;
            }
        }
        return false;
    }

    private static boolean holdsAny(TreeMap<byte[], byte @Nullable []> ranges, KeySpace space, WrittenKeys written) {
        for (Map.Entry<byte[], byte @Nullable []> range : ranges.entrySet()) {
            byte[] key = written.ceiling(space, range.getKey());
            if (key != null && isBelow(key, range.getValue())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAnyIn(
            TreeMap<byte[], byte @Nullable []> ranges, KeySpace space, WrittenKeys written, int writtenCount) {
        for (int i = 0; i < writtenCount; i++) {
            byte[] key = written.key(space, i);
            Map.Entry<byte[], byte @Nullable []> range = ranges.floorEntry(key);
            if (range != null && isBelow(key, range.getValue())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isBelow(byte[] key, byte @Nullable [] end) {
        return end == null || Arrays.compareUnsigned(key, end) < 0;
    }

    private static boolean reaches(byte @Nullable [] end, byte[] key) {
        return end == null || Arrays.compareUnsigned(end, key) >= 0;
    }

    private static byte @Nullable [] later(byte @Nullable [] one, byte @Nullable [] other) {
        return one == null || other == null ? null : reaches(one, other) ? one : other;
    }
}
