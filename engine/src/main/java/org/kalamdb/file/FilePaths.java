// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.file;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/** What names of files in statements stand for. */
public final class FilePaths {
    private FilePaths() {}

    /**
     * The absolute path of a name; a relative one starts at the working folder of the process.
     *
     * @throws KalamException INVALID_PARAMETER
     */
    public static Path of(String name) {
        if (name.isBlank()) {
            throw new KalamException(ErrorCode.INVALID_PARAMETER, "Name of a file must not be empty");
        }
        try {
            return Path.of(name).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new KalamException(
                    ErrorCode.INVALID_PARAMETER, "Invalid name of a file '" + name + "': " + e.getReason(), e);
        }
    }

    /**
     * The files of a name whose last part may have {@code *}, {@code ?} and {@code [..]}, in the order of their names. A file
     * of exactly this name goes first.
     *
     * @throws KalamException INVALID_PARAMETER, or FILE_NOT_FOUND if no file matches
     */
    public static List<Path> matching(String name) {
        int lastPart = Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1;
        String pattern = name.substring(lastPart);
        boolean isPattern = pattern.chars().anyMatch(c -> c == '*' || c == '?' || c == '[');
        Path exact = isPattern ? existing(name) : of(name);
        if (exact != null) {
            return List.of(exact);
        }
        Path folder = lastPart == 0 ? of(".") : of(name.substring(0, lastPart));
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, pattern)) {
            for (Path entry : entries) {
                if (Files.isRegularFile(entry)) {
                    files.add(entry);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw FileErrors.reading(folder, requireNonNull(e.getCause(), "The exception has a cause"));
        } catch (IOException e) {
            throw FileErrors.reading(folder, e);
        }
        if (files.isEmpty()) {
            throw new KalamException(
                    ErrorCode.FILE_NOT_FOUND, "No file in folder " + folder + " matches '" + pattern + "'");
        }
        Collections.sort(files);
        return files;
    }

    private static @Nullable Path existing(String name) {
        try {
            Path path = Path.of(name).toAbsolutePath().normalize();
            return Files.exists(path) ? path : null;
        } catch (InvalidPathException e) {
            return null;
        }
    }
}
