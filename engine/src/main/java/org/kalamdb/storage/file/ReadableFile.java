// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.file;

import java.io.IOException;

/** A file that is open for reading. Safe for use by several threads. */
public interface ReadableFile extends AutoCloseable {
    /** Its length in bytes. */
    long length() throws IOException;

    /** Some bytes of it. @throws java.io.EOFException if it ends before them */
    byte[] read(long offset, int length) throws IOException;

    @Override
    void close() throws IOException;
}
