// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** COPY: what it writes, what it reads back, and that a failed one leaves neither rows nor files. */
final class CopyTest {
    private static final String ALL_TYPES =
            "id INT PRIMARY KEY, b BOOLEAN, s SMALLINT, l BIGINT, f FLOAT, d DOUBLE, n DECIMAL(10, 3), h DECIMAL(38, 6),"
                    + " t TEXT, j JSON, y BYTES, u UUID, da DATE, ti TIME, ts TIMESTAMP, dt DATETIME, e EMBEDDING(3)";

    private final Client sql = new Client(TestDatabases.freshMemoryUrl());

    @TempDir
    private Path folder;

    @BeforeEach
    void createTable() throws SQLException {
        sql.run("CREATE TABLE t (id INT PRIMARY KEY, n INT DEFAULT 5, s TEXT)");
    }

    @AfterEach
    void close() throws SQLException {
        sql.close();
    }

    private Path file(String name, String... lines) throws IOException {
        return Files.writeString(folder.resolve(name), String.join("\n", lines) + (lines.length == 0 ? "" : "\n"));
    }

    private String quoted(String name) {
        return "'" + folder.resolve(name).toString().replace("'", "''") + "'";
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "tsv", "json", "ndjson", "parquet"})
    void bringsBackEveryValueOfEveryType(String ending) throws SQLException {
        sql.run("CREATE TABLE a (" + ALL_TYPES + ")", "CREATE TABLE b (" + ALL_TYPES + ")");
        sql.run("INSERT INTO a (id) VALUES (1)");
        sql.run(
                "INSERT INTO a VALUES (2, TRUE, -32768, -9223372036854775808, CAST(0.1 AS FLOAT), 0.1, -1234567.891,"
                        + " 12345678901234567890123456789012.123456, 'a,\"b\"\nc\\', '{\"a\": [1, 2.50, \"x\"], \"b\": null}',"
                        + " X'00ff10', '00112233-4455-6677-8899-aabbccddeeff', DATE '0001-01-01', TIME '23:59:59.999999',"
                        + " TIMESTAMP '1969-12-31 23:59:59.999999', '2024-02-29T12:00:00.000001Z', '[1, -2.5, 3e-7]')",
                "INSERT INTO a VALUES (3, FALSE, 32767, 9223372036854775807, CAST('NaN' AS FLOAT), CAST('-Infinity' AS DOUBLE),"
                        + " 0.001, -0.000001, '', '\"text\"', X'', 'ffffffff-ffff-ffff-ffff-ffffffffffff', DATE '9999-12-31',"
                        + " TIME '00:00:00', TIMESTAMP '9999-12-31 23:59:59.999999', '0001-01-01T00:00:00Z', '[0, 0, 0]')",
                "INSERT INTO a (id, t, j, d) VALUES (4, 'NULL', '[]', -0.0), (5, ' padded ', '1.0', 1e308),"
                        + " (6, 'é😀\t|;', '\"\\u00e9\"', 5e-324), (7, '''', 'true', 1), (8, '\\x41', '{ }', 2)");

        assertThat(sql.update("COPY a TO " + quoted("all." + ending))).isEqualTo(8);
        assertThat(sql.update("COPY b FROM " + quoted("all." + ending))).isEqualTo(8);

        assertThat(sql.rows("SELECT * FROM b ORDER BY id")).isEqualTo(sql.rows("SELECT * FROM a ORDER BY id"));
        assertThat(sql.rows("SELECT id, t IS NULL, j IS NULL FROM b ORDER BY id"))
                .isEqualTo(sql.rows("SELECT id, t IS NULL, j IS NULL FROM a ORDER BY id"));
    }

    @Test
    void writesCsvAsPostgresDoes() throws SQLException, IOException {
        sql.run("INSERT INTO t VALUES (1, NULL, ''), (2, 7, 'a,b'), (3, 8, 'say \"hi\"'), (4, 9, NULL)");

        sql.run("COPY t TO " + quoted("t.csv"));
        assertThat(folder.resolve("t.csv")).hasContent("id,n,s\n1,,\"\"\n2,7,\"a,b\"\n3,8,\"say \"\"hi\"\"\"\n4,9,\n");

        sql.run("COPY t (s, id) TO " + quoted("t.txt")
                + " WITH (FORMAT csv, HEADER FALSE, DELIMITER '|', NULL 'none', QUOTE '''', ESCAPE '\\')");
        assertThat(folder.resolve("t.txt")).hasContent("''|1\na,b|2\nsay \"hi\"|3\nnone|4\n");
    }

    @Test
    void writesJsonAnObjectALine() throws SQLException {
        sql.run("CREATE TABLE d (id INT PRIMARY KEY, j JSON, x DOUBLE, e EMBEDDING(2), y BYTES)");
        sql.run(
                "INSERT INTO d VALUES (1, '{\"a\":\n1}', CAST('NaN' AS DOUBLE), '[1, 2]', X'01')",
                "INSERT INTO d (id) VALUES (2)");

        sql.run("COPY d TO " + quoted("d.json"));
        assertThat(folder.resolve("d.json"))
                .hasContent("{\"id\":1,\"j\":{\"a\": 1},\"x\":\"NaN\",\"e\":[1.0,2.0],\"y\":\"\\\\x01\"}\n"
                        + "{\"id\":2,\"j\":null,\"x\":null,\"e\":null,\"y\":null}\n");
    }

    @Test
    void writesAQueryOfWhateverItComputes() throws SQLException {
        sql.run("INSERT INTO t VALUES (1, 2, 'x'), (2, 3, 'y')");

        assertThat(sql.update("COPY (SELECT s, sum(n) AS total FROM t WHERE id < 2 GROUP BY s) TO " + quoted("q.csv")))
                .isOne();
        assertThat(folder.resolve("q.csv")).hasContent("s,total\nx,2\n");
        assertThat(sql.update("COPY (SELECT id FROM t WHERE FALSE) TO " + quoted("none.parquet")))
                .isZero();
        assertThat(sql.failure("COPY (SELECT id, id FROM t) TO " + quoted("q.parquet"))
                        .getSQLState())
                .isEqualTo("42701");
        assertThat(folder.resolve("q.parquet")).doesNotExist();
    }

    @Test
    void readsCsvWithAndWithoutHeader() throws SQLException, IOException {
        file("h.csv", "ID,N,S", "1,2,x");
        file("n.csv", "2,,\"\"", "3,4,");

        assertThat(sql.update("COPY t FROM " + quoted("h.csv"))).isOne();
        assertThat(sql.update("COPY t FROM " + quoted("n.csv"))).isEqualTo(2);
        assertThat(sql.update("COPY t (s, id) FROM "
                        + quoted("o.csv")
                                .replace(
                                        "o.csv",
                                        file("o.csv", "a,b", "y,4")
                                                .getFileName()
                                                .toString()) + " CSV HEADER"))
                .isOne();
        assertThat(sql.rows("SELECT * FROM t ORDER BY id")).containsExactly("1|2|x", "2|null|", "3|4|null", "4|5|y");
        assertThat(sql.failure("COPY t (s, id) FROM " + quoted("o.csv") + " (HEADER MATCH)")
                        .getMessage())
                .contains("does not name the columns s, id")
                .contains("line 1 of file");
    }

    @Test
    void readsCsvOfEveryDialect() throws SQLException, IOException {
        Files.writeString(
                folder.resolve("d.csv"),
                "1;'it\\'s';\\N\r\n2;'two\nlines';3\r\n\r\n3;plain 'quote';4",
                StandardCharsets.ISO_8859_1);
        sql.run("CREATE TABLE d (id INT PRIMARY KEY, s TEXT, n INT)");

        assertThat(sql.update("COPY d FROM " + quoted("d.csv")
                        + " (DELIMITER ';', QUOTE '''', ESCAPE '\\', NULL '\\N', HEADER OFF, ENCODING 'LATIN1')"))
                .isEqualTo(3);
        assertThat(sql.rows("SELECT * FROM d ORDER BY id"))
                .containsExactly("1|it's|null", "2|two\nlines|3", "3|plain 'quote'|4");
    }

    @Test
    void readsJsonOfObjectsAndOfArrays() throws SQLException, IOException {
        file("o.json", "{\"id\": 1, \"s\": \"x\"} {\"s\": 2, \"id\": \"2\", \"n\": null}", "", "{\"id\": 3}");
        file("a.json", "[{\"id\": 4, \"n\": 7},", " {\"id\": 5, \"s\": {\"k\": [1]}}]");

        assertThat(sql.update("COPY t FROM " + quoted("o.json"))).isEqualTo(3);
        assertThat(sql.update("COPY t FROM " + quoted("a.json"))).isEqualTo(2);
        assertThat(sql.rows("SELECT * FROM t ORDER BY id"))
                .containsExactly("1|null|x", "2|null|2", "3|null|null", "4|7|null", "5|null|{\"k\": [1]}");
    }

    @Test
    void givesColumnsThatAreNotInTheFileTheirDefaults() throws SQLException, IOException {
        sql.run("CREATE TABLE g (id BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, s TEXT, n INT DEFAULT 9,"
                + " u TEXT DEFAULT upper('x'), k BIGINT DEFAULT SNOWFLAKE_ID())");
        file("g.csv", "a", "b");

        assertThat(sql.update("COPY g (s) FROM " + quoted("g.csv"))).isEqualTo(2);
        assertThat(sql.rows("SELECT id, s, n, u FROM g ORDER BY id")).containsExactly("1|a|9|X", "2|b|9|X");
        assertThat(sql.value("SELECT count(DISTINCT k) FROM g")).isEqualTo("2");

        file("i.csv", "10,c");
        sql.run("COPY g (id, s) FROM " + quoted("i.csv"), "INSERT INTO g (s) VALUES ('d')");
        assertThat(sql.rows("SELECT id, s FROM g WHERE id > 2 ORDER BY id")).containsExactly("10|c", "11|d");
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '#',
            value = {
                "22P02#2,3,a;x,4,b#column id, line 2 of file",
                "22003#2,3,a;4,99999999999,b#column n, line 2 of file",
                "22P04#2,3,a;4,5#Row has 2 values instead of 3",
                "22P04#2,3,a;4,5,b,c#Row has 4 values instead of 3",
                "22P04#2,3,a;4,5,\"b#A field in quotes does not end (line 2 of file",
                "22P04#2,3,a;4,5,\"b\"c#A field in quotes is followed by 'c' instead of the delimiter (line 2 of file",
                "23505#2,3,a;1,4,b#(id) = (1) (line 2 of file",
                "23505#2,3,a;2,4,b#(id) = (2) (line 2 of file",
                "23502#2,3,a;,4,b#NULL is not allowed in column id of table main.t: give it a value or a default (line 2"
            })
    void leavesNothingAndNamesThePlaceWhenItFails(String sqlState, String lines, String message)
            throws SQLException, IOException {
        sql.run("INSERT INTO t VALUES (1, 1, 'there')");
        file("bad.csv", lines.split(";", -1));

        SQLException failure = sql.failure("COPY t FROM " + quoted("bad.csv"));

        assertThat(failure.getSQLState()).isEqualTo(sqlState);
        assertThat(failure.getMessage()).contains(message).contains("bad.csv");
        assertThat(sql.rows("SELECT * FROM t")).containsExactly("1|1|there");
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '#',
            value = {
                "22P04#{\"id\": 2};{\"id\": 3, \"x\": 1}#There is no column for member \"x\" (line 2 of file",
                "22P04#{\"id\": 2};{\"id\": 3#Invalid JSON",
                "22P04#{\"id\": 2};7#A row must be a JSON object, got: a number (line 2 of file",
                "22P04#[{\"id\": 2}];{}#Something follows the array",
                "22P04#{\"id\": 2};{\"id\": 3, \"id\": 4}#Duplicate field 'id'",
                "22P02#{\"id\": 2};{\"id\": {}}#column id, line 2 of file"
            })
    void namesThePlaceInJson(String sqlState, String lines, String message) throws SQLException, IOException {
        file("bad.json", lines.split(";", -1));

        SQLException failure = sql.failure("COPY t FROM " + quoted("bad.json"));

        assertThat(failure.getSQLState()).as(failure.getMessage()).isEqualTo(sqlState);
        assertThat(failure.getMessage()).contains(message);
        assertThat(sql.rows("SELECT * FROM t")).isEmpty();
    }

    @Test
    void namesWhatIsWrongWithFiles() throws SQLException, IOException {
        Files.write(folder.resolve("latin.csv"), "1,2,\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        file("no.parquet", "this is no Parquet file at all");
        file("plain", "1,2,3");

        assertThat(sql.failure("COPY t FROM " + quoted("missing.csv")).getSQLState())
                .isEqualTo("58P01");
        assertThat(sql.failure("COPY t FROM " + quoted("missing.parquet")).getSQLState())
                .isEqualTo("58P01");
        assertThat(sql.failure("COPY t TO " + quoted("missing/t.csv")).getSQLState())
                .isEqualTo("58P01");
        assertThat(sql.failure("COPY t FROM '" + folder + "' (FORMAT csv)").getSQLState())
                .isEqualTo("42809");
        assertThat(sql.failure("COPY t FROM " + quoted("latin.csv")).getSQLState())
                .isEqualTo("22P03");
        assertThat(sql.failure("COPY t FROM " + quoted("no.parquet")).getSQLState())
                .isEqualTo("22P04");
        assertThat(sql.failure("COPY t FROM " + quoted("plain")).getSQLState()).isEqualTo("22023");
        assertThat(sql.failure("COPY nothing FROM " + quoted("plain")).getSQLState())
                .isEqualTo("42P01");
        assertThat(sql.failure("COPY t (x) FROM " + quoted("plain") + " CSV").getSQLState())
                .isEqualTo("42703");
        assertThat(sql.failure("COPY t FROM STDIN").getSQLState()).isEqualTo("0A000");
        assertThat(sql.failure("COPY t FROM " + quoted("x.json") + " (DELIMITER ';')")
                        .getSQLState())
                .isEqualTo("22023");
        assertThat(sql.failure("COPY t FROM " + quoted("x.csv") + " (COLOUR red)")
                        .getSQLState())
                .isEqualTo("22023");
        assertThat(sql.failure("COPY t FROM " + quoted("x.csv") + " (DELIMITER 'ab')")
                        .getSQLState())
                .isEqualTo("22023");
    }

    @Test
    void keepsTheOldFileWhenWritingFails() throws SQLException, IOException {
        file("t.csv", "old");
        sql.run("INSERT INTO t VALUES (1, 0, 'x')");

        assertThat(sql.failure("COPY (SELECT 1 / n FROM t) TO " + quoted("t.csv"))
                        .getSQLState())
                .isEqualTo("22012");
        assertThat(folder.resolve("t.csv")).hasContent("old\n");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void belongsToTheTransactionAroundIt() throws SQLException, IOException {
        file("t.csv", "1,2,x");
        sql.run("BEGIN", "COPY t FROM " + quoted("t.csv"), "COPY t TO " + quoted("out.csv"), "ROLLBACK");

        assertThat(folder.resolve("out.csv")).hasContent("id,n,s\n1,2,x\n");
        assertThat(sql.rows("SELECT * FROM t")).isEmpty();
    }

    @Test
    void checksConditionsAndReferences() throws SQLException, IOException {
        sql.run("CREATE TABLE c (id INT PRIMARY KEY, n INT CHECK (n > 0), t_id INT REFERENCES t (id))");
        file("check.csv", "1,1,", "2,0,");
        file("reference.csv", "1,1,77");

        assertThat(sql.failure("COPY c FROM " + quoted("check.csv")).getSQLState())
                .isEqualTo("23514");
        assertThat(sql.failure("COPY c FROM " + quoted("reference.csv")).getSQLState())
                .isEqualTo("23503");
        assertThat(sql.rows("SELECT * FROM c")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"uncompressed", "snappy", "gzip", "zstd", "lz4_raw"})
    void readsWhatDuckDbWritesAndTheOtherWayRound(String compression) throws SQLException {
        String path = folder.resolve("duck.parquet").toString();
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement()) {
            for (String version : List.of("V1", "V2")) {
                statement.execute("COPY (SELECT i::INTEGER AS id, (i % 7)::BIGINT AS n, CASE WHEN i % 3 <> 0 THEN"
                        + " 'text ' || i % 100 END AS s, i / 8.0 AS d, (i * 1.5)::DECIMAL(12, 2) AS de, i % 2 = 0 AS b,"
                        + " DATE '2020-01-01' + i::INTEGER AS da, TIMESTAMP '2020-01-01 00:00:00' + to_microseconds(i) AS ts,"
                        + " md5(i::VARCHAR) AS long, i::TINYINT % 100 AS s8 FROM range(100) r(i)"
                        + " UNION ALL SELECT i, i, md5(i::VARCHAR), i, 1, TRUE, DATE '2020-01-01', TIMESTAMP '2020-01-01', md5(i::VARCHAR), 1"
                        + " FROM range(100, 5000) r(i)) TO '" + path + "' (FORMAT parquet, COMPRESSION " + compression
                        + ", PARQUET_VERSION " + version + ", ROW_GROUP_SIZE 2048)");
                sql.run(
                        "DROP TABLE IF EXISTS w",
                        "CREATE TABLE w (id INT PRIMARY KEY, n BIGINT, s TEXT, d DOUBLE, de DECIMAL(12, 2), b BOOLEAN,"
                                + " da DATE, ts TIMESTAMP, long TEXT, s8 INT)");
                assertThat(sql.update("COPY w FROM '" + path + "'")).isEqualTo(5000);
                String query = "SELECT id, n, s, d, de, b, da, CAST(ts AS TEXT), long, s8 FROM %s ORDER BY id";
                try (ResultSet expected = statement.executeQuery(
                        query.formatted("'" + path + "'").replace("CAST(ts AS TEXT)", "ts::VARCHAR"))) {
                    assertThat(sql.rows(query.formatted("w"))).isEqualTo(Client.rows(expected));
                }
            }
            String ours = folder.resolve("ours.parquet").toString();
            sql.run("COPY w TO '" + ours + "' (COMPRESSION " + compression + ")");
            try (ResultSet difference =
                    statement.executeQuery("SELECT count(*) FROM (SELECT id, n, s, d, de, b, da, ts, long FROM '" + ours
                            + "' EXCEPT SELECT id, n, s, d, de, b, da, ts, long FROM '" + path + "')")) {
                assertThat(Client.rows(difference)).containsExactly("0");
            }
            try (ResultSet count = statement.executeQuery("SELECT count(*) FROM '" + ours + "'")) {
                assertThat(Client.rows(count)).containsExactly("5000");
            }
        }
    }

    @Test
    void readsListsAsEmbeddingsAndRefusesWhatIsNested() throws SQLException {
        String path = folder.resolve("nested.parquet").toString();
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement()) {
            statement.execute("COPY (SELECT 1 AS id, [1.5, 2.5]::FLOAT[] AS e, 'x' AS s UNION ALL SELECT 2, NULL, 'y'"
                    + " UNION ALL SELECT 3, [3, 4], 'z') TO '" + path + "' (FORMAT parquet)");
            sql.run("CREATE TABLE e (id INT PRIMARY KEY, e EMBEDDING(2), s TEXT)");
            sql.run("COPY e FROM '" + path + "'");
            assertThat(sql.rows("SELECT id, CAST(e AS TEXT), s FROM e ORDER BY id"))
                    .containsExactly("1|[1.5,2.5]|x", "2|null|y", "3|[3.0,4.0]|z");

            statement.execute(
                    "COPY (SELECT 4 AS id, [1.5]::FLOAT[] AS e, 'x' AS s) TO '" + path + "' (FORMAT parquet)");
            assertThat(sql.failure("COPY e FROM '" + path + "'").getMessage()).contains("column e, row 1 of file");

            statement.execute("COPY (SELECT 5 AS id, {'a': 1} AS e, 'x' AS s) TO '" + path + "' (FORMAT parquet)");
            SQLException failure = sql.failure("COPY e FROM '" + path + "'");
            assertThat(failure.getSQLState()).isEqualTo("0A000");
            assertThat(failure.getMessage()).contains("column e of file").contains("nested");
        }
    }

    @Test
    void matchesColumnsOfParquetByName() throws SQLException {
        sql.run("COPY (SELECT 'x' AS s, CAST(7 AS BIGINT) AS id) TO " + quoted("p.parquet"));

        assertThat(sql.failure("COPY t FROM " + quoted("p.parquet")).getMessage())
                .contains("it has no column n");
        assertThat(sql.failure("COPY t (id) FROM " + quoted("p.parquet")).getMessage())
                .contains("there is no column for s of the file");
        assertThat(sql.update("COPY t (id, s) FROM " + quoted("p.parquet"))).isOne();
        assertThat(sql.rows("SELECT * FROM t")).containsExactly("7|5|x");
    }
}
