// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.transaction;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The committed values of rows that are read one by one, on the heap, so that reading one again does not cross into native
 * code. Bounded, and correct under every snapshot. Safe for use by several threads.
 *
 * <p>An entry holds what a key has had from a commit on until now: a commit that is about to change the key removes the
 * entry before it is applied, and nothing is entered that such a commit may have overtaken, which the {@link
 * CommitHistory} knows. So what is found is the value that a snapshot sees, unless the snapshot is older than the entry and
 * the key has changed between the two.
 */
final class RowCache {
    /** A table entry, the key with its array header, the version with its array header. */
    private static final int OVERHEAD_BYTES = 160;
    /** Larger rows are rarely read alone. */
    private static final int MAX_VALUE_BYTES = 1 << 14;

    private final VersionedStore store;
    private final CommitHistory history;
    private final Cache<LockKey, Version> versions;

    private record Version(byte[] value, long time) {}

    /** @param maxBytes the heap it may take, at least 0 */
    RowCache(VersionedStore store, CommitHistory history, long maxBytes) {
        this.store = store;
        this.history = history;
        this.versions = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .weigher((LockKey key, Version version) -> OVERHEAD_BYTES + key.key().length + version.value.length)
                .executor(Runnable::run)
                .build();
    }

    /** The last committed value of a row, or null if there is none. The array must not be changed. */
    byte @Nullable [] latest(LockKey key) {
        Version known = versions.getIfPresent(key);
        if (known != null) {
            return known.value;
        }
        long time = history.now();
        byte[] value = store.get(key.space(), null, key.key());
        remember(key, value, time);
        return value;
    }

    /**
     * The value of a row that a snapshot sees, or null if there is none. The array must not be changed.
     *
     * @param time the last commit that is surely part of the snapshot
     */
    byte @Nullable [] at(StoreSnapshot snapshot, long time, LockKey key) {
        Version known = versions.getIfPresent(key);
        if (known != null && isSeenAt(time, key, known)) {
            return known.value;
        }
        byte[] value = store.get(key.space(), snapshot, key.key());
        if (known == null) {
            remember(key, value, time);
        }
        return value;
    }

    /** As {@link #at}, of several keys of one space, in their order. What is not here is read from the store at once. */
    List<byte @Nullable []> allAt(StoreSnapshot snapshot, long time, List<LockKey> keys) {
        byte @Nullable [][] values = new byte @Nullable [keys.size()][];
        List<byte[]> missing = new ArrayList<>();
        int[] positions = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            LockKey key = keys.get(i);
            Version known = versions.getIfPresent(key);
            if (known != null && isSeenAt(time, key, known)) {
                values[i] = known.value;
            } else {
                positions[missing.size()] = i;
                missing.add(key.key());
            }
        }
        if (!missing.isEmpty()) {
            List<byte @Nullable []> stored = store.getAll(keys.get(0).space(), snapshot, missing);
            for (int i = 0; i < stored.size(); i++) {
                values[positions[i]] = stored.get(i);
                remember(keys.get(positions[i]), stored.get(i), time);
            }
        }
        return Arrays.asList(values);
    }

    private boolean isSeenAt(long time, LockKey key, Version known) {
        return known.time <= time || !history.mayHaveChangedSince(time, key);
    }

    /** Enters what was read at {@code time} or later. The check is part of the entry, so that no removal comes between. */
    private void remember(LockKey key, byte @Nullable [] value, long time) {
        if (value != null && value.length <= MAX_VALUE_BYTES) {
            versions.asMap().compute(key, (same, present) -> {
                if (present != null) {
                    return present;
                }
                return history.mayHaveChangedSince(time, key) ? null : new Version(value, time);
            });
        }
    }

    /**
     * Removes what a commit is about to change, which {@link CommitHistory#begin} must have numbered.
     *
     * @return the keys that were there, to be {@link #renew}ed
     */
    List<LockKey> remove(List<LockKey> changed) {
        List<LockKey> removed = List.of();
        for (LockKey key : changed) {
            if (versions.asMap().remove(key) != null) {
                if (removed.isEmpty()) {
                    removed = new ArrayList<>();
                }
                removed.add(key);
            }
        }
        return removed;
    }

    /**
     * Enters the new values of rows that were there before a commit, which is applied and whose locks are held.
     *
     * @param number the commit's number
     */
    void renew(List<LockKey> removed, PendingWrites writes, long number) {
        for (LockKey key : removed) {
            byte[] value = writes.find(key.space(), key.key());
            if (value != null && !PendingWrites.isDeletion(value) && value.length <= MAX_VALUE_BYTES) {
                versions.put(key, new Version(value, number));
            }
        }
    }
}
