// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc.lob;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.Clob;
import java.sql.NClob;
import java.sql.SQLException;
import org.kalamdb.jdbc.error.SqlExceptions;

/**
 * A value of TEXT as an object of its own: changes to it change nothing in the database until it is a parameter. Places
 * begin with 1 and count, as JDBC has it, {@code char}s. Confined to one thread.
 */
public final class MemoryClob implements NClob {
    private final StringBuilder text;
    private boolean freed;

    /** A text that can be changed. */
    public MemoryClob(String text) {
        this.text = new StringBuilder(text);
    }

    private String text() throws SQLException {
        requireUsable();
        return text.toString();
    }

    @Override
    public long length() throws SQLException {
        requireUsable();
        return text.length();
    }

    @Override
    public String getSubString(long place, int length) throws SQLException {
        requireUsable();
        int from = LobPlaces.index(place, text.length());
        return text.substring(from, from + LobPlaces.lengthWithin(length, text.length() - from));
    }

    @Override
    public Reader getCharacterStream() throws SQLException {
        return new StringReader(text());
    }

    @Override
    public Reader getCharacterStream(long place, long length) throws SQLException {
        requireUsable();
        int from = LobPlaces.index(place, text.length());
        return new StringReader(text.substring(from, from + LobPlaces.requireWithin(length, text.length() - from)));
    }

    @Override
    public InputStream getAsciiStream() throws SQLException {
        return new ByteArrayInputStream(text().getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public long position(String pattern, long start) throws SQLException {
        requireUsable();
        int found =
                text.indexOf(SqlExceptions.requireNotNull(pattern, "pattern"), LobPlaces.index(start, text.length()));
        return found < 0 ? -1 : found + 1L;
    }

    @Override
    public long position(Clob pattern, long start) throws SQLException {
        SqlExceptions.requireNotNull(pattern, "pattern");
        return position(pattern.getSubString(1, LobPlaces.intLength(pattern.length())), start);
    }

    @Override
    public int setString(long place, String source) throws SQLException {
        return setString(
                place, source, 0, SqlExceptions.requireNotNull(source, "text").length());
    }

    @Override
    public int setString(long place, String source, int offset, int length) throws SQLException {
        requireUsable();
        LobPlaces.requirePart(SqlExceptions.requireNotNull(source, "text").length(), offset, length);
        int from = LobPlaces.index(place, text.length());
        text.replace(from, LobPlaces.intLength((long) from + length), source.substring(offset, offset + length));
        return length;
    }

    /** What is written to the stream is in the text at once, each byte as one character. */
    @Override
    public OutputStream setAsciiStream(long place) throws SQLException {
        requireUsable();
        LobPlaces.index(place, text.length());
        return new LobOutput(
                place,
                (at, bytes, offset, length) ->
                        setString(at, new String(bytes, offset, length, StandardCharsets.ISO_8859_1)));
    }

    /** What is written is in the text at once. */
    @Override
    public Writer setCharacterStream(long place) throws SQLException {
        requireUsable();
        LobPlaces.index(place, text.length());
        return new LobWriter(place, this);
    }

    @Override
    public void truncate(long length) throws SQLException {
        requireUsable();
        text.setLength(LobPlaces.requireWithin(length, text.length()));
    }

    @Override
    public void free() {
        freed = true;
        text.setLength(0);
    }

    private void requireUsable() throws SQLException {
        if (freed) {
            throw LobPlaces.freed("CLOB");
        }
    }
}
