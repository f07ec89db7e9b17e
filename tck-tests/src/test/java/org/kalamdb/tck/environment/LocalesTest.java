// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kalamdb.tck.ChildJvm;
import org.kalamdb.tck.Client;
import org.kalamdb.tck.SqlScript;
import org.kalamdb.tck.TestDatabases;

/** What a JVM is told about language, digits, encoding and time zone changes nothing that the database answers. */
final class LocalesTest {
    private static final List<String> SCRIPTS = List.of("tables", "text", "numbers", "dates");

    @TempDir
    private Path folder;

    @Test
    void answersDoNotDependOnThem() throws Exception {
        List<String> expected = transcript("plain", "-Duser.language=en", "-Duser.country=US", "-Duser.timezone=UTC");

        assertThat(expected).hasSizeGreaterThan(500);
        assertThat(transcript(
                        "turkish",
                        "-Duser.language=tr",
                        "-Duser.country=TR",
                        "-Duser.timezone=Asia/Kathmandu",
                        "-Dfile.encoding=ISO-8859-9"))
                .isEqualTo(expected);
        assertThat(transcript(
                        "arabic",
                        "-Duser.language=ar",
                        "-Duser.country=EG",
                        "-Duser.extensions=nu-arab",
                        "-Duser.timezone=America/St_Johns",
                        "-Dfile.encoding=US-ASCII"))
                .isEqualTo(expected);
    }

    /** One environment reads what the other has written, files of segments included. */
    @Test
    void foldersDoNotDependOnThem() throws Exception {
        String url = TestDatabases.url(folder.resolve("db"));
        ChildJvm.linesOfDriverAlone(
                List.of("-Duser.language=ar", "-Duser.country=EG", "-Duser.extensions=nu-arab"),
                Map.of(),
                Writing.class,
                url);
        try (Client sql = new Client(url)) {
            assertThat(sql.value("SELECT count(*) FROM t")).isEqualTo("1000");
            assertThat(sql.value("SELECT file FROM system.manifest")).matches("\\p{ASCII}+");
        }
    }

    private List<String> transcript(String name, String... options) throws IOException, InterruptedException {
        Path file = folder.resolve(name + ".txt");
        ChildJvm.linesOfDriverAlone(List.of(options), Map.of(), Recording.class, file.toString());
        return Files.readAllLines(file);
    }

    /** Fills a table, part of it in a segment. */
    static final class Writing {
        private Writing() {}

        public static void main(String[] arguments) throws SQLException {
            try (Client sql = new Client(arguments[0])) {
                sql.run(
                        "CREATE TABLE t (id INT PRIMARY KEY)",
                        "INSERT INTO t SELECT x FROM GENERATE_SERIES(1, 1000) AS s (x)",
                        "STORAGE FLUSH TABLE t");
            }
        }
    }

    /** Writes down what many statements and metadata calls answer. */
    static final class Recording {
        private static final List<String> STATEMENTS = List.of(
                "create table if not exists İİ (id integer primary key, ıi timestamp, list uuid, bits binary(3), time_i time)",
                "CREATE TABLE I (ID INTEGER PRIMARY KEY, TITLE VARCHAR(20), IS_IN BIGINT DEFAULT 1, VI TIMESTAMP, IDS UUID)",
                "insert into i (id, title) values (1, 'ıIiİ')",
                "INSERT INTO I (ID, TITLE) VALUES (2, 'TITLE')",
                "SELECT UPPER(TITLE), LOWER(TITLE), INITCAP(TITLE), TITLE ILIKE 'title' FROM I ORDER BY ID",
                "SELECT COUNT(DISTINCT ID), MIN(ID), NULLIF(ID, 1) FROM I GROUP BY ID ORDER BY ID",
                "SELECT TO_CHAR(TIMESTAMP '2026-05-17 10:00:00', 'DD MONTH YYYY HH24:MI, Day')",
                "SELECT CAST('1' AS BIGINT), CAST(12345.678 AS VARCHAR), 1e10, 1234567",
                "SELECT EXTRACT(MINUTE FROM TIME '10:11:12'), TIMESTAMPADD(MINUTE, 1, TIMESTAMP '2026-05-17 10:00:00')",
                "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = 'main' ORDER BY 1, 2",
                "SHOW COLUMNS FROM i",
                "DESCRIBE TABLE i",
                "EXPLAIN SELECT ID FROM I WHERE TITLE = 'x'",
                "SET LOCKTIMEOUT = 10",
                "SELECT MISSING FROM I",
                "INSERT INTO I (ID) VALUES (1)",
                "SELECT 1 / 0",
                "ALTER TABLE I ADD COLUMN NICKNAME TEXT",
                "CREATE INDEX I_INDEX ON I (TITLE)",
                "SELECT ID FROM I WHERE TITLE = 'TITLE'");

        private final List<String> lines = new ArrayList<>();

        private Recording() {}

        public static void main(String[] arguments) throws SQLException, IOException {
            Recording recording = new Recording();
            try (Client sql = new Client(TestDatabases.freshMemoryUrl())) {
                for (String script : SCRIPTS) {
                    for (SqlScript.Case statement : SqlScript.read(script)) {
                        recording.record(sql.connection(), statement.sql());
                    }
                }
                for (String statement : STATEMENTS) {
                    recording.record(sql.connection(), statement);
                }
                recording.recordMetadata(sql.connection().getMetaData());
            }
            Files.write(Path.of(arguments[0]), recording.lines);
        }

        private void record(Connection connection, String sql) {
            lines.add(sql);
            try (Statement statement = connection.createStatement()) {
                if (statement.execute(sql)) {
                    lines.addAll(Client.rows(statement.getResultSet()));
                } else {
                    lines.add("changed " + statement.getUpdateCount());
                }
            } catch (SQLException e) {
                lines.add(e.getSQLState() + " " + e.getMessage());
            }
        }

        private void recordMetadata(DatabaseMetaData metadata) throws SQLException {
            try (ResultSet rows = metadata.getColumns(null, "main", "%", "%")) {
                lines.addAll(Client.rows(rows));
            }
            try (ResultSet rows = metadata.getTypeInfo()) {
                lines.addAll(Client.rows(rows));
            }
            lines.add(metadata.getSQLKeywords());
            lines.add(metadata.getStringFunctions());
        }
    }
}
