// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.file;

import static java.util.Objects.requireNonNull;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that appears under its name when it is complete. Confined to one thread; must be closed. */
final class NewFile implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Path file;
    private final Path temporary;
    private final FileOutputStream fileStream;
    private final OutputStream out;
    private boolean finished;

    private NewFile(Path file, Path temporary) throws IOException {
        this.file = file;
        this.temporary = temporary;
        this.fileStream = new FileOutputStream(temporary.toFile());
        this.out = new BufferedOutputStream(fileStream, BUFFER_BYTES);
    }

    static NewFile create(Path named) {
        FileErrors.requireRegular(named);
        try {
            // Through a symbolic link the file it leads to is replaced, not the link.
            Path file = Files.exists(named, LinkOption.NOFOLLOW_LINKS) && Files.exists(named)
                    ? named.toRealPath()
                    : named.toAbsolutePath();
            Path folder = requireNonNull(file.getParent(), "A file has a folder");
            Path name = requireNonNull(file.getFileName(), "A file has a name");
            Path temporary = folder.resolve("." + name + "." + Long.toHexString(System.nanoTime()) + ".tmp");
            Files.createFile(temporary);
            return new NewFile(file, temporary);
        } catch (IOException e) {
            throw FileErrors.writing(named, e);
        }
    }

    OutputStream out() {
        return out;
    }

    void finish() throws IOException {
        out.flush();
        fileStream.getFD().sync();
        out.close();
        try {
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
        }
        finished = true;
    }

    @Override
    public void close() throws IOException {
        if (!finished) {
            try {
                fileStream.close();
            } finally {
                Files.deleteIfExists(temporary);
            }
        }
    }
}
