// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.file;

import java.io.IOException;
import java.nio.file.Path;

/**
 * All that is done to files of segments and backups, so that there is one place where a device can fail. Safe for use by
 * several threads.
 */
public interface FileAccess {
    /** The files of the operating system. */
    static FileAccess system() {
        return SystemFiles.INSTANCE;
    }

    /** Creates a file, or empties the one that is there. */
    NewFile create(Path file) throws IOException;

    /** Opens a file for reading. */
    ReadableFile open(Path file) throws IOException;

    /** Makes a folder and the missing ones above it. */
    void createFolders(Path folder) throws IOException;

    /** Waits until the names in a folder are on the device. */
    void syncFolder(Path folder) throws IOException;

    /** Gives a file a second name, if both can be on one device. */
    void link(Path link, Path existing) throws IOException;

    /** Renames a file or folder to a name that is free, at once. */
    void move(Path from, Path to) throws IOException;

    /** Removes a file or an empty folder if it is there. */
    void delete(Path file) throws IOException;
}
