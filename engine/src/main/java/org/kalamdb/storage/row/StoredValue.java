// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.row;

/** A stored row that lies somewhere else, such as behind a cursor. */
@FunctionalInterface
public interface StoredValue {
    /** Copies as much of the row as there is room for and returns its full length. */
    int copyTo(byte[] target, int offset, int room);
}
