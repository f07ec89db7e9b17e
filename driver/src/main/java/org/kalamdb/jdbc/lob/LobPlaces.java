// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc.lob;

import java.sql.SQLException;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.jdbc.error.SqlExceptions;

/** Checks of the places and lengths with which applications address parts of large objects. Stateless. */
final class LobPlaces {
    private LobPlaces() {}

    /** The index of a place from 1 to the one behind the end. */
    static int index(long place, int length) throws SQLException {
        if (place < 1 || place > length + 1L) {
            throw invalid("place in a large object: must be between 1 and " + (length + 1L), place);
        }
        return (int) (place - 1);
    }

    /** As much of a length as there is. */
    static int lengthWithin(int wanted, int available) throws SQLException {
        if (wanted < 0) {
            throw invalid("length in a large object: must be at least 0", wanted);
        }
        return Math.min(wanted, available);
    }

    /** A length that must be there. */
    static int requireWithin(long wanted, int available) throws SQLException {
        if (wanted < 0 || wanted > available) {
            throw invalid("length in a large object: must be between 0 and " + available, wanted);
        }
        return (int) wanted;
    }

    static void requirePart(int size, int offset, int length) throws SQLException {
        if (offset < 0 || length < 0 || length > size - offset) {
            throw invalid("part of a source of length " + size + " from " + offset + ", of length", length);
        }
    }

    /** A length that an array can have. */
    static int intLength(long length) throws SQLException {
        if (length > Integer.MAX_VALUE - 8) {
            throw SqlExceptions.error(
                    ErrorCode.LIMIT_EXCEEDED, "Cannot hold a large object of more than 2 GB, got: " + length);
        }
        return (int) length;
    }

    static SQLException freed(String what) {
        return SqlExceptions.error(ErrorCode.INVALID_CURSOR, "Cannot use a " + what + " that was freed");
    }

    private static SQLException invalid(String what, long value) {
        return SqlExceptions.error(ErrorCode.INVALID_PARAMETER, "Invalid " + what + ", got: " + value);
    }
}
