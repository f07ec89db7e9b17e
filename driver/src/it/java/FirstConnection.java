// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** An application whose class path is the all-in-one jar and nothing else. */
final class FirstConnection {
    private FirstConnection() {}

    public static void main(String[] args) throws SQLException {
        try (Connection connection = DriverManager.getConnection(args[0])) {
            write(connection);
            read(connection);
        }
    }

    private static void write(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE numbers (id INT PRIMARY KEY, name TEXT, data JSON)");
            statement.execute("INSERT INTO numbers VALUES (1, 'one', '{\"a\": 1}'), (2, 'two', NULL)");
        }
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO numbers VALUES (?, ?, ?)")) {
            insert.setInt(1, 3);
            insert.setString(2, "three");
            insert.setString(3, "[]");
            insert.executeUpdate();
        }
    }

    private static void read(Connection connection) throws SQLException {
        String join = """
                SELECT a.id, CASE WHEN a.id > 2 THEN UPPER(a.name) ELSE a.name END
                FROM numbers a JOIN numbers b ON a.id = b.id + 1
                WHERE a.name LIKE '%t%'
                ORDER BY a.id""";
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(join)) {
            while (rows.next()) {
                System.out.println(rows.getInt(1) + " " + rows.getString(2));
            }
        }
        String aggregate = "SELECT SUM(id), CAST(AVG(CAST(id AS DOUBLE)) AS DECIMAL(5, 2)) FROM numbers WHERE id > ?";
        try (PreparedStatement select = connection.prepareStatement(aggregate)) {
            select.setInt(1, 1);
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                System.out.println("total " + rows.getLong(1) + " " + rows.getBigDecimal(2));
            }
        }
    }
}
