// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import java.util.Arrays;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.TableDefinition;

/**
 * Stored rows, one behind the other in one array, with their headers taken apart. Confined to one thread.
 *
 * <p>A header is the schema version as a varint, a byte of flags, and with {@link #HAS_INSERTION_TIME} the insertion time in
 * microseconds since 1970-01-01 UTC.
 */
final class RowBlock {
    /** Ends of values of variable width take four bytes each instead of two. */
    static final int WIDE = 1;
    /** The row carries its insertion time; rows of STREAM tables do. */
    static final int HAS_INSERTION_TIME = 2;

    /** A header is at most this long. */
    static final int MAX_HEADER_BYTES = 5 + 1 + Long.BYTES;

    private static final int KNOWN_FLAGS = WIDE | HAS_INSERTION_TIME;

    private final TableDefinition table;
    private final RowExpiry expiry;
    private byte[] data;
    private int length;
    private int count;
    private int[] versions;
    private int[] bodies;
    private int[] ends;
    private boolean[] wide;
    /** Of the row read last. */
    private long insertionMicros;

    RowBlock(TableDefinition table, RowExpiry expiry, int rowCapacity, int byteCapacity) {
        this.table = table;
        this.expiry = expiry;
        this.data = new byte[byteCapacity];
        this.versions = new int[rowCapacity];
        this.bodies = new int[rowCapacity];
        this.ends = new int[rowCapacity];
        this.wide = new boolean[rowCapacity];
    }

    /** One row whose bytes are not copied. */
    static RowBlock of(TableDefinition table, RowExpiry expiry, byte[] storedRow) {
        RowBlock block = new RowBlock(table, expiry, 1, 0);
        block.data = storedRow;
        block.accept(0, storedRow.length);
        return block;
    }

    int count() {
        return count;
    }

    /** Bytes of all rows. */
    int length() {
        return length;
    }

    byte[] data() {
        return data;
    }

    int version(int row) {
        return versions[row];
    }

    /** Where the body of a row begins. */
    int body(int row) {
        return bodies[row];
    }

    /** Where a row ends. */
    int end(int row) {
        return ends[row];
    }

    boolean isWide(int row) {
        return wide[row];
    }

    /** Insertion time of the row added last, in microseconds, or {@link RowEncoder#NO_INSERTION_TIME}. */
    long insertionMicros() {
        return insertionMicros;
    }

    void clear() {
        count = 0;
        length = 0;
    }

    /** Adds the row under a cursor. Returns false if it has expired. */
    boolean add(NativeCursor cursor) {
        int size = cursor.value(data, length, data.length - length);
        if (size > data.length - length) {
            reserve(size);
            size = cursor.value(data, length, data.length - length);
        }
        return accept(length, size);
    }

    /** Adds a row. Returns false if it has expired. */
    boolean add(byte[] storedRow) {
        reserve(storedRow.length);
        System.arraycopy(storedRow, 0, data, length, storedRow.length);
        return accept(length, storedRow.length);
    }

    /** Counts a row without looking at it. */
    void addUnread() {
        count++;
    }

    private boolean accept(int start, int size) {
        int end = start + size;
        int at = start;
        int version = 0;
        for (int shift = 0; ; shift += 7) {
            if (at == end || shift > 28) {
                throw RowLayout.corrupted(table);
            }
            byte b = data[at++];
            version |= (b & 0x7f) << shift;
            if (b >= 0) {
                break;
            }
        }
        if (at == end) {
            throw RowLayout.corrupted(table);
        }
        int flags = data[at++];
        if ((flags & ~KNOWN_FLAGS) != 0) {
            throw RowLayout.corrupted(table);
        }
        insertionMicros = RowEncoder.NO_INSERTION_TIME;
        if ((flags & HAS_INSERTION_TIME) != 0) {
            if (end - at < Long.BYTES) {
                throw RowLayout.corrupted(table);
            }
            insertionMicros = LittleEndian.getLong(data, at);
            at += Long.BYTES;
            if (expiry.isExpired(insertionMicros)) {
                return false;
            }
        }
        if (count == ends.length) {
            growRows();
        }
        versions[count] = version;
        bodies[count] = at;
        ends[count] = end;
        wide[count] = (flags & WIDE) != 0;
        count++;
        length = end;
        return true;
    }

    private void growRows() {
        int capacity = Math.max(8, 2 * count);
        versions = Arrays.copyOf(versions, capacity);
        bodies = Arrays.copyOf(bodies, capacity);
        ends = Arrays.copyOf(ends, capacity);
        wide = Arrays.copyOf(wide, capacity);
    }

    private void reserve(int size) {
        long needed = (long) length + size;
        if (needed > Integer.MAX_VALUE - 8) {
            throw new KalamException(
                    ErrorCode.LIMIT_EXCEEDED, "Cannot hold more than 2 GB of rows in one batch; use smaller batches");
        }
        if (needed > data.length) {
            data = Arrays.copyOf(data, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, 2L * data.length)));
        }
    }
}
