// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.rocks;

import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.storage.row.LittleEndian;
import org.kalamdb.storage.row.Varints;
import org.kalamdb.store.WriteBatch;
import org.kalamdb.transaction.KeySpace;
import org.kalamdb.transaction.PendingWrites;

/**
 * The store's log format of a write batch, made on the heap so that a batch of any size crosses to native code once.
 * Confined to one thread.
 *
 * <p>Eight bytes of sequence number, filled in by the store, four of record count, then for each record a tag, the column
 * family, the key and for a put the value; numbers are varints, byte strings carry their length in front.
 */
public final class WriteBatchBytes implements WriteBatch.Visitor {
    private static final int COUNT_OFFSET = 8;
    private static final int HEADER_BYTES = 12;
    private static final byte PUT = 0x5;
    private static final byte DELETE = 0x4;

    private final byte[] bytes;
    private int columnFamilyId;
    private int position = HEADER_BYTES;

    private WriteBatchBytes(int count, long size) {
        if (size > Integer.MAX_VALUE - 8) {
            throw new KalamException(
                    ErrorCode.LIMIT_EXCEEDED, "Cannot commit " + size + " bytes of changes at once; commit more often");
        }
        this.bytes = new byte[(int) size];
        LittleEndian.putInt(bytes, COUNT_OFFSET, count);
    }

    /**
     * @param columnFamilyId of each key space
     * @param count how many writes there are
     * @param writes hands them over, the same each time
     * @throws KalamException LIMIT_EXCEEDED if the batch would not fit a Java array
     */
    public static byte[] encode(
            ToIntFunction<KeySpace> columnFamilyId, int count, Consumer<PendingWrites.Action> writes) {
        Size size = new Size();
        writes.accept((space, key, value) -> {
            size.columnFamilyId = columnFamilyId.applyAsInt(space);
            visit(size, key, value);
        });
        WriteBatchBytes batch = new WriteBatchBytes(count, size.bytes);
        writes.accept((space, key, value) -> {
            batch.columnFamilyId = columnFamilyId.applyAsInt(space);
            visit(batch, key, value);
        });
        return batch.bytes;
    }

    /** @throws KalamException LIMIT_EXCEEDED if the batch would not fit a Java array */
    public static byte[] encode(int columnFamilyId, WriteBatch writes) {
        Size size = new Size();
        size.columnFamilyId = columnFamilyId;
        writes.forEach(size);
        WriteBatchBytes batch = new WriteBatchBytes(writes.size(), size.bytes);
        batch.columnFamilyId = columnFamilyId;
        writes.forEach(batch);
        return batch.bytes;
    }

    private static void visit(WriteBatch.Visitor visitor, byte[] key, byte[] value) {
        if (PendingWrites.isDeletion(value)) {
            visitor.delete(key);
        } else {
            visitor.put(key, value);
        }
    }

    @Override
    public void put(byte[] key, byte[] value) {
        start(PUT, key);
        append(value);
    }

    @Override
    public void delete(byte[] key) {
        start(DELETE, key);
    }

    private void start(byte tag, byte[] key) {
        bytes[position++] = tag;
        position = Varints.put(bytes, position, columnFamilyId);
        append(key);
    }

    private void append(byte[] string) {
        position = Varints.put(bytes, position, string.length);
        System.arraycopy(string, 0, bytes, position, string.length);
        position += string.length;
    }

    /** Adds up what a batch will take. */
    private static final class Size implements WriteBatch.Visitor {
        private int columnFamilyId;
        private long bytes = HEADER_BYTES;

        @Override
        public void put(byte[] key, byte[] value) {
            delete(key);
            bytes += Varints.size(value.length) + (long) value.length;
        }

        @Override
        public void delete(byte[] key) {
            bytes += 1 + Varints.size(columnFamilyId) + Varints.size(key.length) + (long) key.length;
        }
    }
}
