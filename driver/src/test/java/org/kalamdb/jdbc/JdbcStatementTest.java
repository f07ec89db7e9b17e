// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.BatchUpdateException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kalamdb.engine.ResultColumn;
import org.kalamdb.engine.StatementResult;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.type.KalamDataType;

final class JdbcStatementTest {
    private static final List<ResultColumn> ID = List.of(FakeSession.column("id", KalamDataType.INT));

    private final FakeSession session = new FakeSession();
    private JdbcConnection connection;
    private Statement statement;

    @BeforeEach
    void connect() throws Exception {
        session.query("three", ID, new Object[] {1}, new Object[] {2}, new Object[] {3});
        session.query("one", ID, new Object[] {9});
        session.update("change", 5);
        session.update("huge", 3_000_000_000L);
        session.fails("bad", new KalamException(ErrorCode.DIVISION_BY_ZERO, "Cannot divide by zero"));
        session.fails("late", new KalamException(ErrorCode.QUERY_CANCELED, "The statement was stopped"));
        connection = session.connect();
        statement = connection.createStatement();
    }

    @Test
    void queries() throws SQLException {
        ResultSet rows = statement.executeQuery("three");

        assertThat(rows.next()).isTrue();
        assertThat(rows.getStatement()).isSameAs(statement);
        assertThat(statement.getUpdateCount()).isEqualTo(-1);
        assertThat(session.log).containsExactly("prepare three", "execute three", "close three");
    }

    @Test
    void updates() throws SQLException {
        assertThat(statement.executeUpdate("change")).isEqualTo(5);
        assertThat(statement.getUpdateCount()).isEqualTo(5);
        assertThat(statement.getResultSet()).isNull();
    }

    @Test
    void countsBeyondInt() throws SQLException {
        assertThat(statement.executeLargeUpdate("huge")).isEqualTo(3_000_000_000L);
        assertThat(statement.getLargeUpdateCount()).isEqualTo(3_000_000_000L);
        assertThat(statement.executeUpdate("huge")).isEqualTo(Statement.SUCCESS_NO_INFO);
    }

    @Test
    void refusesTheWrongMethodBeforeAnythingRuns() {
        assertThatThrownBy(() -> statement.executeQuery("change")).hasMessageContaining("use executeUpdate");
        assertThatThrownBy(() -> statement.executeUpdate("three")).hasMessageContaining("use executeQuery");

        assertThat(session.log).noneMatch(entry -> entry.startsWith("execute"));
    }

    @Test
    void refusesParametersWithoutValues() {
        session.update("needs", List.of(KalamDataType.INT), values -> new StatementResult.Update(0, null));

        assertThatThrownBy(() -> statement.execute("needs"))
                .hasMessageContaining("prepareStatement")
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("07002");
    }

    @Test
    void runsEveryStatementOfAText() throws SQLException {
        assertThat(statement.execute("change; three; one; huge")).isFalse();
        assertThat(session.log.stream().filter(entry -> entry.startsWith("execute")))
                .containsExactly("execute change", "execute three", "execute one", "execute huge");
        assertThat(statement.getUpdateCount()).isEqualTo(5);

        assertThat(statement.getMoreResults()).isTrue();
        assertThat(statement.getUpdateCount()).isEqualTo(-1);
        ResultSet three = statement.getResultSet();

        assertThat(statement.getMoreResults(Statement.KEEP_CURRENT_RESULT)).isTrue();
        ResultSet one = statement.getResultSet();
        assertThat(three.next()).isTrue();

        assertThat(statement.getMoreResults(Statement.CLOSE_ALL_RESULTS)).isFalse();
        assertThat(three.isClosed()).isTrue();
        assertThat(one.isClosed()).isTrue();
        assertThat(statement.getLargeUpdateCount()).isEqualTo(3_000_000_000L);

        assertThat(statement.getMoreResults()).isFalse();
        assertThat(statement.getUpdateCount()).isEqualTo(-1);
    }

    @Test
    void freesTheResultsBeforeTheStatementThatFails() {
        assertThatThrownBy(() -> statement.execute("three; bad; one")).hasMessage("Cannot divide by zero");

        assertThat(session.cursors).hasSize(1).allMatch(cursor -> cursor.closed);
    }

    @Test
    void refusesSeveralStatementsWhereOneResultIsAskedFor() {
        assertThatThrownBy(() -> statement.executeQuery("three; one")).isInstanceOf(SQLSyntaxErrorException.class);
        assertThatThrownBy(() -> statement.executeUpdate("change; change")).isInstanceOf(SQLSyntaxErrorException.class);
    }

    @Test
    void refusesAnEmptyText() {
        assertThatThrownBy(() -> statement.execute(" ; ")).hasMessageContaining("empty");
    }

    @Test
    void allowsATrailingSemicolon() throws SQLException {
        assertThat(statement.executeUpdate("change;")).isEqualTo(5);
    }

    @Test
    void closesTheLastResultBeforeTheNextExecution() throws SQLException {
        ResultSet first = statement.executeQuery("three");
        statement.executeQuery("one");

        assertThat(first.isClosed()).isTrue();
        assertThat(session.cursors.get(0).closed).isTrue();
    }

    @Test
    void limitsRows() throws SQLException {
        statement.setMaxRows(2);
        ResultSet rows = statement.executeQuery("three");

        assertThat(rows.next()).isTrue();
        assertThat(rows.isLast()).isFalse();
        assertThat(rows.next()).isTrue();
        assertThat(rows.isLast()).isTrue();
        assertThat(rows.next()).isFalse();
        assertThat(statement.getLargeMaxRows()).isEqualTo(2);
    }

    @Test
    void answersGeneratedKeysInEveryForm() throws SQLException {
        session.update(
                "insert",
                List.of(),
                values -> new StatementResult.Update(1, session.cursor(ID, 10, new Object[] {42})));

        statement.executeUpdate("insert", Statement.RETURN_GENERATED_KEYS);
        ResultSet keys = statement.getGeneratedKeys();
        assertThat(keys.next()).isTrue();
        assertThat(keys.getInt("ID")).isEqualTo(42);
        assertThat(statement.getGeneratedKeys()).isSameAs(keys);
        statement.execute("insert", new int[] {1, 3});
        assertThat(keys.isClosed()).isTrue();
        statement.executeLargeUpdate("insert", new String[] {"id"});
        statement.executeUpdate("insert", Statement.NO_GENERATED_KEYS);

        assertThat(session.log.stream().filter(entry -> entry.startsWith("prepare")))
                .containsExactly(
                        "prepare insert keys KEY_COLUMNS",
                        "prepare insert keys Positions[ordinals=[1, 3]]",
                        "prepare insert keys Named[names=[id]]",
                        "prepare insert");
        assertThatThrownBy(() -> statement.execute("insert", 77)).isInstanceOf(SQLException.class);
    }

    @Test
    void answersNoKeysIfThereAreNone() throws SQLException {
        statement.executeUpdate("change");

        assertThat(statement.getGeneratedKeys().next()).isFalse();
    }

    @Test
    void runsBatches() throws SQLException {
        statement.addBatch("change");
        statement.addBatch("huge");

        assertThat(statement.executeLargeBatch()).containsExactly(5, 3_000_000_000L);
        assertThat(statement.executeBatch()).isEmpty();
    }

    @Test
    void stopsABatchAtItsFirstFailure() throws SQLException {
        statement.addBatch("change");
        statement.addBatch("bad");
        statement.addBatch("change");

        assertThatThrownBy(statement::executeBatch)
                .isInstanceOf(BatchUpdateException.class)
                .hasMessage("Cannot divide by zero")
                .satisfies(e -> {
                    assertThat(((BatchUpdateException) e).getUpdateCounts()).containsExactly(5);
                    assertThat(((BatchUpdateException) e).getSQLState()).isEqualTo("22012");
                });
        assertThat(statement.executeBatch()).isEmpty();
    }

    @Test
    void refusesRowsInABatch() throws SQLException {
        statement.addBatch("three");

        assertThatThrownBy(statement::executeBatch).isInstanceOf(BatchUpdateException.class);
    }

    @Test
    void forgetsABatch() throws SQLException {
        statement.addBatch("change");
        statement.clearBatch();

        assertThat(statement.executeBatch()).isEmpty();
    }

    @Test
    void givesTheSessionItsTimeLimitOnlyWhenItChanges() throws SQLException {
        statement.setQueryTimeout(3);
        statement.execute("change");
        statement.execute("change");
        statement.setQueryTimeout(0);
        statement.execute("change");

        assertThat(session.log.stream().filter(entry -> entry.startsWith("timeout")))
                .containsExactly("timeout 3000", "timeout 0");
    }

    @Test
    void takesItsTimeLimitFromTheConnection() throws Exception {
        try (Statement limited = new FakeSession()
                .connect("jdbc:kalamdb:mem:a?statementTimeout=7")
                .createStatement()) {
            assertThat(limited.getQueryTimeout()).isEqualTo(7);
        }
    }

    @Test
    void reportsATimeLimit() {
        assertThatThrownBy(() -> statement.execute("late")).isInstanceOf(SQLTimeoutException.class);
    }

    @Test
    void cancelsWhatRuns() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        session.update("slow", List.of(), values -> {
            running.countDown();
            while (!session.cancelled) {
                Thread.onSpinWait();
            }
            throw new KalamException(ErrorCode.QUERY_CANCELED, "The statement was stopped");
        });
        Thread canceller = new Thread(() -> {
            try {
                assertThat(running.await(1, TimeUnit.MINUTES)).isTrue();
                statement.cancel();
            } catch (InterruptedException | SQLException e) {
                throw new IllegalStateException(e);
            }
        });
        canceller.start();

        assertThatThrownBy(() -> statement.execute("slow"))
                .isExactlyInstanceOf(SQLException.class)
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("57014");
        canceller.join();
    }

    @Test
    void leavesTheSessionAloneIfNothingRuns() throws SQLException {
        statement.cancel();

        assertThat(session.log).doesNotContain("cancel");
        assertThat(statement.executeUpdate("change")).isEqualTo(5);
    }

    @Test
    void stopsReadingAfterACancel() throws SQLException {
        session.query("pages", 1, ID, new Object[] {1}, new Object[] {2});
        ResultSet rows = statement.executeQuery("pages");
        assertThat(rows.next()).isTrue();

        statement.cancel();

        assertThatThrownBy(rows::next)
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("57014");
    }

    @Test
    void closesWithItsLastResult() throws SQLException {
        statement.closeOnCompletion();
        statement.executeQuery("one").close();

        assertThat(statement.isClosed()).isTrue();
    }

    @Test
    void staysOpenWhileResultsAreLeft() throws SQLException {
        statement.closeOnCompletion();
        statement.execute("one; three");
        statement.getResultSet().close();
        assertThat(statement.isClosed()).isFalse();

        assertThat(statement.getMoreResults()).isTrue();
        statement.getResultSet().close();
        assertThat(statement.isClosed()).isTrue();
    }

    @Test
    void closesItsResults() throws SQLException {
        ResultSet rows = statement.executeQuery("three");

        statement.close();
        statement.close();

        assertThat(rows.isClosed()).isTrue();
        assertThat(session.cursors.get(0).closed).isTrue();
        assertThatThrownBy(() -> statement.execute("one"))
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("55000");
    }

    @Test
    void closesWithItsConnection() throws SQLException {
        ResultSet rows = statement.executeQuery("three");

        connection.close();

        assertThat(statement.isClosed()).isTrue();
        assertThat(rows.isClosed()).isTrue();
        assertThatThrownBy(rows::getMetaData)
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("08003");
        rows.close();
        statement.close();
    }

    @Test
    void closesResultsWithTheirTransaction() throws SQLException {
        ResultSet withoutTransaction = statement.executeQuery("three");
        connection.setAutoCommit(false);
        try (Statement other = connection.createStatement()) {
            ResultSet rows = other.executeQuery("three");
            assertThat(rows.next()).isTrue();
            connection.commit();

            assertThat(rows.isClosed()).isTrue();
            assertThatThrownBy(rows::next)
                    .extracting(e -> ((SQLException) e).getSQLState())
                    .isEqualTo("24000");
            rows.close();
            assertThat(other.executeQuery("three").next()).isTrue();
        }
        assertThat(withoutTransaction.next()).isTrue();
    }

    @Test
    void keepsHints() throws SQLException {
        statement.setFetchSize(10);
        statement.setPoolable(true);
        statement.setFetchDirection(ResultSet.FETCH_REVERSE);
        statement.setEscapeProcessing(false);

        assertThat(statement.getFetchSize()).isEqualTo(10);
        assertThat(statement.isPoolable()).isTrue();
        assertThat(statement.getFetchDirection()).isEqualTo(ResultSet.FETCH_FORWARD);
        assertThat((Throwable) statement.getWarnings()).isNull();
    }

    @Test
    void refusesInvalidSettings() {
        assertThatThrownBy(() -> statement.setMaxRows(-1)).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> statement.setFetchSize(-1)).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> statement.setQueryTimeout(-1)).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> statement.setMaxFieldSize(-1)).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> statement.setFetchDirection(0)).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> statement.setCursorName("c")).isInstanceOf(SQLFeatureNotSupportedException.class);
    }
}
