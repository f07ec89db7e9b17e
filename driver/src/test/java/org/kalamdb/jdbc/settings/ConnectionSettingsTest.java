// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kalamdb.engine.Access;
import org.kalamdb.engine.DatabaseLocation;
import org.kalamdb.engine.Durability;
import org.kalamdb.engine.IsolationLevel;
import org.kalamdb.engine.ResourceSettings;
import org.kalamdb.engine.TransactionSettings;

final class ConnectionSettingsTest {
    private static ConnectionSettings settings(String query, String... info) throws SQLException {
        Properties properties = new Properties();
        for (int i = 0; i < info.length; i += 2) {
            properties.setProperty(info[i], info[i + 1]);
        }
        return ConnectionSettings.of("jdbc:kalamdb:mem:a" + query, properties);
    }

    @Test
    void hasDefaults() throws SQLException {
        assertThat(settings(""))
                .isEqualTo(new ConnectionSettings(
                        new DatabaseLocation.Memory("a"),
                        "jdbc:kalamdb:mem:a",
                        "root",
                        "main",
                        Access.READ_WRITE,
                        TransactionSettings.DEFAULT,
                        ResourceSettings.UNCHANGED,
                        0));
    }

    @Test
    void readsEveryProperty() throws SQLException {
        assertThat(settings("?user=ann&password=x&namespace=sales&readOnly=true&statementTimeout=7&loginTimeout=3"
                        + "&isolation=repeatable-read&lockTimeout=50&durability=full&access=read-only&memoryLimit=2MB&threads=3"
                        + "&columnCache=3MB"))
                .isEqualTo(new ConnectionSettings(
                        new DatabaseLocation.Memory("a"),
                        "jdbc:kalamdb:mem:a",
                        "ann",
                        "sales",
                        Access.READ_ONLY,
                        new TransactionSettings(
                                IsolationLevel.REPEATABLE_READ, true, Duration.ofMillis(50), Durability.FULL),
                        new ResourceSettings(2L << 20, 3, 3L << 20),
                        7));
    }

    @Test
    void letsTheUrlWin() throws SQLException {
        ConnectionSettings settings = settings("?user=ann", "user", "bob", "namespace", "sales");

        assertThat(settings.user()).isEqualTo("ann");
        assertThat(settings.namespace()).isEqualTo("sales");
    }

    @Test
    void takesSchemaForNamespace() throws SQLException {
        assertThat(settings("?schema=sales").namespace()).isEqualTo("sales");
        assertThat(settings("?schema=sales", "namespace", "sales").namespace()).isEqualTo("sales");
    }

    @Test
    void readsDefaultsOfProperties() throws SQLException {
        Properties defaults = new Properties();
        defaults.setProperty("user", "ann");

        assertThat(ConnectionSettings.of("jdbc:kalamdb:mem:a", new Properties(defaults))
                        .user())
                .isEqualTo("ann");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "readOnly=yes, Invalid connection property readOnly: must be true or false",
        "statementTimeout=-1, Invalid connection property statementTimeout: must be a number of seconds",
        "statementTimeout=1.5, Invalid connection property statementTimeout: must be a number of seconds",
        "loginTimeout=soon, Invalid connection property loginTimeout: must be a number of seconds",
        "columnCache=1kB, Invalid connection property columnCache: must be a number of bytes of at least 1MB",
        "memoryLimit=1kB, Invalid connection property memoryLimit: must be a number of bytes of at least 1MB",
        "threads=0, Invalid connection property threads: must be from 1 to 256",
        "lockTimeout=2s, Invalid connection property lockTimeout: must be a number of milliseconds",
        "isolation=none, 'Invalid connection property isolation: must be read-committed or repeatable-read'",
        "durability=fsync, 'Invalid connection property durability: must be full or normal or off'",
        "user=, Invalid connection property user: must be not empty",
        "namespace=a&schema=b, Invalid connection property schema: must be equal to namespace a",
        "User=x, 'Unsupported connection property, known are user, password, namespace'",
    })
    void refusesInvalidValues(String query, String message) {
        assertThatThrownBy(() -> settings("?" + query))
                .isInstanceOf(SQLException.class)
                .hasMessageStartingWith(message);
    }
}
