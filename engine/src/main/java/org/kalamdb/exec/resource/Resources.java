// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.resource;

/**
 * What the queries of a database share. Safe for use by several threads.
 *
 * @param memory how much of the heap they may hold
 * @param spill where they write what has no place there
 */
public record Resources(MemoryBudget memory, SpillFolder spill) implements AutoCloseable {
    /** Closes the database's part in the file system. */
    @Override
    public void close() {
        spill.close();
    }
}
