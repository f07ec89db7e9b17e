// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.row;

import java.util.Arrays;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.TableDefinition;

/** Stored rows, one behind the other in one array, with their {@link RowHeader}s taken apart. Confined to one thread. */
public final class RowBlock {
    private final TableDefinition table;
    private final RowExpiry expiry;
    private byte[] data;
    private int length;
    private int count;
    private int[] versions;
    private int[] bodies;
    private int[] ends;
    private byte[] flags;
    /** Of the row read last. */
    private long insertionMicros;

    public RowBlock(TableDefinition table, RowExpiry expiry, int rowCapacity, int byteCapacity) {
        this.table = table;
        this.expiry = expiry;
        this.data = new byte[byteCapacity];
        this.versions = new int[rowCapacity];
        this.bodies = new int[rowCapacity];
        this.ends = new int[rowCapacity];
        this.flags = new byte[rowCapacity];
    }

    /** One row whose bytes are not copied. */
    public static RowBlock of(TableDefinition table, RowExpiry expiry, byte[] storedRow) {
        RowBlock block = new RowBlock(table, expiry, 1, 0);
        block.data = storedRow;
        block.accept(0, storedRow.length);
        return block;
    }

    public int count() {
        return count;
    }

    /** Bytes of all rows. */
    public int length() {
        return length;
    }

    /** The array that holds the rows; another one when it has grown. */
    public byte[] data() {
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
        return (flags[row] & RowHeader.WIDE) != 0;
    }

    boolean isDeleted(int row) {
        return (flags[row] & RowHeader.DELETED) != 0;
    }

    /** The number of the commit that wrote a row; 0 if the row has none. */
    public long seq(int row) {
        return (flags[row] & RowHeader.HAS_SEQ) == 0 ? 0 : LittleEndian.getLong(data, bodies[row] - Long.BYTES);
    }

    /** Insertion time of the row added last, in microseconds, or {@link RowEncoder#NO_INSERTION_TIME}. */
    public long insertionMicros() {
        return insertionMicros;
    }

    public void clear() {
        count = 0;
        length = 0;
    }

    /** Adds a row. Returns false if it has expired. */
    public boolean add(StoredValue row) {
        int size = row.copyTo(data, length, data.length - length);
        if (size > data.length - length) {
            reserve(size);
            size = row.copyTo(data, length, data.length - length);
        }
        return accept(length, size);
    }

    /** Adds a row. Returns false if it has expired. */
    public boolean add(byte[] storedRow) {
        return add(storedRow, 0, storedRow.length);
    }

    /** Adds a row that is part of an array. Returns false if it has expired. @param to exclusive */
    public boolean add(byte[] source, int from, int to) {
        reserve(to - from);
        System.arraycopy(source, from, data, length, to - from);
        return accept(length, to - from);
    }

    /** Counts a row without looking at it. */
    public void addUnread() {
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
        int rowFlags = data[at++];
        if ((rowFlags & ~RowHeader.KNOWN_FLAGS) != 0) {
            throw RowLayout.corrupted(table);
        }
        insertionMicros = RowEncoder.NO_INSERTION_TIME;
        if ((rowFlags & RowHeader.HAS_TIME) != 0) {
            if (end - at < Long.BYTES) {
                throw RowLayout.corrupted(table);
            }
            insertionMicros = LittleEndian.getLong(data, at);
            at += Long.BYTES;
            if (expiry.isExpired(insertionMicros)) {
                return false;
            }
        }
        if ((rowFlags & RowHeader.HAS_SEQ) != 0) {
            if (end - at < Long.BYTES) {
                throw RowLayout.corrupted(table);
            }
            at += Long.BYTES;
        }
        if (count == ends.length) {
            growRows();
        }
        versions[count] = version;
        bodies[count] = at;
        ends[count] = end;
        flags[count] = (byte) rowFlags;
        count++;
        length = end;
        return true;
    }

    private void growRows() {
        int capacity = Math.max(8, 2 * count);
        versions = Arrays.copyOf(versions, capacity);
        bodies = Arrays.copyOf(bodies, capacity);
        ends = Arrays.copyOf(ends, capacity);
        flags = Arrays.copyOf(flags, capacity);
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
