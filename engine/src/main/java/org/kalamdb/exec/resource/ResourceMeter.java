// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.resource;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Counts what one part of a query takes of its {@link Resources}. Safe for use by several threads. */
public final class ResourceMeter {
    private final AtomicLong heldBytes = new AtomicLong();
    private final AtomicLong peakBytes = new AtomicLong();
    private final LongAdder spilledBytes = new LongAdder();

    /** @param change of the bytes held, negative for what was given back */
    void held(long change) {
        long held = heldBytes.addAndGet(change);
        peakBytes.accumulateAndGet(held, Math::max);
    }

    void written(long bytes) {
        spilledBytes.add(bytes);
    }

    /** The most bytes of the heap that were held at once. */
    public long peakBytes() {
        return peakBytes.get();
    }

    /** Bytes written to temporary files. */
    public long spilledBytes() {
        return spilledBytes.sum();
    }
}
