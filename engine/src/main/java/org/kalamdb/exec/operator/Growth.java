// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

/** How arrays grow: to the double, or to what is needed if that is more. */
final class Growth {
    private Growth() {}

    /** Bytes of an array of {@code length} elements once it has room for {@code needed}. */
    static long bytes(int elementBytes, int length, int needed) {
        return (long) elementBytes * (needed > length ? Math.max(needed, 2L * length) : length);
    }
}
