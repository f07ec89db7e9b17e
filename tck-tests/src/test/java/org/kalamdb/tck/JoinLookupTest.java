// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Joins that hold few keys look up the rows of the other side by its key or an index, and answer what reading all would. */
final class JoinLookupTest {
    private static final int ROWS = 20_000;

    @TempDir
    private Path folder;

    private Client sql;

    @BeforeEach
    void createTables() throws SQLException {
        sql = new Client(TestDatabases.url(folder));
        sql.run(
                "CREATE TABLE item (id INT PRIMARY KEY, grp INT, code TEXT UNIQUE, day DATE, u UUID, big BIGINT, d DECIMAL(8, 2))",
                "CREATE INDEX item_grp ON item (grp)",
                "CREATE INDEX item_day ON item (day)",
                "CREATE INDEX item_u ON item (u)",
                "CREATE INDEX item_d ON item (d)",
                "INSERT INTO item SELECT i, MOD(i, 5000), 'code ' || CAST(i AS TEXT), DATE '2000-01-01' + MOD(i, 4000),"
                        + " CAST('00000000-0000-0000-0000-' || LPAD(CAST(i AS TEXT), 12, '0') AS UUID), i, i * 0.5"
                        + " FROM generate_series(1, " + ROWS + ") AS s(i)",
                "CREATE TABLE line (a INT, b INT, item INT, PRIMARY KEY (a, b))",
                "INSERT INTO line SELECT MOD(i, 2000), i, MOD(i * 7919, 30000) FROM generate_series(1, " + ROWS
                        + ") AS s(i)",
                "CREATE TABLE few (k INT, big BIGINT, code TEXT, day DATE, u UUID, d DECIMAL(12, 4))",
                "INSERT INTO few VALUES (7, 7, 'code 7', DATE '2000-01-08', NULL, 3.5),"
                        + " (7, 99999999999, 'code 8', NULL, CAST('00000000-0000-0000-0000-000000000012' AS UUID), 4.0001),"
                        + " (NULL, NULL, NULL, DATE '2000-01-09', NULL, NULL), (-1, 4, 'none', DATE '1990-01-01', NULL, 9999)");
    }

    @AfterEach
    void close() throws SQLException {
        sql.close();
    }

    private static final List<String> QUESTIONS = List.of(
            "SELECT few.k, item.code FROM few JOIN item ON item.id = few.k",
            "SELECT few.k, item.code FROM few LEFT JOIN item ON item.id = few.k",
            "SELECT few.k, item.code FROM item RIGHT JOIN few ON item.grp = few.k",
            "SELECT few.big, item.code FROM few JOIN item ON item.id = few.big",
            "SELECT few.k, item.code FROM few JOIN item ON item.big = few.k",
            "SELECT few.code, item.id FROM few JOIN item ON item.code = few.code",
            "SELECT few.day, item.id FROM few JOIN item ON item.day = few.day",
            "SELECT few.u, item.id FROM few JOIN item ON item.u = few.u",
            "SELECT few.d, item.id FROM few JOIN item ON item.d = few.d",
            "SELECT item.code FROM item WHERE item.grp IN (SELECT k FROM few)",
            "SELECT item.code FROM item WHERE EXISTS (SELECT 1 FROM few WHERE few.k = item.id)",
            "SELECT few.k FROM few WHERE few.k IN (SELECT item.id FROM item)",
            "SELECT few.k FROM few WHERE NOT EXISTS (SELECT 1 FROM item WHERE item.id = few.k)",
            "SELECT few.k FROM few WHERE few.k NOT IN (SELECT item.id FROM item)",
            "SELECT count(*) FROM item WHERE item.id NOT IN (SELECT k FROM few WHERE k IS NOT NULL)",
            "SELECT few.k, line.b FROM few JOIN line ON line.a = few.k",
            "SELECT few.k, line.b FROM few JOIN line ON line.a = few.k AND line.b = few.big",
            "SELECT few.k, line.b, item.code FROM few JOIN line ON line.a = few.k LEFT JOIN item ON item.id = line.item",
            "SELECT few.k, t.n FROM few JOIN (SELECT item.grp, count(*) AS n FROM item GROUP BY item.grp) AS t ON t.grp = few.k",
            "SELECT few.k, item.id FROM few FULL JOIN item ON item.id = few.k WHERE item.id < 9 OR few.k < 9",
            "SELECT few.k, item.id FROM few JOIN item ON item.id IS NOT DISTINCT FROM few.k");

    /** The same question so that no key and no index knows the columns. */
    private static String withoutKeys(String question) {
        return question.replaceAll("(?<=item\\.(?:id|grp|big|day|d))\\b|(?<=line\\.a)\\b", " + 0")
                .replaceAll("(?<=item\\.code)\\b", " || ''")
                .replaceAll("item\\.u\\b", "CASE WHEN item.big > -9 THEN item.u END")
                .replaceAll("SELECT item\\.grp \\+ 0", "SELECT item.grp + 0 AS grp");
    }

    private void assertAllAnswered() {
        assertThat(QUESTIONS)
                .allSatisfy(
                        question -> assertThat(sorted(question)).as(question).isEqualTo(sorted(withoutKeys(question))));
    }

    private List<String> sorted(String question) throws SQLException {
        return sql.rows(question).stream().sorted().toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "STORAGE FLUSH ALL"})
    void answerWhatReadingEverythingWould(String before) throws SQLException {
        if (!before.isEmpty()) {
            sql.run(
                    before,
                    "DELETE FROM item WHERE id = 5007",
                    "UPDATE item SET grp = 7 WHERE id = 19",
                    "DELETE FROM line WHERE b = 7");
        }
        assertAllAnswered();
        sql.run("BEGIN", "DELETE FROM item WHERE id = 7", "INSERT INTO item (id, grp) VALUES (-1, 7), (30001, 7)");
        assertAllAnswered();
        sql.run("ROLLBACK");
        assertAllAnswered();
    }

    /** The rows that the scan of a table has answered when a query ran. */
    private long rowsRead(String table, String query) throws SQLException {
        String plan = String.join("\n", sql.rows("EXPLAIN ANALYZE " + query));
        Matcher scan = Pattern.compile("Scan\\(main\\." + table + "[^\\n]*actual rows=(\\d+)")
                .matcher(plan);
        assertThat(scan.find()).as(plan).isTrue();
        return Long.parseLong(scan.group(1));
    }

    @Test
    void readOnlyTheRowsTheyLookUp() throws SQLException {
        assertThat(rowsRead("item", "SELECT * FROM few JOIN item ON item.id = few.k WHERE few.big = 7"))
                .isEqualTo(1);
        assertThat(rowsRead("item", "SELECT * FROM few LEFT JOIN item ON item.grp = few.k WHERE few.big = 7"))
                .isEqualTo(4);
        assertThat(rowsRead("item", "SELECT * FROM item WHERE id IN (SELECT k FROM few)"))
                .isEqualTo(1);
        assertThat(rowsRead("line", "SELECT * FROM few JOIN line ON line.a = few.k WHERE few.big = 7"))
                .isEqualTo(10);
        assertThat(
                        rowsRead(
                                "item",
                                "SELECT * FROM few JOIN line ON line.a = few.k JOIN item ON item.id = line.item WHERE few.big = 7"))
                .isLessThanOrEqualTo(10);
    }

    @Test
    void readEverythingWhereThatIsLess() throws SQLException {
        sql.run("CREATE TABLE many (k INT)", "INSERT INTO many SELECT i * 20 FROM generate_series(1, 900) AS s(i)");

        assertThat(String.join(
                        "\n", sql.rows("EXPLAIN ANALYZE SELECT count(*) FROM many JOIN item ON item.id = many.k")))
                .contains("filtered=" + (ROWS - 900));
        assertThat(sql.rows("SELECT count(*) FROM many JOIN item ON item.id = many.k"))
                .containsExactly("900");
    }

    @Test
    void areSeenByConcurrentWritersAsWhatTheyRead() throws SQLException {
        try (Connection other = TestDatabases.connect(TestDatabases.url(folder))) {
            Connection own = sql.connection();
            for (Connection each : List.of(own, other)) {
                each.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
                each.setAutoCommit(false);
            }
            String count = "SELECT count(*) FROM few JOIN item ON item.grp = few.k WHERE few.big = 7";
            assertThat(sql.rows(count)).containsExactly("4");
            assertThat(new Client(other).rows(count)).containsExactly("4");
            sql.run("INSERT INTO item (id, grp) VALUES (-1, 7)");
            new Client(other).run("INSERT INTO item (id, grp) VALUES (-2, 7)");
            own.commit();

            assertThat(new Client(other).failure("COMMIT").getSQLState()).isEqualTo("40001");
        }
    }

    @Test
    void takeParameters() throws SQLException {
        try (PreparedStatement statement = sql.connection()
                .prepareStatement(
                        "SELECT item.code FROM line JOIN item ON item.id = line.item WHERE line.a = ? AND line.b = ?")) {
            for (int b = 1; b < 200; b++) {
                statement.setInt(1, b);
                statement.setInt(2, b);
                int item = (int) (b * 7919L % 30000);
                try (ResultSet rows = statement.executeQuery()) {
                    assertThat(rows.next()).isEqualTo(item >= 1 && item <= ROWS);
                    if (item >= 1 && item <= ROWS) {
                        assertThat(rows.getString(1)).isEqualTo("code " + item);
                    }
                }
            }
        }
    }

    /** Of a parameter nothing is known: the other side turns out to be small when some of its rows have been read. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT count(*), sum(grp) FROM item WHERE item.id IN (SELECT w.item FROM wide AS w WHERE w.v < ?)",
                "SELECT count(*), sum(grp) FROM item WHERE EXISTS (SELECT 1 FROM wide AS w WHERE w.item = item.id AND w.v < ?)",
                "SELECT count(*), sum(w.v) FROM wide AS w WHERE w.v < ? AND EXISTS (SELECT 1 FROM item WHERE item.id = w.item)",
                "SELECT count(*), sum(w.v) FROM wide AS w WHERE w.v < ? AND NOT EXISTS (SELECT 1 FROM item WHERE item.id = w.item)",
                "SELECT count(*), sum(item.grp) FROM item JOIN wide AS w ON item.id = w.item WHERE w.v < ?",
                "SELECT count(*), sum(item.grp) FROM wide AS w LEFT JOIN item ON item.id = w.item WHERE w.v < ?"
            })
    void heldSideIsLookedUpWhereTheOtherTurnsOutSmall(String question) throws SQLException {
        sql.run(
                "CREATE TABLE wide (id INT PRIMARY KEY, item INT, v INT)",
                "INSERT INTO wide SELECT i, CASE WHEN MOD(i, 5) > 0 THEN MOD(i * 7919, 30000) END, i"
                        + " FROM generate_series(1, 120000) AS s(i)",
                "STORAGE FLUSH ALL",
                "SET threads = 4");
        String measured =
                String.join("\n", sql.rows("EXPLAIN ANALYZE " + question.replace("w.v < ?", "w.v + w.id < 40")));
        long read = Long.parseLong(measured.replaceAll("(?s).*Scan\\(main.item\\)[^\\n]*actual rows=(\\d+) .*", "$1"));
        assertThat(measured).contains("looks ahead");
        assertThat(read).as(measured).isLessThan(100);
        String others = question.replace("item.id", "item.id + 0");
        try (PreparedStatement looking = sql.connection().prepareStatement(question);
                PreparedStatement reading = sql.connection().prepareStatement(others)) {
            for (int bound : new int[] {0, 20, 900, 3000, 1_000_000}) {
                assertThat(row(looking, bound)).as(question + bound).isEqualTo(row(reading, bound));
            }
            sql.run("SET memory_limit = '1MB'");
            assertThat(row(looking, 90_000)).isEqualTo(row(reading, 90_000));
            sql.run("RESET memory_limit");
        }
    }

    private static List<String> row(PreparedStatement statement, int bound) throws SQLException {
        statement.setInt(1, bound);
        try (ResultSet rows = statement.executeQuery()) {
            return Client.rows(rows);
        }
    }
}
