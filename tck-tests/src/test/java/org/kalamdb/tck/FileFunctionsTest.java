// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files in FROM: their columns, their types, their rows, and what happens to them between planning and reading. */
final class FileFunctionsTest {
    private final Client sql = new Client(TestDatabases.freshMemoryUrl());

    @TempDir
    private Path folder;

    @AfterEach
    void close() throws SQLException {
        sql.close();
    }

    private String file(String name, String... lines) throws IOException {
        Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
        return path(name);
    }

    private String path(String name) {
        return "'" + folder.resolve(name) + "'";
    }

    /** The columns of a query, each as its name and type. */
    private List<String> columns(String query) throws SQLException {
        try (PreparedStatement statement = sql.connection().prepareStatement(query)) {
            ResultSetMetaData metadata = statement.getMetaData();
            List<String> columns = new ArrayList<>();
            for (int i = 1; i <= metadata.getColumnCount(); i++) {
                columns.add(metadata.getColumnLabel(i) + " " + metadata.getColumnTypeName(i));
            }
            return columns;
        }
    }

    @Test
    void findsDelimiterHeaderAndTypesOfCsv() throws SQLException, IOException {
        String file = file(
                "all.csv",
                "b;l;d;da;ti;ts;dt;zip;t;e",
                "true;1;1.5;2024-02-29;12:30;2024-01-01 10:00:00;2024-01-01T10:00:00Z;01234;x;",
                "FALSE;-9223372036854775808;1e3;0001-01-01;23:59:59.999999;2024-01-02;2024-01-01 10:00:00+02;55555;7;");

        assertThat(columns("SELECT * FROM read_csv(" + file + ")"))
                .containsExactly(
                        "b BOOLEAN",
                        "l BIGINT",
                        "d DOUBLE",
                        "da DATE",
                        "ti TIME",
                        "ts TIMESTAMP",
                        "dt DATETIME",
                        "zip TEXT",
                        "t TEXT",
                        "e TEXT");
        assertThat(sql.rows("SELECT * FROM read_csv(" + file + ") WHERE b ORDER BY l"))
                .containsExactly(
                        "true|1|1.5|2024-02-29|12:30:00|2024-01-01 10:00:00|2024-01-01 10:00:00+00|01234|x|null");
        assertThat(sql.value("SELECT sum(l) FROM read_csv(" + file + ") AS f WHERE f.d > 2"))
                .isEqualTo("-9223372036854775808");
    }

    @Test
    void takesOptionsByName() throws SQLException, IOException {
        String file = file("o.txt", "1|'a|b'|-", "2|'it''s'|3");

        String function = "read_csv(" + file + ", delim => '|', quote => '''', nullstr => '-', header => FALSE)";
        assertThat(columns("SELECT * FROM " + function))
                .containsExactly("column0 BIGINT", "column1 TEXT", "column2 BIGINT");
        assertThat(sql.rows("SELECT * FROM " + function)).containsExactly("1|a|b|null", "2|it's|3");
        assertThat(columns("SELECT * FROM read_csv(" + file("h.csv", "1,2", "3,4")
                        + ", header => TRUE, all_varchar => TRUE)"))
                .containsExactly("1 TEXT", "2 TEXT");
        assertThat(sql.failure("SELECT * FROM read_csv(" + file + ", colour => 'red')")
                        .getSQLState())
                .isEqualTo("42883");
        assertThat(sql.failure("SELECT * FROM read_csv(" + file + ", header => 'perhaps')")
                        .getSQLState())
                .isEqualTo("22023");
        assertThat(sql.failure("SELECT * FROM read_csv(upper('x'))").getSQLState())
                .isEqualTo("42601");
        assertThat(sql.failure("SELECT * FROM read_csv(?)").getSQLState()).isEqualTo("22023");
    }

    @Test
    void tellsHeadersFromTexts() throws SQLException, IOException {
        assertThat(columns("SELECT * FROM read_csv(" + file("t.csv", "name,city", "ann,rome") + ")"))
                .containsExactly("name TEXT", "city TEXT");
        assertThat(columns("SELECT * FROM read_csv(" + file("n.csv", "1,2", "3,4") + ")"))
                .containsExactly("column0 BIGINT", "column1 BIGINT");
        assertThat(columns("SELECT * FROM read_csv(" + file("d.csv", "ann,rome", "ann,paris") + ")"))
                .containsExactly("column0 TEXT", "column1 TEXT");
    }

    @Test
    void readsJsonWithTypes() throws SQLException, IOException {
        String file = file(
                "f.json",
                "{\"id\": 1, \"d\": 1, \"when\": \"2024-01-01\", \"code\": \"17\", \"tags\": [\"a\"], \"mixed\": 1}",
                "{\"id\": 2, \"d\": 2.5, \"ok\": true, \"mixed\": \"x\"}");

        assertThat(columns("SELECT * FROM read_json(" + file + ")"))
                .containsExactly(
                        "id BIGINT", "d DOUBLE", "when DATE", "code TEXT", "tags JSON", "mixed TEXT", "ok BOOLEAN");
        assertThat(sql.rows("SELECT * FROM read_json(" + file + ") ORDER BY id"))
                .containsExactly("1|1.0|2024-01-01|17|[\"a\"]|1|null", "2|2.5|null|null|null|x|true");
    }

    @Test
    void readsParquetOfOthersAndOfItsOwn() throws SQLException {
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement()) {
            statement.execute(
                    "COPY (SELECT i AS id, 'n' || i AS s, i::UTINYINT AS u8, (i::UINTEGER) AS u32, i::UBIGINT AS u64,"
                            + " (i / 4)::DECIMAL(9, 2) AS de, TIMESTAMPTZ '2024-01-01 00:00:00Z' + to_seconds(i) AS tz,"
                            + " (TIMESTAMP '2024-01-01 00:00:00.000001' + to_seconds(i))::TIMESTAMP_NS AS ns, TIME '10:00:00' AS ti,"
                            + " uuid() AS id2, 'x'::BLOB AS y FROM range(10) r(i)) TO " + path("d.parquet"));
        }
        assertThat(columns("SELECT * FROM read_parquet(" + path("d.parquet") + ")"))
                .containsExactly(
                        "id BIGINT",
                        "s TEXT",
                        "u8 SMALLINT",
                        "u32 BIGINT",
                        "u64 DECIMAL",
                        "de DECIMAL",
                        "tz DATETIME",
                        "ns TIMESTAMP",
                        "ti TIME",
                        "id2 UUID",
                        "y BYTES");
        assertThat(sql.rows("SELECT id, s, u8, u32, u64, de, tz, ns, ti, y FROM read_parquet(" + path("d.parquet")
                        + ") WHERE id IN (3, 9) ORDER BY id"))
                .containsExactly(
                        "3|n3|3|3|3|0.75|2024-01-01 00:00:03+00|2024-01-01 00:00:03.000001|10:00:00|\\x78",
                        "9|n9|9|9|9|2.25|2024-01-01 00:00:09+00|2024-01-01 00:00:09.000001|10:00:00|\\x78");
        sql.run(
                "CREATE TABLE e (id INT PRIMARY KEY, e EMBEDDING(2), j JSON)",
                "INSERT INTO e VALUES (1, '[1, 2]', '{}'), (2, NULL, NULL)",
                "COPY e TO " + path("e.parquet"));
        assertThat(sql.rows("SELECT id, CAST(e AS TEXT), j FROM read_parquet(" + path("e.parquet") + ") ORDER BY id"))
                .containsExactly("1|[1.0,2.0]|{}", "2|null|null");
    }

    @Test
    void refusesNestedColumnsByName() throws SQLException {
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement()) {
            statement.execute("COPY (SELECT 1 AS id, {'a': 1} AS pair) TO " + path("n.parquet"));
        }
        SQLException failure = sql.failure("SELECT id FROM read_parquet(" + path("n.parquet") + ")");
        assertThat(failure.getSQLState()).isEqualTo("0A000");
        assertThat(failure.getMessage()).contains("column pair");
    }

    @Test
    void readsSeveralFilesAsOne() throws SQLException, IOException {
        file("p1.csv", "id,s", "1,a");
        file("p2.csv", "id,s", "2,b", "3,c");
        file("other.csv", "x", "1");

        assertThat(sql.rows("SELECT * FROM read_csv(" + path("p*.csv") + ") ORDER BY id"))
                .containsExactly("1|a", "2|b", "3|c");
        assertThat(sql.failure("SELECT * FROM read_csv(" + path("q*.csv") + ")").getSQLState())
                .isEqualTo("58P01");
        sql.run("COPY (SELECT 1 AS id) TO " + path("r1.parquet"), "COPY (SELECT 'x' AS id) TO " + path("r2.parquet"));
        assertThat(sql.failure("SELECT * FROM read_parquet(" + path("r?.parquet") + ")")
                        .getMessage())
                .contains("has other columns than");
    }

    @Test
    void makesTablesAndViews() throws SQLException, IOException {
        String file = file("v.csv", "id,s", "1,a", "2,b");
        sql.run("CREATE TABLE copied AS SELECT * FROM read_csv(" + file + ")");
        assertThat(columns("SELECT * FROM copied")).containsExactly("id BIGINT", "s TEXT");
        assertThat(sql.rows("SELECT * FROM copied ORDER BY id")).containsExactly("1|a", "2|b");

        sql.run("CREATE TABLE target (id INT PRIMARY KEY, s TEXT, n INT DEFAULT 3)");
        assertThat(sql.update("INSERT INTO target (id, s) SELECT id, upper(s) FROM read_csv(" + file + ")"))
                .isEqualTo(2);
        assertThat(sql.rows(
                        "SELECT t.id, t.s, f.s FROM target t JOIN read_csv(" + file + ") f ON f.id = t.id ORDER BY 1"))
                .containsExactly("1|A|a", "2|B|b");

        sql.run("CREATE VIEW over_file AS SELECT s FROM read_csv(" + file + ")");
        assertThat(sql.rows("SELECT * FROM over_file ORDER BY 1")).containsExactly("a", "b");
        file("v.csv", "id,s", "9,z");
        assertThat(sql.rows("SELECT * FROM over_file")).containsExactly("z");
    }

    @Test
    void noticesThatAFileHasChanged() throws SQLException, IOException {
        String file = file("c.csv", "id,s", "1,a");
        try (PreparedStatement statement = sql.connection().prepareStatement("SELECT * FROM read_csv(" + file + ")")) {
            try (ResultSet rows = statement.executeQuery()) {
                assertThat(Client.rows(rows)).containsExactly("1|a");
            }
            file("c.csv", "id,s", "1.5,b", "2,c");
            try (ResultSet rows = statement.executeQuery()) {
                assertThat(Client.rows(rows)).containsExactly("1.5|b", "2.0|c");
            }
            Files.delete(folder.resolve("c.csv"));
            assertThat(sql.failure("SELECT * FROM read_csv(" + file + ")").getSQLState())
                    .isEqualTo("58P01");
        }
    }

    @Test
    void namesThePlaceOfAValueBehindTheSample() throws SQLException, IOException {
        String file = file("s.csv", "id", "1", "2", "x");

        SQLException failure =
                sql.failureOfReading("SELECT * FROM read_csv(" + file + ", header => TRUE, sample_size => 2)");
        assertThat(failure.getSQLState()).as(failure.toString()).isEqualTo("22P02");
        assertThat(failure.getMessage()).contains("column id, line 4 of file");
        assertThat(columns("SELECT * FROM read_csv(" + file + ", header => TRUE, sample_size => -1)"))
                .containsExactly("id TEXT");
    }

    @Test
    void refusesFilesWithoutColumns() throws SQLException, IOException {
        Files.writeString(folder.resolve("empty.csv"), "");
        Files.writeString(folder.resolve("empty.json"), "[]");

        assertThat(sql.failure("SELECT * FROM read_csv(" + path("empty.csv") + ")")
                        .getSQLState())
                .isEqualTo("22P04");
        assertThat(sql.failure("SELECT * FROM read_json(" + path("empty.json") + ")")
                        .getSQLState())
                .isEqualTo("22P04");
        assertThat(sql.failure("SELECT * FROM read_parquet(" + path("missing.parquet") + ")")
                        .getSQLState())
                .isEqualTo("58P01");
    }
}
