// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.store;

import static java.util.Objects.requireNonNull;

/** One entry of a {@link KeyValueStore}. Its arrays are not copied and must not be changed. Immutable but for that. */
public final class KeyValue {
    private final byte[] key;
    private final byte[] value;

    /** Both are kept and not copied. */
    public KeyValue(byte[] key, byte[] value) {
        this.key = requireNonNull(key, "key is null");
        this.value = requireNonNull(value, "value is null");
    }

    /** The key, without copying it. */
    public byte[] key() {
        return key;
    }

    /** The value, without copying it. */
    public byte[] value() {
        return value;
    }
}
