// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A device that is full, and has room again. It is a file system in memory that only the tested process sees. */
final class DiskFullTest {
    private static final long DEVICE_BYTES = 64 << 20;
    private static final String MOUNT = "mount -t tmpfs -o size=" + DEVICE_BYTES + " none ";
    private static final String MANY = "INSERT INTO t SELECT x, 0 FROM GENERATE_SERIES(30001, 100000) AS g (x)";

    @TempDir
    private Path folder;

    @Test
    void refusesWritesUntilThereIsRoomAgain() throws Exception {
        assumeTrue(OwnMounts.canRun(MOUNT + folder), "processes cannot have mounts of their own");
        Process process = OwnMounts.start(MOUNT + folder, Application.class, folder.toString());
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(output.lines())
                    .containsExactly(
                            "insert 53100",
                            "large insert 53100",
                            "update 53100",
                            "flush 53100",
                            "rows 20001",
                            "room again",
                            "insert done",
                            "update done",
                            "flush done",
                            "large insert done",
                            "rows 90002",
                            "opened again",
                            "rows 90002",
                            "damages 0");
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    /** Fills the device, says what fails then, and goes on when there is room. */
    static final class Application {
        private final Client sql;

        private Application(Client sql) {
            this.sql = sql;
        }

        public static void main(String[] arguments) throws SQLException, IOException {
            Path root = Path.of(arguments[0]);
            String url = TestDatabases.url(root.resolve("db"));
            try (Client sql = new Client(url)) {
                new Application(sql).run(root.resolve("filler"));
            }
            ChildJvm.say("opened again");
            try (Client sql = new Client(url)) {
                ChildJvm.say("rows " + sql.value("SELECT count(*) FROM t"));
                ChildJvm.say("damages " + sql.rows("CHECK DATABASE").size());
            }
        }

        private void run(Path filler) throws SQLException, IOException {
            sql.run(
                    "CREATE TABLE t (id INT PRIMARY KEY, n INT)",
                    "INSERT INTO t SELECT x, 0 FROM GENERATE_SERIES(1, 20000) AS g (x)",
                    "INSERT INTO t VALUES (-1, 0)");
            fill(filler);
            attempt("insert", "INSERT INTO t VALUES (-2, 0)");
            attempt("large insert", MANY);
            attempt("update", "UPDATE t SET n = n + 1 WHERE id < 10");
            attempt("flush", "STORAGE FLUSH TABLE t");
            ChildJvm.say("rows " + sql.value("SELECT count(*) FROM t"));
            Files.delete(filler);
            ChildJvm.say("room again");
            attempt("insert", "INSERT INTO t VALUES (-2, 0)");
            attempt("update", "UPDATE t SET n = n + 1 WHERE id < 10");
            attempt("flush", "STORAGE FLUSH TABLE t");
            attempt("large insert", MANY);
            ChildJvm.say("rows " + sql.value("SELECT count(*) FROM t"));
        }

        private void attempt(String name, String statement) {
            try {
                sql.run(statement);
                ChildJvm.say(name + " done");
            } catch (SQLException e) {
                ChildJvm.say(name + " " + e.getSQLState());
            }
        }

        /** Leaves room for half of what is reserved. */
        private static void fill(Path filler) throws IOException {
            FileStore device = Files.getFileStore(filler.getParent());
            assertThat(device.getTotalSpace()).as("a device that may be filled").isEqualTo(DEVICE_BYTES);
            byte[] block = new byte[1 << 12];
            try (OutputStream output = Files.newOutputStream(filler)) {
                while (device.getUsableSpace() > DEVICE_BYTES / 32) {
                    output.write(block);
                }
            }
        }
    }
}
