// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.cli;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What {@link ColdStart} runs in a fresh JVM. */
final class ColdStartProbe {
    static final String FIRST_ROW = "first row";

    private ColdStartProbe() {}

    /** @param args the URL of a database that does not exist yet */
    public static void main(String[] args) throws SQLException {
        try (Connection connection = DriverManager.getConnection(args[0]);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("CREATE TABLE probe (id INTEGER PRIMARY KEY, name VARCHAR(20))");
            statement.executeUpdate("INSERT INTO probe VALUES (1, 'first')");
            try (ResultSet rows = statement.executeQuery("SELECT name FROM probe WHERE id = 1")) {
                rows.next();
                System.out.println(FIRST_ROW);
            }
        }
    }
}
