// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

import java.util.UUID;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.function.Embedding;

/** The values of {@link ObjectLane}s as bytes, those of columns. */
final class StoredObjects {
    private static final int OBJECT_BYTES = 32;
    private static final int UUID_TAG = 1;
    private static final int EMBEDDING_TAG = 2;

    private StoredObjects() {}

    /** What the object takes of the heap, by estimate. */
    static int heapBytes(Object value) {
        return value instanceof Embedding embedding ? OBJECT_BYTES + Float.BYTES * embedding.dimension() : OBJECT_BYTES;
    }

    /** @throws KalamException MEMORY_EXCEEDED if there is no form for the value */
    static void write(Object value, BlockWriter to) {
        if (value instanceof UUID uuid) {
            to.writeByte(UUID_TAG);
            to.writeLong(uuid.getMostSignificantBits());
            to.writeLong(uuid.getLeastSignificantBits());
        } else if (value instanceof Embedding embedding) {
            to.writeByte(EMBEDDING_TAG);
            to.writeInt(embedding.dimension());
            for (int i = 0; i < embedding.dimension(); i++) {
                to.writeInt(Float.floatToRawIntBits(embedding.value(i)));
            }
        } else {
            throw new KalamException(
                    ErrorCode.MEMORY_EXCEEDED,
                    "Cannot hold values of a type that no column has in memory, nor write them to files, within"
                            + " memory_limit; raise memory_limit");
        }
    }

    static Object read(BlockReader from) {
        if (from.readByte() == UUID_TAG) {
            long high = from.readLong();
            return new UUID(high, from.readLong());
        }
        float[] values = new float[from.readInt()];
        for (int i = 0; i < values.length; i++) {
            values[i] = Float.intBitsToFloat(from.readInt());
        }
        return new Embedding(values);
    }
}
