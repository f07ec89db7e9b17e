// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.resource;

import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/** What one part of a query holds of the budget. Confined to one thread at a time. */
public final class MemoryAccount implements AutoCloseable {
    private final MemoryBudget budget;
    private final @Nullable ResourceMeter meter;
    private long takenBytes;
    private long heldBytes;

    MemoryAccount(MemoryBudget budget, @Nullable ResourceMeter meter) {
        this.budget = budget;
        this.meter = meter;
    }

    /**
     * Asks to hold that much in all.
     *
     * @return false if there is no room for it: then the account holds what it held before
     */
    public boolean resize(long bytes) {
        long wanted = Math.max(0, bytes - budget.freeBytes());
        if (wanted > takenBytes && !budget.take(wanted - takenBytes)) {
            return false;
        }
        if (wanted < takenBytes) {
            budget.give(takenBytes - wanted);
        }
        takenBytes = wanted;
        if (meter != null) {
            meter.held(bytes - heldBytes);
        }
        heldBytes = bytes;
        return true;
    }

    /**
     * As {@link #resize}, for what cannot do with less.
     *
     * @param what the rows or values that are held, in the plural
     * @throws KalamException MEMORY_EXCEEDED
     */
    public void require(long bytes, String what) {
        if (!resize(bytes)) {
            throw new KalamException(
                    ErrorCode.MEMORY_EXCEEDED,
                    "Cannot hold " + what + " in memory, which have no place in files, within memory_limit = "
                            + budget.limitBytes() + " bytes; raise memory_limit");
        }
    }

    /** Gives everything back. */
    @Override
    public void close() {
        resize(0);
    }
}
