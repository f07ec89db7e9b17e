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
import org.kalamdb.engine.IsolationLevel;
import org.kalamdb.engine.TransactionSettings;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;

/**
 * One transaction. Confined to one thread.
 *
 * <p>It reads through {@link ReadView}s: one for each statement at READ COMMITTED, one for all at the stronger levels. A
 * write locks its key until the transaction ends and fails with WRITE_CONFLICT if the key was changed since the view's
 * snapshot; a transaction that has written but not yet read has no snapshot and cannot fail so. At SERIALIZABLE it
 * remembers the keys and ranges it has read, and its commit fails if somebody else has written to them.
 *
 * <p>Writes stay on the heap until commit, about 200 bytes and key and value each: a million rows of 100 bytes take some
 * 300 MB, and twice the bytes of keys and values more for a moment at commit. Beyond
 * {@link TransactionOptions#maxPendingBytes()} a write fails with LIMIT_EXCEEDED.
 */
public final class Transaction implements AutoCloseable, LockHolder {
    private static final long NOT_WATCHING = -1;

    private final Transactions owner;
    private final TransactionSettings settings;
    private final PendingWrites writes = new PendingWrites();
    /** Keys that it may write. */
    private final List<LockKey> locked = new ArrayList<>();
    /** Keys that nobody writes, and how it has them. */
    private final Map<LockKey, LockMode> guarded = new LinkedHashMap<>();

    private final List<Savepoint> savepoints = new ArrayList<>();
    /** In the order of writing; empty while there is no savepoint. */
    private final List<Overwrite> undo = new ArrayList<>();
    /** By object id; the change of a table is made on the first write to it. */
    private Map<Long, TableChange> changes = new LinkedHashMap<>();

    private ReadView view;
    /** What it has read, at SERIALIZABLE; else null. */
    private @Nullable ReadSet reads;
    /** The time from which the history is kept for it. */
    private long watchedSince = NOT_WATCHING;

    private Runnable stopCheck = () -> {};
    private boolean active = true;
    /** Guarded by the mutex of the lock table. */
    private @Nullable LockKey waitedFor;

    Transaction(Transactions owner, TransactionSettings settings) {
        this.owner = owner;
        this.settings = settings;
        this.view = new ReadView(this);
        this.reads = settings.isolation() == IsolationLevel.SERIALIZABLE ? new ReadSet() : null;
        if (settings.isolation() != IsolationLevel.READ_COMMITTED) {
            // Statements come and go; the view stays until the transaction ends.
            view.use();
        }
    }

    /** Whether it has neither been committed nor rolled back. */
    public boolean isActive() {
        return active;
    }

    /** Whether it has uncommitted writes. */
    public boolean hasWrites() {
        return writes.size() > 0;
    }

    /** What it was begun with. */
    public TransactionSettings settings() {
        return settings;
    }

    /**
     * Begins a statement and answers what it reads, to be closed when nobody reads its result any more. At READ COMMITTED
     * it sees what others have committed by now, and so do writes from now on.
     */
    public ReadView startStatement() {
        requireActive();
        if (settings.isolation() == IsolationLevel.READ_COMMITTED) {
            view.releaseIfUnused();
            view = new ReadView(this);
        }
        return view.use();
    }

    /** Sets what a wait for a lock calls now and then; it throws if the statement is to stop. */
    public void checkWhileWaiting(Runnable check) {
        stopCheck = check;
    }

    /** What the statement that was started last reads. */
    public ReadView view() {
        requireActive();
        return view;
    }

    /** The value of a key as the last statement sees it, or null if there is none. The array must not be changed. */
    public byte @Nullable [] read(KeySpace space, byte[] key) {
        return view().read(space, key);
    }

    /**
     * Locks a key until the transaction ends, checks that nobody has changed it since the snapshot, and reads it.
     *
     * @param key not to be changed afterwards
     * @return the value, or null if there is none. The array must not be changed
     * @throws KalamException WRITE_CONFLICT, LOCK_TIMEOUT, DEADLOCK or QUERY_CANCELED
     */
    public byte @Nullable [] lockAndRead(TableDefinition table, KeySpace space, byte[] key) {
        requireActive();
        byte[] pending = writes.find(space, key);
        if (pending != null) {
            return PendingWrites.isDeletion(pending) ? null : pending;
        }
        LockKey lockKey = new LockKey(space, key);
        if (owner.locks().acquire(lockKey, this, LockMode.EXCLUSIVE, table.id())) {
            locked.add(lockKey);
        }
        StoreSnapshot snapshot = view.taken();
        boolean unchanged = snapshot != null && !owner.history().mayHaveChangedSince(view.time(), lockKey);
        if (unchanged && view.hasLastRead(space, key)) {
            return view.lastReadValue();
        }
        byte[] latest = space == KeySpace.ROWS
                ? owner.rows().latest(lockKey)
                : owner.store().get(space, null, key);
        if (snapshot != null
                && !unchanged
                && !Arrays.equals(latest, owner.store().get(space, snapshot, key))) {
            throw new KalamException(
                    ErrorCode.WRITE_CONFLICT,
                    "Cannot write to table " + table.id()
                            + ": the row was changed by a concurrent transaction; roll back and retry the transaction");
        }
        return latest;
    }

    /**
     * Locks a key that nobody writes, and that stands for what transactions must agree on otherwise, until the transaction
     * ends. A share becomes an exclusive lock when nobody else has one.
     *
     * @param table named when it cannot be locked
     * @throws KalamException LOCK_TIMEOUT, DEADLOCK or QUERY_CANCELED
     */
    public void guard(TableId table, KeySpace space, byte[] key, LockMode mode) {
        requireActive();
        LockKey lockKey = new LockKey(space, key);
        if (owner.locks().acquire(lockKey, this, mode, table)) {
            guarded.put(lockKey, mode);
        }
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
        changed(table, 0, 0);
    }

    /** Removes a key under the same conditions as {@link #put}. */
    public void delete(TableDefinition table, KeySpace space, byte[] key) {
        requireActive();
        record(space, key, writes.delete(space, key));
        changed(table, 0, 0);
    }

    /** Tells that a table has {@code delta} rows more, or less if negative, than before a write. */
    public void countRows(TableDefinition table, int delta) {
        requireActive();
        changed(table, delta, 0);
    }

    /** Tells that the rows of a table have {@code delta} bytes more, or less if negative, than before a write. */
    public void countBytes(TableDefinition table, long delta) {
        requireActive();
        changed(table, 0, delta);
    }

    /**
     * A copy of this transaction's writes to a range, which later writes do not change; see {@link ReadView#pending}.
     *
     * @param lower first key
     * @param upper the key after the last one, or null for no bound
     */
    public PendingRange pending(KeySpace space, byte[] lower, byte @Nullable [] upper) {
        return view().pending(space, lower, upper);
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

    /** Undoes everything, but keeps the locks: what has been read is forgotten, and the next read sees what is there then. */
    public void restart() {
        requireActive();
        writes.clear();
        changes.clear();
        savepoints.clear();
        undo.clear();
        stopReading();
        if (reads != null) {
            reads = new ReadSet();
        }
    }

    /**
     * Makes the writes durable and visible, all at once, and ends the transaction. If it fails, nothing is written and
     * the transaction is rolled back.
     *
     * @throws KalamException SERIALIZATION_FAILURE if a table written to was altered or dropped meanwhile, or, at
     *     SERIALIZABLE, what was read was changed
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

    /**
     * Prepares the commit: what was written is kept on the device, and the locks are kept, until it is said whether it
     * takes effect. This transaction is over then, and the other one goes on in its place. If it fails, the transaction is
     * rolled back.
     *
     * @param name by which it is found again when the database is opened the next time; no other prepared one has it
     * @throws KalamException SERIALIZATION_FAILURE as {@link #commit}, LIMIT_EXCEEDED, DISK_FULL, IO_ERROR
     */
    public PreparedTransaction prepare(byte[] name) {
        requireActive();
        boolean prepared = false;
        try {
            boolean hasRead = reads != null && !reads.isEmpty();
            PreparedState state = new PreparedState(
                    writes,
                    List.copyOf(locked),
                    Map.copyOf(guarded),
                    List.copyOf(changes.values()),
                    hasRead ? reads : null);
            Lock commitLock = owner.guard().commitLock();
            commitLock.lock();
            try {
                changes.values().forEach(change -> checkUnaltered(change.definition()));
                PreparedTransaction answer = PreparedTransaction.prepare(owner, this, name, state, view.time());
                prepared = true;
                return answer;
            } finally {
                commitLock.unlock();
            }
        } finally {
            if (prepared) {
                active = false;
                stopReading();
            } else {
                end();
            }
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

    long lockTimeoutNanos() {
        return settings.lockTimeout().toNanos();
    }

    void checkStop() {
        stopCheck.run();
    }

    VersionedStore store() {
        return owner.store();
    }

    RowCache rows() {
        return owner.rows();
    }

    RangeCache ranges() {
        return owner.ranges();
    }

    PendingWrites writes() {
        return writes;
    }

    /** What is read must be added to it; null if nobody asks. */
    @Nullable
    ReadSet reads() {
        return reads;
    }

    /** The time of a snapshot that is taken next. */
    long startReading() {
        if (reads == null) {
            return owner.history().now();
        }
        watchedSince = owner.history().watch();
        return watchedSince;
    }

    /** Takes a snapshot between two commits, which sees all with lesser numbers than those it does not see. */
    StoreSnapshot snapshotBetweenCommits() {
        return owner.history().betweenCommits(() -> owner.store().snapshot());
    }

    private void apply() {
        Lock commitLock = owner.guard().commitLock();
        commitLock.lock();
        try {
            for (TableChange change : changes.values()) {
                checkUnaltered(change.definition());
            }
            boolean hasRead = reads != null && !reads.isEmpty();
            CommitHistory.Commit commit = owner.history().begin(writes, locked, hasRead ? reads : null, view.time());
            owner.apply(commit, writes, locked, changes.values(), settings.durability());
        } finally {
            commitLock.unlock();
        }
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
        stopReading();
        owner.locks().release(locked, this);
        owner.locks().release(List.copyOf(guarded.keySet()), this);
        locked.clear();
        guarded.clear();
        savepoints.clear();
        undo.clear();
    }

    private void stopReading() {
        view.release();
        if (watchedSince != NOT_WATCHING) {
            owner.history().unwatch(watchedSince);
            watchedSince = NOT_WATCHING;
        }
    }

    private void record(KeySpace space, byte[] key, byte @Nullable [] previous) {
        if (!savepoints.isEmpty()) {
            undo.add(new Overwrite(space, key, previous));
        }
    }

    private void changed(TableDefinition table, int rowCountDelta, long byteCountDelta) {
        TableChange change = changes.get(table.objectId());
        if (change == null) {
            changes.put(table.objectId(), new TableChange(table, rowCountDelta, byteCountDelta));
            return;
        }
        if (change.definition().schemaVersion() != table.schemaVersion()) {
            throw new KalamException(
                    ErrorCode.SERIALIZATION_FAILURE,
                    "Cannot write to table " + table.id()
                            + ": it was altered after the transaction first wrote to it; retry the transaction");
        }
        if (rowCountDelta != 0 || byteCountDelta != 0) {
            changes.put(table.objectId(), change.plus(rowCountDelta, byteCountDelta));
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

    void requireActive() {
        if (!active) {
            throw new KalamException(ErrorCode.NO_TRANSACTION, "The transaction has ended; begin a new one");
        }
    }
}
