// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

final class KalamDataSourceTest {
    private final KalamDataSource source = new KalamDataSource();

    @Test
    void isABean() throws SQLException {
        source.setUrl("jdbc:kalamdb:mem:a");
        source.setUser("ann");
        source.setPassword("x");
        source.setNamespace("sales");
        source.setReadOnly(true);
        source.setStatementTimeout(7);
        source.setLoginTimeout(3);
        PrintWriter writer = new PrintWriter(new StringWriter());
        source.setLogWriter(writer);

        assertThat(source.getUrl()).isEqualTo("jdbc:kalamdb:mem:a");
        assertThat(source.getUser()).isEqualTo("ann");
        assertThat(source.getPassword()).isEqualTo("x");
        assertThat(source.getNamespace()).isEqualTo("sales");
        assertThat(source.isReadOnly()).isTrue();
        assertThat(source.getStatementTimeout()).isEqualTo(7);
        assertThat(source.getLoginTimeout()).isEqualTo(3);
        assertThat(source.getLogWriter()).isSameAs(writer);
    }

    @Test
    void forgetsWhatIsSetToNull() {
        source.setUser("ann");
        source.setUser(null);

        assertThat(source.getUser()).isNull();
        assertThat(source.isReadOnly()).isFalse();
        assertThat(source.getStatementTimeout()).isZero();
    }

    @Test
    void needsAUrl() {
        assertThatThrownBy(source::getConnection)
                .hasMessageContaining("jdbc:kalamdb:")
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("08001");
        source.setUrl("jdbc:h2:mem:a");
        assertThatThrownBy(() -> source.getConnection("ann", "x")).isInstanceOf(SQLException.class);
    }

    @Test
    void unwraps() throws SQLException {
        assertThat(source.isWrapperFor(DataSource.class)).isTrue();
        assertThat(source.unwrap(KalamDataSource.class)).isSameAs(source);
        assertThatThrownBy(() -> source.unwrap(String.class)).isInstanceOf(SQLException.class);
        assertThatThrownBy(source::getParentLogger).isInstanceOf(SQLFeatureNotSupportedException.class);
    }
}
