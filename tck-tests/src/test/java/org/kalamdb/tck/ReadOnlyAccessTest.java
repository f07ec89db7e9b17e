// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code access=read-only}: beside a process that writes, beside connections that write, and where nobody writes. */
final class ReadOnlyAccessTest {
    /** Only so that the test ends if nothing is followed at all. */
    private static final long MAX_NANOS_TO_FOLLOW = TimeUnit.MINUTES.toNanos(5);

    @TempDir
    private Path folder;

    private Path database() {
        return folder.resolve("db");
    }

    private String url() {
        return TestDatabases.url(database());
    }

    private String readOnlyUrl() {
        return url() + "?access=read-only";
    }

    @Test
    void nothingCanBeWritten() throws SQLException {
        try (Client writer = new Client(url())) {
            writer.run("CREATE TABLE t (id INT PRIMARY KEY, v TEXT)", "INSERT INTO t VALUES (1, 'a')");
            requireRefusals();
        }
        requireRefusals();
        try (Client writer = new Client(url())) {
            assertThat(writer.rows("SELECT * FROM t")).containsExactly("1|a");
        }
    }

    private void requireRefusals() throws SQLException {
        try (Client reader = new Client(readOnlyUrl())) {
            for (String statement : List.of(
                    "INSERT INTO t VALUES (2, 'b')",
                    "UPDATE t SET v = 'c'",
                    "DELETE FROM t",
                    "TRUNCATE TABLE t",
                    "CREATE TABLE u (id INT PRIMARY KEY)",
                    "DROP TABLE t",
                    "CREATE NAMESPACE n",
                    "CREATE VIEW w AS SELECT 1 AS one",
                    "CREATE INDEX i ON t (v)",
                    "ALTER TABLE t ADD COLUMN w INT",
                    "STORAGE FLUSH TABLE t",
                    "STORAGE COMPACT ALL",
                    "COPY t FROM '" + folder.resolve("none.csv") + "'",
                    "RESTORE DATABASE FROM '" + folder.resolve("none") + "'",
                    "BEGIN READ WRITE",
                    "SET default_transaction_read_only = off",
                    "SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE")) {
                assertThat(reader.failure(statement).getSQLState())
                        .as(statement)
                        .isEqualTo("25006");
            }
            Connection connection = reader.connection();
            assertThat(connection.isReadOnly()).isTrue();
            assertThatThrownBy(() -> connection.setReadOnly(false))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("access=read-only");
            reader.run("BEGIN");
            assertThat(reader.failure("DELETE FROM t").getSQLState()).isEqualTo("25006");
            reader.run("ROLLBACK");
            assertThat(reader.rows("SELECT * FROM t")).containsExactly("1|a");
        }
    }

    @Test
    void sharesADatabaseThatThisProcessWrites() throws SQLException {
        try (Client writer = new Client(url());
                Client reader = new Client(readOnlyUrl())) {
            writer.run("CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (1)");
            assertThat(reader.rows("SELECT * FROM t")).containsExactly("1");
            writer.run("INSERT INTO t VALUES (2)");
            assertThat(reader.rows("SELECT * FROM t ORDER BY id")).containsExactly("1", "2");
        }
    }

    @Test
    void leavesTheFolderAsItIs() throws SQLException, IOException {
        try (Client writer = new Client(url())) {
            writer.run(
                    "CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, v TEXT UNIQUE)",
                    "INSERT INTO t (v) VALUES ('a'), ('b')",
                    "STORAGE FLUSH TABLE t",
                    "INSERT INTO t (v) VALUES ('c')");
        }
        Map<String, String> before = files();

        try (Client reader = new Client(readOnlyUrl())) {
            assertThat(reader.rows("SELECT v FROM t ORDER BY id")).containsExactly("a", "b", "c");
            assertThat(reader.rows("SELECT id FROM t WHERE v = 'b'")).containsExactly("2");
            assertThat(reader.rows("CHECK DATABASE")).isEmpty();
            reader.run("BACKUP DATABASE TO '" + folder.resolve("backup") + "'");
        }

        assertThat(files()).isEqualTo(before);
        try (Client backup = new Client(TestDatabases.url(folder.resolve("backup")))) {
            assertThat(backup.rows("SELECT v FROM t ORDER BY id")).containsExactly("a", "b", "c");
        }
    }

    /** Sizes and times of all files. */
    private Map<String, String> files() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> tree = Files.walk(database())) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                files.put(
                        database().relativize(file).toString(),
                        Files.size(file) + " " + Files.getLastModifiedTime(file));
            }
        }
        return files;
    }

    @Test
    void makesNoDatabase() {
        assertThatThrownBy(() -> DriverManager.getConnection(readOnlyUrl()))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("not a database");
        assertThat(database()).doesNotExist();
        assertThatThrownBy(() -> DriverManager.getConnection("jdbc:kalamdb:mem:none?access=read-only"))
                .hasMessageContaining("nobody has it open for writing");
        assertThatThrownBy(() -> DriverManager.getConnection(url() + "?access=none"))
                .hasMessageContaining("read-write or read-only");
    }

    /** The other process writes, moves rows, alters and drops; what is read is always one moment, and moves on. */
    @Test
    void followsAnotherProcessThatWrites() throws Exception {
        try (Client writer = new Client(url())) {
            writer.run(
                    "CREATE TABLE step (id INT PRIMARY KEY, v TEXT)",
                    "CREATE INDEX by_v ON step (v)",
                    "CREATE TABLE last (id INT PRIMARY KEY, n INT)",
                    "INSERT INTO last VALUES (1, 0)");
        }
        Process process = ChildJvm.start(Writer.class, url());
        try (BufferedReader output = process.inputReader(StandardCharsets.US_ASCII)) {
            assertThat(output.readLine()).isEqualTo("ready");
            try (Client reader = new Client(readOnlyUrl())) {
                follow(reader);
                requireStableResult(reader);
                assertThat(database().toFile().list()).anyMatch(name -> name.startsWith("kalamdb-reader-"));
            }
            assertThat(process.isAlive()).isTrue();
            assertThat(database().toFile().list()).noneMatch(name -> name.startsWith("kalamdb-reader-"));
        } finally {
            process.toHandle().destroyForcibly();
            process.waitFor();
        }
        try (Client writer = new Client(url())) {
            requireOneMoment(writer);
            assertThat(writer.rows("CHECK DATABASE")).isEmpty();
        }
    }

    private static int requireOneMoment(Client client) throws SQLException {
        String[] row = client.value("SELECT (SELECT count(*) FROM step), (SELECT max(id) FROM step),"
                        + " (SELECT n FROM last), (SELECT count(*) FROM step WHERE v >= 'a')")
                .split("\\|", -1);
        int last = Integer.parseInt(row[2]);
        assertThat(row[0]).isEqualTo(row[2]).isEqualTo(row[3]);
        assertThat(row[1]).isEqualTo(last == 0 ? "null" : row[2]);
        return last;
    }

    /** Reads until the writer has flushed, compacted, and altered several times under the reader's eyes. */
    private static void follow(Client reader) throws SQLException {
        long start = System.nanoTime();
        int last = 0;
        int moments = 0;
        while (moments < 5 || Integer.parseInt(reader.value("SELECT count(*) FROM system.manifest")) == 0) {
            int now = requireOneMoment(reader);
            assertThat(now).isGreaterThanOrEqualTo(last);
            if (now > last) {
                moments++;
            }
            last = now;
            assertThat(System.nanoTime() - start).as("time to follow").isLessThan(MAX_NANOS_TO_FOLLOW);
        }
    }

    /** A result that is open, and a transaction, stay at their moment while the writer replaces all files. */
    private static void requireStableResult(Client reader) throws SQLException {
        reader.run("BEGIN");
        int last = requireOneMoment(reader);
        try (Statement statement = reader.connection().createStatement();
                ResultSet rows = statement.executeQuery("SELECT id, v FROM step")) {
            assertThat(rows.next()).isTrue();
            int count = 1;
            long start = System.nanoTime();
            try (Client other =
                    new Client(statement.getConnection().getMetaData().getURL() + "?access=read-only")) {
                while (requireOneMoment(other) < last + 70) {
                    assertThat(System.nanoTime() - start).isLessThan(MAX_NANOS_TO_FOLLOW);
                }
            }
            while (rows.next()) {
                count++;
            }
            assertThat(count).isEqualTo(last);
        }
        assertThat(requireOneMoment(reader)).isEqualTo(last);
        reader.run("COMMIT");
    }

    /** The other process. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) throws SQLException {
            try (Client sql = new Client(arguments[0])) {
                System.out.println("ready");
                for (int step = 1; ; step++) {
                    sql.run(
                            "BEGIN",
                            "INSERT INTO step VALUES (" + step + ", 'v" + step + "')",
                            "UPDATE last SET n = " + step,
                            "COMMIT");
                    if (step % 20 == 0) {
                        sql.run("STORAGE FLUSH ALL", "UPDATE step SET v = v || 'x' WHERE id = " + step / 2);
                    }
                    if (step % 60 == 0) {
                        sql.run("STORAGE COMPACT ALL");
                    }
                    if (step % 50 == 0) {
                        sql.run(
                                "CREATE TABLE other (id INT PRIMARY KEY)",
                                "INSERT INTO other VALUES (1)",
                                "STORAGE FLUSH TABLE other",
                                "DROP TABLE other",
                                "ALTER TABLE step ADD COLUMN c" + step + " INT DEFAULT 1");
                    }
                }
            }
        }
    }
}
