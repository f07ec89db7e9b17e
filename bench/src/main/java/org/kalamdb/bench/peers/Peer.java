// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.bench.peers;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * A database to measure, with the settings that bring its durability nearest to what is asked for. Where a database has no
 * such setting, its row says so in the documentation.
 */
enum Peer {
    KALAMDB("KalamDB") {
        @Override
        Connection connect(Path folder, Durability durability) throws SQLException {
            return DriverManager.getConnection(
                    "jdbc:kalamdb:" + folder + "?durability=" + (durability == Durability.FULL ? "full" : "normal"));
        }
    },

    /** Without a write delay, a commit is in the file when it returns; CHECKPOINT SYNC makes it wait for the device. */
    H2("H2") {
        @Override
        Connection connect(Path folder, Durability durability) throws SQLException {
            return DriverManager.getConnection("jdbc:h2:" + folder + "/db;WRITE_DELAY=0");
        }

        @Override
        List<String> afterCommit(Durability durability) {
            return durability == Durability.FULL ? List.of("CHECKPOINT SYNC") : List.of();
        }
    },

    /** Its log waits for the device at each commit, or stays in the process for half a second: there is nothing between. */
    HSQLDB("HSQLDB") {
        @Override
        Connection connect(Path folder, Durability durability) throws SQLException {
            Connection connection = DriverManager.getConnection("jdbc:hsqldb:file:" + folder
                    + "/db;hsqldb.tx=mvcc;hsqldb.default_table_type=cached;hsqldb.log_size=0;shutdown=false");
            execute(connection, "SET FILES WRITE DELAY " + (durability == Durability.FULL ? "FALSE" : "TRUE"));
            return connection;
        }

        @Override
        void shutDown(Path folder) throws SQLException {
            try (Connection connection = connect(folder, Durability.NORMAL)) {
                execute(connection, "SHUTDOWN");
            }
        }
    },

    /** Its durability is set for the JVM, see {@link PeerComparison}. */
    DERBY("Derby") {
        @Override
        Connection connect(Path folder, Durability durability) throws SQLException {
            return DriverManager.getConnection("jdbc:derby:" + folder + "/db;create=true");
        }

        @Override
        void shutDown(Path folder) throws SQLException {
            try {
                DriverManager.getConnection("jdbc:derby:" + folder + "/db;shutdown=true");
            } catch (SQLException e) {
                if (!e.getSQLState().equals(DERBY_IS_DOWN)) {
                    throw e;
                }
            }
        }
    },

    SQLITE("SQLite") {
        @Override
        Connection connect(Path folder, Durability durability) throws SQLException {
            Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder + "/db");
            execute(connection, "PRAGMA journal_mode = WAL");
            execute(connection, "PRAGMA busy_timeout = 60000");
            execute(connection, "PRAGMA synchronous = " + durability);
            return connection;
        }
    },

    /** It waits for the device at every commit. */
    DUCKDB("DuckDB") {
        @Override
        Connection connect(Path folder, Durability durability) throws SQLException {
            return DriverManager.getConnection("jdbc:duckdb:" + folder + "/db");
        }
    };

    private static final String DERBY_IS_DOWN = "08006";

    private final String label;

    Peer(String label) {
        this.label = label;
    }

    /** The name that the tables show. */
    String label() {
        return label;
    }

    /** A new connection to the database in a folder that exists, in auto-commit mode. */
    abstract Connection connect(Path folder, Durability durability) throws SQLException;

    /** What makes the last commit durable where no setting does. */
    List<String> afterCommit(Durability durability) {
        return List.of();
    }

    /** Writes out and lets go what outlives the last connection. */
    void shutDown(Path folder) throws SQLException {}

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
