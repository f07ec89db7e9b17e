// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows in segments are rows like others. */
final class ColdTierTest {
    @TempDir
    private Path folder;

    private Client sql;

    @BeforeEach
    void open() {
        sql = new Client(TestDatabases.url(folder));
    }

    @AfterEach
    void close() throws SQLException {
        sql.close();
    }

    private void reopen() throws SQLException {
        sql.close();
        open();
    }

    private List<Path> segments() {
        Path cold = folder.resolve("cold");
        if (!Files.isDirectory(cold)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(cold)) {
            return files.filter(file -> file.toString().endsWith(".parquet"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void flushMovesRowsAndAnswersWhatItDid() throws SQLException {
        sql.run(
                "CREATE TABLE t (id INT PRIMARY KEY, v TEXT)",
                "INSERT INTO t SELECT x, 'v' || x FROM (VALUES 1, 2, 3) AS v (x)");
        assertThat(sql.rows("STORAGE FLUSH TABLE t")).containsExactly("FL-1|main|t|3|1|0");
        assertThat(sql.rows("STORAGE FLUSH TABLE t")).containsExactly("FL-2|main|t|0|0|0");
        assertThat(segments()).hasSize(1);
        assertThat(sql.rows("SELECT * FROM t ORDER BY id")).containsExactly("1|v1", "2|v2", "3|v3");
        assertThat(sql.rows("SELECT v FROM t WHERE id = 2")).containsExactly("v2");
        assertThat(sql.rows("SELECT job_type, table_name, status FROM system.jobs ORDER BY job_id"))
                .containsExactly("flush|t|completed", "flush|t|completed");
        assertThat(sql.rows("SELECT namespace_id, table_name, user_id, row_count, masked_rows, schema_version"
                        + " FROM system.manifest"))
                .containsExactly("main|t|null|3|0|1");
        assertThat(sql.rows("SELECT storage_id, storage_type FROM system.storages"))
                .containsExactly("local|filesystem");
    }

    @Test
    void changesOfColdRowsAreSeenAtOnceAndKept() throws SQLException {
        sql.run("CREATE TABLE t (id INT PRIMARY KEY, v INT)");
        sql.run("INSERT INTO t SELECT a.x * 10 + b.x, 0 FROM (VALUES 0, 1, 2, 3, 4, 5, 6, 7, 8, 9) AS a (x),"
                + " (VALUES 0, 1, 2, 3, 4, 5, 6, 7, 8, 9) AS b (x)");
        sql.run("STORAGE FLUSH TABLE t");
        assertThat(sql.update("UPDATE t SET v = 1 WHERE id < 10")).isEqualTo(10);
        assertThat(sql.update("DELETE FROM t WHERE id >= 90")).isEqualTo(10);
        assertThat(sql.update("DELETE FROM t WHERE id >= 90")).isZero();
        assertThat(sql.failure("INSERT INTO t VALUES (50, 0)").getSQLState()).isEqualTo("23505");
        assertThat(sql.failure("INSERT INTO t VALUES (5, 0)").getSQLState()).isEqualTo("23505");
        assertThat(sql.update("INSERT INTO t VALUES (95, 7)")).isEqualTo(1);
        assertThat(sql.update("INSERT INTO t VALUES (20, 3) ON CONFLICT (id) DO UPDATE SET v = 9"))
                .isEqualTo(1);
        for (int i = 0; i < 3; i++) {
            assertThat(sql.value("SELECT count(*), sum(v), min(id), max(id) FROM t"))
                    .isEqualTo("91|26|0|95");
            assertThat(sql.rows("SELECT id, v FROM t WHERE v > 1 ORDER BY id")).containsExactly("20|9", "95|7");
            if (i == 0) {
                assertThat(sql.value("SELECT masked_rows FROM system.manifest")).isEqualTo("21");
                reopen();
            } else {
                sql.run("STORAGE FLUSH ALL", "STORAGE COMPACT ALL IN NAMESPACE main");
                assertThat(sql.value("SELECT count(*), sum(row_count), sum(masked_rows) FROM system.manifest"))
                        .isEqualTo("1|91|0");
            }
        }
    }

    @Test
    void anOpenTransactionSeesNothingOfFlushAndCompaction() throws SQLException {
        sql.run("CREATE TABLE t (id INT PRIMARY KEY, v INT)", "INSERT INTO t VALUES (1, 1), (2, 2), (3, 3)");
        try (Client other = new Client(TestDatabases.url(folder))) {
            other.connection().setAutoCommit(false);
            other.connection().setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            assertThat(other.rows("SELECT * FROM t ORDER BY id")).containsExactly("1|1", "2|2", "3|3");
            other.run("UPDATE t SET v = 20 WHERE id = 2");
            sql.run("STORAGE FLUSH TABLE t", "UPDATE t SET v = 10 WHERE id = 1", "DELETE FROM t WHERE id = 3");
            sql.run("INSERT INTO t VALUES (4, 4)", "STORAGE FLUSH TABLE t", "STORAGE COMPACT TABLE t");
            assertThat(other.rows("SELECT * FROM t ORDER BY id")).containsExactly("1|1", "2|20", "3|3");
            assertThat(other.rows("SELECT v FROM t WHERE id = 3")).containsExactly("3");
            assertThat(other.failure("UPDATE t SET v = 0 WHERE id = 3").getSQLState())
                    .isEqualTo("40001");
            other.connection().rollback();
            other.run("UPDATE t SET v = 20 WHERE id = 2");
            sql.run("STORAGE FLUSH TABLE t", "STORAGE COMPACT TABLE t");
            other.connection().commit();
        }
        assertThat(sql.rows("SELECT * FROM t ORDER BY id")).containsExactly("1|10", "2|20", "4|4");
        sql.run("STORAGE FLUSH TABLE t", "STORAGE COMPACT TABLE t");
        assertThat(sql.rows("SELECT * FROM t ORDER BY id")).containsExactly("1|10", "2|20", "4|4");
    }

    @Test
    void anOpenCursorReadsOnWhileItsSegmentIsReplaced() throws SQLException {
        sql.run("CREATE TABLE t (id INT PRIMARY KEY)");
        for (int i = 0; i < 4; i++) {
            sql.run("INSERT INTO t VALUES (" + i + ")", "STORAGE FLUSH TABLE t");
        }
        try (Client other = new Client(TestDatabases.url(folder));
                Statement statement = other.connection().createStatement()) {
            statement.setFetchSize(1);
            try (ResultSet rows = statement.executeQuery("SELECT id FROM t")) {
                assertThat(rows.next()).isTrue();
                sql.run("DELETE FROM t WHERE id > 0", "STORAGE COMPACT TABLE t");
                int count = 1;
                while (rows.next()) {
                    count++;
                }
                assertThat(count).isEqualTo(4);
            }
        }
        assertThat(sql.value("SELECT count(*) FROM t")).isEqualTo("1");
    }

    @Test
    void segmentsAreReadThroughTheColumnsOfTheirTime() throws SQLException {
        sql.run(
                "CREATE TABLE t (id INT PRIMARY KEY, a SMALLINT, b TEXT)",
                "INSERT INTO t VALUES (1, 10, 'x'), (2, NULL, 'y')",
                "STORAGE FLUSH TABLE t",
                "ALTER TABLE t ADD COLUMN c INT DEFAULT 7",
                "ALTER TABLE t RENAME COLUMN a TO renamed",
                "ALTER TABLE t MODIFY COLUMN renamed BIGINT",
                "ALTER TABLE t DROP COLUMN b",
                "ALTER TABLE t ADD COLUMN b TEXT",
                "INSERT INTO t (id, renamed, b) VALUES (3, 5000000000, 'new')");
        for (int i = 0; i < 4; i++) {
            assertThat(sql.rows("SELECT id, renamed, c, b FROM t ORDER BY id"))
                    .containsExactly("1|10|7|null", "2|null|7|null", "3|5000000000|7|new");
            assertThat(sql.rows("SELECT renamed, c FROM t WHERE id = 1")).containsExactly("10|7");
            switch (i) {
                case 0 -> sql.run("STORAGE FLUSH TABLE t");
                case 1 -> sql.run("STORAGE COMPACT TABLE t");
                default -> reopen();
            }
        }
        assertThat(sql.update("UPDATE t SET renamed = renamed + 1 WHERE id = 1"))
                .isEqualTo(1);
        assertThat(sql.value("SELECT renamed FROM t WHERE id = 1")).isEqualTo("11");
    }

    @Test
    void otherEnginesReadTheFiles() throws SQLException {
        sql.run("CREATE TABLE t (id INT PRIMARY KEY, a BOOLEAN, b SMALLINT, d BIGINT, e FLOAT, f DOUBLE,"
                + " g DECIMAL(20, 4), g2 DECIMAL(9, 2), h VARCHAR(20), i JSON, j BYTES, k UUID, l DATE, m TIME,"
                + " n TIMESTAMP, o DATETIME, p EMBEDDING(3))");
        sql.run(
                "INSERT INTO t VALUES (1, TRUE, -2, 3, 1.5, 2.5, -12345678901234.5678, -0.05, 'hä', '{\"x\": 1}',"
                        + " X'0AFF', '00112233-4455-6677-8899-aabbccddeeff', '2024-02-29', '23:59:59.999999',"
                        + " '1969-12-31 23:59:59.000001', '2024-01-01T00:00:00+02:00', '[1, -2.5, 3]')",
                "INSERT INTO t (id) VALUES (2)",
                "INSERT INTO t (id, a, f, h) VALUES (3, FALSE, -0.0, '')",
                "STORAGE FLUSH TABLE t");
        String file = segments().get(0).toString();
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
            List<String> ours = sql.rows("SELECT id, a, b, d, e, f, CAST(g AS TEXT), CAST(g2 AS TEXT), h, i, k, l,"
                    + " CAST(n AS TEXT) FROM t ORDER BY id");
            try (ResultSet rows = statement.executeQuery(
                    "SELECT id, a, b, d, e, f, g::TEXT, g2::TEXT, h, i, k, l, n::TEXT FROM read_parquet('" + file
                            + "') ORDER BY id")) {
                assertThat(Client.rows(rows)).isEqualTo(ours);
            }
            try (ResultSet rows =
                    statement.executeQuery("SELECT hex(j), m::TEXT, epoch_us(o), p::TEXT, j IS NULL FROM read_parquet('"
                            + file + "') ORDER BY id")) {
                assertThat(Client.rows(rows))
                        .containsExactly(
                                "0AFF|23:59:59.999999|1704060000000000|[1.0, -2.5, 3.0]|false",
                                "null|null|null|null|true",
                                "null|null|null|null|true");
            }
            try (ResultSet rows = statement.executeQuery("SELECT name, field_id, logical_type FROM parquet_schema('"
                    + file + "') WHERE name IN ('id', 'g', 'k') ORDER BY name")) {
                assertThat(Client.rows(rows)).hasSize(3).allMatch(row -> !row.contains("|null|"));
            }
            try (ResultSet rows = statement.executeQuery(
                    "SELECT count(*) FROM read_parquet('" + file + "') WHERE id = 2 AND a IS NULL OR h = 'hä'")) {
                assertThat(Client.rows(rows)).containsExactly("2");
            }
        }
    }

    @Test
    void eachUserHasSegmentsOfTheirOwn() throws SQLException {
        sql.run("CREATE USER TABLE notes (id INT PRIMARY KEY, body TEXT)");
        try (Client alice = new Client("alice", TestDatabases.url(folder));
                Client bob = new Client("Bob%2F..", TestDatabases.url(folder))) {
            alice.run("INSERT INTO notes VALUES (1, 'a1'), (2, 'a2')");
            bob.run("INSERT INTO notes VALUES (1, 'b1')");
            assertThat(sql.rows("STORAGE FLUSH TABLE notes")).containsExactly("FL-1|main|notes|3|2|0");
            assertThat(segments()).hasSize(2).allMatch(file -> file.toString().contains("user="));
            assertThat(alice.rows("SELECT * FROM notes ORDER BY id")).containsExactly("1|a1", "2|a2");
            assertThat(bob.rows("SELECT * FROM notes")).containsExactly("1|b1");
            bob.run("DELETE FROM notes", "INSERT INTO notes VALUES (2, 'b2')");
            assertThat(bob.rows("SELECT * FROM notes WHERE id = 2")).containsExactly("2|b2");
            assertThat(alice.rows("SELECT * FROM notes WHERE id = 2")).containsExactly("2|a2");
        }
        assertThat(sql.rows("SELECT * FROM notes")).isEmpty();
    }

    @Test
    void indexesAndUniqueConstraintsFindColdRows() throws SQLException {
        sql.run(
                "CREATE TABLE t (id INT PRIMARY KEY, email TEXT UNIQUE, v INT)",
                "INSERT INTO t VALUES (1, 'a', 10), (2, 'b', 20)",
                "STORAGE FLUSH TABLE t",
                "CREATE INDEX by_v ON t (v)");
        assertThat(sql.rows("SELECT id FROM t WHERE v = 20")).containsExactly("2");
        assertThat(sql.rows("SELECT id FROM t WHERE email = 'a'")).containsExactly("1");
        assertThat(sql.failure("INSERT INTO t VALUES (3, 'a', 0)").getSQLState())
                .isEqualTo("23505");
        sql.run("UPDATE t SET email = 'c', v = 30 WHERE id = 1", "INSERT INTO t VALUES (3, 'a', 20)");
        assertThat(sql.rows("SELECT id FROM t WHERE v = 20 ORDER BY id")).containsExactly("2", "3");
        assertThat(sql.rows("SELECT id FROM t WHERE v = 10")).isEmpty();
        sql.run("STORAGE FLUSH TABLE t", "STORAGE COMPACT TABLE t");
        assertThat(sql.rows("SELECT id FROM t WHERE v = 30")).containsExactly("1");
    }

    @Test
    void droppedAndTruncatedTablesLeaveNoFiles() throws SQLException {
        sql.run("CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (1), (2)", "STORAGE FLUSH TABLE t");
        sql.run("TRUNCATE TABLE t");
        assertThat(sql.value("SELECT count(*) FROM t")).isEqualTo("0");
        sql.run("STORAGE COMPACT TABLE t");
        assertThat(segments()).isEmpty();
        sql.run("INSERT INTO t VALUES (1)", "STORAGE FLUSH TABLE t");
        assertThat(segments()).hasSize(1);
        sql.run("DROP TABLE t");
        assertThat(segments()).isEmpty();
        assertThat(sql.rows("SELECT * FROM system.manifest")).isEmpty();
    }

    @Test
    void policiesFlushInTheBackground() throws SQLException, InterruptedException {
        sql.run(
                "CREATE TABLE by_rows (id INT PRIMARY KEY) WITH (FLUSH_POLICY = 'rows:3')",
                "CREATE TABLE by_time (id INT PRIMARY KEY) WITH (FLUSH_POLICY = 'interval:1')",
                "CREATE TABLE never (id INT PRIMARY KEY)",
                "INSERT INTO by_rows VALUES (1), (2), (3)",
                "INSERT INTO by_time VALUES (1)",
                "INSERT INTO never VALUES (1)");
        String flushed = "SELECT DISTINCT table_name FROM system.manifest ORDER BY table_name";
        for (int i = 0; i < 300 && sql.rows(flushed).size() < 2; i++) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        assertThat(sql.rows(flushed)).containsExactly("by_rows", "by_time");
        assertThat(sql.value("SELECT count(*) FROM by_rows")).isEqualTo("3");
    }

    @Test
    void aDamagedSegmentIsNamedAndTheRestIsReadable() throws SQLException, IOException {
        sql.run(
                // Most bytes of its segment are those of the text.
                "CREATE TABLE t (id INT PRIMARY KEY, v TEXT) WITH (COMPRESSION = 'none')",
                "CREATE TABLE other (id INT PRIMARY KEY)",
                "INSERT INTO t VALUES (1, REPEAT('v', 9000))",
                "INSERT INTO other VALUES (1)",
                "STORAGE FLUSH ALL");
        sql.close();
        String name = Files.readAllLines(writeNames()).get(0);
        Path damaged = segments().stream()
                .filter(file -> file.toString().endsWith(name))
                .findFirst()
                .orElseThrow();
        byte[] bytes = Files.readAllBytes(damaged);
        for (byte[] wrong :
                List.of(Arrays.copyOf(bytes, bytes.length / 2), "not a segment".getBytes(), flipped(bytes))) {
            Files.write(damaged, wrong);
            open();
            SQLException failure = sql.failureOfReading("SELECT * FROM t");
            assertThat(failure.getSQLState()).isEqualTo("XX001");
            assertThat((Throwable) failure)
                    .hasMessageContaining(damaged.getFileName().toString());
            assertThat(sql.rows("SELECT * FROM other")).containsExactly("1");
            sql.close();
        }
        Files.write(damaged, bytes);
        open();
        assertThat(sql.rows("SELECT id, LENGTH(v) FROM t")).containsExactly("1|9000");
    }

    /** The file name of the segment of table t, in a file of its own. */
    private Path writeNames() throws SQLException, IOException {
        open();
        String file = sql.value("SELECT file FROM system.manifest WHERE table_name = 't'");
        sql.close();
        return Files.writeString(
                folder.resolveSibling(folder.getFileName() + ".names"), file.substring(file.lastIndexOf('/') + 1));
    }

    private static byte[] flipped(byte[] bytes) {
        byte[] flipped = bytes.clone();
        flipped[bytes.length / 3] ^= 0x10;
        return flipped;
    }

    @Test
    void filesThatNothingNamesGoAway() throws SQLException, IOException, InterruptedException {
        sql.run("CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (1)", "STORAGE FLUSH TABLE t");
        Path segment = segments().get(0);
        Path leftover = segment.resolveSibling("000000000000.parquet");
        Files.copy(segment, leftover);
        reopen();
        for (int i = 0; i < 300 && Files.exists(leftover); i++) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        assertThat(segments()).containsExactly(segment);
        assertThat(sql.value("SELECT count(*) FROM t")).isEqualTo("1");
    }

    @Test
    void whatHasNoSegmentsSaysSo() throws SQLException {
        sql.run("CREATE STREAM TABLE s (id INT PRIMARY KEY) TTL 60");
        assertThat(sql.failure("STORAGE FLUSH TABLE s").getSQLState()).isEqualTo("0A000");
        assertThat(sql.failure("STORAGE FLUSH TABLE missing").getSQLState()).isEqualTo("42P01");
        assertThat(sql.failure("STORAGE FLUSH ALL IN missing").getSQLState()).isEqualTo("3F000");
        assertThat(sql.failure("STORAGE MELT TABLE s").getSQLState()).isEqualTo("42601");
        try (Client memory = new Client(TestDatabases.freshMemoryUrl())) {
            memory.run("CREATE TABLE t (id INT PRIMARY KEY)");
            SQLException failure = memory.failure("STORAGE FLUSH TABLE t");
            assertThat(failure.getSQLState()).isEqualTo("0A000");
            assertThat((Throwable) failure).hasMessageContaining("memory");
        }
    }
}
