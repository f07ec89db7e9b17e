// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.cli;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Runs statements and prints what they give. Confined to one thread, except {@link #cancel()}. */
final class StatementRunner {
    private final Connection connection;
    private final PrintStream out;
    private final ResultPrinter printer;
    private volatile @Nullable Statement running;

    StatementRunner(Connection connection, PrintStream out) {
        this.connection = connection;
        this.out = out;
        this.printer = new ResultPrinter(out);
    }

    void run(String sql) throws SQLException {
        Stopwatch stopwatch = Stopwatch.started();
        try (Statement statement = connection.createStatement()) {
            running = statement;
            if (statement.execute(sql)) {
                try (ResultSet rows = statement.getResultSet()) {
                    out.println(ResultPrinter.footer(printer.print(rows)));
                }
            } else {
                out.println(outcome(statement.getUpdateCount()));
            }
        } finally {
            running = null;
        }
        out.println();
        out.println("Took: " + stopwatch);
    }

    /** Asks the running statement, if any, to stop. Safe for use by several threads. */
    void cancel() {
        Statement statement = running;
        if (statement == null) {
            return;
        }
        try {
            statement.cancel();
        } catch (SQLException e) {
            out.println(Errors.describe(e));
        }
    }

    private static String outcome(int updateCount) {
        return "Query OK, " + Math.max(updateCount, 0) + (updateCount == 1 ? " row" : " rows") + " affected";
    }
}
