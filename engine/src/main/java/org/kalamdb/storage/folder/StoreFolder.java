// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.folder;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/** What a folder must hold to be that of a database, or to become one. Stateless. */
public final class StoreFolder {
    public static final String HOT = "hot";
    /** The file that names the list of files of the key-value store. */
    static final String CURRENT = "CURRENT";

    private StoreFolder() {}

    /** Looks whether a folder is that of a database, without changing it. @throws KalamException DATABASE_NOT_OPENABLE */
    public static void requireDatabase(Path folder) {
        if (!Files.isDirectory(folder.resolve(HOT))) {
            throw new KalamException(
                    ErrorCode.DATABASE_NOT_OPENABLE,
                    "Cannot read " + folder + ": it is not a database; name the folder of one");
        }
    }

    /**
     * Makes the folder of a database unless there is one.
     *
     * @throws KalamException DATABASE_NOT_OPENABLE if it cannot be made or holds something else; DATA_CORRUPTED if a file is
     *     missing without which RocksDB would begin anew
     */
    public static void prepare(Path folder) {
        Path hot = folder.resolve(HOT);
        try {
            Files.createDirectories(folder);
            requireDatabaseOrEmpty(folder, hot);
            Files.createDirectories(hot);
        } catch (IOException e) {
            throw new KalamException(
                    ErrorCode.DATABASE_NOT_OPENABLE,
                    "Cannot create database folder " + folder + ": " + e + "; check the path and the rights",
                    e);
        }
    }

    /** Guards foreign files: only an empty folder, or one that has been a database before, is opened. */
    private static void requireDatabaseOrEmpty(Path folder, Path hot) throws IOException {
        if (Files.isDirectory(hot)) {
            requireCurrent(hot);
            return;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                if (!entry.endsWith(FolderLock.FILE_NAME)) {
                    throw new KalamException(
                            ErrorCode.DATABASE_NOT_OPENABLE,
                            "Cannot open " + folder + ": it is not a database and not empty (it holds "
                                    + entry.getFileName() + "); choose an empty or new folder");
                }
            }
        }
    }

    /** Without this file RocksDB would take all others for remains and make a new database in their place. */
    private static void requireCurrent(Path hot) throws IOException {
        if (Files.exists(hot.resolve(CURRENT))) {
            return;
        }
        try (DirectoryStream<Path> data = Files.newDirectoryStream(hot, "*.{sst,log}")) {
            for (Path file : data) {
                if (Files.size(file) > 0) {
                    throw new KalamException(
                            ErrorCode.DATA_CORRUPTED,
                            "Cannot open the database: file " + hot.resolve(CURRENT) + " is missing though there is "
                                    + file.getFileName() + "; restore the database folder from a backup");
                }
            }
        }
    }
}
