// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.file;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The files of the operating system, one operation of which fails. Safe for use by several threads. */
public final class FaultyFiles implements FileAccess {
    private final FileAccess files = FileAccess.system();
    private int remaining = Integer.MAX_VALUE;
    private @Nullable String failed;

    /** Lets an operation fail, counted from 1 on from now. */
    public synchronized void failAt(int operation) {
        remaining = operation;
        failed = null;
    }

    /** Lets nothing fail any more and answers what has failed, or null if nothing has. */
    public synchronized @Nullable String stop() {
        remaining = Integer.MAX_VALUE;
        return failed;
    }

    private synchronized void count(String operation) throws IOException {
        if (--remaining == 0) {
            failed = operation;
            throw new IOException("injected fault of " + operation);
        }
    }

    @Override
    public NewFile create(Path file) throws IOException {
        count("create");
        NewFile created = files.create(file);
        return new NewFile() {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                count("write");
                created.write(bytes, offset, length);
            }

            @Override
            public void sync() throws IOException {
                count("sync");
                created.sync();
            }

            @Override
            public void close() throws IOException {
                created.close();
                count("close");
            }
        };
    }

    @Override
    public ReadableFile open(Path file) throws IOException {
        count("open");
        ReadableFile opened = files.open(file);
        return new ReadableFile() {
            @Override
            public long length() throws IOException {
                count("length");
                return opened.length();
            }

            @Override
            public byte[] read(long offset, int length) throws IOException {
                count("read");
                return opened.read(offset, length);
            }

            @Override
            public void close() throws IOException {
                opened.close();
                count("close of a file that was read");
            }
        };
    }

    @Override
    public void createFolders(Path folder) throws IOException {
        count("createFolders");
        files.createFolders(folder);
    }

    @Override
    public void syncFolder(Path folder) throws IOException {
        count("syncFolder");
        files.syncFolder(folder);
    }

    @Override
    public void link(Path link, Path existing) throws IOException {
        count("link");
        files.link(link, existing);
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        count("move");
        files.move(from, to);
    }

    @Override
    public void delete(Path file) throws IOException {
        count("delete");
        files.delete(file);
    }
}
