// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.store;

import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.kalamdb.schema.TableId;

/**
 * Definitions that are found by namespace and name. Safe for use by several threads.
 *
 * @param <V> the definition
 */
public abstract class QualifiedStore<V> extends EntityStore<TableId, V> {
    private final byte[] space;

    QualifiedStore(KeyValueStore store, String space) {
        super(store);
        this.space = CatalogKeys.space(space);
    }

    /** The definitions of a namespace in name order. The stream must be closed. */
    public Stream<V> inNamespace(String namespace) {
        return scan(CatalogKeys.namespace(space, namespace));
    }

    /**
     * The definitions of a namespace whose names begin with {@code namePrefix} and pass {@code filter}, in name order;
     * others are not even decoded. The stream must be closed.
     */
    public Stream<V> startingWith(String namespace, String namePrefix, Predicate<TableId> filter) {
        return startingWith(namespace, namePrefix, filter, this::decode);
    }

    <T> Stream<T> startingWith(
            String namespace, String namePrefix, Predicate<TableId> filter, Function<byte[], T> decoder) {
        return scan(
                CatalogKeys.name(CatalogKeys.namespace(space, namespace), namePrefix),
                key -> filter.test(CatalogKeys.tableId(space, key)),
                decoder);
    }

    /** The definitions whose names pass {@code filter}, in order; others are not even decoded. To be closed. */
    public Stream<V> all(Predicate<TableId> filter) {
        return all(filter, this::decode);
    }

    <T> Stream<T> all(Predicate<TableId> filter, Function<byte[], T> decoder) {
        return scan(space, key -> filter.test(CatalogKeys.tableId(space, key)), decoder);
    }

    /** The names in a namespace in order, without reading the definitions. The stream must be closed. */
    public Stream<TableId> idsInNamespace(String namespace) {
        return scanKeys(CatalogKeys.namespace(space, namespace)).map(key -> CatalogKeys.tableId(space, key));
    }

    /** All names in order, without reading the definitions. The stream must be closed. */
    public Stream<TableId> ids() {
        return scanKeys(space).map(key -> CatalogKeys.tableId(space, key));
    }

    @Override
    byte[] prefix() {
        return space;
    }

    @Override
    byte[] keyBytes(TableId key) {
        return CatalogKeys.table(space, key);
    }
}
