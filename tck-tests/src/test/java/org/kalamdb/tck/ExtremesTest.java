// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** MIN and MAX of a whole table read little of it, and are exact whatever has been changed. */
final class ExtremesTest {
    private static final int ROWS = 120_000;

    private static final List<String> QUESTIONS = List.of(
            "MIN(v)",
            "MAX(v)",
            "MIN(v), MAX(v)",
            "MIN(id)",
            "MAX(id)",
            "MIN(g)",
            "MAX(g)",
            "MIN(g), MAX(g)",
            "MIN(id), MIN(g), MAX(g)",
            "MIN(n)",
            "MAX(n), MIN(n)",
            "MIN(day), MAX(day)",
            "MAX(at)",
            "MIN(small), MAX(small)");

    @TempDir
    private Path folder;

    private Client client;

    @BeforeEach
    void fillTable() throws SQLException {
        client = new Client(TestDatabases.url(folder) + "?threads=4");
        client.run(
                "CREATE TABLE t (id INT PRIMARY KEY, v BIGINT, g INT, n INT, day DATE, at TIMESTAMP, small SMALLINT)",
                "CREATE INDEX t_g ON t (g)",
                "INSERT INTO t SELECT i, i * 10, CASE WHEN MOD(i, 3) > 0 THEN MOD(i * 7919, 1000) END,"
                        + " CASE WHEN MOD(i, 1000) = 5 THEN -i END, DATE '2020-01-01' + (" + ROWS + " - i) / 100,"
                        + " TIMESTAMP '2020-01-01 00:00:00' + i * INTERVAL '1' SECOND, MOD(i, 100)"
                        + " FROM generate_series(1, " + ROWS + ") AS x(i)",
                "STORAGE FLUSH TABLE t");
    }

    @AfterEach
    void close() throws SQLException {
        client.close();
    }

    private String measured(String query) throws SQLException {
        return String.join("\n", client.rows("EXPLAIN ANALYZE " + query));
    }

    /** COUNT beside them, or a filter of the aggregate, makes all rows be read. */
    private void requireExact(String from) throws SQLException {
        for (String question : QUESTIONS) {
            String all = client.value("SELECT COUNT(*), " + question + from);
            assertThat(client.value("SELECT " + question + from))
                    .as(question + from)
                    .isEqualTo(all.substring(all.indexOf('|') + 1));
        }
    }

    @Test
    void areExactAsRowsComeAndGo() throws SQLException {
        requireExact(" FROM t");
        client.run(
                "DELETE FROM t WHERE id < 10 OR id > " + (ROWS - 10) + " OR g IN (0, 999) OR n > -2000",
                "INSERT INTO t (id, v, g, n) VALUES (1000000, -5, -1, NULL), (1000001, 7, NULL, 9)",
                "UPDATE t SET v = 123456789, small = -3, day = DATE '1999-01-01' WHERE id = 500");
        requireExact(" FROM t");
        client.connection().setAutoCommit(false);
        client.run(
                "INSERT INTO t (id, v, g, at) VALUES (-7, -77, 5000, TIMESTAMP '2100-01-01 00:00:00')",
                "DELETE FROM t WHERE id IN (500, 1000000)");
        requireExact(" FROM t");
        client.connection().rollback();
        client.connection().setAutoCommit(true);
        requireExact(" FROM t");
        client.run("STORAGE FLUSH TABLE t", "STORAGE COMPACT TABLE t");
        requireExact(" FROM t");
        client.run("DELETE FROM t");
        requireExact(" FROM t");
        assertThat(client.value("SELECT MIN(v), MAX(v) FROM t")).isEqualTo("null|null");
    }

    @Test
    void areExactOverFiltersAndJoins() throws SQLException {
        requireExact(" FROM t WHERE g > 400");
        requireExact(" FROM t WHERE g = 41 AND id > 500");
        requireExact(" FROM t WHERE small = 7 AND v < 900000");
        requireExact(" FROM t WHERE g IS NULL");
        requireExact(" FROM t WHERE id BETWEEN 5000 AND 90000 AND n IS NOT NULL");
        for (String join : List.of("JOIN", "LEFT JOIN", "FULL JOIN")) {
            String from = " FROM (SELECT * FROM t WHERE id < 30000) AS a " + join
                    + " (SELECT id + 10000 AS k, v AS w FROM t WHERE small < 3) AS b ON a.id = b.k";
            for (String question : List.of("MIN(v), MAX(v)", "MAX(w)", "MIN(k)")) {
                String all = client.value("SELECT COUNT(*), " + question + from);
                assertThat(client.value("SELECT " + question + from))
                        .as(question + from)
                        .isEqualTo(all.split("\\|", 2)[1]);
            }
        }
    }

    @Test
    void pagesThatCannotHaveThemAreNotRead() throws SQLException {
        // A second thread may read other pages while the first still reads those that reach furthest.
        client.close();
        client = new Client(TestDatabases.url(folder) + "?threads=1");
        assertThat(client.value("SELECT MAX(v) FROM t")).isEqualTo(Integer.toString(10 * ROWS));
        for (String question : List.of("MAX(v)", "MAX(id)", "MAX(at)", "MIN(v), MAX(v)", "MIN(day)")) {
            String plan = measured("SELECT " + question + " FROM t");
            long read = Long.parseLong(plan.replaceAll("(?s).*Scan\\(main.t\\).*actual rows=(\\d+) .*", "$1"));
            assertThat(plan).contains("Aggregate(" + question + ", furthest first)");
            assertThat(read).as(plan).isLessThan(ROWS / 3);
        }
    }

    @Test
    void keyHasThemInFront() throws SQLException {
        assertThat(measured("SELECT MIN(id) FROM t"))
                .contains("Limit(fetch 1)", "Scan(main.t by primary key t_pkey in order)");
        assertThat(measured("SELECT MIN(g) FROM t WHERE id > 0")).doesNotContain("Limit");
        assertThat(measured("SELECT MAX(id) FROM t WHERE g = 41")).doesNotContain("Limit");
        assertThat(measured("SELECT MAX(g) FROM t WHERE g < 100"))
                .contains("by index t_g (g < 100) in descending order");
        assertThat(client.value("SELECT MAX(g) FROM t WHERE g < 100"))
                .isEqualTo(client.value("SELECT MAX(g + 0) FROM t WHERE g < 100"));
        client.run(
                "CREATE TABLE log (id INT PRIMARY KEY, room TEXT NOT NULL, sent INT NOT NULL)",
                "CREATE INDEX log_sent ON log (room, sent)",
                "INSERT INTO log SELECT i, CASE WHEN MOD(i, 2) = 0 THEN 'a' ELSE 'b' END, MOD(i * 31, 977)"
                        + " FROM generate_series(1, 2000) AS x(i)");
        assertThat(measured("SELECT MIN(sent), MAX(sent) FROM log WHERE room = 'a'"))
                .contains(
                        "by index log_sent (room = 'a') in order",
                        "by index log_sent (room = 'a') in descending order");
        assertThat(client.value("SELECT MIN(sent), MAX(sent) FROM log WHERE room = 'a'"))
                .isEqualTo(client.value("SELECT MIN(sent), MAX(sent), COUNT(*) FROM log WHERE room = 'a'")
                        .replaceAll("\\|[^|]*$", ""));
        assertThat(client.value("SELECT MAX(sent) FROM log WHERE room = 'c'")).isEqualTo("null");
    }
}
