// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.transaction;

import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.Durability;

/** The committed keys and values that transactions read and change. Safe for use by several threads. */
public interface VersionedStore {
    /** Everything as it is now, in all key spaces, whatever is committed later. */
    StoreSnapshot snapshot();

    /**
     * The value of a key, or null if there is none.
     *
     * @param snapshot the view to read, or null for the latest committed value
     */
    byte @Nullable [] get(KeySpace space, @Nullable StoreSnapshot snapshot, byte[] key);

    /** As {@link #get}, of several keys in one key space, in their order. */
    List<byte @Nullable []> getAll(KeySpace space, @Nullable StoreSnapshot snapshot, List<byte[]> keys);

    /**
     * Applies all writes of all key spaces at once: a crash or a reader sees all of them or none.
     *
     * @param writes what to write
     * @param changes the tables the writes belong to
     * @param number the number of the commit, which rows carry from now on
     * @param durability what they survive when the call returns
     */
    void commit(PendingWrites writes, Collection<TableChange> changes, long number, Durability durability);

    /** Hands over all committed keys and values of a key space, in key order. */
    void forEach(KeySpace space, BiConsumer<byte[], byte[]> action);

    /** Where the numbers of commits come from. */
    CommitNumbers commitNumbers();
}
