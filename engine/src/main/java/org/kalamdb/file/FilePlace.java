// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.file;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/**
 * A place in a file. Immutable.
 *
 * @param file the file
 * @param unit what is counted: lines or rows
 * @param number from 1
 */
public record FilePlace(Path file, String unit, long number) {
    static final String LINE = "line";
    static final String ROW = "row";

    /** An error with this place behind its message. */
    public KalamException locate(KalamException e) {
        return locate(e, null);
    }

    /** An error with this place and a column behind its message. */
    KalamException locate(KalamException e, @Nullable String column) {
        return new KalamException(
                e.code(), e.rawMessage() + " (" + (column == null ? "" : "column " + column + ", ") + this + ")", e);
    }

    /** The file does not have the form of its format here. */
    KalamException malformed(String message, @Nullable Throwable cause) {
        return locate(new KalamException(ErrorCode.INVALID_FILE_FORMAT, message, cause));
    }

    @Override
    public String toString() {
        return unit + " " + number + " of file " + file;
    }
}
