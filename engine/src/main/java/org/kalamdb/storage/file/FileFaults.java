// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.file;

import java.io.IOException;
import java.util.Locale;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/** Failures of file operations as errors of the database. */
public final class FileFaults {
    private FileFaults() {}

    /**
     * The error that a failure is.
     *
     * @param action what failed, as it follows "Failed to"
     * @return DISK_FULL if the device has no room left, else IO_ERROR
     */
    public static KalamException failed(String action, IOException e) {
        return isFull(e)
                ? new KalamException(
                        ErrorCode.DISK_FULL,
                        "Failed to " + action + ": " + e + "; free some disk space and try again",
                        e)
                : new KalamException(
                        ErrorCode.IO_ERROR,
                        "Failed to " + action + ": " + e + "; check the device and the rights of the folder",
                        e);
    }

    /** The operating system says it in words only. */
    private static boolean isFull(IOException e) {
        String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("no space left")
                || message.contains("disk quota exceeded")
                || message.contains("not enough space");
    }
}
