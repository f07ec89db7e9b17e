// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.resource;

import org.jspecify.annotations.Nullable;

/**
 * What the queries of a database share. Safe for use by several threads.
 *
 * @param memory how much of the heap they may hold
 * @param spill where they write what has no place there
 * @param workers threads that help large ones
 * @param meter counts what is taken; null if nobody wants to know
 */
public record Resources(
        MemoryBudget memory,
        SpillFolder spill,
        WorkerPool workers,
        @Nullable ResourceMeter meter) implements AutoCloseable {
    public Resources(MemoryBudget memory, SpillFolder spill, WorkerPool workers) {
        this(memory, spill, workers, null);
    }

    /** The same, for a part of a query that is measured. */
    public Resources measuredBy(ResourceMeter by) {
        return new Resources(memory, spill, workers, by);
    }

    /** An account of a part of a query, which holds nothing yet. */
    public MemoryAccount openAccount() {
        return new MemoryAccount(memory, meter);
    }

    /**
     * Makes an empty file, to be closed by who asks.
     *
     * @throws org.kalamdb.error.KalamException IO_ERROR, DISK_FULL
     */
    public SpillFile newFile() {
        return spill.newFile(meter);
    }

    /** Ends the threads, then removes the files. */
    @Override
    public void close() {
        workers.close();
        spill.close();
    }
}
