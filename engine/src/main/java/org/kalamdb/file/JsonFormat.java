// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.file;

import static java.util.Objects.requireNonNull;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;

/**
 * A JSON object a row: objects behind each other, mostly one a line, or one array of them. Immutable.
 *
 * @param charset the encoding
 */
public record JsonFormat(Charset charset) implements FileFormat {
    public JsonFormat {
        requireNonNull(charset, "charset is null");
    }

    @Override
    public FileShape shape(Path file, long sampleRows) {
        return JsonSniffer.shape(this, file, sampleRows);
    }

    @Override
    public FileRows open(Path file, List<FileColumn> columns, int[] wanted) {
        return new JsonRows(this, file, columns, wanted);
    }

    @Override
    public FileRowWriter create(Path file, List<FileColumn> columns) {
        return new JsonFileWriter(this, file, columns);
    }
}
