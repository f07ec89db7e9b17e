// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.arrow;

import java.sql.BatchUpdateException;
import java.sql.SQLDataException;
import java.sql.SQLException;
import org.kalamdb.error.KalamException;

/**
 * A record batch that is being inserted, for errors that say where. Immutable.
 *
 * @param number counted from 1
 */
record RecordBatch(int number) {
    /** The failure of a value that no value of its column can be made of. @param row counted from 0 */
    SQLException unreadable(int row, String field, KalamException cause) {
        return new SQLDataException(
                "Cannot insert field \"" + field + "\" of " + place(row) + ": " + cause.rawMessage(),
                cause.code().sqlState().code(),
                cause.code().number(),
                cause);
    }

    /** The failure of a run of rows. @param first the row that the run began with, counted from 0 */
    SQLException refused(int first, BatchUpdateException failure) {
        int row = first + failure.getLargeUpdateCounts().length;
        return new BatchUpdateException(
                "Cannot insert " + place(row) + ": " + failure.getMessage(),
                failure.getSQLState(),
                failure.getErrorCode(),
                new long[0],
                failure.getCause());
    }

    private String place(int row) {
        return "row " + (row + 1) + " of record batch " + number;
    }
}
