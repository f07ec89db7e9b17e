// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.kalamdb.transaction.StoreSnapshot;
import org.rocksdb.ReadOptions;
import org.rocksdb.Snapshot;

/** A view of the store at one moment, with the options that read it. Safe for use by several threads. */
final class RocksSnapshot implements StoreSnapshot {
    private final RocksStorage storage;
    private final Snapshot snapshot;
    private final long number;
    /** Made when something is read, since much is answered from the heap. Guarded by this. */
    private @Nullable ReadOptions readOptions;

    private final AtomicBoolean closed = new AtomicBoolean();

    /** @param number greater than that of every snapshot taken before */
    RocksSnapshot(RocksStorage storage, Snapshot snapshot, long number) {
        this.storage = storage;
        this.number = number;
        this.snapshot = snapshot;
    }

    synchronized ReadOptions readOptions() {
        if (isClosed()) {
            throw new IllegalStateException("The snapshot is closed");
        }
        ReadOptions known = readOptions;
        if (known == null) {
            known = new ReadOptions().setSnapshot(snapshot);
            readOptions = known;
        }
        return known;
    }

    Snapshot snapshot() {
        return snapshot;
    }

    long number() {
        return number;
    }

    boolean isClosed() {
        return closed.get();
    }

    @Override
    public void close() {
        storage.release(this);
    }

    /** Frees the native objects once. Called inside the gate, or when the gate is shut. */
    void dispose() {
        if (closed.compareAndSet(false, true)) {
            closeReadOptions();
            storage.releaseNative(snapshot);
        }
    }

    private synchronized void closeReadOptions() {
        if (readOptions != null) {
            readOptions.close();
        }
    }
}
