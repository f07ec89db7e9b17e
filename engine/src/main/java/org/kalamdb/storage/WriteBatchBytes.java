package org.kalamdb.storage;

import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.transaction.PendingWrites;

/**
 * The store's log format of a write batch, made on the heap so that a commit of any size crosses to native code once.
 * Confined to one thread.
 *
 * <p>Eight bytes of sequence number, filled in by the store, four of record count, then for each record a tag, the column
 * family, the key and for a put the value; numbers are varints, byte strings carry their length in front.
 */
final class WriteBatchBytes {
    private static final int COUNT_OFFSET = 8;
    private static final int HEADER_BYTES = 12;
    private static final byte PUT = 0x5;
    private static final byte DELETE = 0x4;

    private final int columnFamilyId;
    private byte[] bytes = {};
    private int position;

    private WriteBatchBytes(int columnFamilyId) {
        this.columnFamilyId = columnFamilyId;
    }

    /** @throws KalamException LIMIT_EXCEEDED if the batch would not fit a Java array */
    static byte[] encode(int columnFamilyId, PendingWrites writes) {
        WriteBatchBytes batch = new WriteBatchBytes(columnFamilyId);
        return batch.encode(writes);
    }

    private byte[] encode(PendingWrites writes) {
        long[] size = {HEADER_BYTES};
        writes.forEach((key, value) -> size[0] += recordSize(key, value));
        if (size[0] > Integer.MAX_VALUE - 8) {
            throw new KalamException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "Cannot commit " + size[0] + " bytes of changes at once; commit more often");
        }
        bytes = new byte[(int) size[0]];
        LittleEndian.putInt(bytes, COUNT_OFFSET, writes.size());
        position = HEADER_BYTES;
        writes.forEach(this::append);
        return bytes;
    }

    private void append(byte[] key, byte[] value) {
        boolean deletion = PendingWrites.isDeletion(value);
        bytes[position++] = deletion ? DELETE : PUT;
        position = Varints.put(bytes, position, columnFamilyId);
        append(key);
        if (!deletion) {
            append(value);
        }
    }

    private void append(byte[] string) {
        position = Varints.put(bytes, position, string.length);
        System.arraycopy(string, 0, bytes, position, string.length);
        position += string.length;
    }

    private long recordSize(byte[] key, byte[] value) {
        long size = 1L + Varints.size(columnFamilyId) + Varints.size(key.length) + key.length;
        return PendingWrites.isDeletion(value) ? size : size + Varints.size(value.length) + value.length;
    }
}
