// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc.lob;

import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;

/** Writes bytes into a large object, without a buffer. Confined to one thread. */
final class LobOutput extends OutputStream {
    private long place;
    private final Target target;

    /** Where the bytes go. */
    @FunctionalInterface
    interface Target {
        int set(long place, byte[] bytes, int offset, int length) throws SQLException;
    }

    LobOutput(long place, Target target) {
        this.place = place;
        this.target = target;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            place += target.set(place, bytes, offset, length);
        } catch (SQLException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
