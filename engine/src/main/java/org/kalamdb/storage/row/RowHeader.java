// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.row;

/**
 * The first bytes of a stored row: the schema version as a varint, a byte of flags and, where the flags say so, the time
 * that counts for the row and the number of the commit that wrote it, of eight bytes each.
 */
public final class RowHeader {
    /** Ends of values of variable width take four bytes each instead of two. */
    static final int WIDE = 1;
    /**
     * The row carries a time in microseconds since 1970-01-01 UTC: rows of STREAM tables that of their insertion, deleted
     * rows that of their deletion.
     */
    static final int HAS_TIME = 2;
    /** The row carries the number of the commit that wrote it, or room for it. */
    static final int HAS_SEQ = 4;
    /** The row was deleted. */
    static final int DELETED = 8;

    static final int KNOWN_FLAGS = WIDE | HAS_TIME | HAS_SEQ | DELETED;

    /** A header is at most this long. */
    static final int MAX_BYTES = 5 + 1 + 2 * Long.BYTES;

    private RowHeader() {}

    static int size(int schemaVersion, int flags) {
        return Varints.size(schemaVersion) + 1 + timeBytes(flags) + seqBytes(flags);
    }

    /**
     * Writes a header and returns where the body begins.
     *
     * @param time of no effect unless the flags say that the row carries one
     * @param seq likewise
     */
    static int put(byte[] target, int schemaVersion, int flags, long time, long seq) {
        int at = Varints.put(target, 0, schemaVersion);
        target[at++] = (byte) flags;
        if ((flags & HAS_TIME) != 0) {
            LittleEndian.putLong(target, at, time);
            at += Long.BYTES;
        }
        if ((flags & HAS_SEQ) != 0) {
            LittleEndian.putLong(target, at, seq);
            at += Long.BYTES;
        }
        return at;
    }

    /** Writes the number of the commit into a row that has room for it. */
    public static void stamp(byte[] storedRow, long seq) {
        int at = flagsOffset(storedRow);
        int flags = storedRow[at];
        if ((flags & HAS_SEQ) != 0) {
            LittleEndian.putLong(storedRow, at + 1 + timeBytes(flags), seq);
        }
    }

    /** The row as it is kept when it is deleted, with room for the number of the commit. */
    public static byte[] deleted(byte[] storedRow, long deletionMicros) {
        int flagsAt = flagsOffset(storedRow);
        int oldFlags = storedRow[flagsAt];
        int body = flagsAt + 1 + timeBytes(oldFlags) + seqBytes(oldFlags);
        int flags = oldFlags | HAS_TIME | HAS_SEQ | DELETED;
        int newBody = flagsAt + 1 + 2 * Long.BYTES;
        byte[] kept = new byte[newBody + storedRow.length - body];
        System.arraycopy(storedRow, 0, kept, 0, flagsAt);
        kept[flagsAt] = (byte) flags;
        LittleEndian.putLong(kept, flagsAt + 1, deletionMicros);
        System.arraycopy(storedRow, body, kept, newBody, storedRow.length - body);
        return kept;
    }

    /** The time that a row carries. */
    public static long time(byte[] storedRow) {
        return LittleEndian.getLong(storedRow, flagsOffset(storedRow) + 1);
    }

    private static int flagsOffset(byte[] storedRow) {
        int at = 0;
        while (storedRow[at] < 0) {
            at++;
        }
        return at + 1;
    }

    private static int timeBytes(int flags) {
        return (flags & HAS_TIME) != 0 ? Long.BYTES : 0;
    }

    private static int seqBytes(int flags) {
        return (flags & HAS_SEQ) != 0 ? Long.BYTES : 0;
    }
}
