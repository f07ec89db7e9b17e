// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed while CREATE TABLE .. AS reads its rows leaves no table behind. */
final class CreateTableAsKillTest {
    private static final String IS_DEFINED =
            "SELECT count(*) FROM information_schema.tables WHERE table_name = 'filled'";

    @Test
    void leavesNoTableBehind(@TempDir Path folder) throws Exception {
        Process creator = ChildJvm.start(Creator.class, folder.toString());
        try (BufferedReader output = creator.inputReader(StandardCharsets.US_ASCII)) {
            assertThat(output.readLine()).isEqualTo("defined");
        } finally {
            creator.destroyForcibly();
        }
        assertThat(creator.waitFor(30, TimeUnit.SECONDS)).isTrue();

        try (Connection connection = TestDatabases.connect(TestDatabases.url(folder));
                Statement statement = connection.createStatement()) {
            assertThat(isDefined(statement)).isFalse();
            statement.execute("CREATE TABLE filled AS SELECT x FROM GENERATE_SERIES(1, 3) AS t(x)");
        }
        try (Connection connection = TestDatabases.connect(TestDatabases.url(folder));
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("SELECT count(*) FROM filled")) {
            assertThat(count.next()).isTrue();
            assertThat(count.getInt(1)).isEqualTo(3);
        }
    }

    private static boolean isDefined(Statement statement) throws SQLException {
        try (ResultSet count = statement.executeQuery(IS_DEFINED)) {
            return count.next() && count.getInt(1) == 1;
        }
    }

    /** Says when the table is defined whose rows are still being looked for. */
    static final class Creator {
        private Creator() {}

        public static void main(String[] arguments) throws SQLException, InterruptedException {
            String url = TestDatabases.url(Path.of(arguments[0]));
            try (Connection connection = TestDatabases.connect(url);
                    Statement statement = connection.createStatement()) {
                Thread creation = new Thread(() -> create(url));
                creation.start();
                while (!isDefined(statement)) {
                    Thread.sleep(10);
                }
                System.out.println("defined");
                creation.join();
            }
        }

        private static void create(String url) {
            try (Connection connection = TestDatabases.connect(url);
                    Statement statement = connection.createStatement()) {
                statement.execute(
                        "CREATE TABLE filled AS SELECT x FROM GENERATE_SERIES(1, 100000000000) AS t(x) WHERE x < 0");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
