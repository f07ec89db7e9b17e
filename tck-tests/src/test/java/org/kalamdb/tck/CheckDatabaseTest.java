// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CHECK names what is damaged and reads on. */
final class CheckDatabaseTest {
    @TempDir
    private Path folder;

    private Client sql;

    @BeforeEach
    void open() throws SQLException {
        sql = new Client(TestDatabases.url(folder));
    }

    @AfterEach
    void close() throws SQLException {
        sql.close();
    }

    private void reopen() throws SQLException {
        close();
        open();
    }

    private void fill() throws SQLException {
        sql.run(
                "CREATE TABLE parent (id INT PRIMARY KEY, v TEXT UNIQUE)",
                "CREATE TABLE child (id INT PRIMARY KEY, parent_id INT REFERENCES parent (id), note TEXT)",
                "CREATE INDEX by_parent ON child (parent_id)",
                "CREATE USER TABLE mine (id INT PRIMARY KEY, v TEXT)",
                "CREATE TABLE keyless (v TEXT)",
                "CREATE STREAM TABLE events (id INT PRIMARY KEY) WITH (TTL_SECONDS = 3600)");
        sql.run(
                "INSERT INTO parent " + rows(100, id -> id + ", 'p" + id + "'"),
                "INSERT INTO child " + rows(100, id -> id + ", " + id / 2 + ", '" + "note ".repeat(30) + id + "'"),
                "INSERT INTO mine VALUES (1, 'x')",
                "INSERT INTO keyless VALUES ('a'), ('b')",
                "INSERT INTO events VALUES (1)",
                "STORAGE FLUSH ALL",
                "DELETE FROM child WHERE id = 5",
                "UPDATE parent SET v = 'changed' WHERE id = 7",
                "INSERT INTO keyless VALUES ('c')",
                "ALTER TABLE child ADD COLUMN more INT NOT NULL DEFAULT 3",
                "INSERT INTO child VALUES (1000, 1, NULL, 4)");
    }

    private static String rows(int count, IntFunction<String> values) {
        return IntStream.range(0, count)
                .mapToObj(id -> "(" + values.apply(id) + ")")
                .collect(Collectors.joining(", ", "VALUES ", ""));
    }

    @Test
    void soundDatabaseHasNoFindings() throws SQLException {
        fill();
        assertThat(sql.rows("CHECK DATABASE")).isEmpty();
        assertThat(sql.rows("CHECK TABLE child")).isEmpty();
        assertThat(sql.rows("CHECK NAMESPACE main")).isEmpty();
        assertThat(sql.rows("SELECT job_type, namespace_id, table_name, result FROM system.jobs"
                        + " WHERE job_type = 'check' ORDER BY job_id"))
                .containsExactly(
                        "check|*|null|0 errors, 0 warnings",
                        "check|main|child|0 errors, 0 warnings",
                        "check|main|null|0 errors, 0 warnings");
        sql.run("STORAGE COMPACT ALL", "DROP TABLE child", "TRUNCATE TABLE keyless");
        reopen();
        assertThat(sql.rows("CHECK DATABASE")).isEmpty();
        assertThat(sql.failure("CHECK TABLE nowhere").getSQLState()).isEqualTo("42P01");
        assertThat(sql.failure("CHECK").getSQLState()).isEqualTo("42601");
    }

    @Test
    void databaseInMemoryIsCheckedToo() throws SQLException {
        try (Client memory = new Client(TestDatabases.freshMemoryUrl())) {
            memory.run("CREATE TABLE t (id INT PRIMARY KEY, v INT UNIQUE)", "INSERT INTO t VALUES (1, 1)");
            assertThat(memory.rows("CHECK DATABASE")).isEmpty();
        }
    }

    @Test
    void damagedSegmentIsNamedAndOthersAreRead() throws Exception {
        fill();
        String file = sql.value("SELECT file FROM system.manifest WHERE table_name = 'child'");
        close();
        damage(folder.resolve("cold").resolve(file), 200);
        open();

        List<String> findings = sql.rows("CHECK DATABASE");

        assertThat(findings)
                .anyMatch(finding ->
                        finding.startsWith("main|child|segment " + file + "|error|") && finding.contains("checksum"))
                .allMatch(finding -> finding.startsWith("main|child|"));
        assertThat(sql.value("SELECT count(*) FROM parent")).isEqualTo("100");
        assertThat(sql.failureOfReading("SELECT * FROM child").getSQLState()).isEqualTo("XX001");
    }

    @Test
    void missingSegmentIsNamed() throws Exception {
        fill();
        String file = sql.value("SELECT file FROM system.manifest WHERE table_name = 'mine'");
        close();
        Files.delete(folder.resolve("cold").resolve(file));
        open();

        assertThat(sql.rows("CHECK DATABASE"))
                .singleElement()
                .asString()
                .startsWith("main|mine|segment " + file + "|error|")
                .contains("No such file");
    }

    @Test
    void damagedFileOfTheKeyValueStoreIsNamed() throws Exception {
        sql.run("CREATE TABLE t (id INT PRIMARY KEY, v TEXT)", "CREATE TABLE other (id INT PRIMARY KEY)");
        sql.run("INSERT INTO other VALUES (1)");
        sql.run("INSERT INTO t " + rows(1000, id -> id + ", '" + UUID.randomUUID() + UUID.randomUUID() + "'"));
        // Opening moves rows from the log to files.
        reopen();
        close();
        Path largest = largestStoreFile();
        damage(largest, Files.size(largest) / 3);
        open();

        List<String> findings = sql.rows("CHECK DATABASE");

        assertThat(findings)
                .anyMatch(finding -> finding.startsWith("null|null|file " + largest + "|error|"))
                .anyMatch(finding -> finding.startsWith("main|t|hot rows|error|")
                        && finding.contains(largest.getFileName().toString()));
        assertThat(sql.failureOfReading("SELECT * FROM t").getSQLState()).isEqualTo("XX001");
        assertThat(sql.rows("SELECT id FROM other")).containsExactly("1");
        closeDamaged();
    }

    /** In the background the damage may have been met too, after which nothing can be written and closing says so. */
    private void closeDamaged() throws SQLException {
        try {
            sql.close();
        } catch (SQLException e) {
            assertThat(e.getSQLState()).isEqualTo("XX001");
        }
        sql = new Client(TestDatabases.freshMemoryUrl());
    }

    private Path largestStoreFile() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("hot"))) {
            return files.filter(file -> file.toString().endsWith(".sst"))
                    .max(Comparator.comparingLong(file -> file.toFile().length()))
                    .orElseThrow();
        }
    }

    private static void damage(Path file, long at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        for (int i = 0; i < 8; i++) {
            bytes[(int) at + i] ^= 0x55;
        }
        Files.write(file, bytes);
    }
}
