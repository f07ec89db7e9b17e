// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.kalamdb.jdbc.error.SqlExceptions;

/**
 * What kind of result sets a statement makes. Immutable.
 *
 * @param scrollable whether they go back as well, over the rows as they were when they were first read
 * @param updatable whether they change rows, if those are rows of one table
 * @param held whether they stay open over the end of the transaction
 */
record CursorOptions(boolean scrollable, boolean updatable, boolean held) {
    static final CursorOptions FORWARD = new CursorOptions(false, false, false);

    /**
     * The nearest there is to what was asked for.
     *
     * @param type of {@link ResultSet}
     * @param concurrency of {@link ResultSet}
     * @param holdability of {@link ResultSet}
     * @throws SQLException if one of them is no constant of its kind
     */
    static CursorOptions of(int type, int concurrency, int holdability) throws SQLException {
        boolean updatable = switch (concurrency) {
            case ResultSet.CONCUR_READ_ONLY -> false;
            case ResultSet.CONCUR_UPDATABLE -> true;
            default -> throw SqlExceptions.invalid("result set concurrency", concurrency);
        };
        boolean scrollable = switch (type) {
            case ResultSet.TYPE_FORWARD_ONLY -> false;
            case ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.TYPE_SCROLL_SENSITIVE -> true;
            default -> throw SqlExceptions.invalid("result set type", type);
        };
        return new CursorOptions(scrollable, updatable, isHeld(holdability));
    }

    /** @throws SQLException if it is no holdability */
    static boolean isHeld(int holdability) throws SQLException {
        return switch (holdability) {
            case ResultSet.CLOSE_CURSORS_AT_COMMIT -> false;
            case ResultSet.HOLD_CURSORS_OVER_COMMIT -> true;
            default -> throw SqlExceptions.invalid("holdability", holdability);
        };
    }

    /** What of a wish {@link #of} leaves out, as sentences for warnings. */
    static List<String> leftOut(int type) {
        return type == ResultSet.TYPE_SCROLL_SENSITIVE
                ? List.of("Result sets do not show changes of others, one that is insensitive was made")
                : List.of();
    }

    /** As a constant of {@link ResultSet}. */
    int type() {
        return scrollable ? ResultSet.TYPE_SCROLL_INSENSITIVE : ResultSet.TYPE_FORWARD_ONLY;
    }

    /** As a constant of {@link ResultSet}. */
    int concurrency() {
        return updatable ? ResultSet.CONCUR_UPDATABLE : ResultSet.CONCUR_READ_ONLY;
    }

    /** As a constant of {@link ResultSet}. */
    int holdability() {
        return holdability(held);
    }

    static int holdability(boolean held) {
        return held ? ResultSet.HOLD_CURSORS_OVER_COMMIT : ResultSet.CLOSE_CURSORS_AT_COMMIT;
    }

    /** @throws SQLException if it is no direction to fetch in */
    static int requireDirection(int direction) throws SQLException {
        return switch (direction) {
            case ResultSet.FETCH_FORWARD, ResultSet.FETCH_REVERSE, ResultSet.FETCH_UNKNOWN -> direction;
            default -> throw SqlExceptions.invalid("fetch direction", direction);
        };
    }
}
