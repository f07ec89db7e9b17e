// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.engine.batch.ColumnVector;
import org.kalamdb.engine.batch.VectorBuilder;
import org.kalamdb.jdbc.ColumnarParameters;
import org.kalamdb.type.KalamDataType;
import org.kalamdb.type.StoredValues;

/** Batches of prepared statements run as one statement, and do what their entries would do one by one. */
final class BatchTest {
    private static final int RANDOM_BATCHES = 120;
    private static final int MAX_ENTRIES = 12;
    private static final int IDS = 30;

    private static final List<String> STATEMENTS = List.of(
            "INSERT INTO item (id, n, parent, next, code) VALUES (?, ?, 1, NULL, ?)",
            "INSERT INTO item (id, n, parent, next, code) VALUES (?, 1, ?, ?, NULL)",
            "INSERT INTO item (id, n) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET n = item.n + excluded.n",
            "INSERT INTO item (id, n) SELECT coalesce(max(id), 0) + ?, ? FROM item",
            "INSERT INTO plain VALUES (?, ?)",
            "INSERT INTO parent VALUES (?)",
            "UPDATE item SET n = n + ? WHERE id = ?",
            "UPDATE item SET n = n - 1 WHERE n > ? AND id <> ?",
            "UPDATE item SET id = id + ? WHERE id = ?",
            "UPDATE item SET code = ? WHERE id = ?",
            "UPDATE plain SET v = v + ? WHERE id = ?",
            "DELETE FROM item WHERE id = ?",
            "DELETE FROM parent WHERE id = ?",
            "DELETE FROM plain WHERE v > ? AND id = ?");

    private Client batched;
    private Client single;

    @BeforeEach
    void createTables() throws SQLException {
        batched = new Client(TestDatabases.freshMemoryUrl());
        single = new Client(TestDatabases.freshMemoryUrl());
        for (Client client : List.of(batched, single)) {
            client.run(
                    "CREATE TABLE parent (id INT PRIMARY KEY)",
                    "CREATE TABLE item (id INT PRIMARY KEY, n INT CHECK (n < 25),"
                            + " parent INT REFERENCES parent ON DELETE CASCADE,"
                            + " next INT REFERENCES item ON DELETE SET NULL, code INT UNIQUE)",
                    "CREATE TABLE plain (id INT PRIMARY KEY, v INT CHECK (v <> 13))",
                    "CREATE TABLE numbered (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, v INT)",
                    "INSERT INTO parent VALUES (1), (2), (3)",
                    "INSERT INTO item VALUES (1, 1, 1, NULL, 1), (2, 2, 2, 1, 2), (3, 3, 3, 2, 3)",
                    "INSERT INTO plain VALUES (1, 1), (2, 2), (3, 3)");
        }
    }

    @AfterEach
    void close() throws SQLException {
        batched.close();
        single.close();
    }

    /** How an application hands over the entries of a batch. */
    private enum Form {
        ENTRIES,
        COLUMNS
    }

    @ParameterizedTest(name = "{0}, auto-commit: {1}")
    @CsvSource({"ENTRIES, true", "ENTRIES, false", "COLUMNS, true", "COLUMNS, false"})
    void doWhatTheirEntriesDoOneByOne(Form form, boolean autoCommit) throws SQLException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int failures = 0;
        for (int i = 0; i < RANDOM_BATCHES; i++) {
            String sql = STATEMENTS.get(random.nextInt(STATEMENTS.size()));
            int[][] entries = entries(random, sql);
            String story = "seed " + seed + ": " + sql + " with " + Arrays.deepToString(entries);
            Outcome expected = oneByOne(sql, entries, autoCommit);
            assertThat(batch(sql, entries, form, autoCommit)).as(story).isEqualTo(expected);
            failures += expected.sqlState() == null ? 0 : 1;
            for (String table : List.of("parent", "item", "plain")) {
                String rows = "SELECT * FROM " + table + " ORDER BY id";
                assertThat(batched.rows(rows)).as(story).isEqualTo(single.rows(rows));
            }
        }
        assertThat(failures).as("seed " + seed).isBetween(5, RANDOM_BATCHES - 5);
    }

    private static int[][] entries(Random random, String sql) {
        int width = (int) sql.chars().filter(each -> each == '?').count();
        return IntStream.range(0, 1 + random.nextInt(MAX_ENTRIES))
                .mapToObj(entry -> IntStream.range(0, width)
                        .map(column -> 1 + random.nextInt(IDS))
                        .toArray())
                .toArray(int[][]::new);
    }

    /** @param counts of the entries that took effect, or all as failed. @param sqlState null if none failed */
    private record Outcome(List<Long> counts, @Nullable String sqlState) {}

    private Outcome batch(String sql, int[][] entries, Form form, boolean autoCommit) throws SQLException {
        Connection connection = batched.connection();
        connection.setAutoCommit(autoCommit);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            if (form == Form.COLUMNS) {
                ColumnarParameters parameters = statement.unwrap(ColumnarParameters.class);
                return new Outcome(list(parameters.executeBatch(columns(parameters.types(), entries))), null);
            }
            for (int[] entry : entries) {
                bind(statement, entry);
                statement.addBatch();
            }
            return new Outcome(list(statement.executeLargeBatch()), null);
        } catch (BatchUpdateException e) {
            return new Outcome(list(e.getLargeUpdateCounts()), e.getSQLState());
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private static ColumnBatch columns(List<KalamDataType> types, int[][] entries) {
        List<ColumnVector> columns = new ArrayList<>();
        for (KalamDataType type : types) {
            VectorBuilder builder = VectorBuilder.of(type, entries.length);
            for (int[] entry : entries) {
                builder.append(StoredValues.fromJava(type, entry[columns.size()]));
            }
            columns.add(builder.build());
        }
        return new ColumnBatch(entries.length, columns);
    }

    private Outcome oneByOne(String sql, int[][] entries, boolean allOrNothing) throws SQLException {
        Connection connection = single.connection();
        connection.setAutoCommit(false);
        List<Long> counts = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int[] entry : entries) {
                bind(statement, entry);
                counts.add(statement.executeLargeUpdate());
            }
            return new Outcome(counts, null);
        } catch (SQLException e) {
            if (allOrNothing) {
                connection.rollback();
                counts = list(LongStream.generate(() -> Statement.EXECUTE_FAILED)
                        .limit(entries.length)
                        .toArray());
            }
            return new Outcome(counts, e.getSQLState());
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private static List<Long> list(long[] counts) {
        return LongStream.of(counts).boxed().toList();
    }

    private static void bind(PreparedStatement statement, int... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setInt(i + 1, values[i]);
        }
    }

    @ParameterizedTest(name = "{0}, auto-commit: {1}")
    @CsvSource({"ENTRIES, true", "ENTRIES, false", "COLUMNS, true", "COLUMNS, false"})
    void reportsTheFirstFailureWhicheverIsFoundFirst(Form form, boolean autoCommit) throws SQLException {
        String sql = "INSERT INTO plain VALUES (?, ?)";
        int[][] entries = {{13, 12}, {28, 13}, {13, 17}};
        Outcome expected = oneByOne(sql, entries, autoCommit);
        assertThat(expected.sqlState()).isEqualTo("23514");
        assertThat(batch(sql, entries, form, autoCommit)).isEqualTo(expected);
    }

    @Test
    void answersTheKeysOfAllEntries() throws SQLException {
        try (PreparedStatement insert = batched.connection()
                .prepareStatement("INSERT INTO numbered (v) VALUES (?)", Statement.RETURN_GENERATED_KEYS)) {
            for (int i = 0; i < 3000; i++) {
                bind(insert, i);
                insert.addBatch();
            }
            insert.executeBatch();
            try (ResultSet keys = insert.getGeneratedKeys()) {
                assertThat(Client.rows(keys))
                        .isEqualTo(IntStream.rangeClosed(1, 3000)
                                .mapToObj(Integer::toString)
                                .toList());
            }
        }
    }

    @Test
    void seesWhatItsEarlierEntriesWrote() throws SQLException {
        batched.connection().setAutoCommit(false);
        try (PreparedStatement update =
                batched.connection().prepareStatement("UPDATE plain SET v = v * 2 WHERE id = ?")) {
            for (int i = 0; i < 3; i++) {
                bind(update, 3);
                update.addBatch();
            }
            assertThat(update.executeBatch()).containsExactly(1, 1, 1);
        }
        batched.connection().commit();
        assertThat(batched.value("SELECT v FROM plain WHERE id = 3")).isEqualTo("24");
    }

    @Test
    void canBeRunAgainAfterAFailure() throws SQLException {
        batched.connection().setAutoCommit(false);
        try (PreparedStatement insert = batched.connection().prepareStatement("INSERT INTO plain VALUES (?, 0)")) {
            for (int id : new int[] {10, 11, 2, 12}) {
                bind(insert, id);
                insert.addBatch();
            }
            BatchUpdateException failure = catchThrowableOfType(BatchUpdateException.class, insert::executeBatch);
            assertThat(failure.getUpdateCounts()).containsExactly(1, 1);
            bind(insert, 12);
            insert.addBatch();
            assertThat(insert.executeBatch()).containsExactly(1);
        }
        batched.connection().commit();
        assertThat(batched.rows("SELECT id FROM plain WHERE id > 3 ORDER BY id"))
                .containsExactly("10", "11", "12");
    }

    @Test
    void changesNothingWhereNothingMayBeWritten() throws SQLException {
        batched.connection().setReadOnly(true);
        try (PreparedStatement insert = batched.connection().prepareStatement("INSERT INTO plain VALUES (?, 0)")) {
            bind(insert, 10);
            insert.addBatch();
            BatchUpdateException failure = catchThrowableOfType(BatchUpdateException.class, insert::executeBatch);
            assertThat(failure.getSQLState()).isEqualTo("25006");
            assertThat(failure.getUpdateCounts()).containsExactly(Statement.EXECUTE_FAILED);
        }
    }

    @Test
    void waitsForOtherTransactionsAndGoesOnWithWhatTheyLeft() throws Exception {
        String url = TestDatabases.freshMemoryUrl();
        try (Client other = new Client(url);
                Actor actor = new Actor(url, Connection.TRANSACTION_READ_COMMITTED)) {
            other.run("CREATE TABLE t (id INT PRIMARY KEY, n INT)", "INSERT INTO t VALUES (1, 1), (2, 2), (3, 3)");
            other.connection().setAutoCommit(false);
            other.run("UPDATE t SET n = 10 WHERE id = 2");
            actor.startBatch("UPDATE t SET n = n + 1 WHERE id = ?", 1, 2, 3);
            assertThat(actor.isWaiting()).isTrue();
            other.connection().commit();
            assertThat(actor.commit()).isTrue();
            assertThat(other.rows("SELECT n FROM t ORDER BY id")).containsExactly("2", "11", "4");
        }
    }
}
