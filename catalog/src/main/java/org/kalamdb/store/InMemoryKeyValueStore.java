// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.store;

import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A store on the heap. Readers take the current tree, which never changes, so that a scan sees one moment and no reader
 * waits; writers make the next tree one after another. Safe for use by several threads.
 */
public final class InMemoryKeyValueStore implements KeyValueStore {
    private final ReentrantLock writeLock = new ReentrantLock();
    private volatile ImmutableTree tree = ImmutableTree.EMPTY;

    @Override
    public byte @Nullable [] get(byte[] key) {
        byte[] value = tree.get(key);
        return value == null ? null : value.clone();
    }

    @Override
    public Stream<KeyValue> scan(byte[] prefix) {
        Iterator<KeyValue> entries = tree.scan(prefix.clone());
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(
                        entries, Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE),
                false);
    }

    @Override
    public void write(WriteBatch batch) {
        writeLock.lock();
        try {
            Writer writer = new Writer(tree);
            batch.forEach(writer);
            tree = writer.next;
        } finally {
            writeLock.unlock();
        }
    }

    private static final class Writer implements WriteBatch.Visitor {
        private ImmutableTree next;

        private Writer(ImmutableTree current) {
            next = current;
        }

        @Override
        public void put(byte[] key, byte[] value) {
            next = next.with(key.clone(), value.clone());
        }

        @Override
        public void delete(byte[] key) {
            next = next.without(key);
        }
    }
}
