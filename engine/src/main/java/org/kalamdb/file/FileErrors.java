// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.file;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/** Errors of the file system in our words. */
final class FileErrors {
    private FileErrors() {}

    static KalamException reading(Path file, IOException e) {
        if (e instanceof CharacterCodingException) {
            return new KalamException(
                    ErrorCode.INVALID_ENCODING,
                    "Cannot read file " + file + ": its bytes are no text of the encoding; say which one with ENCODING",
                    e);
        }
        return failed("read", file, e);
    }

    static KalamException writing(Path file, IOException e) {
        return failed("write", file, e);
    }

    private static KalamException failed(String verb, Path file, IOException e) {
        if (e instanceof NoSuchFileException || e instanceof FileNotFoundException && !Files.exists(file)) {
            String what = verb.equals("read") ? "the file does not exist" : "its folder does not exist";
            return new KalamException(
                    ErrorCode.FILE_NOT_FOUND,
                    "Cannot " + verb + " file " + file + ": " + what
                            + "; relative names start at the working folder of the process",
                    e);
        }
        if (e instanceof AccessDeniedException || e instanceof FileNotFoundException) {
            return new KalamException(
                    ErrorCode.FILE_ACCESS_DENIED, "Cannot " + verb + " file " + file + ": permission denied", e);
        }
        return new KalamException(
                ErrorCode.IO_ERROR,
                "Failed to " + verb + " file " + file + ": " + e + "; check the device, the space and the rights",
                e);
    }

    /** A folder or a device is not read and not replaced. */
    static void requireRegular(Path file) {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new KalamException(
                    ErrorCode.WRONG_OBJECT_TYPE, "Cannot use " + file + ": it is not a file but a folder or a device");
        }
    }
}
