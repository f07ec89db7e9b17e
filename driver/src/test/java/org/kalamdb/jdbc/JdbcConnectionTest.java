// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kalamdb.engine.Session;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

final class JdbcConnectionTest {
    private final FakeSession session = new FakeSession();
    private JdbcConnection connection;

    @BeforeEach
    void connect() throws Exception {
        connection = session.connect();
    }

    @Test
    void opensReadOnlyIfAsked() throws Exception {
        assertThat(new FakeSession().connect("jdbc:kalamdb:mem:a?readOnly=true").isReadOnly())
                .isTrue();
        assertThat(connection.isReadOnly()).isFalse();
    }

    @Test
    void endsTransactionsOutsideOfAutoCommit() throws SQLException {
        connection.setAutoCommit(false);
        connection.commit();
        connection.rollback();

        assertThat(connection.getAutoCommit()).isFalse();
        assertThat(session.log).containsExactly("autoCommit false", "commit", "rollback");
    }

    @Test
    void refusesToEndATransactionInAutoCommit() {
        assertThatThrownBy(connection::commit)
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("25P01");
        assertThatThrownBy(connection::rollback).isInstanceOf(SQLException.class);
        assertThatThrownBy(connection::setSavepoint).isInstanceOf(SQLException.class);
    }

    @Test
    void endsATransactionThatSqlBeganInAutoCommit() throws SQLException {
        session.beginBySql();

        connection.commit();

        assertThat(session.log).containsExactly("commit");
    }

    @Test
    void leavesAutoCommitAloneIfItDoesNotChange() throws SQLException {
        connection.setAutoCommit(true);

        assertThat(session.log).isEmpty();
    }

    @Test
    void marksSavepoints() throws SQLException {
        connection.setAutoCommit(false);
        Savepoint named = connection.setSavepoint("a");
        Savepoint unnamed = connection.setSavepoint();
        connection.rollback(unnamed);
        connection.releaseSavepoint(named);

        assertThat(session.log)
                .containsExactly(
                        "autoCommit false",
                        "savepoint a",
                        "savepoint jdbc_savepoint_2",
                        "rollback to jdbc_savepoint_2",
                        "release a");
        assertThat(named.getSavepointName()).isEqualTo("a");
        assertThat(unnamed.getSavepointId()).isEqualTo(2);
        assertThatThrownBy(named::getSavepointId).isInstanceOf(SQLException.class);
        assertThatThrownBy(unnamed::getSavepointName).isInstanceOf(SQLException.class);
    }

    @Test
    void refusesSavepointsOfOthers() throws Exception {
        connection.setAutoCommit(false);
        try (Connection other = new FakeSession().connect()) {
            other.setAutoCommit(false);
            Savepoint foreign = other.setSavepoint();

            assertThatThrownBy(() -> connection.rollback(foreign)).isInstanceOf(SQLException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "2, 2", "4, 4", "8, 8"})
    void readsUncommittedAsCommitted(int level, int resulting) throws SQLException {
        connection.setTransactionIsolation(level);

        assertThat(connection.getTransactionIsolation()).isEqualTo(resulting);
    }

    @Test
    void refusesUnknownIsolationLevels() {
        assertThatThrownBy(() -> connection.setTransactionIsolation(Connection.TRANSACTION_NONE))
                .isInstanceOf(SQLException.class);
    }

    @Test
    void takesNamespacesForSchemas() throws SQLException {
        connection.setSchema("sales");

        assertThat(connection.getSchema()).isEqualTo("sales");
        assertThatThrownBy(() -> connection.setSchema("missing"))
                .isInstanceOf(SQLException.class)
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("3F000");
        assertThatThrownBy(() -> connection.setSchema(null)).isInstanceOf(SQLException.class);
    }

    @Test
    void hasOneCatalog() throws SQLException {
        connection.setCatalog("anything");

        assertThat(connection.getCatalog()).isEqualTo("def");
    }

    @Test
    void keepsClientInfo() throws SQLException {
        connection.setClientInfo("ApplicationName", "shop");
        assertThat(connection.getClientInfo("ApplicationName")).isEqualTo("shop");

        Properties all = new Properties();
        all.setProperty("ClientUser", "ann");
        connection.setClientInfo(all);
        assertThat(connection.getClientInfo()).isEqualTo(all);
        assertThat(connection.getClientInfo("ApplicationName")).isNull();
    }

    @Test
    void warnsOfUnknownClientInfo() throws SQLException {
        connection.setClientInfo("Colour", "red");

        assertThat((Throwable) connection.getWarnings()).hasMessageContaining("ApplicationName");
        connection.clearWarnings();
        assertThat((Throwable) connection.getWarnings()).isNull();
    }

    @Test
    void warnsOfCursorsItDoesNotHave() throws SQLException {
        Statement statement = connection.createStatement(ResultSet.TYPE_SCROLL_SENSITIVE, ResultSet.CONCUR_UPDATABLE);

        assertThat(statement.getResultSetType()).isEqualTo(ResultSet.TYPE_SCROLL_INSENSITIVE);
        assertThat(statement.getResultSetConcurrency()).isEqualTo(ResultSet.CONCUR_UPDATABLE);
        assertThat(connection.getWarnings().getSQLState()).isEqualTo("01S02");
        assertThat((Throwable) connection.getWarnings().getNextWarning()).isNull();
    }

    @Test
    void refusesInvalidCursorOptions() {
        assertThatThrownBy(() -> connection.createStatement(1, ResultSet.CONCUR_READ_ONLY))
                .isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> connection.prepareStatement("x", ResultSet.TYPE_FORWARD_ONLY, 1))
                .isInstanceOf(SQLException.class);
    }

    @Test
    void makesArraysOfFloat() throws SQLException {
        assertThat(connection.createArrayOf("FLOAT", new Object[] {1, 2.5f}).getArray())
                .isEqualTo(new float[] {1, 2.5f});
        assertThat(connection.createArrayOf("real", new Float[] {3f}).getArray())
                .isEqualTo(new float[] {3});
        assertThatThrownBy(() -> connection.createArrayOf("TEXT", new Object[0]))
                .isInstanceOf(SQLFeatureNotSupportedException.class);
        assertThatThrownBy(() -> connection.createArrayOf("FLOAT", new Object[] {1, null}))
                .isInstanceOf(SQLException.class);
    }

    @Test
    void unwrapsTheSession() throws SQLException {
        assertThat(connection.isWrapperFor(Session.class)).isTrue();
        assertThat(connection.unwrap(Session.class)).isSameAs(session);
        assertThat(connection.unwrap(Connection.class)).isSameAs(connection);
        assertThat(connection.isWrapperFor(Statement.class)).isFalse();
        assertThatThrownBy(() -> connection.unwrap(Statement.class)).isInstanceOf(SQLException.class);
    }

    @Test
    void closesOnce() throws SQLException {
        assertThat(connection.isValid(1)).isTrue();

        connection.close();
        connection.close();

        assertThat(connection.isClosed()).isTrue();
        assertThat(connection.isValid(1)).isFalse();
        assertThat(session.log).containsExactly("cancel", "close session");
        assertThatThrownBy(connection::createStatement)
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("08003");
    }

    @Test
    void abortsThroughItsExecutor() throws SQLException {
        connection.abort(Runnable::run);
        connection.abort(Runnable::run);

        assertThat(connection.isClosed()).isTrue();
        assertThat(session.log).containsExactly("cancel", "close session");
    }

    @Test
    void refusesWhatThereIsNot() {
        assertThatThrownBy(() -> connection.createStruct("x", new Object[0]))
                .isInstanceOf(SQLFeatureNotSupportedException.class);
        assertThatThrownBy(() -> connection.setTypeMap(Map.of("x", String.class)))
                .isInstanceOf(SQLFeatureNotSupportedException.class);
    }

    @Test
    void reportsFaultsOfTheEngineAsInternalErrors() throws SQLException {
        session.fails("boom", new IllegalStateException("boom"));
        session.fails("full", new KalamException(ErrorCode.DISK_FULL, "Failed to write"));
        try (Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("boom"))
                    .isInstanceOf(SQLException.class)
                    .hasCauseInstanceOf(IllegalStateException.class)
                    .extracting(e -> ((SQLException) e).getSQLState())
                    .isEqualTo("XX000");
            assertThatThrownBy(() -> statement.execute("full"))
                    .extracting(e -> ((SQLException) e).getSQLState())
                    .isEqualTo("53100");
        }
    }
}
