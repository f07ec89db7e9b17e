// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.transaction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.IsolationLevel;

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
     * As {@link #read}, where nothing else is read with this view: what is committed by now may be seen without a snapshot,
     * which is to be had at less cost.
     */
    public byte @Nullable [] readAlone(KeySpace space, byte[] key) {
        return mayReadLatest() && space == KeySpace.ROWS
                ? transaction.rows().latest(new LockKey(space, key))
                : read(space, key);
    }

    /** Whether the view is that of one statement which has read nothing yet, in a transaction that has written nothing. */
    private boolean mayReadLatest() {
        transaction.requireActive();
        return snapshot == null
                && userCount == 1
                && transaction.settings().isolation() == IsolationLevel.READ_COMMITTED
                && !transaction.hasWrites();
    }

    /**
     * The values of the keys of some rows, in their order, each null if there is no such row. The arrays must not be
     * changed.
     */
    public List<byte @Nullable []> readRows(List<byte[]> keys) {
        transaction.requireActive();
        List<byte @Nullable []> values = new ArrayList<>(keys.size());
        if (transaction.hasWrites()) {
            for (byte[] key : keys) {
                values.add(read(KeySpace.ROWS, key));
            }
            return values;
        }
        ReadSet reads = transaction.reads();
        List<LockKey> wanted = new ArrayList<>(keys.size());
        for (byte[] key : keys) {
            if (reads != null) {
                reads.addKey(KeySpace.ROWS, key);
            }
            wanted.add(new LockKey(KeySpace.ROWS, key));
        }
        return transaction.rows().allAt(snapshot(), time, wanted);
    }

    /**
     * The committed entries of a range, if all of them are on the heap. Notes that the range is read.
     *
     * @param lower first key
     * @param upper the key after the last one
     * @param enough how many of the first entries suffice
     * @param isAlone whether nothing else is read with this view, so that no snapshot need be taken for them
     * @return null if they are not all there, or the transaction has written to the range
     */
    public @Nullable KnownEntries known(KeySpace space, byte[] lower, byte[] upper, long enough, boolean isAlone) {
        CachedRanges ranges = transaction.ranges().find(space, lower);
        if (ranges == null || pending(space, lower, upper).size() > 0) {
            return null;
        }
        if (isAlone && mayReadLatest()) {
            return ranges.latest(lower, upper, enough);
        }
        snapshot();
        return ranges.at(time, lower, upper, enough);
    }

    /** Takes the committed entries of a range that a cursor reads of the snapshot, from the first one on and in key order. */
    public RangeCollector collect(KeySpace space, byte[] lower, byte[] upper) {
        snapshot();
        return new RangeCollector(transaction.ranges().of(space, lower), lower, upper, time);
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
