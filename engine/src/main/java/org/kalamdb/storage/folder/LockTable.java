// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.folder;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The files that this JVM has locked. All copies of the database in its class loaders share this table: a file that one of
 * them has locked must not be opened by another, not even to look whether it is locked, since on POSIX systems the lock is
 * let go when the process closes any channel to the file. Safe for use by several threads.
 */
final class LockTable {
    /** The system properties are the one map that class loaders share; their values must be text. */
    private static final String PREFIX = "kalamdb.locked:";

    private LockTable() {}

    /**
     * Enters a file that is going to be locked.
     *
     * @param file without symbolic links
     * @param note what others in this JVM may want to know
     * @return false if it is there already
     */
    static boolean add(Path file, String note) {
        return System.getProperties().putIfAbsent(PREFIX + file, note) == null;
    }

    /** Changes the note of a file that is there. */
    static void update(Path file, String note) {
        System.getProperties().replace(PREFIX + file, note);
    }

    /** The note of a file; null if this JVM has not locked it. */
    static @Nullable String find(Path file) {
        return System.getProperty(PREFIX + file);
    }

    /** Takes a file out when its channel is closed. */
    static void remove(Path file) {
        System.getProperties().remove(PREFIX + file);
    }
}
