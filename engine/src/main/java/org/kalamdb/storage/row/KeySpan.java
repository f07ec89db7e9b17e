// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.row;

import java.util.Arrays;

/** An encoded range of keys, from {@code lower} (inclusive) to {@code upper} (exclusive). Immutable. */
public final class KeySpan {
    private final byte[] lower;
    private final byte[] upper;

    /** @param upper the key after the last one; the span is empty if that is not above {@code lower} */
    public KeySpan(byte[] lower, byte[] upper) {
        this.lower = lower;
        this.upper = Arrays.compareUnsigned(lower, upper) < 0 ? upper : lower;
    }

    /** The first key; not to be changed. */
    public byte[] lower() {
        return lower;
    }

    /** The key after the last one; not to be changed. */
    public byte[] upper() {
        return upper;
    }

    public boolean contains(byte[] key) {
        return Arrays.compareUnsigned(key, lower) >= 0 && Arrays.compareUnsigned(key, upper) < 0;
    }
}
