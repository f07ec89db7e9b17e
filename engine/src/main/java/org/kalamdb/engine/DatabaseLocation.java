package org.kalamdb.engine;

import java.nio.file.Path;

/** Where a database lives. Immutable. */
public sealed interface DatabaseLocation {
    /** @param path the folder, created if it does not exist */
    record Folder(Path path) implements DatabaseLocation {}

    /** A database in memory, gone when its last session closes. @param name what connections share it by */
    record Memory(String name) implements DatabaseLocation {}
}
