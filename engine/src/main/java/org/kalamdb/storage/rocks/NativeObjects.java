// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.rocks;

/** Closing of native objects, which declare more exceptions than they throw. */
final class NativeObjects {
    private NativeObjects() {}

    static void close(AutoCloseable object) {
        try {
            object.close();
        } catch (Exception e) {
            throw new IllegalStateException("Failed to close a native object", e);
        }
    }
}
