// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The shell over any JDBC driver; what depends on our SQL is tested with the finished driver. */
final class ShellTest {
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    private Connection connection;

    @BeforeEach
    void connect() throws SQLException {
        connection = DriverManager.getConnection("jdbc:h2:mem:");
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
    }

    @Test
    void printsRowsWithTheirCountAndTime() throws IOException {
        assertThat(run("SELECT 7 AS n, 'seven' AS name;")).isEqualTo(Main.OK);

        assertThat(output()).matches("""
                ┌────────┬────────┐
                │ N      │ NAME   │
                ├────────┼────────┤
                │      7 │ seven  │
                └────────┴────────┘
                \\(1 row\\)

                Took: \\d+\\.\\d{3} ms
                """);
    }

    @Test
    void printsHowManyRowsWereAffected() throws IOException {
        run("CREATE TABLE t (a INT); INSERT INTO t VALUES (1), (2);");

        assertThat(output()).contains("Query OK, 0 rows affected").contains("Query OK, 2 rows affected");
    }

    @Test
    void stopsAtTheFirstError() throws IOException {
        assertThat(run("SELECT * FROM missing;\nSELECT 1;")).isEqualTo(Main.FAILED);

        assertThat(errors.toString(StandardCharsets.UTF_8)).startsWith("ERROR 42S04: ");
        assertThat(output()).isEmpty();
    }

    @Test
    void runsTheLastStatementWithoutItsSemicolon() throws IOException {
        assertThat(run("SELECT\n1")).isEqualTo(Main.OK);
        assertThat(output()).contains("(1 row)");
    }

    @Test
    void leavesAtTheQuitCommand() throws IOException {
        assertThat(run("\\q\nSELECT 1;")).isEqualTo(Main.OK);
        assertThat(output()).isEmpty();
    }

    @Test
    void listsItsCommands() throws IOException {
        assertThat(run("\\?")).isEqualTo(Main.OK);
        assertThat(output()).contains("\\q", "\\?", "\\dt", "\\d", "\\stats", "\\metrics");
    }

    @Test
    void rejectsUnknownCommands() throws IOException {
        assertThat(run("\\nonsense")).isEqualTo(Main.FAILED);
        assertThat(errors.toString(StandardCharsets.UTF_8)).contains("Unknown command \\nonsense");
    }

    @Test
    void completesTablesColumnsKeywordsAndCommands() throws IOException {
        run("CREATE TABLE messages (id INT, body VARCHAR(10), bold BOOLEAN);");
        SqlCompleter completer = new SqlCompleter(connection);

        assertThat(completer.completions("mess", "SELECT * FROM mess")).containsExactly("MESSAGES");
        assertThat(completer.completions("bo", "SELECT * FROM MESSAGES WHERE bo"))
                .containsExactly("BODY", "BOLD");
        assertThat(completer.completions("sel", "sel")).containsExactly("select");
        assertThat(completer.completions("SEL", "SEL")).containsExactly("SELECT");
        assertThat(completer.completions("\\d", "\\d")).containsExactly("\\dt", "\\d", "\\describe");
    }

    @Test
    void doesNotRememberSecrets() {
        assertThat(DiscreetHistory.holdsSecret("CREATE USER 'a' WITH PASSWORD 'b'"))
                .isTrue();
        assertThat(DiscreetHistory.holdsSecret("SELECT * FROM messages")).isFalse();
    }

    private int run(String script) throws IOException {
        Shell shell = new Shell(
                connection,
                new PrintStream(output, true, StandardCharsets.UTF_8),
                new PrintStream(errors, true, StandardCharsets.UTF_8));
        return shell.runScript(new StringReader(script));
    }

    private String output() {
        return output.toString(StandardCharsets.UTF_8);
    }
}
