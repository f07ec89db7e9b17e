// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.file;

import java.io.IOException;
import java.nio.file.Path;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.error.KalamException;

/**
 * A file that is being written: under a name of its own beside the one it gets when it is finished, so that nobody meets
 * half of it. Confined to one thread; must be closed, which removes an unfinished file.
 */
public abstract sealed class FileRowWriter implements AutoCloseable
        permits CsvFileWriter, JsonFileWriter, ParquetFileWriter {
    private final Path file;
    private final NewFile target;

    FileRowWriter(Path file, NewFile target) {
        this.file = file;
        this.target = target;
    }

    /**
     * Appends rows.
     *
     * @throws KalamException IO_ERROR
     */
    public final void write(ColumnBatch batch) {
        try {
            append(batch);
        } catch (IOException e) {
            throw FileErrors.writing(file, e);
        }
    }

    /**
     * Ends the file and puts it in its place when it is on the device.
     *
     * @throws KalamException IO_ERROR
     */
    public final void finish() {
        try {
            end();
            target.finish();
        } catch (IOException e) {
            throw FileErrors.writing(file, e);
        }
    }

    abstract void append(ColumnBatch batch) throws IOException;

    /** Writes what is still to be written into the stream. */
    abstract void end() throws IOException;

    @Override
    public final void close() {
        try {
            target.close();
        } catch (IOException e) {
            throw FileErrors.writing(file, e);
        }
    }
}
