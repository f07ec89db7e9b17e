// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

/** An encoded range of keys, from {@code lower} (inclusive) to {@code upper} (exclusive). Immutable. */
final class KeySpan {
    private final byte[] lower;
    private final byte[] upper;

    KeySpan(byte[] lower, byte[] upper) {
        this.lower = lower;
        this.upper = upper;
    }

    byte[] lower() {
        return lower;
    }

    byte[] upper() {
        return upper;
    }
}
