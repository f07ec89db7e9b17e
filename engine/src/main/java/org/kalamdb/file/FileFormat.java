// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.file;

import java.nio.file.Path;
import java.util.List;
import org.kalamdb.error.KalamException;

/** A format of files and the choices it leaves. Immutable. */
public sealed interface FileFormat permits CsvFormat, JsonFormat, ParquetFormat {
    /**
     * The columns of a file, as far as it or its first rows say.
     *
     * @param sampleRows how many rows to look at where the format does not say; {@link Long#MAX_VALUE} for all
     * @throws KalamException FILE_NOT_FOUND, FILE_ACCESS_DENIED, IO_ERROR, INVALID_FILE_FORMAT, NOT_SUPPORTED
     */
    FileShape shape(Path file, long sampleRows);

    /**
     * Opens a file for reading.
     *
     * @param columns all columns the file is to have; values are converted to their types
     * @param wanted indexes of the columns whose values are read, in the order of the rows to come
     * @throws KalamException as {@link #shape}
     */
    FileRows open(Path file, List<FileColumn> columns, int[] wanted);

    /**
     * Begins a new file, which takes its place when it is finished.
     *
     * @param columns the columns of the batches to come
     * @throws KalamException FILE_NOT_FOUND for its folder, FILE_ACCESS_DENIED, IO_ERROR
     */
    FileRowWriter create(Path file, List<FileColumn> columns);
}
