// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.apache.commons.dbcp2.BasicDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kalamdb.jdbc.KalamDataSource;

final class PoolsTest {
    private static final int THREADS = 8;
    private static final int DEPOSITS = 150;

    private ClientDatabase database;

    @BeforeEach
    void createTable() throws SQLException {
        database = ClientDatabase.with(
                "CREATE TABLE account (id INT PRIMARY KEY, balance INT NOT NULL)",
                "INSERT INTO account VALUES (1, 0), (2, 0), (3, 0)");
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
    }

    private HikariConfig hikari() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database.url());
        config.setMaximumPoolSize(4);
        return config;
    }

    @Test
    void hikariServesManyThreads() throws Exception {
        try (HikariDataSource pool = new HikariDataSource(hikari())) {
            deposit(pool);
        }
    }

    @Test
    void hikariTakesADataSource() throws Exception {
        KalamDataSource source = new KalamDataSource();
        source.setUrl(database.url());
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            deposit(pool);
        }
    }

    @Test
    void hikariMakesADataSourceByItsClass() throws Exception {
        HikariConfig config = new HikariConfig();
        config.setDataSourceClassName(KalamDataSource.class.getName());
        config.addDataSourceProperty("url", database.url());
        try (HikariDataSource pool = new HikariDataSource(config)) {
            assertThat(balance(pool)).isZero();
        }
    }

    @Test
    void hikariGivesBackConnectionsAsNew() throws SQLException {
        HikariConfig config = hikari();
        config.setMaximumPoolSize(1);
        config.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
        config.setSchema("main");
        try (HikariDataSource pool = new HikariDataSource(config)) {
            try (Connection connection = pool.getConnection()) {
                connection.setAutoCommit(false);
                connection.setReadOnly(true);
                connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            }
            try (Connection connection = pool.getConnection()) {
                assertThat(connection.getAutoCommit()).isTrue();
                assertThat(connection.isReadOnly()).isFalse();
                assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_REPEATABLE_READ);
            }
        }
    }

    @Test
    void hikariRollsBackWhatWasLeftOpen() throws SQLException {
        HikariConfig config = hikari();
        config.setMaximumPoolSize(1);
        config.setAutoCommit(false);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            try (Connection connection = pool.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.executeUpdate("UPDATE account SET balance = 100");
            }
            assertThat(balance(pool)).isZero();
        }
    }

    @Test
    void hikariWaitsNoLongerThanItIsTold() throws SQLException {
        HikariConfig config = hikari();
        config.setMaximumPoolSize(1);
        config.setConnectionTimeout(250);
        config.setLeakDetectionThreshold(2_000);
        try (HikariDataSource pool = new HikariDataSource(config);
                Connection taken = pool.getConnection()) {
            assertThat(taken.isValid(1)).isTrue();
            assertThatThrownBy(pool::getConnection).isInstanceOf(SQLTransientConnectionException.class);
        }
    }

    @Test
    void dbcpServesManyThreads() throws Exception {
        try (BasicDataSource pool = new BasicDataSource()) {
            pool.setUrl(database.url());
            pool.setMaxTotal(4);
            pool.setPoolPreparedStatements(true);
            pool.setTestOnBorrow(true);
            pool.setValidationQuery("SELECT 1");
            deposit(pool);
        }
    }

    @Test
    void dbcpReplacesBrokenConnections() throws SQLException {
        try (BasicDataSource pool = new BasicDataSource()) {
            pool.setUrl(database.url());
            pool.setMaxTotal(1);
            pool.setTestOnBorrow(true);
            try (Connection connection = pool.getConnection()) {
                connection.abort(Runnable::run);
                assertThat(connection.isValid(1)).isFalse();
            }
            assertThat(balance(pool)).isZero();
        }
    }

    /** All threads change the same three rows, so that they meet. */
    private static void deposit(DataSource pool) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> done = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                done.add(executor.submit(() -> {
                    for (int i = 0; i < DEPOSITS; i++) {
                        depositOne(pool, 1 + i % 3);
                    }
                    return null;
                }));
            }
            for (Future<?> each : done) {
                each.get();
            }
        } finally {
            executor.shutdownNow();
        }
        assertThat(balance(pool)).isEqualTo(THREADS * DEPOSITS);
    }

    private static void depositOne(DataSource pool, int id) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement update =
                        connection.prepareStatement("UPDATE account SET balance = balance + 1 WHERE id = ?")) {
            update.setInt(1, id);
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
    }

    private static int balance(DataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT SUM(balance) FROM account")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
