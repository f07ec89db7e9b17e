// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.resource;

/**
 * What the queries of a database share. Safe for use by several threads.
 *
 * @param memory how much of the heap they may hold
 * @param spill where they write what has no place there
 * @param workers threads that help large ones
 */
public record Resources(MemoryBudget memory, SpillFolder spill, WorkerPool workers) implements AutoCloseable {
    /** Ends the threads, then removes the files. */
    @Override
    public void close() {
        workers.close();
        spill.close();
    }
}
