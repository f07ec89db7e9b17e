// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck.environment;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.kalamdb.jdbc.KalamDriver;

/**
 * An application that is loaded with the driver by a class loader of its own. Others tell it what to do by words, since
 * its classes are not theirs. Confined to one thread.
 */
public final class LoadedApplication implements BiFunction<String, String, String> {
    private @Nullable Connection connection;

    @Override
    public String apply(String command, String argument) {
        try {
            return switch (command) {
                case "open" -> open(argument);
                case "query" -> query(argument);
                case "work" -> work();
                case "close" -> close();
                case "deregister" -> deregister();
                default -> throw new IllegalArgumentException(command);
            };
        } catch (SQLException e) {
            return e.getSQLState();
        }
    }

    private String open(String url) throws SQLException {
        // DriverManager looks for drivers once, in the class path of whoever is first to ask.
        KalamDriver.register();
        connection = DriverManager.getConnection(url);
        return "open";
    }

    private String query(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    /** As many parts of the database as are cheap: both tiers, the planner, generated code, threads, files, JSON. */
    private String work() throws SQLException {
        List<String> answers = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (id INT PRIMARY KEY, name TEXT, doc JSON, price DECIMAL(10, 2))");
            statement.execute("INSERT INTO t SELECT x, 'name ' || x, '{\"a\": ' || x || '}', x / 4"
                    + " FROM GENERATE_SERIES(1, 10000) AS s (x)");
            statement.execute("STORAGE FLUSH TABLE t");
        }
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?, ?, ?, ?)")) {
            for (int id = 10_001; id <= 10_010; id++) {
                insert.setInt(1, id);
                insert.setString(2, "hot " + id);
                insert.setString(3, "{}");
                insert.setBigDecimal(4, null);
                insert.addBatch();
            }
            insert.executeBatch();
        }
        answers.add(query("SELECT sum(a.price) FROM t a JOIN t b ON a.id = b.id WHERE b.name LIKE '%7'"));
        answers.add(query("SELECT max(doc->>'a') FROM t"));
        answers.add(query("WITH RECURSIVE r (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM r WHERE x < 10)"
                + " SELECT sum((SELECT max(id) FROM t WHERE id < r.x)) FROM r"));
        answers.add(query("SELECT JSON_OBJECT('k' VALUE name) FROM t ORDER BY name DESC LIMIT 1"));
        answers.add(query("SELECT count(*) FROM information_schema.columns WHERE table_name = 't'"));
        try {
            query("SELECT nothing FROM t");
        } catch (SQLException e) {
            answers.add(e.getSQLState());
        }
        return String.join(" ", answers);
    }

    private String close() throws SQLException {
        connection.close();
        connection = null;
        return "closed";
    }

    private static String deregister() throws SQLException {
        KalamDriver.deregister();
        return "deregistered";
    }
}
