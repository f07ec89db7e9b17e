// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc.lob;

import java.io.IOException;
import java.io.Writer;
import java.sql.SQLException;

/** Writes characters into a large object, without a buffer. Confined to one thread. */
final class LobWriter extends Writer {
    private final MemoryClob target;
    private long place;

    LobWriter(long place, MemoryClob target) {
        this.place = place;
        this.target = target;
    }

    @Override
    public void write(char[] source, int offset, int length) throws IOException {
        try {
            place += target.setString(place, new String(source, offset, length));
        } catch (SQLException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Nothing is held back. */
    @Override
    public void flush() {}

    /** There is nothing to free. */
    @Override
    public void close() {}
}
