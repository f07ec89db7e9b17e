// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of the key-value store that are cut, gone or cannot grow: what was acknowledged is there, or the file is named. */
final class DamagedFolderTest {
    private static final int ROWS = 200;

    @TempDir
    private Path folder;

    private Path database() {
        return folder.resolve("db");
    }

    private String url() {
        return TestDatabases.url(database());
    }

    /** One commit for each row. */
    private void write() throws SQLException {
        try (Client sql = new Client(url())) {
            sql.run("CREATE TABLE t (id INT PRIMARY KEY, v TEXT)");
            for (int id = 0; id < ROWS; id++) {
                sql.run("INSERT INTO t VALUES (" + id + ", 'value " + id + "')");
            }
        }
    }

    private Path file(String ending) throws IOException {
        try (Stream<Path> files = Files.list(database().resolve("hot"))) {
            return files.filter(file -> file.getFileName().toString().matches(ending))
                    .max(Comparator.comparingLong(file -> file.toFile().length()))
                    .orElseThrow();
        }
    }

    @Test
    void logThatIsCutKeepsAllCommitsBeforeTheCut() throws Exception {
        write();
        Path log = file(".*\\.log");
        long seed = System.nanoTime();
        Random random = new Random(seed);
        long length = Files.size(log);
        int last = ROWS;
        for (int cut = 0; cut < 3; cut++) {
            length = length / 2 + random.nextInt((int) (length / 2));
            Path copy = folder.resolve("copy" + cut);
            copyFolder(database(), copy);
            try (RandomAccessFile file = new RandomAccessFile(
                    copy.resolve("hot").resolve(log.getFileName()).toFile(), "rw")) {
                file.setLength(length);
            }
            try (Client sql = new Client(TestDatabases.url(copy))) {
                List<String> ids = sql.rows("SELECT id FROM t ORDER BY id");
                assertThat(ids.size()).as("seed " + seed).isBetween(1, last);
                for (int id = 0; id < ids.size(); id++) {
                    assertThat(ids.get(id)).as("seed " + seed).isEqualTo(Integer.toString(id));
                }
                last = ids.size();
                assertThat(sql.rows("CHECK DATABASE")).isEmpty();
                sql.run("INSERT INTO t VALUES (-1, 'new')");
            }
        }
    }

    private static void copyFolder(Path from, Path to) throws IOException {
        try (Stream<Path> tree = Files.walk(from)) {
            for (Path path : tree.toList()) {
                Files.copy(path, to.resolve(from.relativize(path)));
            }
        }
    }

    @Test
    void missingFilesAreNamed() throws Exception {
        write();
        try (Client sql = new Client(url())) {
            // Opening has moved the rows from the log to a file.
            assertThat(sql.value("SELECT count(*) FROM t")).isEqualTo(Integer.toString(ROWS));
        }
        for (String ending : List.of("CURRENT", "MANIFEST-.*", ".*\\.sst")) {
            Path file = file(ending);
            Path kept = folder.resolve("kept");
            Files.move(file, kept);

            requireNamed(file, url());
            requireNamed(file, url() + "?access=read-only");

            Files.move(kept, file);
            try (Client sql = new Client(url())) {
                assertThat(sql.value("SELECT count(*) FROM t")).isEqualTo(Integer.toString(ROWS));
            }
        }
    }

    private static void requireNamed(Path file, String url) {
        SQLException failure = catchThrowableOfType(
                SQLException.class, () -> DriverManager.getConnection(url).close());
        assertThat((Throwable) failure).as("without %s", file).isNotNull();
        assertThat(failure.getSQLState()).as(failure.getMessage()).isEqualTo("XX001");
        assertThat(failure.getMessage()).contains(file.getFileName().toString());
    }

    /** A process whose files cannot grow beyond a size keeps what it has acknowledged and says what to do. */
    @Test
    void filesThatCannotGrowLoseNothing() throws Exception {
        Path shell = Path.of("/bin/bash");
        assumeTrue(Files.isExecutable(shell), "limits are set by a shell");
        try (Client sql = new Client(url())) {
            sql.run("CREATE TABLE t (id INT PRIMARY KEY, v TEXT)");
        }
        Process process = ChildJvm.startLimited(
                shell, "ulimit -f 3000", "-Djava.library.path=" + unpackLibrary(), Writer.class, url());
        int acknowledged = 0;
        String failure = "";
        try (BufferedReader output = process.inputReader(StandardCharsets.US_ASCII)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith("done ")) {
                    acknowledged = Integer.parseInt(line.substring("done ".length()));
                } else {
                    failure = line;
                }
            }
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(acknowledged).isPositive();
        assertThat(failure).startsWith("58030 58030 ").contains("open the database again");
        try (Client sql = new Client(url())) {
            String[] found = sql.value("SELECT count(*), max(id) FROM t").split("\\|", -1);
            assertThat(found[0]).isEqualTo(found[1]);
            assertThat(Integer.parseInt(found[0])).isBetween(acknowledged, acknowledged + 1);
            assertThat(sql.rows("CHECK DATABASE")).isEmpty();
            sql.run("INSERT INTO t VALUES (0, 'new')");
        }
    }

    /** The native library is larger than the limit, so that the process cannot unpack it by itself. */
    private Path unpackLibrary() throws IOException {
        String name = "librocksdbjni-linux64.so";
        Path libraries = Files.createDirectory(folder.resolve("libraries"));
        try (InputStream library = DamagedFolderTest.class.getResourceAsStream("/" + name)) {
            assumeTrue(library != null, "there is no " + name);
            Files.copy(library, libraries.resolve(name));
        }
        return libraries;
    }

    /** Writes until it cannot, tries once more, and says how both failed. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) {
            String value = "x".repeat(20_000);
            try (Client sql = new Client(arguments[0])) {
                int id = 1;
                String first = null;
                while (first == null) {
                    try {
                        sql.run("INSERT INTO t VALUES (" + id + ", '" + value + "')");
                        System.out.println("done " + id++);
                    } catch (SQLException e) {
                        first = e.getSQLState();
                    }
                }
                SQLException second = sql.failure("INSERT INTO t VALUES (-1, 'small')");
                System.out.println(first + " " + second.getSQLState() + " " + second.getMessage());
                sql.rows("SELECT count(*) FROM t");
            } catch (SQLException e) {
                // Closing fails too: it cannot force the log.
            }
        }
    }
}
