// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.file;

import java.io.IOException;
import java.io.OutputStream;

/** A file that is being written. Confined to one thread. */
public abstract class NewFile extends OutputStream {
    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public abstract void write(byte[] bytes, int offset, int length) throws IOException;

    /** Waits until what was written is on the device. */
    public abstract void sync() throws IOException;

    @Override
    public abstract void close() throws IOException;
}
