// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck.environment;

import java.nio.file.Path;
import java.sql.SQLException;
import org.kalamdb.tck.ChildJvm;
import org.kalamdb.tck.Client;
import org.kalamdb.tck.TestDatabases;

/** Fills a table, moves it to a segment, spills a sort, and says what did not work. */
final class WorkingApplication {
    private WorkingApplication() {}

    public static void main(String[] arguments) {
        try (Client sql = new Client(TestDatabases.url(Path.of(arguments[0])) + "?memoryLimit=1MB&threads=1")) {
            sql.run(
                    "CREATE TABLE t (id INT PRIMARY KEY, name TEXT)",
                    "INSERT INTO t SELECT x, REPEAT('name ', 50) || x FROM GENERATE_SERIES(1, 10000) AS s (x)");
            try {
                sql.run("STORAGE FLUSH TABLE t");
                ChildJvm.say("flushed");
            } catch (SQLException e) {
                ChildJvm.say(e.getSQLState() + " " + e.getMessage());
            }
            ChildJvm.say(String.valueOf(
                    sql.rows("SELECT name FROM t ORDER BY name, id").size()));
        } catch (AssertionError e) {
            SQLException cause = (SQLException) e.getCause();
            ChildJvm.say(cause.getSQLState() + " " + cause.getMessage());
        } catch (SQLException e) {
            ChildJvm.say(e.getSQLState() + " " + e.getMessage());
        }
    }
}
