// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Result sets that go back and forth, and those that outlive their transaction. */
final class ScrollingTest {
    private static final int MOVES = 400;

    private Connection connection;

    @BeforeEach
    void createTable() throws SQLException {
        connection = TestDatabases.connect(TestDatabases.freshMemoryUrl());
        execute("CREATE TABLE t (id INT PRIMARY KEY, name TEXT)");
        execute("INSERT INTO t SELECT n, 'name ' || CAST(n AS VARCHAR) FROM TABLE(GENERATE_SERIES(1, 5000)) AS g(n)");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Statement scrollable() throws SQLException {
        return connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY);
    }

    /** The standard leaves little open here, so H2 must answer the same. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 7, 3000})
    void movesAsAnotherDatabaseDoes(int rowCount) throws SQLException {
        long seed = System.nanoTime();
        String query = "SELECT id FROM t WHERE id <= " + rowCount + " ORDER BY id";
        try (Connection peer = DriverManager.getConnection("jdbc:h2:mem:")) {
            try (Statement setup = peer.createStatement()) {
                setup.execute("CREATE TABLE t (id INT PRIMARY KEY) AS SELECT x FROM SYSTEM_RANGE(1, 5000)");
            }
            try (Statement ours = scrollable();
                    ResultSet rows = ours.executeQuery(query);
                    Statement theirs =
                            peer.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY);
                    ResultSet expected = theirs.executeQuery(query)) {
                Random random = new Random(seed);
                List<String> moves = new ArrayList<>();
                for (int i = 0; i < MOVES; i++) {
                    Move move = Move.random(random, rowCount);
                    moves.add(move.toString());
                    assertThat(move.apply(rows) + " " + position(rows))
                            .as("seed %d, after %s", seed, moves)
                            .isEqualTo(move.apply(expected) + " " + position(expected));
                }
            }
        }
    }

    private record Move(String name, int by) {
        static Move random(Random random, int rowCount) {
            String name = List.of(
                            "next", "previous", "first", "last", "beforeFirst", "afterLast", "absolute", "relative")
                    .get(random.nextInt(8));
            return new Move(name, random.nextInt(2 * rowCount + 5) - rowCount - 2);
        }

        Object apply(ResultSet rows) throws SQLException {
            switch (name) {
                case "next":
                    return rows.next();
                case "previous":
                    return rows.previous();
                case "first":
                    return rows.first();
                case "last":
                    return rows.last();
                case "absolute":
                    return rows.absolute(by);
                case "relative":
                    return rows.relative(by);
                case "beforeFirst":
                    rows.beforeFirst();
                    return "";
                default:
                    rows.afterLast();
                    return "";
            }
        }
    }

    private static String position(ResultSet rows) throws SQLException {
        int row = rows.getRow();
        return row + " " + rows.isBeforeFirst() + rows.isFirst() + rows.isLast() + rows.isAfterLast()
                + (row > 0 ? rows.getInt(1) : "");
    }

    @Test
    void goesBackOverSeveralBatches() throws SQLException {
        try (Statement statement = scrollable();
                ResultSet rows = statement.executeQuery("SELECT id, name FROM t ORDER BY id")) {
            assertThat(rows.getType()).isEqualTo(ResultSet.TYPE_SCROLL_INSENSITIVE);
            rows.afterLast();
            for (int id = 5000; id >= 1; id--) {
                assertThat(rows.previous()).isTrue();
                assertThat(rows.getInt("id")).isEqualTo(id);
                assertThat(rows.getString("name")).isEqualTo("name " + id);
            }
            assertThat(rows.previous()).isFalse();
            assertThatThrownBy(() -> rows.getInt(1))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("before");
        }
    }

    @Test
    void knowsNoRowsBehindTheLimit() throws SQLException {
        try (Statement statement = scrollable()) {
            statement.setMaxRows(3);
            try (ResultSet rows = statement.executeQuery("SELECT id FROM t ORDER BY id")) {
                assertThat(rows.last()).isTrue();
                assertThat(rows.getRow()).isEqualTo(3);
                assertThat(rows.isLast()).isTrue();
                assertThat(rows.absolute(4)).isFalse();
                assertThat(rows.isAfterLast()).isTrue();
            }
        }
    }

    @Test
    void doesNotShowChangesMadeMeanwhile() throws SQLException {
        try (Statement statement = scrollable();
                ResultSet rows = statement.executeQuery("SELECT name FROM t ORDER BY id")) {
            rows.next();
            execute("UPDATE t SET name = 'other'");
            rows.last();
            assertThat(rows.getString(1)).isEqualTo("name 5000");
            rows.first();
            assertThat(rows.getString(1)).isEqualTo("name 1");
        }
    }

    @Test
    void refusesToScrollWhatIsForwardOnly() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id FROM t")) {
            assertThatThrownBy(rows::first)
                    .isInstanceOf(SQLFeatureNotSupportedException.class)
                    .hasMessageContaining("TYPE_SCROLL_INSENSITIVE");
        }
    }

    @Test
    void keepsRowsThatAreHeldOverCommit() throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement held = connection.prepareStatement(
                        "SELECT id FROM t WHERE id > ? ORDER BY id",
                        ResultSet.TYPE_FORWARD_ONLY,
                        ResultSet.CONCUR_READ_ONLY,
                        ResultSet.HOLD_CURSORS_OVER_COMMIT);
                PreparedStatement closing = connection.prepareStatement("SELECT id FROM t ORDER BY id")) {
            held.setInt(1, 10);
            ResultSet heldRows = held.executeQuery();
            ResultSet closedRows = closing.executeQuery();
            heldRows.next();
            connection.commit();
            assertThat(heldRows.getHoldability()).isEqualTo(ResultSet.HOLD_CURSORS_OVER_COMMIT);
            assertThat(closedRows.isClosed()).isTrue();
            int id = 11;
            do {
                assertThat(heldRows.getInt(1)).isEqualTo(id++);
            } while (heldRows.next());
            assertThat(id).isEqualTo(5001);
        }
    }

    @Test
    void holdsByDefaultIfTheConnectionIsToldSo() throws SQLException {
        connection.setHoldability(ResultSet.HOLD_CURSORS_OVER_COMMIT);
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id FROM t ORDER BY id")) {
            connection.rollback();
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(1);
        }
    }

    @Test
    void closesRowsThatAreNotHeld() throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = scrollable();
                ResultSet rows = statement.executeQuery("SELECT id FROM t")) {
            rows.next();
            connection.commit();
            assertThatThrownBy(rows::previous).isInstanceOf(SQLException.class).hasMessageContaining("transaction");
        }
    }
}
