package org.kalamdb.schema;

import static java.util.Objects.requireNonNull;

/**
 * The name of a table or view. Immutable.
 *
 * @param namespace exact namespace name, not empty
 * @param name exact table name, not empty
 */
public record TableId(String namespace, String name) implements Comparable<TableId> {
    public TableId {
        requireNonNull(namespace, "namespace is null");
        requireNonNull(name, "name is null");
    }

    /** {@code namespace:name}, the form of the {@code table_id} columns of the system tables. */
    public String key() {
        return namespace + ":" + name;
    }

    @Override
    public int compareTo(TableId other) {
        int order = namespace.compareTo(other.namespace);
        return order != 0 ? order : name.compareTo(other.name);
    }

    /** {@code namespace.name}. */
    @Override
    public String toString() {
        return namespace + "." + name;
    }
}
