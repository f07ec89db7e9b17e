// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed while it backs up and restores leaves whole backups and whole namespaces, or none. */
final class BackupKillTest {
    private static final int ROUNDS = 6;
    private static final int ROWS = 6000;
    private static final int MAX_MILLIS_OF_WORK = 700;

    @Test
    void backupsAndNamespacesAreThereAsAWholeOrNotAtAll(@TempDir Path folder) throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Path database = folder.resolve("db");
        try (Client sql = new Client(TestDatabases.url(database))) {
            sql.run(
                    "CREATE NAMESPACE app",
                    "CREATE TABLE app.t (id INT PRIMARY KEY, v INT UNIQUE)",
                    "INSERT INTO app.t SELECT a.x * 100 + b.x, a.x * 100 + b.x FROM (" + numbers(ROWS / 100)
                            + ") AS a (x), (" + numbers(100) + ") AS b (x)",
                    "STORAGE FLUSH TABLE app.t",
                    "UPDATE app.t SET v = -v - 1 WHERE id < 500",
                    "BACKUP DATABASE app TO '" + folder.resolve("source") + "'");
        }
        for (int round = 0; round < ROUNDS; round++) {
            String context = "seed " + seed + ", round " + round;
            workAndKill(folder, round, random.nextInt(MAX_MILLIS_OF_WORK));

            try (Client sql = new Client(TestDatabases.url(database))) {
                requireAllOrNothing(sql, context);
                sql.run("DROP NAMESPACE IF EXISTS app CASCADE");
            }
            try (Stream<Path> entries = Files.list(folder)) {
                for (Path backup : entries.filter(BackupKillTest::isBackup).toList()) {
                    try (Client sql = new Client(TestDatabases.url(backup))) {
                        requireAllOrNothing(sql, context + ", " + backup.getFileName());
                    }
                }
            }
        }
        try (Client sql = new Client(TestDatabases.url(database))) {
            sql.run("RESTORE DATABASE FROM '" + folder.resolve("source") + "'");
            requireAllOrNothing(sql, "seed " + seed);
            assertThat(sql.value("SELECT count(*) FROM app.t")).isEqualTo(Integer.toString(ROWS));
        }
    }

    private static boolean isBackup(Path path) {
        String name = path.getFileName().toString();
        return name.startsWith("backup") && !name.endsWith(".partial");
    }

    private static String numbers(int count) {
        StringBuilder values = new StringBuilder("VALUES 0");
        for (int i = 1; i < count; i++) {
            values.append(", ").append(i);
        }
        return values.toString();
    }

    private static void requireAllOrNothing(Client sql, String context) throws SQLException {
        List<String> tables = sql.rows("SELECT table_name FROM information_schema.tables WHERE table_schema = 'app'");
        if (tables.isEmpty()) {
            assertThat(sql.rows("SELECT * FROM system.manifest")).as(context).isEmpty();
            return;
        }
        assertThat(sql.value("SELECT count(*), min(v), sum(id) FROM app.t"))
                .as(context)
                .isEqualTo(ROWS + "|-500|" + (long) ROWS * (ROWS - 1) / 2);
        assertThat(sql.rows("SELECT id FROM app.t WHERE v = -7")).as(context).containsExactly("6");
        assertThat(sql.rows("SELECT id FROM app.t WHERE v = 5000")).as(context).containsExactly("5000");
    }

    private static void workAndKill(Path folder, int round, int millis) throws IOException, InterruptedException {
        Process worker = ChildJvm.start(Worker.class, folder.toString(), Integer.toString(round));
        try (BufferedReader output = worker.inputReader(StandardCharsets.US_ASCII)) {
            assertThat(output.readLine()).isEqualTo("ready");
            Thread.sleep(millis);
            worker.toHandle().destroyForcibly();
        }
        assertThat(worker.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    /** What is killed: restores a namespace, backs it up and drops it again until then. */
    static final class Worker {
        private Worker() {}

        public static void main(String[] arguments) throws SQLException {
            Path folder = Path.of(arguments[0]);
            try (Client sql = new Client(TestDatabases.url(folder.resolve("db")))) {
                sql.run("DROP NAMESPACE IF EXISTS app CASCADE");
                System.out.println("ready");
                for (int i = 0; ; i++) {
                    sql.run("RESTORE DATABASE app FROM '" + folder.resolve("source") + "'");
                    Path target = folder.resolve("backup" + arguments[1] + "-" + i);
                    sql.run((i % 2 == 0 ? "BACKUP DATABASE TO '" : "BACKUP DATABASE app TO '") + target + "'");
                    sql.run("DROP NAMESPACE app CASCADE");
                }
            }
        }
    }
}
