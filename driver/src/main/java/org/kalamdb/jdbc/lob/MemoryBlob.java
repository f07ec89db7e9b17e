// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc.lob;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Blob;
import java.sql.SQLException;
import java.util.Arrays;
import org.kalamdb.jdbc.error.SqlExceptions;

/**
 * A value of BYTES as an object of its own: changes to it change nothing in the database until it is a parameter. Places
 * begin with 1. Confined to one thread.
 */
public final class MemoryBlob implements Blob {
    private byte[] bytes;
    private boolean freed;

    /** @param bytes owned by this blob from now on */
    public MemoryBlob(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public long length() throws SQLException {
        requireUsable();
        return bytes.length;
    }

    @Override
    public byte[] getBytes(long place, int length) throws SQLException {
        requireUsable();
        int from = LobPlaces.index(place, bytes.length);
        return Arrays.copyOfRange(bytes, from, from + LobPlaces.lengthWithin(length, bytes.length - from));
    }

    @Override
    public InputStream getBinaryStream() throws SQLException {
        requireUsable();
        return new ByteArrayInputStream(bytes);
    }

    @Override
    public InputStream getBinaryStream(long place, long length) throws SQLException {
        requireUsable();
        int from = LobPlaces.index(place, bytes.length);
        return new ByteArrayInputStream(bytes, from, LobPlaces.requireWithin(length, bytes.length - from));
    }

    @Override
    public long position(byte[] pattern, long start) throws SQLException {
        requireUsable();
        SqlExceptions.requireNotNull(pattern, "pattern");
        for (int at = LobPlaces.index(start, bytes.length); at + pattern.length <= bytes.length; at++) {
            if (Arrays.equals(bytes, at, at + pattern.length, pattern, 0, pattern.length)) {
                return at + 1L;
            }
        }
        return -1;
    }

    @Override
    public long position(Blob pattern, long start) throws SQLException {
        SqlExceptions.requireNotNull(pattern, "pattern");
        return position(pattern.getBytes(1, LobPlaces.intLength(pattern.length())), start);
    }

    @Override
    public int setBytes(long place, byte[] source) throws SQLException {
        return setBytes(place, source, 0, SqlExceptions.requireNotNull(source, "bytes").length);
    }

    @Override
    public int setBytes(long place, byte[] source, int offset, int length) throws SQLException {
        requireUsable();
        LobPlaces.requirePart(SqlExceptions.requireNotNull(source, "bytes").length, offset, length);
        int to = LobPlaces.index(place, bytes.length);
        int end = LobPlaces.intLength((long) to + length);
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, end);
        }
        System.arraycopy(source, offset, bytes, to, length);
        return length;
    }

    /** What is written to the stream is in the blob at once. */
    @Override
    public OutputStream setBinaryStream(long place) throws SQLException {
        requireUsable();
        LobPlaces.index(place, bytes.length);
        return new LobOutput(place, this::setBytes);
    }

    @Override
    public void truncate(long length) throws SQLException {
        requireUsable();
        bytes = Arrays.copyOf(bytes, LobPlaces.requireWithin(length, bytes.length));
    }

    @Override
    public void free() {
        freed = true;
        bytes = new byte[0];
    }

    private void requireUsable() throws SQLException {
        if (freed) {
            throw LobPlaces.freed("BLOB");
        }
    }
}
