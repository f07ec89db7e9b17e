// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.transaction;

import java.util.List;
import java.util.concurrent.locks.Lock;
import org.kalamdb.engine.Durability;
import org.kalamdb.error.KalamException;

/**
 * A transaction that can take effect at any time and has not yet. Confined to one thread at a time.
 *
 * <p>Its writes are on the device under its name, its locks are held, and the definitions of the tables it has written to
 * cannot change; all this is so again when the database is opened the next time. So that what its commit answers is true
 * whatever fails, preparing and committing wait for the device, whatever the durability of the transaction was.
 */
public final class PreparedTransaction {
    private final Transactions owner;
    /** Who holds the locks. */
    private final Transaction holder;

    private final byte[] name;
    private final PreparedState state;

    private PreparedTransaction(Transactions owner, Transaction holder, byte[] name, PreparedState state) {
        this.owner = owner;
        this.holder = holder;
        this.name = name;
        this.state = state;
    }

    /**
     * Keeps a transaction on the device. The caller holds the commit lock.
     *
     * @param time when it began to read
     */
    static PreparedTransaction prepare(
            Transactions owner, Transaction transaction, byte[] name, PreparedState state, long time) {
        PreparedTransaction prepared = new PreparedTransaction(owner, transaction, name.clone(), state);
        PendingWrites record = new PendingWrites();
        record.put(KeySpace.PREPARED, prepared.name, state.encode());
        if (state.reads() != null) {
            owner.history().prepare(state.reads(), time);
        }
        boolean kept = false;
        try {
            prepared.holdTables();
            owner.store().commit(record, List.of(), owner.history().lastNumber(), Durability.FULL);
            kept = true;
            return prepared;
        } finally {
            if (!kept) {
                prepared.releaseOthers();
            }
        }
    }

    /** One that was prepared before the database was opened. */
    static PreparedTransaction recover(Transactions owner, byte[] name, PreparedState state) {
        Transaction holder = owner.begin();
        state.lock(owner.locks(), holder);
        if (state.reads() != null) {
            owner.history().restorePrepared(state.reads());
        }
        PreparedTransaction recovered = new PreparedTransaction(owner, holder, name, state);
        recovered.holdTables();
        return recovered;
    }

    /** What it was prepared under. */
    public byte[] name() {
        return name.clone();
    }

    /**
     * Makes the writes visible, all at once, and ends the transaction.
     *
     * @throws KalamException DISK_FULL or IO_ERROR; it is still prepared then
     */
    public void commit() {
        Lock commitLock = owner.guard().commitLock();
        commitLock.lock();
        try {
            PendingWrites writes = state.writes();
            writes.delete(KeySpace.PREPARED, name);
            CommitHistory.Commit commit = owner.history().beginPrepared(writes, state.locked(), state.reads());
            owner.apply(commit, writes, state.locked(), state.changes(), Durability.FULL);
        } finally {
            commitLock.unlock();
        }
        end();
    }

    /**
     * Forgets the writes and ends the transaction.
     *
     * @throws KalamException DISK_FULL or IO_ERROR; it is still prepared then
     */
    public void rollback() {
        PendingWrites record = new PendingWrites();
        record.delete(KeySpace.PREPARED, name);
        owner.store().commit(record, List.of(), owner.history().lastNumber(), Durability.NORMAL);
        end();
    }

    private void end() {
        releaseOthers();
        owner.locks().release(state.locked(), holder);
        owner.locks().release(List.copyOf(state.guarded().keySet()), holder);
    }

    private void holdTables() {
        state.changes().forEach(change -> owner.guard().hold(change.definition()));
    }

    private void releaseOthers() {
        state.changes().forEach(change -> owner.guard().release(change.definition()));
        if (state.reads() != null) {
            owner.history().endPrepared(state.reads());
        }
    }
}
