// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.type;

import com.fasterxml.jackson.core.util.BufferRecycler;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.core.util.RecyclerPool;

/** The buffers that all readers and writers of JSON share. Safe for use by several threads. */
public final class JsonBuffers {
    /**
     * Not one that keeps buffers for each thread: those would hold the classes of the database for as long as the
     * application's threads live, and every virtual thread would begin with new ones.
     */
    public static final RecyclerPool<BufferRecycler> POOL = JsonRecyclerPools.newConcurrentDequePool();

    private JsonBuffers() {}
}
