// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/** Where a database lives. Immutable. */
public sealed interface DatabaseLocation {
    /** @param path the folder, created if it does not exist */
    record Folder(Path path) implements DatabaseLocation {
        @Override
        public DatabaseLocation canonical() {
            try {
                return new Folder(
                        Files.exists(path)
                                ? path.toRealPath()
                                : path.toAbsolutePath().normalize());
            } catch (IOException e) {
                throw new KalamException(
                        ErrorCode.DATABASE_NOT_OPENABLE, "Cannot open database folder " + path + ": " + e, e);
            }
        }
    }

    /** A database in memory, gone when its last session closes. @param name what connections share it by */
    record Memory(String name) implements DatabaseLocation {
        @Override
        public DatabaseLocation canonical() {
            return this;
        }
    }

    /** The same place by the one name that all its names lead to. */
    DatabaseLocation canonical();
}
