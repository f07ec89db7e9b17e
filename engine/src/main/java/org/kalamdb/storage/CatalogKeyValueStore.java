// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.kalamdb.storage.rocks.WriteBatchBytes;
import org.kalamdb.storage.row.KeyEncoder;
import org.kalamdb.store.KeyValue;
import org.kalamdb.store.KeyValueStore;
import org.kalamdb.store.WriteBatch;
import org.rocksdb.ColumnFamilyHandle;

/** The part of the store that holds definitions. Safe for use by several threads. */
final class CatalogKeyValueStore implements KeyValueStore {
    private final RocksStorage storage;
    private final ColumnFamilyHandle family;

    CatalogKeyValueStore(RocksStorage storage, ColumnFamilyHandle family) {
        this.storage = storage;
        this.family = family;
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        return storage.get(family, null, key);
    }

    @Override
    public Stream<KeyValue> scan(byte[] prefix) {
        return scan(prefix, key -> true);
    }

    @Override
    public Stream<KeyValue> scan(byte[] prefix, Predicate<byte[]> keyFilter) {
        byte @Nullable [] upper = prefix.length == 0 ? null : KeyEncoder.successor(prefix);
        NativeCursor cursor = storage.cursor(family, null, prefix, upper);
        return StreamSupport.stream(new Entries(cursor, keyFilter), false).onClose(cursor::close);
    }

    @Override
    public void write(WriteBatch batch) {
        storage.write(WriteBatchBytes.encode(family.getID(), batch));
    }

    /** Reads some entries at a time, so that not each of them passes the gate. Confined to one thread. */
    private static final class Entries extends Spliterators.AbstractSpliterator<KeyValue> {
        private static final int READ_AHEAD = 64;

        private final NativeCursor cursor;
        private final Predicate<byte[]> keyFilter;
        private final List<KeyValue> read = new ArrayList<>();
        private int next;
        private boolean started;

        Entries(NativeCursor cursor, Predicate<byte[]> keyFilter) {
            super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE);
            this.cursor = cursor;
            this.keyFilter = keyFilter;
        }

        @Override
        public boolean tryAdvance(Consumer<? super KeyValue> action) {
            if (next == read.size()) {
                readMore();
            }
            if (next == read.size()) {
                return false;
            }
            action.accept(read.get(next++));
            return true;
        }

        private void readMore() {
            read.clear();
            next = 0;
            cursor.enter();
            try {
                if (!started) {
                    cursor.seek();
                    started = true;
                }
                while (read.size() < READ_AHEAD && cursor.isValid()) {
                    byte[] key = cursor.key();
                    if (keyFilter.test(key)) {
                        read.add(new KeyValue(key, cursor.value()));
                    }
                    cursor.next();
                }
            } finally {
                cursor.leave();
            }
        }
    }
}
