// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.rocks;

import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** Turns failures of the key-value store into errors of the database. */
public final class RocksErrors {
    private RocksErrors() {}

    /** @param action what failed, as it follows "Failed to" */
    public static KalamException translate(RocksDBException e, String action) {
        Status status = e.getStatus();
        String message = "Failed to " + action + ": " + e.getMessage();
        if (status == null) {
            return new KalamException(ErrorCode.INTERNAL_ERROR, message, e);
        }
        if (isMissingFile(e)) {
            return new KalamException(
                    ErrorCode.DATA_CORRUPTED, message + "; restore the database folder from a backup", e);
        }
        if (status.getSubCode() == Status.SubCode.NoSpace) {
            return new KalamException(ErrorCode.DISK_FULL, message + "; free some disk space", e);
        }
        return switch (status.getCode()) {
            case Corruption ->
                new KalamException(
                        ErrorCode.DATA_CORRUPTED, message + "; restore the database folder from a backup", e);
            case IOError ->
                new KalamException(
                        ErrorCode.IO_ERROR, message + "; check the device and the rights of the database folder", e);
            default -> new KalamException(ErrorCode.INTERNAL_ERROR, message, e);
        };
    }

    /**
     * A write that failed, after which the store refuses all others.
     *
     * @param action what failed, as it follows "Failed to"
     */
    public static KalamException translateWrite(RocksDBException e, String action) {
        KalamException error = translate(e, action);
        return error.code() == ErrorCode.DISK_FULL || error.code() == ErrorCode.IO_ERROR
                ? new KalamException(
                        error.code(),
                        error.rawMessage()
                                + ", then close all connections and open the database again: until then nothing more"
                                + " can be written, and what could not be written may be visible",
                        e)
                : error;
    }

    /** Whether opening failed because a file is damaged or gone. */
    public static boolean isDamage(RocksDBException e) {
        Status status = e.getStatus();
        return isMissingFile(e) || status != null && status.getCode() == Status.Code.Corruption;
    }

    private static boolean isMissingFile(RocksDBException e) {
        Status status = e.getStatus();
        return status != null
                && status.getCode() == Status.Code.IOError
                && String.valueOf(e.getMessage()).contains("No such file");
    }

    /** Whether opening failed because someone else holds the store's own lock file. */
    public static boolean isHeld(RocksDBException e) {
        Status status = e.getStatus();
        String message = e.getMessage();
        return status != null && status.getCode() == Status.Code.IOError && message != null && message.contains("LOCK");
    }
}
