// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.transaction;

/** The writes of a transaction to a range of keys, as they were at one moment, in key order. Immutable. */
public final class PendingRange {
    /** No writes. */
    public static final PendingRange EMPTY = new PendingRange(new byte[0][], new byte[0][]);

    private final byte[][] keys;
    private final byte[][] values;

    PendingRange(byte[][] keys, byte[][] values) {
        this.keys = keys;
        this.values = values;
    }

    /** Number of keys written. */
    public int size() {
        return keys.length;
    }

    /** The key at an index; must not be changed. */
    public byte[] key(int index) {
        return keys[index];
    }

    /** The value or {@link PendingWrites#isDeletion deletion mark} at an index; must not be changed. */
    public byte[] value(int index) {
        return values[index];
    }
}
