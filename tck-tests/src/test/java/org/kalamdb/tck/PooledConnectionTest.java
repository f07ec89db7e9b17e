// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.naming.Reference;
import javax.naming.spi.ObjectFactory;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.PooledConnection;
import javax.sql.StatementEvent;
import javax.sql.StatementEventListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kalamdb.jdbc.KalamDataSource;

/** Connections as pools of others keep them, and data sources as naming services do. */
final class PooledConnectionTest {
    private final String url = TestDatabases.freshMemoryUrl();
    private final KalamDataSource source = new KalamDataSource();
    private final List<String> events = new ArrayList<>();
    private Client other;
    private PooledConnection pooled;

    @BeforeEach
    void open() throws SQLException {
        other = new Client(url);
        other.run("CREATE TABLE t (id INT PRIMARY KEY)", "CREATE NAMESPACE elsewhere");
        source.setUrl(url);
        pooled = source.getPooledConnection();
        pooled.addConnectionEventListener(new ConnectionEventListener() {
            @Override
            public void connectionClosed(ConnectionEvent event) {
                events.add("closed");
            }

            @Override
            public void connectionErrorOccurred(ConnectionEvent event) {
                events.add("failed " + event.getSQLException().getSQLState());
            }
        });
    }

    @AfterEach
    void close() throws SQLException {
        pooled.close();
        other.close();
    }

    @Test
    void aConnectionThatIsClosedGoesBackToThePool() throws SQLException {
        Connection first = pooled.getConnection();
        first.close();
        first.close();
        assertThat(events).containsExactly("closed");
        assertThat(first.isClosed()).isTrue();
        assertThatThrownBy(first::createStatement).isInstanceOf(SQLException.class);

        try (Connection second = pooled.getConnection()) {
            assertThat(second.isValid(0)).isTrue();
        }
        assertThat(events).containsExactly("closed", "closed");
    }

    @Test
    void aConnectionIsClosedWhenAnotherIsAskedFor() throws SQLException {
        Connection first = pooled.getConnection();
        Statement statement = first.createStatement();
        Connection second = pooled.getConnection();

        assertThat(first.isClosed()).isTrue();
        assertThat(statement.isClosed()).isTrue();
        assertThat(events).isEmpty();
        first.close();
        assertThat(events).isEmpty();
        second.createStatement().execute("INSERT INTO t VALUES (1)");
        assertThat(statement.getClass()).isNotNull();
    }

    @Test
    void theNextUserFindsNothingOfTheLast() throws SQLException {
        Connection first = pooled.getConnection();
        first.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        first.setReadOnly(false);
        first.setSchema("elsewhere");
        first.setHoldability(ResultSet.HOLD_CURSORS_OVER_COMMIT);
        first.setClientInfo("ApplicationName", "first");
        first.setAutoCommit(false);
        first.createStatement().execute("SET lock_timeout = 20");
        first.createStatement().execute("INSERT INTO main.t VALUES (1)");
        first.close();
        assertThat(other.rows("SELECT * FROM t")).isEmpty();
        other.run("INSERT INTO t VALUES (1)");

        Connection second = pooled.getConnection();
        assertThat(second.getAutoCommit()).isTrue();
        assertThat(second.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
        assertThat(second.getSchema()).isEqualTo("main");
        assertThat(second.getHoldability()).isEqualTo(ResultSet.CLOSE_CURSORS_AT_COMMIT);
        assertThat(second.getClientInfo("ApplicationName")).isNull();
        assertThat(new Client(second).value("SHOW lock_timeout")).isEqualTo("2000ms");
    }

    @Test
    void statementsSayWhenTheyAreClosedAndOfNoUse() throws SQLException {
        List<PreparedStatement> closed = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        StatementEventListener listener = new StatementEventListener() {
            @Override
            public void statementClosed(StatementEvent event) {
                closed.add(event.getStatement());
            }

            @Override
            public void statementErrorOccurred(StatementEvent event) {
                failed.add(event.getSQLException().getSQLState());
            }
        };
        pooled.addStatementEventListener(listener);
        Connection connection = pooled.getConnection();
        PreparedStatement statement = connection.prepareStatement("INSERT INTO t VALUES (?)");
        statement.setInt(1, 1);
        statement.execute();
        assertThatThrownBy(statement::execute).isInstanceOf(SQLException.class);
        assertThat(failed).isEmpty();
        other.run("DROP TABLE t");
        assertThatThrownBy(statement::execute).isInstanceOf(SQLException.class);
        assertThat(failed).containsExactly("42P01");
        statement.close();
        statement.close();
        assertThat(closed).containsExactly(statement);

        pooled.removeStatementEventListener(listener);
        connection.prepareStatement("SELECT 1").close();
        assertThat(closed).hasSize(1);
    }

    @Test
    void anAbortedConnectionIsOfNoUseAnyMore() throws SQLException {
        Connection connection = pooled.getConnection();
        connection.abort(Runnable::run);

        assertThat(events).containsExactly("failed 08003");
        connection.close();
        assertThat(events).hasSize(1);
        assertThatThrownBy(pooled::getConnection).isInstanceOf(SQLException.class);
    }

    @Test
    void errorsOfStatementsDoNotEndAConnection() throws SQLException {
        try (Connection connection = pooled.getConnection();
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("SELECT * FROM nowhere")).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> statement.execute("SELECT CAST('x' AS INT)"))
                    .isInstanceOf(SQLException.class);
        }
        assertThat(events).containsExactly("closed");
    }

    @Test
    void aClosedPooledConnectionClosesItsConnection() throws SQLException {
        Connection connection = pooled.getConnection();
        pooled.close();
        pooled.close();

        assertThat(connection.isClosed()).isTrue();
        assertThatThrownBy(pooled::getConnection).isInstanceOf(SQLException.class);
    }

    @Test
    void dataSourceIsMadeAgainFromItsReference() throws Exception {
        source.setNamespace("elsewhere");
        source.setUser("ann");
        Reference reference = source.getReference();
        ObjectFactory factory = (ObjectFactory) Class.forName(reference.getFactoryClassName())
                .getDeclaredConstructor()
                .newInstance();
        KalamDataSource made = (KalamDataSource) factory.getObjectInstance(reference, null, null, null);

        check(made);
        assertThat(factory.getObjectInstance("something else", null, null, null))
                .isNull();
    }

    @Test
    void dataSourceIsSerialized() throws Exception {
        source.setNamespace("elsewhere");
        source.setUser("ann");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream output = new ObjectOutputStream(bytes)) {
            output.writeObject(source);
        }
        try (ObjectInputStream input = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            check((KalamDataSource) input.readObject());
        }
    }

    private void check(KalamDataSource made) throws SQLException {
        assertThat(made.getUrl()).isEqualTo(url);
        try (Connection connection = made.getConnection()) {
            assertThat(connection.getSchema()).isEqualTo("elsewhere");
            assertThat(connection.getMetaData().getUserName()).isEqualTo("ann");
        }
    }
}
