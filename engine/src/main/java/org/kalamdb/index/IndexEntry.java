// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.index;

import java.util.Arrays;

/** One entry of an index as bytes, which are not to be changed. Immutable. */
final class IndexEntry {
    private final byte[] key;
    private final byte[] value;
    private final boolean unique;

    /** @param unique whether no other row may have the same key */
    IndexEntry(byte[] key, byte[] value, boolean unique) {
        this.key = key;
        this.value = value;
        this.unique = unique;
    }

    byte[] key() {
        return key;
    }

    byte[] value() {
        return value;
    }

    boolean isUnique() {
        return unique;
    }

    boolean isSameAs(byte[] otherKey, byte[] otherValue) {
        return Arrays.equals(key, otherKey) && Arrays.equals(value, otherValue);
    }
}
