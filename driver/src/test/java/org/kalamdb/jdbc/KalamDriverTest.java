// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Arrays;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kalamdb.jdbc.metadata.DriverVersion;

final class KalamDriverTest {
    private final KalamDriver driver = new KalamDriver();

    @Test
    void registersItself() throws SQLException {
        assertThat(DriverManager.getDriver("jdbc:kalamdb:mem:a")).isInstanceOf(KalamDriver.class);
        assertThat(DriverManager.drivers().map(Driver::getClass)).containsOnlyOnce(KalamDriver.class);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "jdbc:kalamdb:/data, true",
        "jdbc:kalamdb:mem:a, true",
        "jdbc:kalamdb://host, true",
        "jdbc:kalam:/data, false",
        "jdbc:h2:mem:a, false",
    })
    void acceptsItsUrls(String url, boolean accepted) throws SQLException {
        assertThat(driver.acceptsURL(url)).isEqualTo(accepted);
    }

    @Test
    void leavesOtherUrlsToOtherDrivers() throws SQLException {
        assertThat(driver.connect("jdbc:h2:mem:a", new Properties())).isNull();
        assertThat(driver.getPropertyInfo("jdbc:h2:mem:a", null)).isEmpty();
    }

    @Test
    void refusesNull() {
        assertThatThrownBy(() -> driver.acceptsURL(null)).isInstanceOf(SQLException.class);
    }

    @Test
    void refusesServers() {
        assertThatThrownBy(() -> driver.connect("jdbc:kalamdb://host/app", new Properties()))
                .isInstanceOf(SQLFeatureNotSupportedException.class);
    }

    @Test
    void listsItsProperties() throws SQLException {
        Properties info = new Properties();
        info.setProperty("user", "ann");

        DriverPropertyInfo[] infos = driver.getPropertyInfo("jdbc:kalamdb:mem:a?readOnly=true", info);

        assertThat(Arrays.stream(infos).map(i -> i.name + "=" + i.value))
                .containsExactly(
                        "user=ann",
                        "password=",
                        "namespace=main",
                        "schema=",
                        "readOnly=true",
                        "access=read-write",
                        "statementTimeout=0",
                        "isolation=read-committed",
                        "lockTimeout=2000",
                        "durability=normal",
                        "memoryLimit=",
                        "threads=",
                        "columnCache=",
                        "loginTimeout=0");
        assertThat(infos).allSatisfy(i -> {
            assertThat(i.description).isNotBlank();
            assertThat(i.required).isFalse();
        });
        assertThat(infos[4].choices).containsExactly("true", "false");
    }

    @Test
    void knowsItsVersion() {
        assertThat(DriverVersion.CURRENT.text()).matches("\\d+\\.\\d+.*").doesNotContain("$");
        assertThat(driver.getMajorVersion()).isEqualTo(DriverVersion.CURRENT.major());
    }

    @Test
    void doesNotLogThroughJavaUtilLogging() {
        assertThatThrownBy(driver::getParentLogger).isInstanceOf(SQLFeatureNotSupportedException.class);
        assertThat(driver.jdbcCompliant()).isFalse();
    }
}
