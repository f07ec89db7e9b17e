// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.transaction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.TableDefinition;

/**
 * One transaction under snapshot isolation. Confined to one thread.
 *
 * <p>It reads a snapshot, taken at its first read, and its own writes. A write locks its key until the transaction ends
 * and fails with SERIALIZATION_FAILURE if the key was changed after the snapshot by another transaction; a transaction
 * that has written but not yet read has no snapshot and cannot fail so.
 *
 * <p>Writes stay on the heap until commit, about 200 bytes and key and value each: a million rows of 100 bytes take some
 * 300 MB, and twice the bytes of keys and values more for a moment at commit. Beyond
 * {@link TransactionOptions#maxPendingBytes()} a write fails with LIMIT_EXCEEDED.
 */
public final class Transaction implements AutoCloseable {
    private final Transactions owner;
    private final PendingWrites writes = new PendingWrites();
    private final List<LockKey> locked = new ArrayList<>();
    private final List<Savepoint> savepoints = new ArrayList<>();
    /** In the order of writing; empty while there is no savepoint. */
    private final List<Overwrite> undo = new ArrayList<>();
    /** By object id; the change of a table is made on the first write to it. */
    private Map<Long, TableChange> changes = new LinkedHashMap<>();

    private @Nullable StoreSnapshot snapshot;
    private long snapshotTime;
    /** What was last read through the snapshot, since a row is mostly looked at before it is changed. */
    private @Nullable KeySpace lastReadSpace;

    private byte @Nullable [] lastReadKey;

    private byte @Nullable [] lastReadValue;
    private boolean active = true;
    /** Guarded by the mutex of the lock table. */
    private @Nullable LockKey waitedFor;

    Transaction(Transactions owner) {
        this.owner = owner;
    }

    /** Whether it has neither been committed nor rolled back. */
    public boolean isActive() {
        return active;
    }

    /** Whether it has uncommitted writes. */
    public boolean hasWrites() {
        return writes.size() > 0;
    }

    /** The view that reads see besides the transaction's own writes; taken now if there is none yet. */
    public StoreSnapshot snapshot() {
        requireActive();
        StoreSnapshot current = snapshot;
        if (current == null) {
            snapshotTime = owner.clock().now();
            current = owner.store().snapshot();
            snapshot = current;
        }
        return current;
    }

    /** Lets the next read see what others have committed by then. Open cursors must be closed before. */
    public void refreshSnapshot() {
        requireActive();
        dropSnapshot();
    }

    /** The value of a key as this transaction sees it, or null if there is none. The array must not be changed. */
    public byte @Nullable [] read(KeySpace space, byte[] key) {
        requireActive();
        byte[] pending = writes.find(space, key);
        if (pending != null) {
            return PendingWrites.isDeletion(pending) ? null : pending;
        }
        byte[] value = owner.store().get(space, snapshot(), key);
        lastReadSpace = space;
        lastReadKey = key;
        lastReadValue = value;
        return value;
    }

    /**
     * Locks a key until the transaction ends, checks that nobody has changed it since the snapshot, and reads it.
     *
     * @param key not to be changed afterwards
     * @return the value, or null if there is none. The array must not be changed
     * @throws KalamException SERIALIZATION_FAILURE, LOCK_TIMEOUT or QUERY_CANCELED
     */
    public byte @Nullable [] lockAndRead(TableDefinition table, KeySpace space, byte[] key) {
        requireActive();
        byte[] pending = writes.find(space, key);
        if (pending != null) {
            return PendingWrites.isDeletion(pending) ? null : pending;
        }
        LockKey lockKey = new LockKey(space, key);
        if (owner.locks().acquire(lockKey, this, table.id())) {
            locked.add(lockKey);
        }
        StoreSnapshot view = snapshot;
        boolean unchanged = view != null && !owner.clock().mayHaveChangedSince(snapshotTime, lockKey);
        if (unchanged && space == lastReadSpace && Arrays.equals(key, lastReadKey)) {
            return lastReadValue;
        }
        byte[] latest = owner.store().get(space, null, key);
        if (view != null && !unchanged && !Arrays.equals(latest, owner.store().get(space, view, key))) {
            throw new KalamException(
                    ErrorCode.SERIALIZATION_FAILURE,
                    "Cannot write to table " + table.id()
                            + ": the row was changed by a concurrent transaction; roll back and retry the transaction");
        }
        return latest;
    }

    /**
     * Writes a value to a key that {@link #lockAndRead} has locked, or that only whoever has locked another one writes.
     *
     * @throws KalamException LIMIT_EXCEEDED
     */
    public void put(TableDefinition table, KeySpace space, byte[] key, byte[] value) {
        requireActive();
        if (writes.sizeInBytes() + value.length > owner.options().maxPendingBytes()) {
            throw new KalamException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "Cannot hold more than " + owner.options().maxPendingBytes()
                            + " bytes of uncommitted changes; commit more often or give the JVM more heap");
        }
        record(space, key, writes.put(space, key, value));
        changed(table, 0);
    }

    /** Removes a key under the same conditions as {@link #put}. */
    public void delete(TableDefinition table, KeySpace space, byte[] key) {
        requireActive();
        record(space, key, writes.delete(space, key));
        changed(table, 0);
    }

    /** Tells that a table has {@code delta} rows more, or less if negative, than before a write. */
    public void countRows(TableDefinition table, int delta) {
        requireActive();
        changed(table, delta);
    }

    /**
     * A copy of this transaction's writes to a range, which later writes do not change.
     *
     * @param lower first key
     * @param upper the key after the last one, or null for no bound
     */
    public PendingRange pending(KeySpace space, byte[] lower, byte @Nullable [] upper) {
        requireActive();
        return writes.range(space, lower, upper);
    }

    /** The rows that this transaction has added to a table, less those it has removed. */
    public long rowCountDelta(TableDefinition table) {
        TableChange change = changes.get(table.objectId());
        return change == null ? 0 : change.rowCountDelta();
    }

    /** Marks this point. Marks nest like a stack. */
    public Savepoint savepoint() {
        requireActive();
        Savepoint savepoint = new Savepoint(undo.size(), changes);
        savepoints.add(savepoint);
        return savepoint;
    }

    /** Undoes the writes after the mark and drops the marks after it; the mark stays. Locks are kept. */
    public void rollbackTo(Savepoint savepoint) {
        dropSavepointsFrom(indexOf(savepoint) + 1);
        for (int i = undo.size() - 1; i >= savepoint.undoSize(); i--) {
            undo.get(i).undo(writes);
        }
        undo.subList(savepoint.undoSize(), undo.size()).clear();
        changes = new LinkedHashMap<>(savepoint.changes());
    }

    /** Drops the mark and those after it and keeps the writes. */
    public void release(Savepoint savepoint) {
        dropSavepointsFrom(indexOf(savepoint));
        if (savepoints.isEmpty()) {
            undo.clear();
        }
    }

    /**
     * Makes the writes durable and visible, all at once, and ends the transaction. If it fails, nothing is written and
     * the transaction is rolled back.
     *
     * @throws KalamException SERIALIZATION_FAILURE if a table written to was altered or dropped meanwhile
     */
    public void commit() {
        requireActive();
        try {
            if (writes.size() > 0) {
                apply();
            }
        } finally {
            end();
        }
    }

    /** Drops the writes and ends the transaction. Does nothing if it has ended. */
    public void rollback() {
        if (active) {
            end();
        }
    }

    /** Rolls back if the transaction is still active. Idempotent. */
    @Override
    public void close() {
        rollback();
    }

    void waitFor(@Nullable LockKey key) {
        waitedFor = key;
    }

    @Nullable
    LockKey waitedFor() {
        return waitedFor;
    }

    private void apply() {
        Lock commitLock = owner.guard().commitLock();
        commitLock.lock();
        try {
            for (TableChange change : changes.values()) {
                checkUnaltered(change.definition());
            }
            owner.store().commit(writes, changes.values());
        } finally {
            commitLock.unlock();
        }
        owner.clock().committed(locked);
    }

    private void checkUnaltered(TableDefinition written) {
        int version = owner.guard().currentSchemaVersion(written);
        if (version != written.schemaVersion()) {
            throw new KalamException(
                    ErrorCode.SERIALIZATION_FAILURE,
                    "Cannot commit: table " + written.id() + " was " + (version == 0 ? "dropped" : "altered")
                            + " after the transaction wrote to it; retry the transaction");
        }
    }

    private void end() {
        active = false;
        dropSnapshot();
        owner.locks().release(locked);
        locked.clear();
        savepoints.clear();
        undo.clear();
    }

    private void dropSnapshot() {
        StoreSnapshot current = snapshot;
        if (current != null) {
            snapshot = null;
            lastReadKey = null;
            lastReadValue = null;
            current.close();
        }
    }

    private void record(KeySpace space, byte[] key, byte @Nullable [] previous) {
        if (!savepoints.isEmpty()) {
            undo.add(new Overwrite(space, key, previous));
        }
    }

    private void changed(TableDefinition table, int rowCountDelta) {
        TableChange change = changes.get(table.objectId());
        if (change == null) {
            changes.put(table.objectId(), new TableChange(table, rowCountDelta));
            return;
        }
        if (change.definition().schemaVersion() != table.schemaVersion()) {
            throw new KalamException(
                    ErrorCode.SERIALIZATION_FAILURE,
                    "Cannot write to table " + table.id()
                            + ": it was altered after the transaction first wrote to it; retry the transaction");
        }
        if (rowCountDelta != 0) {
            changes.put(table.objectId(), change.plus(rowCountDelta));
        }
    }

    private int indexOf(Savepoint savepoint) {
        requireActive();
        int index = savepoints.lastIndexOf(savepoint);
        if (index < 0) {
            throw new IllegalArgumentException("The savepoint is not part of this transaction any more");
        }
        return index;
    }

    private void dropSavepointsFrom(int index) {
        savepoints.subList(index, savepoints.size()).clear();
    }

    private void requireActive() {
        if (!active) {
            throw new KalamException(ErrorCode.NO_TRANSACTION, "The transaction has ended; begin a new one");
        }
    }
}
