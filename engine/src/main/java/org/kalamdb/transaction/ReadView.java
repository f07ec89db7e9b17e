// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.transaction;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a statement reads: one snapshot, taken at its first read, and the writes of its transaction. Confined to one
 * thread.
 *
 * <p>Statements of a transaction share a view or have one each, as the isolation level says. The snapshot is let go when
 * the last user has closed the view.
 */
public final class ReadView implements AutoCloseable {
    private final Transaction transaction;
    private int userCount;
    private @Nullable StoreSnapshot snapshot;
    /** The last commit that is surely part of the snapshot. */
    private long time;
    /** What was last read through the snapshot, since a row is mostly looked at before it is changed. */
    private @Nullable KeySpace lastReadSpace;

    private byte @Nullable [] lastReadKey;
    private byte @Nullable [] lastReadValue;

    ReadView(Transaction transaction) {
        this.transaction = transaction;
    }

    /** The committed state that it sees; taken now if there is none yet. */
    public StoreSnapshot snapshot() {
        StoreSnapshot current = snapshot;
        if (current == null) {
            transaction.requireActive();
            time = transaction.startReading();
            current = transaction.store().snapshot();
            snapshot = current;
        }
        return current;
    }

    /**
     * As {@link #snapshot()}, and if it is taken now, then between two commits: it sees all commits up to some number and
     * none after it.
     */
    public StoreSnapshot snapshotBetweenCommits() {
        if (snapshot == null) {
            transaction.requireActive();
            time = transaction.startReading();
            snapshot = transaction.snapshotBetweenCommits();
        }
        return snapshot();
    }

    /** The value of a key, or null if there is none. The array must not be changed. */
    public byte @Nullable [] read(KeySpace space, byte[] key) {
        transaction.requireActive();
        byte[] pending = transaction.writes().find(space, key);
        if (pending != null) {
            return PendingWrites.isDeletion(pending) ? null : pending;
        }
        ReadSet reads = transaction.reads();
        if (reads != null) {
            reads.addKey(space, key);
        }
        StoreSnapshot seen = snapshot();
        byte[] value = space == KeySpace.ROWS
                ? transaction.rows().at(seen, time, new LockKey(space, key))
                : transaction.store().get(space, seen, key);
        lastReadSpace = space;
        lastReadKey = key;
        lastReadValue = value;
        return value;
    }

    /**
     * Begins to read a range: notes that it is read, and answers the transaction's own writes to it, which later writes
     * do not change. The committed part is read from the {@link #snapshot()}.
     *
     * @param lower first key
     * @param upper the key after the last one, or null for no bound
     */
    public PendingRange pending(KeySpace space, byte[] lower, byte @Nullable [] upper) {
        transaction.requireActive();
        ReadSet reads = transaction.reads();
        if (reads != null) {
            reads.addRange(space, lower, upper);
        }
        return transaction.writes().range(space, lower, upper);
    }

    /** Lets the snapshot go if nobody else uses the view. Called once by each user. */
    @Override
    public void close() {
        userCount--;
        releaseIfUnused();
    }

    void releaseIfUnused() {
        if (userCount == 0) {
            release();
        }
    }

    ReadView use() {
        userCount++;
        return this;
    }

    /** The snapshot if one was taken. */
    @Nullable
    StoreSnapshot taken() {
        return snapshot;
    }

    long time() {
        return time;
    }

    boolean hasLastRead(KeySpace space, byte[] key) {
        return space == lastReadSpace && Arrays.equals(key, lastReadKey);
    }

    byte @Nullable [] lastReadValue() {
        return lastReadValue;
    }

    void release() {
        StoreSnapshot current = snapshot;
        if (current != null) {
            snapshot = null;
            lastReadSpace = null;
            lastReadKey = null;
            lastReadValue = null;
            current.close();
        }
    }
}
