// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.folder;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/**
 * How far the key-value store of a folder has come, as its files tell without opening it. States differ if something was
 * written in between. Immutable.
 *
 * @param manifest name of the file that lists the store's files, and its size
 * @param logs sizes of the logs by name
 */
public record FolderState(String manifest, long manifestBytes, Map<String, Long> logs) {
    private static final String LOG_SUFFIX = ".log";

    public FolderState {
        logs = Map.copyOf(logs);
    }

    /** The state of a database. @throws KalamException DATABASE_NOT_OPENABLE, DATA_CORRUPTED if files are missing */
    public static FolderState of(Path folder) {
        Path hot = folder.resolve(StoreFolder.HOT);
        try {
            Map<String, Long> logs = new TreeMap<>();
            for (Path file : files(hot)) {
                String name = file.getFileName().toString();
                if (name.endsWith(LOG_SUFFIX)) {
                    size(file, logs);
                }
            }
            String manifest =
                    Files.readString(hot.resolve(StoreFolder.CURRENT), US_ASCII).strip();
            return new FolderState(manifest, Files.size(hot.resolve(manifest)), logs);
        } catch (NoSuchFileException e) {
            throw new KalamException(
                    ErrorCode.DATA_CORRUPTED,
                    "Cannot read the database: file " + e.getFile()
                            + " is missing; restore the database folder from a backup",
                    e);
        } catch (IOException e) {
            throw new KalamException(
                    ErrorCode.DATABASE_NOT_OPENABLE,
                    "Cannot read database folder " + folder + ": " + e + "; check that it is a complete database",
                    e);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        }
    }

    private static void size(Path file, Map<String, Long> sizes) throws IOException {
        try {
            sizes.put(file.getFileName().toString(), Files.size(file));
        } catch (NoSuchFileException e) {
            // The writer has removed it since the folder was listed, which changes the manifest too.
            sizes.remove(file.getFileName().toString());
        }
    }

    /** The size of what was written since the store's files were, or is in both. */
    public long logBytes() {
        return logs.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Whether the store has the same files as in another state; their logs may have grown. */
    public boolean hasSameFiles(FolderState other) {
        return manifest.equals(other.manifest) && manifestBytes == other.manifestBytes;
    }
}
