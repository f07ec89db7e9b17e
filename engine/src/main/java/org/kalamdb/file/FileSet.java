// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/**
 * Files of the same columns, as they were when somebody looked at them. Immutable.
 *
 * @param name as it was written
 * @param stamps one a file, at least one
 * @param format their format
 * @param columns their columns
 */
public record FileSet(String name, List<Stamp> stamps, FileFormat format, List<FileColumn> columns) {
    /**
     * A version of a file. Immutable.
     *
     * @param sizeInBytes its length
     * @param modified when it was last written
     */
    public record Stamp(Path path, long sizeInBytes, FileTime modified) {
        static Stamp of(Path path) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
                return new Stamp(path, attributes.size(), attributes.lastModifiedTime());
            } catch (IOException e) {
                throw FileErrors.reading(path, e);
            }
        }
    }

    public FileSet {
        stamps = List.copyOf(stamps);
        columns = List.copyOf(columns);
    }

    /**
     * Looks at the files of a name.
     *
     * @param name may have {@code *} and the like in its last part
     * @param format with what is known of it
     * @param sampleRows how many rows to look at for types
     * @throws KalamException as {@link FileFormat#shape}; INVALID_FILE_FORMAT if the files differ in their columns
     */
    public static FileSet of(String name, FileFormat format, long sampleRows) {
        List<Stamp> stamps = new ArrayList<>();
        List<Path> paths = FilePaths.matching(name);
        for (Path path : paths) {
            stamps.add(Stamp.of(path));
        }
        FileShape first = format.shape(paths.get(0), sampleRows);
        for (Path path : paths.subList(1, paths.size())) {
            if (first.format() instanceof ParquetFormat
                    && !format.shape(path, sampleRows).columns().equals(first.columns())) {
                throw new KalamException(
                        ErrorCode.INVALID_FILE_FORMAT,
                        "Cannot read files " + name + " together: " + path + " has other columns than " + paths.get(0));
            }
        }
        return new FileSet(name, stamps, first.format(), first.columns());
    }

    /** The same files with all columns as another type would read them. */
    public FileSet withColumns(List<FileColumn> newColumns) {
        return new FileSet(name, stamps, format, newColumns);
    }

    /** Whether the files are still those that were looked at. */
    public boolean isCurrent() {
        for (Stamp stamp : stamps) {
            try {
                if (!Stamp.of(stamp.path()).equals(stamp)) {
                    return false;
                }
            } catch (KalamException e) {
                // It is gone; whoever looks again says so.
                return false;
            }
        }
        return true;
    }

    /** Length of all files. */
    public long sizeInBytes() {
        return stamps.stream().mapToLong(Stamp::sizeInBytes).sum();
    }

    /**
     * Opens one of the files.
     *
     * @param index of its stamp
     * @param wanted indexes of the columns to read
     * @throws KalamException INVALID_FILE_FORMAT if the file is another one by now
     */
    public FileRows open(int index, int[] wanted) {
        Stamp stamp = stamps.get(index);
        if (!Stamp.of(stamp.path()).equals(stamp)) {
            throw new KalamException(
                    ErrorCode.INVALID_FILE_FORMAT,
                    "Cannot read file " + stamp.path() + ": it was changed since the query began; run the query again");
        }
        return format.open(stamp.path(), columns, wanted);
    }
}
