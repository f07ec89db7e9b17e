// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Transactions that add so many rows to a table that these go straight to a segment. */
final class LargeInsertTest {
    private static final int ROWS = 66_000;
    private static final String MANY =
            "INSERT INTO t SELECT x, 'v' || x, x / 10 FROM GENERATE_SERIES(1, " + ROWS + ") AS s (x)";
    private static final String MANIFEST =
            "SELECT table_name, row_count, masked_rows FROM system.manifest ORDER BY table_name, row_count";

    @TempDir
    private Path folder;

    private Client sql;

    @BeforeEach
    void open() throws SQLException {
        sql = new Client(TestDatabases.url(folder));
        sql.run("CREATE TABLE t (id INT PRIMARY KEY, v TEXT, n INT)");
    }

    @AfterEach
    void close() throws SQLException {
        sql.close();
    }

    private List<Path> segments() {
        Path cold = folder.resolve("cold");
        if (!Files.isDirectory(cold)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(cold)) {
            return files.filter(file -> file.toString().endsWith(".parquet")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void areRowsLikeOthers() throws SQLException {
        sql.run("CREATE UNIQUE INDEX by_v ON t (v)", "CREATE TABLE r (id INT PRIMARY KEY, t_id INT REFERENCES t (id))");
        assertThat(sql.update(MANY)).isEqualTo(ROWS);

        assertThat(sql.rows(MANIFEST)).containsExactly("t|" + ROWS + "|0");
        assertThat(sql.rows("STORAGE FLUSH TABLE t")).allMatch(row -> row.endsWith("|t|0|0|0"));
        assertThat(sql.value("SELECT count(*), min(id), max(id), sum(n) FROM t"))
                .isEqualTo(ROWS + "|1|" + ROWS + "|217773600");
        assertThat(sql.rows("SELECT * FROM t WHERE id = 4711")).containsExactly("4711|v4711|471");
        assertThat(sql.rows("SELECT id FROM t WHERE v = 'v33000'")).containsExactly("33000");
        assertThat(sql.failure("INSERT INTO t VALUES (5, 'x', 0)").getSQLState())
                .isEqualTo("23505");
        assertThat(sql.failure("INSERT INTO t VALUES (0, 'v5', 0)").getSQLState())
                .isEqualTo("23505");
        assertThat(sql.failure("INSERT INTO r VALUES (1, 0)").getSQLState()).isEqualTo("23503");
        sql.run("INSERT INTO r VALUES (1, 7)", "UPDATE t SET n = -1 WHERE id = 9", "DELETE FROM t WHERE id = 10");
        assertThat(sql.rows(MANIFEST)).containsExactly("t|" + ROWS + "|2");
        sql.close();
        sql = new Client(TestDatabases.url(folder));
        assertThat(sql.rows("SELECT id, n FROM t WHERE id BETWEEN 8 AND 11 ORDER BY id"))
                .containsExactly("8|0", "9|-1", "11|1");
    }

    @Test
    void failAsAWholeAndLeaveNoFile() throws SQLException {
        sql.run("INSERT INTO t VALUES (60000, 'there', 0)");

        assertThat(sql.failure(MANY).getSQLState()).isEqualTo("23505");
        sql.run("BEGIN", "DELETE FROM t", MANY, "ROLLBACK");

        assertThat(segments()).isEmpty();
        assertThat(sql.rows("SELECT * FROM t")).containsExactly("60000|there|0");
    }

    @Test
    void areSeenByTheirOwnTransactionBeforeAndByOthersAfter() throws SQLException {
        try (Client other = new Client(TestDatabases.url(folder))) {
            sql.run("BEGIN", MANY, "DELETE FROM t WHERE id > 65990", "SAVEPOINT s", "DELETE FROM t", "ROLLBACK TO s");
            assertThat(sql.value("SELECT count(*) FROM t")).isEqualTo("65990");
            assertThat(other.value("SELECT count(*) FROM t")).isEqualTo("0");
            assertThat(segments()).isEmpty();
            sql.run("COMMIT");
            assertThat(other.value("SELECT count(*) FROM t")).isEqualTo("65990");
        }
    }

    @Test
    void stayHotBesideChangesOfOtherRows() throws SQLException {
        sql.run("INSERT INTO t VALUES (0, 'old', 0)", "BEGIN", "UPDATE t SET n = 1 WHERE id = 0", MANY, "COMMIT");

        assertThat(segments()).isEmpty();
        assertThat(sql.value("SELECT count(*), sum(n) FROM t")).isEqualTo((ROWS + 1) + "|217773601");
    }

    @Test
    void belongToUsersAndComeInBatchesAndFromFiles(@TempDir Path files) throws SQLException {
        sql.run("CREATE TABLE u (id INT PRIMARY KEY, v TEXT) WITH (TYPE = 'USER')", "CREATE TABLE k (v INT)");
        try (PreparedStatement insert = sql.connection().prepareStatement("INSERT INTO u VALUES (?, ?)")) {
            for (int i = 0; i < ROWS; i++) {
                insert.setInt(1, i);
                insert.setString(2, i % 7 == 0 ? null : "v" + i);
                insert.addBatch();
            }
            insert.executeBatch();
        }
        Path file = files.resolve("u.csv");
        sql.run(
                "COPY (SELECT id FROM u) TO '" + file + "'",
                "COPY k FROM '" + file + "' (HEADER TRUE)",
                "CREATE TABLE made AS SELECT * FROM u");

        assertThat(sql.rows(MANIFEST)).containsExactly("k|66000|0", "made|66000|0", "u|66000|0");
        assertThat(sql.value("SELECT count(*), count(v) FROM u")).isEqualTo("66000|56571");
        assertThat(sql.value("SELECT sum(CAST(v AS BIGINT)) FROM k")).isEqualTo("2177967000");
        try (Client other = new Client("somebody", TestDatabases.url(folder))) {
            assertThat(other.value("SELECT count(*) FROM u")).isEqualTo("0");
        }
    }

    @Test
    void areThereOrNotAfterAKill() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        sql.close();
        int acknowledged = 0;
        for (int round = 0; round < 2; round++) {
            acknowledged = writeAndKill(acknowledged, random.nextInt(1500));
            sql = new Client(TestDatabases.url(folder));
            List<String> counts = sql.rows("SELECT n, count(*) FROM t GROUP BY n ORDER BY n");
            assertThat(counts).as("seed %d", seed).hasSizeBetween(acknowledged, acknowledged + 1);
            for (int n = 0; n < counts.size(); n++) {
                assertThat(counts.get(n)).as("seed %d", seed).isEqualTo(n + "|" + ROWS);
            }
            acknowledged = counts.size();
            for (String named : sql.rows("SELECT file FROM system.manifest")) {
                assertThat(folder.resolve("cold").resolve(named))
                        .as("seed %d", seed)
                        .exists();
            }
            sql.close();
        }
        sql = new Client(TestDatabases.url(folder));
    }

    private int writeAndKill(int first, int millis) throws IOException, InterruptedException {
        Process writer = ChildJvm.start(Writer.class, folder.toString(), Integer.toString(first));
        int acknowledged = first;
        try (BufferedReader output = writer.inputReader(StandardCharsets.US_ASCII)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.endsWith(" done")) {
                    acknowledged++;
                    if (acknowledged == first + 1) {
                        Thread.sleep(millis);
                        writer.toHandle().destroyForcibly();
                    }
                }
            }
        }
        assertThat(writer.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return acknowledged;
    }

    /** What is killed: adds many rows at a time until then. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) throws SQLException {
            int first = Integer.parseInt(arguments[1]);
            try (Client sql = new Client(TestDatabases.url(Path.of(arguments[0])))) {
                for (int n = first; ; n++) {
                    sql.run("INSERT INTO t SELECT x + " + n * ROWS + ", 'v', " + n + " FROM GENERATE_SERIES(1, " + ROWS
                            + ") AS s (x)");
                    System.out.println(n + " done");
                    System.out.flush();
                }
            }
        }
    }
}
