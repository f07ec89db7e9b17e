// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.kalamdb.function.ValueOrder;

/** A lane of values of any class. Confined to one thread. */
public final class ObjectLane extends Lane {
    private static final int REFERENCE_BYTES = 8;

    /** Of the objects that were added, by estimate. */
    private long objectBytes;

    private @Nullable Object[] values = {};

    public ObjectLane() {
        super(LaneType.OBJECT);
    }

    @Override
    int capacity() {
        return values.length;
    }

    @Override
    long valueBytes() {
        return (long) REFERENCE_BYTES * values.length + objectBytes;
    }

    @Override
    public void prepare(int capacity) {
        super.prepare(capacity);
        objectBytes = 0;
    }

    @Override
    void writeValues(int[] rows, int count, BlockWriter to) {
        for (int i = 0; i < count; i++) {
            if (!isNull(rows[i])) {
                StoredObjects.write(value(rows[i]), to);
            }
        }
    }

    @Override
    void readValues(BlockReader from, int count) {
        for (int i = 0; i < count; i++) {
            values[i] = isNull(i) ? null : StoredObjects.read(from);
        }
    }

    @Override
    void grow(int capacity) {
        values = Arrays.copyOf(values, capacity);
    }

    @Override
    Object value(int row) {
        return requireNonNull(values[row]);
    }

    @Override
    void setValue(int row, Object internal) {
        values[row] = internal;
    }

    @Override
    void setNullValue(int row) {
        values[row] = null;
    }

    @Override
    public void replace(int row, Lane source, int sourceRow) {
        Object old = values[row];
        objectBytes -= old == null ? 0 : StoredObjects.OBJECT_BYTES;
        super.replace(row, source, sourceRow);
    }

    @Override
    void gatherValues(Lane source, int[] rows, int count, boolean someNegative) {
        @Nullable Object[] from = ((ObjectLane) source).values;
        for (int i = 0; i < count; i++) {
            values[i] = rows[i] < 0 ? null : from[rows[i]];
        }
    }

    @Override
    void appendValues(Lane source, int[] rows, int count, int at) {
        @Nullable Object[] from = ((ObjectLane) source).values;
        for (int i = 0; i < count; i++) {
            Object value = from[rows[i]];
            values[at + i] = value;
            objectBytes += value == null ? 0 : StoredObjects.OBJECT_BYTES;
        }
    }

    @Override
    void mergeValues(Lane source, int[] rows, int count) {
        @Nullable Object[] from = ((ObjectLane) source).values;
        for (int i = 0; i < count; i++) {
            values[rows[i]] = from[rows[i]];
        }
    }

    @Override
    boolean sameValue(int row, Lane other, int otherRow) {
        return value(row).equals(((ObjectLane) other).value(otherRow));
    }

    @Override
    public void hash(int[] rows, int count, long[] hashes) {
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            hashes[i] = Hashes.mix(hashes[i], isNull(row) ? Hashes.NULL : hash(value(row)));
        }
    }

    private static long hash(Object value) {
        return value instanceof UUID uuid
                ? Hashes.mix(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits())
                : value.hashCode();
    }

    @Override
    public int compare(int row, Lane other, int otherRow) {
        return ValueOrder.INSTANCE.compare(value(row), ((ObjectLane) other).value(otherRow));
    }

    /** The same for all: nothing is known of the order of just any values. */
    @Override
    public long orderPrefix(int row) {
        return value(row) instanceof UUID uuid ? uuid.getMostSignificantBits() ^ Long.MIN_VALUE : 0;
    }
}
