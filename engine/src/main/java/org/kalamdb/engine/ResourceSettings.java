// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine;

import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.resource.WorkerPool;

/**
 * What a session that is opened asks for on behalf of all sessions of its database. Immutable.
 *
 * @param memoryLimitBytes how much of the heap running queries may hold, at least 1 MB; null for what it is
 * @param threads how many threads a query may have, from 1 to {@link #MAX_THREADS}; null for what it is
 * @param columnCacheBytes how much of the heap decoded columns of segments may take, at least 1 MB; null for what it is
 */
public record ResourceSettings(
        @Nullable Long memoryLimitBytes,
        @Nullable Integer threads,
        @Nullable Long columnCacheBytes) {
    /** The most threads of a query. */
    public static final int MAX_THREADS = WorkerPool.MAX_THREADS;

    /** Leaves everything as it is. */
    public static final ResourceSettings UNCHANGED = new ResourceSettings(null, null, null);
}
