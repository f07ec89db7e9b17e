// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.store;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Definitions of one kind under their names in a {@link KeyValueStore}. Safe for use by several threads.
 *
 * @param <K> what a definition is found by
 * @param <V> the definition
 */
public abstract class EntityStore<K, V> {
    private final KeyValueStore store;

    EntityStore(KeyValueStore store) {
        this.store = store;
    }

    /** The definition under {@code key}. */
    public Optional<V> find(K key) {
        byte[] value = store.get(keyBytes(key));
        return value == null ? Optional.empty() : Optional.of(decode(value));
    }

    /** Whether there is a definition under {@code key}, without reading it. */
    public boolean contains(K key) {
        return store.get(keyBytes(key)) != null;
    }

    /** All definitions in key order, read as the stream is consumed. The stream must be closed. */
    public Stream<V> all() {
        return scan(prefix());
    }

    /** Writes {@code value} under its key, in place of what was there. */
    public void put(V value) {
        WriteBatch batch = new WriteBatch();
        put(batch, value);
        store.write(batch);
    }

    /** Removes what is under {@code key}, if anything. */
    public void delete(K key) {
        WriteBatch batch = new WriteBatch();
        delete(batch, key);
        store.write(batch);
    }

    /** Adds to {@code batch} that {@code value} is written under its key. */
    public void put(WriteBatch batch, V value) {
        batch.put(keyBytes(keyOf(value)), encode(value));
    }

    /** Adds to {@code batch} that what is under {@code key} is removed. */
    public void delete(WriteBatch batch, K key) {
        batch.delete(keyBytes(key));
    }

    /** What begins the keys of all definitions of this kind. */
    abstract byte[] prefix();

    abstract K keyOf(V value);

    abstract byte[] keyBytes(K key);

    abstract byte[] encode(V value);

    abstract V decode(byte[] value);

    Stream<V> scan(byte[] prefix) {
        return store.scan(prefix).map(entry -> decode(entry.value()));
    }

    Stream<V> scan(byte[] prefix, Predicate<byte[]> keyFilter) {
        return scan(prefix, keyFilter, this::decode);
    }

    <T> Stream<T> scan(byte[] prefix, Predicate<byte[]> keyFilter, Function<byte[], T> decoder) {
        return store.scan(prefix, keyFilter).map(entry -> decoder.apply(entry.value()));
    }

    Stream<byte[]> scanKeys(byte[] prefix) {
        return store.scan(prefix).map(KeyValue::key);
    }
}
