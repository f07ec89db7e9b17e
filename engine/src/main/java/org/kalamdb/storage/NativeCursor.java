// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.kalamdb.storage.rocks.RocksErrors;
import org.kalamdb.storage.row.StoredValue;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Snapshot;

/**
 * A position among the committed entries of a key range. Confined to one thread, except that the store may close it.
 *
 * <p>{@link #enter} and {@link #leave} surround a run of calls, so that not every single one must pass the gate.
 */
final class NativeCursor implements StoredValue, AutoCloseable {
    private static final int INITIAL_KEY_BYTES = 64;

    private final RocksStorage storage;
    private final byte[] lower;
    private final ReadOptions readOptions;
    private final @Nullable Slice upperBound;
    private final RocksIterator iterator;
    private final AtomicBoolean closed = new AtomicBoolean();
    private byte[] keyBuffer = new byte[INITIAL_KEY_BYTES];

    NativeCursor(
            RocksStorage storage,
            RocksDB database,
            ColumnFamilyHandle family,
            @Nullable Snapshot snapshot,
            byte[] lower,
            byte @Nullable [] upper) {
        this.storage = storage;
        this.lower = lower;
        this.readOptions = new ReadOptions();
        this.upperBound = upper == null ? null : new Slice(upper);
        if (upperBound != null) {
            readOptions.setIterateUpperBound(upperBound);
        }
        if (snapshot != null) {
            readOptions.setSnapshot(snapshot);
        }
        this.iterator = database.newIterator(family, readOptions);
    }

    void enter() {
        storage.gate().enter();
    }

    void leave() {
        storage.gate().leave();
    }

    /** Passes the gate and goes to the first entry. Returns whether there is one. */
    boolean seekToFirst() {
        enter();
        try {
            seek();
            return isValid();
        } finally {
            leave();
        }
    }

    /** Goes to the first entry. Inside the gate. */
    void seek() {
        iterator.seek(lower);
    }

    /** Passes the gate and hands over every entry, in key order. */
    void forEach(BiConsumer<byte[], byte[]> action) {
        enter();
        try {
            for (seek(); isValid(); next()) {
                action.accept(key(), value());
            }
        } finally {
            leave();
        }
    }

    /** Goes to the first entry at or after a key. Inside the gate. */
    void seek(byte[] key) {
        iterator.seek(key);
    }

    /** Goes to the last entry before a key. Inside the gate. */
    void seekBefore(byte[] key) {
        iterator.seekForPrev(key);
        if (iterator.isValid() && Arrays.equals(key(), key)) {
            iterator.prev();
        }
    }

    /** Inside the gate. */
    void previous() {
        iterator.prev();
    }

    /** Whether there is an entry here. Inside the gate. @throws org.kalamdb.error.KalamException if reading failed */
    boolean isValid() {
        if (iterator.isValid()) {
            return true;
        }
        try {
            iterator.status();
        } catch (RocksDBException e) {
            throw RocksErrors.translate(e, "read from the database");
        }
        return false;
    }

    /** Inside the gate. */
    void next() {
        iterator.next();
    }

    /** Copies the key here. Inside the gate. */
    byte[] key() {
        int length = iterator.key(keyBuffer, 0, keyBuffer.length);
        if (length > keyBuffer.length) {
            keyBuffer = new byte[Math.max(length, 2 * keyBuffer.length)];
            length = iterator.key(keyBuffer, 0, keyBuffer.length);
        }
        byte[] key = new byte[length];
        System.arraycopy(keyBuffer, 0, key, 0, length);
        return key;
    }

    /** Copies the value here. Inside the gate. */
    byte[] value() {
        return iterator.value();
    }

    /** Copies the value here. Inside the gate. */
    @Override
    public int copyTo(byte[] target, int offset, int room) {
        return iterator.value(target, offset, room);
    }

    @Override
    public void close() {
        storage.release(this);
    }

    /** Frees the native objects once. Called inside the gate, or when the gate is shut. */
    void dispose() {
        if (closed.compareAndSet(false, true)) {
            iterator.close();
            readOptions.close();
            if (upperBound != null) {
                upperBound.close();
            }
        }
    }
}
