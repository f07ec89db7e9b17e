// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

import java.util.UUID;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/** The values of {@link ObjectLane}s as bytes, those of columns. */
final class StoredObjects {
    /** What an object takes of the heap, by estimate. */
    static final int OBJECT_BYTES = 32;

    private StoredObjects() {}

    /** @throws KalamException MEMORY_EXCEEDED if there is no form for the value */
    static void write(Object value, BlockWriter to) {
        if (!(value instanceof UUID uuid)) {
            throw new KalamException(
                    ErrorCode.MEMORY_EXCEEDED,
                    "Cannot hold values of a type that no column has in memory, nor write them to files, within"
                            + " memory_limit; raise memory_limit");
        }
        to.writeLong(uuid.getMostSignificantBits());
        to.writeLong(uuid.getLeastSignificantBits());
    }

    static Object read(BlockReader from) {
        long high = from.readLong();
        return new UUID(high, from.readLong());
    }
}
