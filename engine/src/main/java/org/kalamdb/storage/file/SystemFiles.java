// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.file;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/** The files of the operating system. Safe for use by several threads. */
final class SystemFiles implements FileAccess {
    static final SystemFiles INSTANCE = new SystemFiles();

    private SystemFiles() {}

    @Override
    public NewFile create(Path file) throws IOException {
        return new Output(new FileOutputStream(file.toFile()));
    }

    @Override
    public ReadableFile open(Path file) throws IOException {
        return new Input(new RandomAccessFile(file.toFile(), "r"));
    }

    @Override
    public void createFolders(Path folder) throws IOException {
        Files.createDirectories(folder);
    }

    /** Windows has no such call and needs none. */
    @Override
    public void syncFolder(Path folder) throws IOException {
        if (File.separatorChar == '\\') {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public void link(Path link, Path existing) throws IOException {
        Files.createLink(link, existing);
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    private static final class Output extends NewFile {
        private final FileOutputStream file;

        Output(FileOutputStream file) {
            this.file = file;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            file.write(bytes, offset, length);
        }

        @Override
        public void sync() throws IOException {
            file.getFD().sync();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    private static final class Input implements ReadableFile {
        private final ReentrantLock lock = new ReentrantLock();
        /** Guarded by the lock. Not a channel, which closes for all when a thread that reads is interrupted. */
        private final RandomAccessFile file;

        Input(RandomAccessFile file) {
            this.file = file;
        }

        @Override
        public long length() throws IOException {
            lock.lock();
            try {
                return file.length();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public byte[] read(long offset, int length) throws IOException {
            byte[] bytes = new byte[length];
            lock.lock();
            try {
                file.seek(offset);
                file.readFully(bytes);
            } finally {
                lock.unlock();
            }
            return bytes;
        }

        @Override
        public void close() throws IOException {
            lock.lock();
            try {
                file.close();
            } finally {
                lock.unlock();
            }
        }
    }
}
