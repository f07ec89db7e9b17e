// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder belongs to one process at a time. */
final class FolderInUseTest {
    @TempDir
    private Path folder;

    @Test
    void secondProcessIsToldWho() throws Exception {
        String url = TestDatabases.url(folder);
        try (Client sql = new Client(url)) {
            sql.run("CREATE TABLE t (id INT PRIMARY KEY)");

            String output = connectInChild(url);

            assertThat(output).startsWith("55006 ").contains(folder.toString());
            assertThat(sql.rows("SELECT * FROM t")).isEmpty();
        }
        assertThat(connectInChild(url)).isEqualTo("connected");
    }

    @Test
    void connectionsOfOneProcessShareTheFolder() throws SQLException {
        String url = TestDatabases.url(folder);
        try (Client one = new Client(url);
                Client two = new Client(url)) {
            one.run("CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (1)");

            assertThat(two.rows("SELECT * FROM t")).containsExactly("1");
        }
    }

    private static String connectInChild(String url) throws Exception {
        Process child = ChildJvm.start(Connecting.class, url);
        String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        child.waitFor();
        return output.strip();
    }

    /** Connects and says how that went. */
    static final class Connecting {
        private Connecting() {}

        public static void main(String[] arguments) {
            try (var connection = DriverManager.getConnection(arguments[0])) {
                System.out.println("connected");
            } catch (SQLException e) {
                System.out.println(e.getSQLState() + " " + e.getMessage());
            }
        }
    }
}
