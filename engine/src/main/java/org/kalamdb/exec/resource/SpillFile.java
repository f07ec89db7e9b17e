// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.resource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.storage.file.FileAccess;
import org.kalamdb.storage.file.FileFaults;
import org.kalamdb.storage.file.NewFile;
import org.kalamdb.storage.file.ReadableFile;

/**
 * A file of blocks, written one after the other and then read in any order, each compared with its checksum. Its name is
 * gone when it is closed. Confined to one thread at a time.
 */
public final class SpillFile implements AutoCloseable {
    private final Path path;
    private final SpillFolder folder;
    private final FileAccess access;
    private final NewFile output;
    private final @Nullable ResourceMeter meter;
    private @Nullable ReadableFile input;
    private long length;
    private boolean closed;

    /**
     * Where a block is. Immutable.
     *
     * @param offset of its first byte
     * @param length in bytes
     * @param checksum CRC-32C
     */
    public record Block(long offset, int length, int checksum) {}

    private SpillFile(Path path, SpillFolder folder, FileAccess access, NewFile output, @Nullable ResourceMeter meter) {
        this.path = path;
        this.folder = folder;
        this.access = access;
        this.output = output;
        this.meter = meter;
    }

    static SpillFile create(Path path, SpillFolder folder, FileAccess access, @Nullable ResourceMeter meter) {
        try {
            return new SpillFile(path, folder, access, access.create(path), meter);
        } catch (IOException e) {
            throw failure(path, e);
        }
    }

    /**
     * Writes a block behind the others.
     *
     * @throws KalamException IO_ERROR, DISK_FULL
     */
    public Block append(byte[] bytes, int count) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, count);
        try {
            output.write(bytes, 0, count);
        } catch (IOException e) {
            throw failure(path, e);
        }
        Block block = new Block(length, count, (int) checksum.getValue());
        length += count;
        folder.written(count);
        if (meter != null) {
            meter.written(count);
        }
        return block;
    }

    /** @throws KalamException IO_ERROR; DATA_CORRUPTED if the bytes are not those that were written */
    public byte[] read(Block block) {
        byte[] bytes;
        try {
            ReadableFile opened = input;
            if (opened == null) {
                opened = access.open(path);
                input = opened;
            }
            bytes = opened.read(block.offset, block.length);
        } catch (IOException e) {
            throw failure(path, e);
        }
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, bytes.length);
        if ((int) checksum.getValue() != block.checksum) {
            throw new KalamException(
                    ErrorCode.DATA_CORRUPTED,
                    "Temporary file " + path + " is damaged: the checksum of " + block.length + " bytes at "
                            + block.offset + " differs; run the query again");
        }
        return bytes;
    }

    private static KalamException failure(Path path, IOException e) {
        return FileFaults.failed("use temporary file " + path, e);
    }

    /** Removes the file. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            closeBoth();
        } catch (IOException e) {
            throw failure(path, e);
        } finally {
            folder.delete(path);
        }
    }

    private void closeBoth() throws IOException {
        try {
            output.close();
        } finally {
            if (input != null) {
                input.close();
            }
        }
    }
}
