// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** Turns failures of the key-value store into errors of the database. */
final class RocksErrors {
    private RocksErrors() {}

    /** @param action what failed, as it follows "Failed to" */
    static KalamException translate(RocksDBException e, String action) {
        Status status = e.getStatus();
        String message = "Failed to " + action + ": " + e.getMessage();
        if (status == null) {
            return new KalamException(ErrorCode.INTERNAL_ERROR, message, e);
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

    /** Whether opening failed because someone else holds the store's own lock file. */
    static boolean isHeld(RocksDBException e) {
        Status status = e.getStatus();
        String message = e.getMessage();
        return status != null && status.getCode() == Status.Code.IOError && message != null && message.contains("LOCK");
    }
}
