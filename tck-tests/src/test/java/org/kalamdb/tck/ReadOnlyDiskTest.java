// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A device that cannot be written to. It is a file system in memory that only the tested process sees. */
final class ReadOnlyDiskTest {
    private static final String MOUNT = "mount -t tmpfs -o size=64m none ";

    @TempDir
    private Path folder;

    @Test
    void isReadButNotWrittenTo() throws Exception {
        assumeTrue(OwnMounts.canRun(MOUNT + folder), "processes cannot have mounts of their own");
        Process process = OwnMounts.start(MOUNT + folder, Application.class, folder.toString());
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(output.lines())
                    .containsExactly(
                            "open 08001",
                            "open another 08001",
                            "rows 3",
                            "insert 25006",
                            "writable again",
                            "insert done",
                            "rows 4");
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    /** Says what can be done with a database on such a device, and that it is whole when the device is as before. */
    static final class Application {
        private Application() {}

        public static void main(String[] arguments) throws SQLException, IOException, InterruptedException {
            String root = arguments[0];
            String url = TestDatabases.url(Path.of(root, "db"));
            try (Client sql = new Client(url)) {
                sql.run(
                        "CREATE TABLE t (id INT PRIMARY KEY)",
                        "INSERT INTO t VALUES (1), (2)",
                        "STORAGE FLUSH TABLE t");
                sql.run("INSERT INTO t VALUES (3)");
            }
            remount("ro", root);
            open("open", url);
            open("open another", TestDatabases.url(Path.of(root, "another")));
            try (Client sql = new Client(url + "?access=read-only")) {
                ChildJvm.say("rows " + sql.value("SELECT count(*) FROM t"));
                insert(sql);
            }
            remount("rw", root);
            ChildJvm.say("writable again");
            try (Client sql = new Client(url)) {
                insert(sql);
                ChildJvm.say("rows " + sql.value("SELECT count(*) FROM t"));
            }
        }

        private static void remount(String option, String root) throws IOException, InterruptedException {
            Process mount = new ProcessBuilder("mount", "-o", "remount," + option, root).start();
            assertThat(mount.waitFor()).isZero();
        }

        private static void open(String name, String url) {
            try (Connection connection = DriverManager.getConnection(url)) {
                assertThat(connection.isClosed()).isFalse();
                ChildJvm.say(name + " done");
            } catch (SQLException e) {
                ChildJvm.say(name + " " + e.getSQLState());
            }
        }

        private static void insert(Client sql) {
            try {
                sql.run("INSERT INTO t VALUES (4)");
                ChildJvm.say("insert done");
            } catch (SQLException e) {
                ChildJvm.say("insert " + e.getSQLState());
            }
        }
    }
}
