// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class FlywayTest {
    /** Held, so that its level stays: Flyway tells of each step. */
    private static final Logger LOG = Logger.getLogger("org.flywaydb");

    private ClientDatabase database;

    @BeforeAll
    static void beQuiet() {
        LOG.setLevel(Level.SEVERE);
    }

    @BeforeEach
    void open() throws SQLException {
        database = ClientDatabase.with();
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
    }

    private FluentConfiguration configuration() {
        return Flyway.configure().dataSource(database.url(), null, null).cleanDisabled(false);
    }

    private int count(String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.url());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM " + query)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    @Test
    void migratesStepByStep() throws SQLException {
        assertThat(configuration()
                        .locations("classpath:migrations/good")
                        .target("1")
                        .load()
                        .migrate()
                        .migrationsExecuted)
                .isEqualTo(2);
        Flyway flyway = configuration().locations("classpath:migrations/good").load();
        assertThat(flyway.migrate().migrationsExecuted).isEqualTo(1);
        assertThat(flyway.migrate().migrationsExecuted).isZero();
        flyway.validate();
        assertThat(flyway.info().applied())
                .extracting(MigrationInfo::getDescription)
                .containsExactlyInAnyOrder("create tables", "add view", "totals");
        assertThat(count("roman WHERE name = 'Ann; the first'")).isEqualTo(1);
    }

    @Test
    void migratesANamespaceThatItMakes() throws SQLException {
        configuration()
                .locations("classpath:migrations/good")
                .schemas("shop")
                .load()
                .migrate();
        assertThat(count("shop.customer")).isEqualTo(2);
        assertThat(count("shop.flyway_schema_history WHERE success")).isEqualTo(4);
    }

    @Test
    void reportsAMigrationThatFails() throws SQLException {
        Flyway flyway = configuration()
                .locations("classpath:migrations/good", "classpath:migrations/bad")
                .load();
        assertThatThrownBy(flyway::migrate)
                .isInstanceOf(FlywayException.class)
                .hasMessageContaining("V3__fails.sql")
                .hasMessageContaining("42P01");
        assertThat(flyway.info().current().getState().isFailed()).isTrue();
        flyway.repair();
        assertThat(count("customer")).isEqualTo(2);
    }

    @Test
    void baselinesWhatIsThere() throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.url());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE customer (id BIGINT PRIMARY KEY, name TEXT)");
            statement.execute("CREATE TABLE invoice (id INT PRIMARY KEY, customer BIGINT)");
        }
        Flyway flyway = configuration()
                .locations("classpath:migrations/good")
                .baselineOnMigrate(true)
                .baselineVersion("1")
                .load();
        assertThat(flyway.migrate().migrationsExecuted).isEqualTo(2);
    }

    @Test
    void cleansTheNamespace() throws SQLException {
        Flyway flyway = configuration().locations("classpath:migrations/good").load();
        flyway.migrate();
        flyway.clean();
        assertThat(count("information_schema.tables WHERE table_schema = 'main'"))
                .isZero();
        assertThat(flyway.migrate().migrationsExecuted).isEqualTo(3);
    }
}
