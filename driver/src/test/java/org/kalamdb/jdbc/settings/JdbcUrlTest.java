// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLNonTransientConnectionException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kalamdb.engine.DatabaseLocation;

final class JdbcUrlTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "jdbc:kalamdb:/data/app, /data/app",
        "jdbc:kalamdb:/data/../app, /app",
        "jdbc:kalamdb:/data/a%20b, /data/a%20b",
        "jdbc:kalamdb:/data/app?user=x, /data/app",
        "jdbc:kalamdb:file:/data/a%20b, /data/a b",
        "jdbc:kalamdb:file:///data/app, /data/app",
    })
    void readsAbsoluteFolders(String url, Path expected) throws SQLException {
        assertThat(JdbcUrl.parse(url).location()).isEqualTo(new DatabaseLocation.Folder(expected.toAbsolutePath()));
    }

    @Test
    void resolvesRelativeFoldersAgainstTheWorkingFolder() throws SQLException {
        assertThat(JdbcUrl.parse("jdbc:kalamdb:data/app").location())
                .isEqualTo(new DatabaseLocation.Folder(Path.of("data/app").toAbsolutePath()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:kalamdb:", "jdbc:kalamdb:?user=x", "jdbc:kalamdb:mem:", "jdbc:kalamdb::memory:"})
    void opensAnotherDatabaseInMemoryEachTime(String url) throws SQLException {
        DatabaseLocation first = JdbcUrl.parse(url).location();

        assertThat(first).isInstanceOf(DatabaseLocation.Memory.class);
        assertThat(JdbcUrl.parse(url).location()).isNotEqualTo(first);
    }

    @Test
    void resolvesTheHomeFolder() throws SQLException {
        Path home = Path.of(System.getProperty("user.home"));

        assertThat(JdbcUrl.parse("jdbc:kalamdb:~/app").location())
                .isEqualTo(new DatabaseLocation.Folder(home.resolve("app").toAbsolutePath()));
    }

    @ParameterizedTest(name = "{0} with {1}")
    @CsvSource({
        "~, /, /home/me",
        "~/app, /, /home/me/app",
        "~app, /, ~app",
        "a~/app, /, a~/app",
        "/C:/data, /, /C:/data",
        "/C:/data, \\, C:/data",
        "C:\\data, \\, C:\\data",
        "~\\app, \\, /home/me\\app",
    })
    void readsPathsOfBothKindsOfSystem(String target, char separator, String expected) {
        assertThat(JdbcUrl.pathText(target, "/home/me", separator)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mem:app", "mem:app?user=x", "memory:app", "MEM:app", ":memory:app"})
    void namesDatabasesInMemory(String target) throws SQLException {
        assertThat(JdbcUrl.parse(JdbcUrl.PREFIX + target).location()).isEqualTo(new DatabaseLocation.Memory("app"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mem:app;user=ann;password=secret", "/data/app; password=secret", "file:/a;b=secret"})
    void refusesPropertiesAfterSemicolons(String target) {
        assertThatThrownBy(() -> JdbcUrl.parse(JdbcUrl.PREFIX + target))
                .isInstanceOf(SQLNonTransientConnectionException.class)
                .hasMessageContaining("after a semicolon, write a question mark")
                .message()
                .doesNotContain("secret");
    }

    @Test
    void decodesProperties() throws SQLException {
        assertThat(JdbcUrl.parse("jdbc:kalamdb:mem:a?user=J%C3%BCrgen+1&namespace=a%26b%3D&readOnly=true")
                        .properties())
                .isEqualTo(Map.of(
                        ConnectionProperty.USER, "Jürgen+1",
                        ConnectionProperty.NAMESPACE, "a&b=",
                        ConnectionProperty.READ_ONLY, "true"));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "jdbc:kalamdb:file:/a b",
                "jdbc:kalamdb:/a\0b",
                "jdbc:kalamdb:mem:a?user",
                "jdbc:kalamdb:mem:a?user=x&user=y",
                "jdbc:kalamdb:mem:a?user=%4",
                "jdbc:kalamdb:mem:a?colour=red"
            })
    void refusesOthers(String url) {
        assertThatThrownBy(() -> JdbcUrl.parse(url))
                .isInstanceOf(SQLNonTransientConnectionException.class)
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("08001");
    }

    @Test
    void keepsServersForLater() {
        assertThatThrownBy(() -> JdbcUrl.parse("jdbc:kalamdb://host:1234/app"))
                .isInstanceOf(SQLFeatureNotSupportedException.class)
                .hasMessageContaining("jdbc:kalamdb:<folder>");
    }

    @Test
    void keepsPasswordsOutOfMessages() {
        assertThatThrownBy(() -> JdbcUrl.parse("jdbc:kalamdb:mem:a?password=secret&colour"))
                .message()
                .doesNotContain("secret");
    }
}
