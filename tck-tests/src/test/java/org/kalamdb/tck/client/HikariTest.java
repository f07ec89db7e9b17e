// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck.client;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What HikariCP can be told to do with connections; {@link PoolsTest} has the work of many threads. */
final class HikariTest {
    /** Connections that were used a moment ago are not tested before they are given out, but for this. */
    private static final String BYPASS_PROPERTY = "com.zaxxer.hikari.aliveBypassWindowMs";

    private ClientDatabase database;

    /** Keeps what the pool wants done later, to be done by a test. */
    private static final class Later extends ScheduledThreadPoolExecutor {
        private final Map<String, Runnable> tasks = new ConcurrentHashMap<>();
        private final Map<String, Future<?>> futures = new ConcurrentHashMap<>();

        Later() {
            super(1);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            return kept(task, super.schedule(task, delay, unit));
        }

        @Override
        public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long first, long delay, TimeUnit unit) {
            return kept(task, super.scheduleWithFixedDelay(task, first, delay, unit));
        }

        private ScheduledFuture<?> kept(Runnable task, ScheduledFuture<?> future) {
            tasks.put(task.getClass().getSimpleName(), task);
            futures.put(task.getClass().getSimpleName(), future);
            return future;
        }
    }

    @BeforeEach
    void createTables() throws SQLException {
        System.setProperty(BYPASS_PROPERTY, "-1");
        database = ClientDatabase.with(
                "CREATE TABLE account (id INT PRIMARY KEY, balance INT NOT NULL)",
                "INSERT INTO account VALUES (1, 0)",
                "CREATE NAMESPACE sales",
                "CREATE TABLE sales.orders (id INT PRIMARY KEY)");
    }

    @AfterEach
    void close() throws SQLException {
        System.clearProperty(BYPASS_PROPERTY);
        database.close();
    }

    /** A pool of one connection, so that it is known which one comes next. */
    private HikariConfig config() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database.url());
        config.setMaximumPoolSize(1);
        return config;
    }

    private static String value(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    @Test
    void connectionsAreAsThePoolIsConfigured() throws SQLException {
        HikariConfig config = config();
        config.setAutoCommit(false);
        config.setReadOnly(true);
        config.setTransactionIsolation("TRANSACTION_SERIALIZABLE");
        config.setCatalog("def");
        config.setSchema("sales");
        config.setConnectionInitSql("SET lock_timeout = 1234");
        try (HikariDataSource pool = new HikariDataSource(config);
                Connection connection = pool.getConnection()) {
            assertThat(connection.getAutoCommit()).isFalse();
            assertThat(connection.isReadOnly()).isTrue();
            assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
            assertThat(connection.getCatalog()).isEqualTo("def");
            assertThat(connection.getSchema()).isEqualTo("sales");
            assertThat(value(connection, "SHOW lock_timeout")).isEqualTo("1234ms");
            assertThat(value(connection, "SELECT COUNT(*) FROM orders")).isEqualTo("0");
            assertThatThrownBy(() -> connection.createStatement().executeUpdate("INSERT INTO orders VALUES (1)"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("25006"));
        }
    }

    @Test
    void whatABorrowerChangedIsSetBack() throws SQLException {
        HikariConfig config = config();
        config.setSchema("sales");
        try (HikariDataSource pool = new HikariDataSource(config)) {
            Connection same;
            try (Connection connection = pool.getConnection()) {
                same = connection.unwrap(Connection.class);
                connection.setSchema("main");
                connection.setAutoCommit(false);
                connection.setReadOnly(true);
                connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                connection.setNetworkTimeout(Runnable::run, 500);
                assertThat(value(connection, "SELECT balance FROM account")).isEqualTo("0");
            }
            try (Connection connection = pool.getConnection()) {
                assertThat(connection.unwrap(Connection.class)).isSameAs(same);
                assertThat(connection.getSchema()).isEqualTo("sales");
                assertThat(connection.getAutoCommit()).isTrue();
                assertThat(connection.isReadOnly()).isFalse();
                assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
                assertThat(connection.getNetworkTimeout()).isZero();
            }
        }
    }

    @Test
    void abortedConnectionIsReplaced() throws SQLException {
        try (HikariDataSource pool = new HikariDataSource(config())) {
            Connection broken;
            try (Connection connection = pool.getConnection();
                    Statement statement = connection.createStatement()) {
                broken = connection.unwrap(Connection.class);
                broken.abort(Runnable::run);
                assertThat(connection.isValid(1)).isFalse();
                assertThatThrownBy(() -> statement.executeQuery("SELECT 1"))
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                e -> assertThat(e.getSQLState()).startsWith("08"));
            }
            try (Connection connection = pool.getConnection()) {
                assertThat(connection.unwrap(Connection.class)).isNotSameAs(broken);
                assertThat(value(connection, "SELECT COUNT(*) FROM account")).isEqualTo("1");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "SELECT 1", "VALUES 1"})
    void idleConnectionThatBrokeIsFoundByAQueryOrWithout(String testQuery) throws SQLException {
        HikariConfig config = config();
        if (!testQuery.isEmpty()) {
            config.setConnectionTestQuery(testQuery);
        }
        try (HikariDataSource pool = new HikariDataSource(config)) {
            Connection first = borrowed(pool);
            assertThat(borrowed(pool)).isSameAs(first);
            first.abort(Runnable::run);
            assertThat(borrowed(pool)).isNotSameAs(first);
        }
    }

    /** The one that is given out next. */
    private static Connection borrowed(HikariDataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            return connection.unwrap(Connection.class);
        }
    }

    @Test
    void keepingAliveFindsBrokenConnections() throws SQLException {
        Later later = new Later();
        HikariConfig config = config();
        config.setKeepaliveTime(30_000);
        config.setScheduledExecutor(later);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            Connection first = borrowed(pool);
            Runnable keepAlive = requireNonNull(later.tasks.get("KeepaliveTask"));
            keepAlive.run();
            assertThat(borrowed(pool)).isSameAs(first);
            first.abort(Runnable::run);
            keepAlive.run();
            assertThat(borrowed(pool)).isNotSameAs(first);
        } finally {
            later.shutdownNow();
        }
    }

    @Test
    void connectionThatIsKeptTooLongIsToldOfAndStillWorks() throws SQLException {
        Later later = new Later();
        HikariConfig config = config();
        config.setLeakDetectionThreshold(2_000);
        config.setScheduledExecutor(later);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            try (Connection connection = pool.getConnection()) {
                requireNonNull(later.tasks.get("ProxyLeakTask")).run();
                assertThat(value(connection, "SELECT COUNT(*) FROM account")).isEqualTo("1");
                assertThat(later.futures.get("ProxyLeakTask")).isNotCancelled();
            }
            assertThat(later.futures.get("ProxyLeakTask")).isCancelled();
        } finally {
            later.shutdownNow();
        }
    }

    @Test
    void badInitialStatementIsToldOf() {
        HikariConfig config = config();
        config.setConnectionInitSql("SET nosuch = 1");

        assertThatThrownBy(() -> new HikariDataSource(config)).rootCause().hasMessageContaining("nosuch");
    }
}
