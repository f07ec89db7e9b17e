// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc;

import java.sql.SQLException;
import org.kalamdb.jdbc.error.SqlExceptions;

/** What a statement was told of how much its results may be, and how long they may take; 0 stands for no limit. Confined to one thread. */
final class StatementLimits {
    /** Rows that a result set shows. */
    long maxRows;
    /** Bytes beyond which values of TEXT, JSON and BYTES are cut off. */
    int maxFieldBytes;
    /** A hint without effect. */
    int fetchSize;

    int queryTimeoutSeconds;

    static int requireNotNegative(String what, int value) throws SQLException {
        return (int) requireNotNegative(what, (long) value);
    }

    static long requireNotNegative(String what, long value) throws SQLException {
        if (value < 0) {
            throw SqlExceptions.invalid(what + ": must be at least 0", value);
        }
        return value;
    }
}
