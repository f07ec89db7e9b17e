// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc;

import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.ResultCursor;
import org.kalamdb.engine.StatementResult;
import org.kalamdb.jdbc.cursor.MemoryCursor;
import org.kalamdb.jdbc.error.SqlExceptions;

/**
 * What the last execution of a statement answered: the result that is shown, those that come after it, and generated keys. Confined
 * to one thread, as its statement is.
 */
final class StatementResults {
    private static final long NO_COUNT = -1;

    private final JdbcStatement statement;
    /** Results that are not shown yet. */
    private final Deque<StatementResult> pending = new ArrayDeque<>();
    /** Result sets that {@code getMoreResults(KEEP_CURRENT_RESULT)} left open. */
    private final List<JdbcResultSet> kept = new ArrayList<>();

    private @Nullable JdbcResultSet rows;
    private long updateCount = NO_COUNT;
    private @Nullable SQLWarning warnings;
    private @Nullable ResultCursor keyCursor;
    private @Nullable JdbcResultSet keyRows;

    StatementResults(JdbcStatement statement) {
        this.statement = statement;
    }

    /** The rows that are shown, or null if it is a count or nothing. */
    @Nullable
    JdbcResultSet rows() {
        return rows;
    }

    /** The rows that a statement must have answered that was asked for rows. */
    JdbcResultSet requireRows() {
        if (rows == null) {
            throw new IllegalStateException("A query has answered no rows");
        }
        return rows;
    }

    /** The count that is shown, or -1 if it is rows or nothing. */
    long updateCount() {
        return updateCount;
    }

    /** What is to be said of the rows that are shown. */
    @Nullable
    SQLWarning warnings() {
        return warnings;
    }

    void clearWarnings() {
        warnings = null;
    }

    // Showing one result after the other

    /** Adds a result behind those that are not shown yet. */
    void add(StatementResult result) {
        pending.add(result);
    }

    /** Shows the next result, or none if there is none. @return whether it is rows */
    boolean showNext() throws SQLException {
        StatementResult next = pending.poll();
        if (next == null) {
            showNone();
        } else {
            show(next);
        }
        return rows != null;
    }

    /** As {@link #showNext()}. @param current what becomes of the rows shown so far, as a constant of {@link Statement} */
    boolean showNext(int current) throws SQLException {
        JdbcResultSet shown = rows;
        rows = null;
        switch (current) {
            case Statement.CLOSE_CURRENT_RESULT -> closeIfOpen(shown);
            case Statement.KEEP_CURRENT_RESULT -> {
                if (shown != null) {
                    kept.add(shown);
                }
            }
            case Statement.CLOSE_ALL_RESULTS -> {
                closeIfOpen(shown);
                closeKept();
            }
            default -> throw SqlExceptions.invalid("choice of what to do with the current result", current);
        }
        return showNext();
    }

    /** Shows a result in place of what is shown. */
    void show(StatementResult result) throws SQLException {
        if (result instanceof StatementResult.Rows answered) {
            JdbcResultSet shown = statement.cursorOptions().scrollable()
                    ? new ScrollableResultSet(statement, answered.cursor(), statement.limits().maxRows)
                    : new JdbcResultSet(statement, answered.cursor(), statement.limits().maxRows);
            rows = shown;
            warnings = shown.getWarnings();
            updateCount = NO_COUNT;
        } else if (result instanceof StatementResult.Update update) {
            rows = null;
            updateCount = update.count();
            takeKeys(update.generatedKeys());
        }
    }

    /** Shows neither rows nor a count. */
    void showNone() {
        rows = null;
        updateCount = NO_COUNT;
    }

    // Generated keys

    /** Shows {@code keys} as the generated keys from now on; null for none. */
    void takeKeys(@Nullable ResultCursor keys) throws SQLException {
        closeKeys();
        keyCursor = keys;
    }

    /** The keys, the same result set for every call; without rows if none were asked for. */
    JdbcResultSet generatedKeys() {
        JdbcResultSet shown = keyRows;
        if (shown == null) {
            ResultCursor cursor = keyCursor;
            keyCursor = null;
            shown = new JdbcResultSet(statement, cursor == null ? MemoryCursor.noGeneratedKeys() : cursor, 0);
            keyRows = shown;
        }
        return shown;
    }

    private void closeKeys() throws SQLException {
        closeIfOpen(keyRows);
        keyRows = null;
        ResultCursor cursor = keyCursor;
        keyCursor = null;
        if (cursor != null) {
            statement.access().release(cursor);
        }
    }

    // The end

    /** Whether nothing is left to read once {@code closing} is closed, which a result set says of itself. */
    boolean areCompleteAfter(JdbcResultSet closing) {
        kept.remove(closing);
        return pending.isEmpty() && kept.isEmpty() && closing == rows;
    }

    /** Closes everything, shown or not. */
    void close() throws SQLException {
        JdbcResultSet shown = rows;
        showNone();
        warnings = null;
        closeIfOpen(shown);
        closeKept();
        closeKeys();
        while (!pending.isEmpty()) {
            release(pending.remove());
        }
    }

    /** Lets go of what is not shown yet, after a failure that is told in any case. */
    void releaseAfter(SQLException failure) {
        while (!pending.isEmpty()) {
            try {
                release(pending.remove());
            } catch (SQLException e) {
                failure.addSuppressed(e);
            }
        }
    }

    private void release(StatementResult result) throws SQLException {
        if (result instanceof StatementResult.Rows answered) {
            statement.access().release(answered.cursor());
        } else if (result instanceof StatementResult.Update update && update.generatedKeys() != null) {
            statement.access().release(update.generatedKeys());
        }
    }

    private void closeKept() throws SQLException {
        for (JdbcResultSet each : List.copyOf(kept)) {
            each.close();
        }
        kept.clear();
    }

    private static void closeIfOpen(@Nullable JdbcResultSet closing) throws SQLException {
        if (closing != null) {
            closing.close();
        }
    }
}
