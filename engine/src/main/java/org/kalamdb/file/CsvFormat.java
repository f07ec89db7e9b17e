// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.file;

import static java.util.Objects.requireNonNull;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values between delimiters, a row a line. A field in quotes is never NULL. Immutable.
 *
 * @param header whether names of columns come first
 * @param delimiter what stands between fields, or null to find it out
 * @param quote what stands around fields
 * @param escape what stands inside of a quoted field before a quote or itself
 * @param nullText what a field without quotes says for NULL
 * @param charset the encoding
 */
public record CsvFormat(
        Header header, @Nullable Character delimiter, char quote, char escape, String nullText, Charset charset)
        implements FileFormat {
    /** What the first line is. */
    public enum Header {
        /** Names if they are those of the columns, else values. */
        GUESS,
        /** Values. */
        NONE,
        /** Names, whatever they are. */
        SKIP,
        /** Names, which must be those of the columns. */
        MATCH
    }

    static final char DEFAULT_DELIMITER = ',';

    public CsvFormat {
        requireNonNull(header, "header is null");
        requireNonNull(nullText, "nullText is null");
        requireNonNull(charset, "charset is null");
    }

    @Override
    public FileShape shape(Path file, long sampleRows) {
        return new CsvSniffer(this, file, sampleRows).shape();
    }

    @Override
    public FileRows open(Path file, List<FileColumn> columns, int[] wanted) {
        return new CsvRows(this, file, columns, wanted);
    }

    @Override
    public FileRowWriter create(Path file, List<FileColumn> columns) {
        return new CsvFileWriter(this, file, columns);
    }

    char delimiterOrDefault() {
        return delimiter == null ? DEFAULT_DELIMITER : delimiter;
    }

    CsvFormat with(Header newHeader, char newDelimiter) {
        return new CsvFormat(newHeader, newDelimiter, quote, escape, nullText, charset);
    }
}
