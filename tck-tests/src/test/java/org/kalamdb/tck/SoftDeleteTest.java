// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The system columns {@code _seq} and {@code _deleted}, and rows that are kept when they are deleted. */
final class SoftDeleteTest {
    @TempDir
    private Path folder;

    private Client client;

    @BeforeEach
    void createTable() throws SQLException {
        client = new Client("ann", TestDatabases.url(folder));
        client.run(
                "CREATE TABLE item (id INT PRIMARY KEY, name TEXT)",
                "INSERT INTO item VALUES (1, 'one'), (2, 'two'), (3, 'three')");
    }

    @AfterEach
    void close() throws SQLException {
        client.close();
    }

    private void reopen() throws SQLException {
        client.close();
        client = new Client("ann", TestDatabases.url(folder));
    }

    private long seq(String condition) throws SQLException {
        return Long.parseLong(client.value("SELECT _seq FROM item WHERE " + condition));
    }

    @Test
    void systemColumnsCanBeSelectedAndAreNotPartOfAStar() throws SQLException {
        assertThat(client.rows("SELECT * FROM item WHERE _seq > 0 ORDER BY id"))
                .containsExactly("1|one", "2|two", "3|three");
        assertThat(client.rows("SELECT i.*, i._deleted FROM item i ORDER BY i.id"))
                .containsExactly("1|one|false", "2|two|false", "3|three|false");
        assertThat(client.rows("SELECT * FROM (SELECT id, _seq > 0 AS numbered FROM item) WHERE id = 2"))
                .containsExactly("2|true");
        assertThat(client.rows("SELECT * FROM item a JOIN item b ON a._seq = b._seq AND a.id = b.id WHERE a.id = 1"))
                .containsExactly("1|one|1|one");
        assertThat(client.rows("SELECT count(*), count(DISTINCT _seq) FROM item"))
                .containsExactly("3|1");
        assertThat(client.rows("WITH w AS (SELECT _seq AS n, * FROM item) SELECT id, n > 0 FROM w WHERE id = 3"))
                .containsExactly("3|true");
    }

    @Test
    void systemColumnsAreNotNullWhateverTheirTable() throws SQLException {
        try (Statement statement = client.connection().createStatement();
                ResultSet rows = statement.executeQuery("SELECT _seq, _deleted FROM item")) {
            ResultSetMetaData columns = rows.getMetaData();
            assertThat(columns.getColumnTypeName(1)).isEqualTo("BIGINT");
            assertThat(columns.isNullable(1)).isEqualTo(ResultSetMetaData.columnNoNulls);
            assertThat(columns.getColumnTypeName(2)).isEqualTo("BOOLEAN");
            assertThat(columns.isNullable(2)).isEqualTo(ResultSetMetaData.columnNoNulls);
        }
    }

    @Test
    void metadataListsThemAsPseudoColumnsOnly() throws SQLException {
        DatabaseMetaData metadata = client.connection().getMetaData();
        assertThat(client.rows("DESCRIBE item")).hasSize(2);
        try (ResultSet columns = metadata.getColumns(null, "main", "item", null)) {
            assertThat(Client.rows(columns)).hasSize(2);
        }
        try (ResultSet columns = metadata.getPseudoColumns(null, "main", "item", null)) {
            assertThat(columns.next()).isTrue();
            assertThat(columns.getString("COLUMN_NAME")).isEqualTo("_deleted");
            assertThat(columns.getString("IS_NULLABLE")).isEqualTo("NO");
            assertThat(columns.next()).isTrue();
            assertThat(columns.getString("COLUMN_NAME")).isEqualTo("_seq");
            assertThat(columns.getInt("DATA_TYPE")).isEqualTo(java.sql.Types.BIGINT);
            assertThat(columns.next()).isFalse();
        }
        client.run("CREATE STREAM TABLE event (id INT) TTL 60");
        try (ResultSet columns = metadata.getPseudoColumns(null, "main", "event", null)) {
            assertThat(columns.next()).isFalse();
        }
    }

    @Test
    void systemColumnsCannotBeDeclaredWrittenOrChanged() {
        assertThat(client.failure("CREATE TABLE x (id INT PRIMARY KEY, _seq BIGINT)")
                        .getSQLState())
                .isEqualTo("42939");
        assertThat(client.failure("ALTER TABLE item ADD COLUMN _deleted BOOLEAN")
                        .getSQLState())
                .isEqualTo("42939");
        assertThat(client.failure("ALTER TABLE item DROP COLUMN _seq").getSQLState())
                .isEqualTo("42939");
        assertThat(client.failure("ALTER TABLE item RENAME COLUMN _deleted TO gone")
                        .getSQLState())
                .isEqualTo("42939");
        assertThat(client.failure("CREATE INDEX by_seq ON item (_seq)").getSQLState())
                .isEqualTo("42939");
        assertThat(client.failure("INSERT INTO item (id, _seq) VALUES (9, 9)").getSQLState())
                .isEqualTo("428C9");
        assertThat(client.failure("UPDATE item SET _deleted = TRUE WHERE id = 1")
                        .getSQLState())
                .isEqualTo("428C9");
        assertThat(client.failure("CREATE TABLE y (id INT, CHECK (_seq > 0))").getSQLState())
                .isEqualTo("0A000");
        assertThat(client.failure("INSERT INTO item VALUES (9, 'x') RETURNING _seq")
                        .getSQLState())
                .isEqualTo("0A000");
        assertThat(client.failure("SELECT _seq FROM item NATURAL JOIN item b").getSQLState())
                .isEqualTo("0A000");
    }

    @Test
    void streamAndSystemTablesHaveNone() throws SQLException {
        client.run("CREATE STREAM TABLE event (id INT) TTL 60");

        assertThat(client.failure("SELECT _seq FROM event").getSQLState()).isEqualTo("42703");
        assertThat(client.failure("SELECT _deleted FROM system.tables").getSQLState())
                .isEqualTo("42703");
        assertThat(client.failure("CREATE STREAM TABLE e (id INT) WITH (TTL_SECONDS = 5, DELETED_RETENTION = '1d')")
                        .getSQLState())
                .isEqualTo("22023");
    }

    @Test
    void theNumberGrowsWithEveryWrite() throws SQLException {
        long first = seq("id = 1");
        client.run("UPDATE item SET name = 'uno' WHERE id = 1");
        long second = seq("id = 1");
        assertThat(second).isGreaterThan(first);
        assertThat(seq("id = 2")).isEqualTo(first);

        reopen();
        assertThat(seq("id = 1")).isEqualTo(second);
        client.run("INSERT INTO item VALUES (4, 'four')");
        assertThat(seq("id = 4")).isGreaterThan(second);
        client.run("DELETE FROM item WHERE id = 2");
        assertThat(seq("id = 2 AND _deleted")).isGreaterThan(seq("id = 4"));
        assertThat(client.rows(
                        "SELECT id FROM item WHERE _seq > " + second + " AND _deleted IN (TRUE, FALSE) ORDER BY id"))
                .containsExactly("2", "4");
    }

    @Test
    void oneTransactionHasOneNumber() throws SQLException {
        client.run("BEGIN", "INSERT INTO item VALUES (4, 'four')", "UPDATE item SET name = 'uno' WHERE id = 1");
        assertThat(client.value("SELECT _seq FROM item WHERE id = 4")).isEqualTo("0");
        client.run("DELETE FROM item WHERE id = 2", "COMMIT");

        assertThat(client.rows("SELECT DISTINCT _seq FROM item WHERE _seq > " + seq("id = 3") + " OR _deleted"))
                .containsExactly(String.valueOf(seq("id = 4")));
    }

    @Test
    void deletedRowsAreSeenByStatementsThatNameDeleted() throws SQLException {
        assertThat(client.update("DELETE FROM item WHERE id = 2")).isOne();
        assertThat(client.update("DELETE FROM item WHERE id = 2")).isZero();

        assertThat(client.rows("SELECT * FROM item ORDER BY id")).containsExactly("1|one", "3|three");
        assertThat(client.value("SELECT count(*) FROM item")).isEqualTo("2");
        assertThat(client.rows("SELECT * FROM item WHERE id = 2")).isEmpty();
        assertThat(client.rows("SELECT * FROM item WHERE _deleted = TRUE")).containsExactly("2|two");
        assertThat(client.rows("SELECT id, _deleted FROM item ORDER BY id"))
                .containsExactly("1|false", "2|true", "3|false");
        assertThat(client.rows("SELECT id, _deleted FROM item ORDER BY id DESC LIMIT 2"))
                .containsExactly("3|false", "2|true");
        assertThat(client.rows("SELECT name FROM item WHERE id = 2 AND _deleted"))
                .containsExactly("two");
        assertThat(client.rows("SELECT name FROM item WHERE id IN (1, 2) AND _deleted"))
                .containsExactly("two");
        assertThat(client.rows("SELECT id FROM item WHERE _deleted = FALSE ORDER BY id"))
                .containsExactly("1", "3");
        assertThat(client.value("SELECT count(*) FROM item WHERE _deleted IS NOT NULL"))
                .isEqualTo("3");
        assertThat(client.rows("SELECT _deleted, count(*) FROM item GROUP BY _deleted ORDER BY 1"))
                .containsExactly("false|2", "true|1");
    }

    @Test
    void statementsThatChangeRowsLeaveDeletedOnesAlone() throws SQLException {
        client.run("DELETE FROM item WHERE id = 2");

        assertThat(client.update("UPDATE item SET name = 'x' WHERE _deleted = TRUE"))
                .isZero();
        assertThat(client.update("DELETE FROM item WHERE _deleted = TRUE")).isZero();
        assertThat(client.update("UPDATE item SET name = 'x' WHERE _deleted = FALSE AND _seq > 0"))
                .isEqualTo(2);
        assertThat(client.rows("SELECT id, name FROM item WHERE _deleted")).containsExactly("2|two");
        assertThat(client.update("INSERT INTO item SELECT id + 10, name FROM item WHERE _deleted"))
                .isOne();
    }

    @Test
    void aDeletedKeyCanBeInsertedAgain() throws SQLException {
        client.run("DELETE FROM item WHERE id = 2", "INSERT INTO item VALUES (2, 'zwei')");

        assertThat(client.rows("SELECT * FROM item WHERE _deleted")).isEmpty();
        assertThat(client.rows("SELECT name FROM item WHERE id = 2 AND _deleted IS NOT NULL"))
                .containsExactly("zwei");
        assertThat(client.value("SELECT count(*) FROM item WHERE _deleted IS NOT NULL"))
                .isEqualTo("3");
        client.run("DELETE FROM item WHERE id = 2");
        assertThat(client.rows("SELECT * FROM item WHERE _deleted")).containsExactly("2|zwei");
    }

    @Test
    void aRowThatMovesToAnotherKeyIsDeletedUnderTheOldOne() throws SQLException {
        client.run("UPDATE item SET id = 20 WHERE id = 2");

        assertThat(client.rows("SELECT id, name, _deleted FROM item ORDER BY id"))
                .containsExactly("1|one|false", "2|two|true", "3|three|false", "20|two|false");
    }

    @Test
    void cascadesKeepWhatTheyDelete() throws SQLException {
        client.run(
                "CREATE TABLE part (id INT PRIMARY KEY, item INT REFERENCES item (id) ON DELETE CASCADE)",
                "INSERT INTO part VALUES (10, 1), (20, 2)",
                "DELETE FROM item WHERE id = 1");

        assertThat(client.rows("SELECT id, item FROM part WHERE _deleted")).containsExactly("10|1");
    }

    @Test
    void truncateAndDropLeaveNothing() throws SQLException {
        client.run("DELETE FROM item WHERE id = 2", "TRUNCATE TABLE item");
        assertThat(client.rows("SELECT id FROM item WHERE _deleted")).isEmpty();

        client.run("INSERT INTO item VALUES (5, 'five')", "DELETE FROM item", "DROP TABLE item");
        client.run("CREATE TABLE item (id INT PRIMARY KEY, name TEXT)");
        assertThat(client.rows("SELECT id FROM item WHERE _deleted")).isEmpty();
    }

    @Test
    void aTableMayKeepNothing() throws SQLException {
        client.run(
                "CREATE TABLE brief (id INT PRIMARY KEY) WITH (DELETED_RETENTION = '0')",
                "INSERT INTO brief VALUES (1), (2)",
                "DELETE FROM brief WHERE id = 1");
        assertThat(client.rows("SELECT id FROM brief WHERE _deleted")).isEmpty();

        client.run("ALTER TABLE brief SET (DELETED_RETENTION = 'off')", "DELETE FROM brief WHERE id = 2");
        assertThat(client.rows("SELECT id FROM brief WHERE _deleted")).containsExactly("2");
        assertThat(client.failure("ALTER TABLE brief SET (DELETED_RETENTION = '5 minutes')")
                        .getSQLState())
                .isEqualTo("22023");
        assertThat(client.failure("ALTER TABLE brief SET (DELETED_RETENTION = '1d', DELETED_RETENTION_HOURS = 24)")
                        .getMessage())
                .contains("DELETED_RETENTION_HOURS together");
        assertThat(client.failure("ALTER TABLE brief SET (DELETED_RETENTION_HOURS = 4294967296)")
                        .getMessage())
                .contains("at most 2147483647");
        client.run("ALTER TABLE brief SET (DELETED_RETENTION = '7d')");
        assertThat(client.value("SELECT deleted_retention_hours FROM system.tables WHERE table_name = 'brief'"))
                .isEqualTo("168");
    }

    @Test
    void numbersAndDeletedRowsSurviveTheWayToTheColdTier() throws SQLException {
        List<String> before = client.rows("SELECT id, _seq FROM item ORDER BY id");
        client.run("STORAGE FLUSH TABLE item");
        assertThat(client.rows("SELECT id, _seq FROM item ORDER BY id")).isEqualTo(before);
        assertThat(client.rows("SELECT id, _seq FROM item WHERE id = 1")).isEqualTo(before.subList(0, 1));

        client.run("DELETE FROM item WHERE id = 2", "UPDATE item SET name = 'uno' WHERE id = 1");
        long updated = seq("id = 1");
        assertThat(client.rows("SELECT id, name, _deleted FROM item ORDER BY id"))
                .containsExactly("1|uno|false", "2|two|true", "3|three|false");
        client.run("STORAGE FLUSH TABLE item", "STORAGE COMPACT TABLE item");
        assertThat(seq("id = 1")).isEqualTo(updated);
        assertThat(client.rows("SELECT id, _seq FROM item WHERE id = 3")).isEqualTo(before.subList(2, 3));

        reopen();
        assertThat(client.rows("SELECT id, name, _deleted FROM item ORDER BY id"))
                .containsExactly("1|uno|false", "2|two|true", "3|three|false");
        client.run("INSERT INTO item VALUES (2, 'zwei')", "STORAGE FLUSH TABLE item");
        assertThat(client.rows("SELECT id FROM item WHERE _deleted")).isEmpty();
    }

    @Test
    void rowsWithoutKeyAreKeptToo() throws SQLException {
        client.run(
                "CREATE TABLE note (t TEXT)", "INSERT INTO note VALUES ('a'), ('b')", "DELETE FROM note WHERE t = 'a'");

        assertThat(client.rows("SELECT t, _deleted FROM note ORDER BY t")).containsExactly("a|true", "b|false");
        client.run("STORAGE FLUSH TABLE note", "DELETE FROM note");
        assertThat(client.rows("SELECT t, _seq > 0 FROM note WHERE _deleted ORDER BY t"))
                .containsExactly("a|true", "b|true");
    }

    @Test
    void usersSeeTheirOwnDeletedRows() throws SQLException {
        client.run(
                "CREATE USER TABLE mine (id INT PRIMARY KEY, t TEXT)",
                "INSERT INTO mine VALUES (1, 'ann')",
                "DELETE FROM mine");
        try (Client bob = new Client("bob", TestDatabases.url(folder))) {
            assertThat(bob.rows("SELECT * FROM mine WHERE _deleted")).isEmpty();
            bob.run("INSERT INTO mine VALUES (1, 'bob')", "DELETE FROM mine", "INSERT INTO mine VALUES (1, 'again')");
            bob.run("TRUNCATE TABLE mine");
        }
        assertThat(client.rows("SELECT * FROM mine WHERE _deleted")).containsExactly("1|ann");
    }

    @Test
    void columnsOfDeletedRowsFollowTheTable() throws SQLException {
        client.run(
                "INSERT INTO item VALUES (4, NULL)",
                "DELETE FROM item WHERE id IN (2, 4)",
                "ALTER TABLE item ADD COLUMN price INT NOT NULL DEFAULT 7",
                "ALTER TABLE item ALTER COLUMN name SET NOT NULL");

        assertThat(client.rows("SELECT * FROM item WHERE _deleted ORDER BY id")).containsExactly("2|two|7", "4|null|7");
        assertThat(client.rows("SELECT coalesce(name, '-') || '!' FROM item WHERE _deleted ORDER BY id"))
                .containsExactly("two!", "-!");
    }

    @Test
    void viewsReadDeletedRowsIfTheyNameThem() throws SQLException {
        client.run(
                "DELETE FROM item WHERE id = 2",
                "CREATE VIEW living AS SELECT id, _seq AS version FROM item",
                "CREATE VIEW dead AS SELECT * FROM item WHERE _deleted");

        assertThat(client.rows("SELECT id FROM living WHERE version > 0 ORDER BY id"))
                .containsExactly("1", "3");
        assertThat(client.rows("SELECT * FROM dead")).containsExactly("2|two");
        assertThat(client.rows("SELECT d.id, i.id FROM dead d, item i ORDER BY i.id"))
                .containsExactly("2|1", "2|3");
    }

    @Test
    void indexesFindRowsByOtherColumnsAndDeletedRowsAreFoundWithout() throws SQLException {
        client.run("CREATE INDEX by_name ON item (name)", "DELETE FROM item WHERE id = 2");

        assertThat(client.rows("SELECT id, _seq > 0 FROM item WHERE name = 'one'"))
                .containsExactly("1|true");
        assertThat(client.rows("SELECT id FROM item WHERE name = 'two' AND _deleted"))
                .containsExactly("2");
        assertThat(client.rows("SELECT id FROM item WHERE name = 'two'")).isEmpty();
    }

    @Test
    void transactionsSeeTheirOwnDeletionsAndNotThoseOfOthers() throws SQLException {
        for (String level : List.of("READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE")) {
            client.run("INSERT INTO item VALUES (7, 'seven')");
            try (Client other = new Client("bob", TestDatabases.url(folder))) {
                other.run("BEGIN ISOLATION LEVEL " + level, "SELECT count(*) FROM item");
                client.run("BEGIN ISOLATION LEVEL " + level, "SAVEPOINT s", "DELETE FROM item WHERE id = 7");
                assertThat(client.rows("SELECT id FROM item WHERE _deleted")).containsExactly("7");
                assertThat(client.value("SELECT _seq FROM item WHERE id = 7 AND _deleted"))
                        .isEqualTo("0");
                assertThat(other.rows("SELECT id FROM item WHERE _deleted")).isEmpty();
                client.run("ROLLBACK TO s");
                assertThat(client.rows("SELECT id FROM item WHERE _deleted")).isEmpty();
                client.run("DELETE FROM item WHERE id = 7", "COMMIT");
                assertThat(other.rows("SELECT id FROM item WHERE _deleted"))
                        .isEqualTo(level.equals("READ COMMITTED") ? List.of("7") : List.of());
                other.run("ROLLBACK");
                assertThat(other.rows("SELECT id FROM item WHERE _deleted")).containsExactly("7");
            }
            client.run("INSERT INTO item VALUES (7, 'again')", "TRUNCATE TABLE item");
        }
    }

    @Test
    void readingDeletedRowsIsSerializable() throws SQLException {
        client.run("CREATE TABLE log (n INT PRIMARY KEY)");
        try (Client other = new Client("bob", TestDatabases.url(folder))) {
            client.run("BEGIN ISOLATION LEVEL SERIALIZABLE");
            assertThat(client.value("SELECT count(*) FROM item WHERE _deleted")).isEqualTo("0");
            client.run("INSERT INTO log VALUES (1)");
            other.run("DELETE FROM item WHERE id = 3");
            assertThat(client.failure("COMMIT").getSQLState()).isEqualTo("40001");
        }
    }

    @Test
    @Timeout(120)
    void whoeverRemembersTheGreatestNumberMissesNothing() throws Exception {
        int writers = 3;
        int commits = 150;
        client.run("TRUNCATE TABLE item");
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        List<Future<?>> writing = new ArrayList<>();
        for (int writer = 0; writer < writers; writer++) {
            int seed = writer;
            writing.add(threads.submit(() -> {
                write(seed, commits);
                return null;
            }));
        }
        Map<String, String> copy = new TreeMap<>();
        long greatest = 0;
        boolean last;
        do {
            last = writing.stream().allMatch(Future::isDone);
            for (String row : client.rows("SELECT id, name, _deleted, _seq FROM item WHERE _seq > " + greatest)) {
                String[] values = row.split("\\|");
                if (values[2].equals("true")) {
                    copy.remove(values[0]);
                } else {
                    copy.put(values[0], values[1]);
                }
                greatest = Math.max(greatest, Long.parseLong(values[3]));
            }
        } while (!last);
        for (Future<?> each : writing) {
            each.get();
        }
        threads.shutdown();

        List<String> expected = new ArrayList<>();
        copy.forEach((id, name) -> expected.add(id + "|" + name));
        assertThat(client.rows("SELECT * FROM item")).containsExactlyInAnyOrderElementsOf(expected);
    }

    /** Each writer has rows of its own, so that all commit at the same time. */
    private void write(int writer, int commits) throws SQLException {
        try (Client own = new Client("ann", TestDatabases.url(folder))) {
            Random random = new Random(writer);
            for (int commit = 0; commit < commits; commit++) {
                int id = 10 * writer + random.nextInt(10);
                if (random.nextInt(3) == 0) {
                    own.run("DELETE FROM item WHERE id = " + id);
                } else {
                    own.run("INSERT INTO item VALUES (" + id + ", 'v" + commit
                            + "') ON CONFLICT (id) DO UPDATE SET name = excluded.name");
                }
            }
        }
    }
}
