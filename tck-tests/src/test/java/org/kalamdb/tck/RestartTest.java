// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a database knows and holds is the same after it was closed and opened again. */
final class RestartTest {
    private static final List<String> SETUP = List.of(
            "CREATE NAMESPACE app",
            "ALTER NAMESPACE app SET OPTIONS (region = 'eu')",
            "CREATE TABLE app.every_type (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, a BOOLEAN, b SMALLINT, c INT,"
                    + " d BIGINT, e FLOAT, f DOUBLE, g DECIMAL(20, 4) DEFAULT 1.5, h VARCHAR(20) DEFAULT 'it''s',"
                    + " i JSON, j BYTES, k UUID, l DATE, m TIME, n TIMESTAMP DEFAULT NOW(), o DATETIME, p EMBEDDING(3),"
                    + " q TEXT NOT NULL COMMENT 'a note') WITH (ACCESS_LEVEL = 'PUBLIC', FLUSH_POLICY ="
                    + " 'rows:1000,interval:60', COMPRESSION = 'ZSTD')",
            "CREATE USER TABLE app.notes (a INT, b TEXT, body TEXT, PRIMARY KEY (b, a))",
            "CREATE STREAM TABLE app.events (id BIGINT PRIMARY KEY, x INT) TTL 100000",
            "CREATE TABLE app.keyless (x INT, y TEXT)",
            "INSERT INTO app.every_type (a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q) VALUES (TRUE, 1, 2, 3, 1.5, 2.5,"
                    + " 12345678901234.5678, 'h', '{\"x\": 1}', X'0AFF', '00112233-4455-6677-8899-aabbccddeeff',"
                    + " '2024-02-29', '23:59:59.999999', '1969-12-31 23:59:59.000001', '2024-01-01T00:00:00+02:00',"
                    + " '[1, -2.5, 3]', 'q1')",
            "INSERT INTO app.every_type (q) VALUES ('only defaults')",
            "ALTER TABLE app.every_type ADD COLUMN r INT DEFAULT 7",
            "ALTER TABLE app.every_type RENAME COLUMN b TO small",
            "ALTER TABLE app.every_type MODIFY COLUMN small INT",
            "ALTER TABLE app.every_type DROP COLUMN c",
            "INSERT INTO app.every_type (q, small) VALUES ('after', 70000)",
            "INSERT INTO app.notes VALUES (2, 'x', 'second'), (1, 'x', 'first')",
            "INSERT INTO app.events VALUES (1, 10), (2, 20)",
            "INSERT INTO app.keyless VALUES (3, 'c'), (1, 'a'), (3, 'c')",
            "CREATE VIEW app.names AS SELECT q, small FROM app.every_type WHERE small > 0",
            "COMMENT ON TABLE app.notes IS 'what users write'",
            "CREATE TABLE app.gone (x INT)",
            "DROP TABLE app.gone");

    private static final List<String> QUESTIONS = List.of(
            "SELECT * FROM system.table_schemas ORDER BY table_id",
            "SELECT * FROM system.tables ORDER BY table_id",
            "SELECT * FROM system.namespaces ORDER BY namespace_id",
            "SELECT * FROM information_schema.columns ORDER BY table_schema, table_name, ordinal_position",
            "SELECT * FROM information_schema.views",
            "DESCRIBE TABLE app.every_type",
            "DESCRIBE TABLE app.every_type HISTORY",
            "SHOW TABLES",
            "SELECT * FROM app.every_type ORDER BY id",
            "SELECT * FROM app.notes ORDER BY b, a",
            "SELECT * FROM app.events ORDER BY id",
            "SELECT * FROM app.keyless",
            "SELECT * FROM app.names ORDER BY q");

    @Test
    void everyDefinitionOptionHistoryEntryAndRowIsIdenticalAfterReopening(@TempDir Path folder) throws SQLException {
        List<String> before;
        try (Connection connection = TestDatabases.connect(TestDatabases.url(folder))) {
            execute(connection, SETUP);
            before = answers(connection);
        }
        try (Connection connection = TestDatabases.connect(TestDatabases.url(folder))) {
            assertThat(answers(connection)).isEqualTo(before);
            execute(connection, List.of("INSERT INTO app.every_type (q) VALUES ('numbered on')"));
            assertThat(answer(connection, "SELECT count(DISTINCT id), count(*) FROM app.every_type"))
                    .isEqualTo("[4, 4]\n");
        }
    }

    private static void execute(Connection connection, List<String> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static List<String> answers(Connection connection) throws SQLException {
        List<String> answers = new ArrayList<>();
        for (String question : QUESTIONS) {
            String answer = answer(connection, question);
            assertThat(answer).as(question).isNotEmpty();
            answers.add(question + "\n" + answer);
        }
        return answers;
    }

    private static String answer(Connection connection, String question) throws SQLException {
        StringBuilder text = new StringBuilder();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(question)) {
            int width = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= width; i++) {
                    row.add(rows.getString(i));
                }
                text.append(row).append('\n');
            }
        }
        return text.toString();
    }
}
