// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.schema;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/**
 * The name of a table or view. Ordered by namespace, then name, each by code point. Immutable.
 *
 * @param namespace exact namespace name, not empty
 * @param name exact table name, not empty
 */
public record TableId(String namespace, String name) implements Comparable<TableId> {
    public TableId {
        requireNonNull(namespace, "namespace is null");
        requireNonNull(name, "name is null");
        if (namespace.isEmpty()) {
            throw new KalamException(ErrorCode.INVALID_NAME, "Invalid namespace name: must not be empty");
        }
        if (name.isEmpty()) {
            throw new KalamException(ErrorCode.INVALID_NAME, "Invalid table name: must not be empty");
        }
    }

    /** {@code namespace:name}, the form of the {@code table_id} columns of the system tables. */
    public String key() {
        return namespace + ":" + name;
    }

    /** Written out, as that of a record takes a new JVM milliseconds to make, and names are looked up from the first moment on. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TableId id && name.equals(id.name) && namespace.equals(id.namespace);
    }

    @Override
    public int hashCode() {
        return 31 * namespace.hashCode() + name.hashCode();
    }

    @Override
    public int compareTo(TableId other) {
        int order = Names.ORDER.compare(namespace, other.namespace);
        return order != 0 ? order : Names.ORDER.compare(name, other.name);
    }

    /** {@code namespace.name}, each part in double quotes where SQL needs them. */
    @Override
    public String toString() {
        return Names.quote(namespace) + "." + Names.quote(name);
    }
}
