// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import org.kalamdb.schema.TableId;

/**
 * The keys of the catalog. A key is a space, NUL, then the parts of a name with NUL between them; names hold no NUL, so
 * keys are ordered by space, then namespace, then name.
 */
final class CatalogKeys {
    static final byte[] META = "catalog.meta".getBytes(UTF_8);

    private CatalogKeys() {}

    /** The prefix of a space. */
    static byte[] space(String space) {
        return ("catalog." + space + "\0").getBytes(UTF_8);
    }

    /** The key of a named entry of a space. */
    static byte[] name(byte[] space, String name) {
        return concat(space, name.getBytes(UTF_8));
    }

    /** The prefix of all that a namespace has in a space. */
    static byte[] namespace(byte[] space, String namespace) {
        return concat(space, (namespace + "\0").getBytes(UTF_8));
    }

    static byte[] table(byte[] space, TableId id) {
        return concat(space, (id.namespace() + "\0" + id.name()).getBytes(UTF_8));
    }

    /** The name that {@link #table} made a key of. */
    static TableId tableId(byte[] space, byte[] key) {
        int separator = space.length;
        while (key[separator] != 0) {
            separator++;
        }
        return new TableId(
                new String(key, space.length, separator - space.length, UTF_8),
                new String(key, separator + 1, key.length - separator - 1, UTF_8));
    }

    /** The key of a numbered entry of a space; numbers are positive and in order. */
    static byte[] number(byte[] space, long number) {
        return ByteBuffer.allocate(space.length + Long.BYTES)
                .put(space)
                .putLong(number)
                .array();
    }

    private static byte[] concat(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }
}
