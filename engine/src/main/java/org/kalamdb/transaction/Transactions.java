// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.transaction;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.Durability;
import org.kalamdb.engine.IsolationLevel;
import org.kalamdb.engine.TransactionSettings;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.TableDefinition;

/** Begins the transactions of one database. Safe for use by several threads. */
public final class Transactions {
    /** Some 10 MB of keys of usual length. */
    private static final int MAX_REMEMBERED_KEYS = 1 << 17;

    private final VersionedStore store;
    private final SchemaGuard guard;
    private final TransactionOptions options;
    private final LockTable locks = new LockTable();
    private final CommitHistory history;
    private final RowCache rows;
    private final RangeCache ranges;
    private final List<ChangeLog> changeLogs = new CopyOnWriteArrayList<>();

    /** All writers of {@code store}'s rows must go through this object. */
    public Transactions(VersionedStore store, SchemaGuard guard, TransactionOptions options) {
        this.store = requireNonNull(store, "store is null");
        this.guard = requireNonNull(guard, "guard is null");
        this.options = requireNonNull(options, "options is null");
        this.history = new CommitHistory(MAX_REMEMBERED_KEYS, store.commitNumbers());
        this.rows = new RowCache(store, history, options.maxCachedRowBytes() - maxRangeBytes(options));
        this.ranges = new RangeCache(history, maxRangeBytes(options));
    }

    private static long maxRangeBytes(TransactionOptions options) {
        return options.maxCachedRowBytes() / 3;
    }

    /** Begins a transaction of the engine's own, at REPEATABLE READ and normal durability. */
    public Transaction begin() {
        return begin(new TransactionSettings(
                IsolationLevel.REPEATABLE_READ, false, options.lockTimeout(), Durability.NORMAL));
    }

    /** Begins a transaction. It costs nothing until it is used. */
    public Transaction begin(TransactionSettings settings) {
        return new Transaction(this, settings);
    }

    /** Begins to watch which keys are committed. A snapshot taken after this call sees every commit before it. */
    public ChangeWatch watchChanges() {
        return new ChangeWatch(history);
    }

    /**
     * Begins to collect which keys are committed, as many as a transaction may write. Commits that are under way may be part
     * of it or not.
     *
     * @param lower first key
     * @param upper the key after the last one
     */
    public ChangeLog logChanges(KeySpace space, byte[] lower, byte[] upper) {
        ChangeLog log = new ChangeLog(this, space, lower, upper, options.maxPendingBytes());
        changeLogs.add(log);
        return log;
    }

    void forget(ChangeLog log) {
        changeLogs.remove(log);
    }

    /** Tells whoever collects them of writes that are about to be applied. */
    void log(PendingWrites writes) {
        for (ChangeLog log : changeLogs) {
            log.add(writes);
        }
    }

    /** Applies what a commit that was numbered has written. */
    void apply(
            CommitHistory.Commit commit,
            PendingWrites writes,
            List<LockKey> locked,
            Collection<TableChange> changes,
            Durability durability) {
        try {
            List<LockKey> cached = rows.remove(locked);
            ranges.change(writes, commit.number());
            log(writes);
            store.commit(writes, changes, commit.number(), durability);
            rows.renew(cached, writes, commit.number());
        } finally {
            history.complete(commit);
        }
    }

    /**
     * Brings back the transactions that were prepared when the database was closed, or went down. Called once, before
     * anybody begins a transaction or changes a definition.
     *
     * @param tables finds a table by its object id; null if there is none any more
     * @throws KalamException DATA_CORRUPTED if one cannot be read
     */
    public List<PreparedTransaction> recoverPrepared(LongFunction<@Nullable TableDefinition> tables) {
        List<PreparedTransaction> recovered = new ArrayList<>();
        store.forEach(
                KeySpace.PREPARED,
                (name, record) ->
                        recovered.add(PreparedTransaction.recover(this, name, PreparedState.decode(record, tables))));
        return List.copyOf(recovered);
    }

    VersionedStore store() {
        return store;
    }

    SchemaGuard guard() {
        return guard;
    }

    TransactionOptions options() {
        return options;
    }

    LockTable locks() {
        return locks;
    }

    RowCache rows() {
        return rows;
    }

    RangeCache ranges() {
        return ranges;
    }

    CommitHistory history() {
        return history;
    }
}
