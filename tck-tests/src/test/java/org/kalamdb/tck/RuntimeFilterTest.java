// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scans leave out rows that no join above them wants, and never any other. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RuntimeFilterTest {
    private static final Pattern FILTERED = Pattern.compile("Scan\\(main\\.(\\w+).* filtered=(\\d+)");

    /** Columns of both tables whose values are compared: of several types, with NULLs, close together and far apart. */
    private static final List<String> KEYS = List.of("k", "big", "wide", "s", "d", "f", "day");

    private final long seed = ThreadLocalRandom.current().nextLong();

    private Client client;

    @BeforeAll
    void fillTables(@TempDir Path folder) throws SQLException {
        client = new Client(TestDatabases.url(folder));
        String columns =
                " (id INT PRIMARY KEY, g INT, k INT, big BIGINT, wide BIGINT, s TEXT, d DECIMAL(12, %d), f DOUBLE,"
                        + " day DATE, v INT)";
        client.run(
                "CREATE TABLE fact" + columns.formatted(2),
                "CREATE TABLE dim" + columns.formatted(4),
                "CREATE TABLE other (id INT PRIMARY KEY, k INT, s TEXT)",
                "INSERT INTO fact " + rows(9_000, 600),
                "INSERT INTO dim " + rows(400, 900),
                "UPDATE fact SET f = CAST('NaN' AS DOUBLE) WHERE MOD(id, 600) = 1",
                "UPDATE dim SET f = CAST('NaN' AS DOUBLE) WHERE id = 17",
                "UPDATE fact SET f = CAST('-0.0' AS DOUBLE) WHERE f = 0 AND MOD(id, 2) = 0",
                "INSERT INTO other SELECT i, MOD(i * 7, 50), 's' || CAST(MOD(i, 90) AS VARCHAR) FROM generate_series(1, 60) AS x(i)",
                "STORAGE FLUSH ALL",
                "INSERT INTO fact SELECT id + 100000, g, k, big, wide, s, d, f, day, v FROM fact WHERE id < 300",
                "UPDATE fact SET k = k + 1 WHERE MOD(id, 97) = 0",
                "DELETE FROM fact WHERE MOD(id, 89) = 0",
                "DELETE FROM dim WHERE MOD(id, 41) = 0");
    }

    private static String rows(int count, int keys) {
        String n = "MOD(i * 7919, " + keys + ")";
        return ("SELECT i, MOD(i, 10), CASE WHEN MOD(i, 13) = 0 THEN NULL ELSE %n END,"
                        + " CASE WHEN MOD(i, 17) = 0 THEN NULL ELSE CAST(%n AS BIGINT) END,"
                        + " (CAST(%n AS BIGINT) - 300) * 1000000007, CASE WHEN MOD(i, 11) = 0 THEN NULL ELSE 's' || CAST(%n AS"
                        + " VARCHAR) END, CAST(%n AS DECIMAL(12, 2)) / 4, CAST(%n AS DOUBLE) / 8,"
                        + " DATE '2026-01-01' + CAST(%n AS INT), MOD(i * 31, 1000) FROM generate_series(1, " + count
                        + ") AS x(i)")
                .replace("%n", n);
    }

    @AfterAll
    void close() throws SQLException {
        client.close();
    }

    /** The rows that the scans of a table have left out in the run of a query. */
    private long filtered(String table, String query) throws SQLException {
        long filtered = 0;
        for (String line : client.rows("EXPLAIN ANALYZE " + query)) {
            Matcher matcher = FILTERED.matcher(line);
            filtered += matcher.find() && matcher.group(1).equals(table) ? Long.parseLong(matcher.group(2)) : 0;
        }
        return filtered;
    }

    private List<String> sorted(String query) throws SQLException {
        return client.rows(query).stream().sorted().toList();
    }

    /** The same query whose keys are computed, so that nothing is filtered. */
    private static String unfiltered(String query) {
        return query.replaceAll("\\{(\\w+\\.)(\\w+)}", "COALESCE(NULL, CASE WHEN $1g = -1 THEN NULL ELSE $1$2 END)");
    }

    private static String filtered(String query) {
        return query.replaceAll("\\{(\\w+\\.\\w+)}", "$1");
    }

    /** In braces are columns that are compared, in brackets stands the name of the one that is tried. */
    private void assertSame(String query) throws SQLException {
        for (String key : KEYS) {
            String of = query.replace("[key]", key);
            List<String> expected = sorted(unfiltered(of));
            assertThat(sorted(filtered(of))).as(filtered(of)).isEqualTo(expected);
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "SELECT a.id, b.id FROM fact AS a JOIN dim AS b ON {a.[key]} = {b.[key]} WHERE b.g = 3",
                "SELECT a.id, b.id FROM fact AS a JOIN dim AS b ON {a.[key]} = {b.[key]} WHERE b.g = 77",
                "SELECT a.id, b.id FROM fact AS a JOIN dim AS b ON {a.[key]} = {b.[key]} AND a.v < b.v WHERE b.g = 3",
                "SELECT a.id, b.id FROM fact AS a JOIN dim AS b ON {a.[key]} IS NOT DISTINCT FROM {b.[key]} WHERE b.g = 3",
                "SELECT a.id, b.id FROM fact AS a JOIN dim AS b ON {a.[key]} = {b.[key]} AND {a.g} = {b.g} WHERE b.v < 300",
                "SELECT a.id, b.id FROM fact AS a LEFT JOIN (SELECT * FROM dim WHERE g = 3) AS b ON {a.[key]} = {b.[key]}",
                "SELECT a.id, b.id FROM fact AS a RIGHT JOIN (SELECT * FROM dim WHERE g = 3) AS b ON {a.[key]} = {b.[key]}",
                "SELECT a.id, b.id FROM fact AS a FULL JOIN (SELECT * FROM dim WHERE g = 3) AS b ON {a.[key]} = {b.[key]}",
                "SELECT a.id FROM fact AS a WHERE EXISTS (SELECT 1 FROM dim AS b WHERE {b.[key]} = {a.[key]} AND b.g = 3)",
                "SELECT a.id FROM fact AS a WHERE NOT EXISTS (SELECT 1 FROM dim AS b WHERE {b.[key]} = {a.[key]} AND b.g = 3)",
                "SELECT a.id FROM dim AS a WHERE EXISTS (SELECT 1 FROM fact AS b WHERE {b.[key]} = {a.[key]} AND b.v < a.v)",
                "SELECT a.id FROM dim AS a WHERE NOT EXISTS (SELECT 1 FROM fact AS b WHERE {b.[key]} = {a.[key]} AND b.v < 50)",
                "SELECT a.id FROM fact AS a WHERE {a.[key]} IN (SELECT {b.[key]} FROM dim AS b WHERE b.g = 3)",
                "SELECT a.id FROM fact AS a WHERE {a.[key]} NOT IN (SELECT {b.[key]} FROM dim AS b WHERE b.g = 3)",
                "SELECT a.id FROM fact AS a WHERE a.v < 50 AND {a.[key]} NOT IN (SELECT {b.[key]} FROM dim AS b WHERE b.id < 10)",
                "SELECT a.id, b.id, c.id FROM fact AS a JOIN dim AS b ON {a.[key]} = {b.[key]} JOIN other AS c ON {a.k} = c.k"
                        + " WHERE c.id < 10",
                "SELECT a.id, b.id, c.id FROM fact AS a LEFT JOIN dim AS b ON {a.[key]} = {b.[key]} JOIN other AS c ON {a.k} = c.k"
                        + " WHERE c.id < 10",
                "SELECT a.id, b.id, c.id FROM fact AS a LEFT JOIN dim AS b ON {a.[key]} = {b.[key]} JOIN other AS c ON {b.k} = c.k"
                        + " WHERE c.id < 10",
                "SELECT a.id, b.id, c.id FROM fact AS a FULL JOIN dim AS b ON {a.[key]} = {b.[key]} LEFT JOIN other AS c"
                        + " ON {b.k} = c.k WHERE a.v < 100",
                "SELECT a.id, b.id, c.id FROM fact AS a FULL JOIN dim AS b ON {a.[key]} = {b.[key]} JOIN other AS c"
                        + " ON {b.k} IS NOT DISTINCT FROM c.k AND c.id < 9",
                "SELECT b.id, a.c, a.m FROM (SELECT a.[key] AS [key], COUNT(*) AS c, MIN(a.v) AS m, 1 AS g FROM fact AS a GROUP BY a.[key])"
                        + " AS a JOIN dim AS b ON {a.[key]} = {b.[key]} WHERE b.g = 3",
                "SELECT b.id, a.c FROM (SELECT a.[key] AS [key], COUNT(*) AS c, 1 AS g FROM fact AS a GROUP BY ROLLUP(a.[key]))"
                        + " AS a JOIN dim AS b ON {a.[key]} IS NOT DISTINCT FROM {b.[key]} WHERE b.g = 3",
                "SELECT b.id, a.id FROM (SELECT * FROM fact ORDER BY v, id FETCH NEXT 500 ROWS ONLY) AS a JOIN dim AS b"
                        + " ON {a.[key]} = {b.[key]} WHERE b.g = 3",
                "SELECT b.id, a.id, a.n FROM (SELECT id, g, a.[key] AS [key], ROW_NUMBER() OVER (PARTITION BY g ORDER BY v, id) AS n"
                        + " FROM fact AS a) AS a JOIN dim AS b ON {a.[key]} = {b.[key]} WHERE b.g = 3",
                "SELECT a.id, b.id FROM (SELECT id, g, [key] FROM (SELECT id, g, a.[key] AS [key] FROM fact AS a UNION ALL"
                        + " SELECT id + 500000, g, b.[key] AS [key] FROM dim AS b) AS u) AS a JOIN dim AS b ON {a.[key]} = {b.[key]}"
                        + " WHERE b.g = 3",
                "SELECT a.id FROM (SELECT id, g, a.[key] AS [key] FROM fact AS a EXCEPT SELECT id, g, b.[key] FROM dim AS b) AS a"
                        + " JOIN dim AS b ON {a.[key]} = {b.[key]} WHERE b.g = 3",
            })
    void answersTheSameWithAndWithoutFilters(String query) throws SQLException {
        assertSame(query);
    }

    @Test
    void isGivenToTheScanOfTheProbingSide() throws SQLException {
        assertThat(filtered("fact", "SELECT COUNT(*) FROM fact AS a JOIN dim AS b ON a.k = b.k WHERE b.g = 3"))
                .isPositive();
        assertThat(filtered("fact", "SELECT COUNT(*) FROM fact AS a JOIN dim AS b ON a.s = b.s WHERE b.g = 3"))
                .isPositive();
        assertThat(filtered(
                        "fact", "SELECT COUNT(*) FROM fact AS a WHERE a.wide IN (SELECT wide FROM dim WHERE g = 3)"))
                .isPositive();
    }

    @Test
    void isNotGivenToASideThatIsAnsweredWithoutMatch() throws SQLException {
        assertThat(
                        filtered(
                                "fact",
                                "SELECT COUNT(b.id) FROM fact AS a LEFT JOIN (SELECT * FROM dim WHERE g = 3) AS b ON a.k = b.k"))
                .isZero();
        assertThat(
                        filtered(
                                "fact",
                                "SELECT COUNT(*) FROM fact AS a WHERE NOT EXISTS (SELECT 1 FROM dim AS b WHERE a.k = b.k AND b.g = 3)"))
                .isZero();
    }

    @Test
    void passesGroupsAndOtherJoins() throws SQLException {
        assertThat(filtered(
                        "fact",
                        "SELECT SUM(a.n) FROM (SELECT k, COUNT(*) AS n FROM fact GROUP BY k HAVING COUNT(*) > 1) AS a JOIN dim AS b"
                                + " ON a.k = b.k WHERE b.id < 20"))
                .isPositive();
        String threeTables =
                "SELECT COUNT(*) FROM fact AS a JOIN dim AS b ON a.k = b.k JOIN other AS c ON b.s = c.s WHERE c.id < 9";
        assertThat(filtered("fact", threeTables)).isPositive();
        assertThat(filtered("dim", threeTables)).isPositive();
    }

    @Test
    void readsNothingIfNoKeyIsHeld() throws SQLException {
        String plan = String.join(
                "\n",
                client.rows(
                        "EXPLAIN ANALYZE SELECT COUNT(*) FROM fact AS a JOIN dim AS b ON a.k = b.k WHERE b.v = -1"));
        assertThat(plan).containsPattern("Scan\\(main\\.fact.*actual rows=0 time=[0-9.]+ ms\\)");
    }

    @Test
    void leavesPagesOutByTheirBounds() throws SQLException {
        client.run(
                "CREATE TABLE event (id BIGINT, n INT)",
                "CREATE TABLE wanted (id INT PRIMARY KEY)",
                "INSERT INTO event SELECT i, MOD(i, 7) FROM generate_series(1, 60000) AS x(i)",
                "STORAGE FLUSH TABLE event",
                "INSERT INTO wanted VALUES (17), (59999), (70000)");
        String query = "SELECT COUNT(*), SUM(e.n) FROM event AS e JOIN wanted AS w ON e.id = w.id";

        assertThat(client.rows(query)).containsExactly("2|" + (17 % 7 + 59_999 % 7));
        assertThat(filtered("event", query)).isEqualTo(60_000 - 2);
    }

    @Test
    void survivesJoinsThatDoNotFitIntoMemory() throws SQLException {
        client.run(
                "CREATE TABLE large (id INT PRIMARY KEY, k INT, s TEXT)",
                "INSERT INTO large SELECT i, MOD(i, 600), REPEAT('x', 60) || CAST(i AS VARCHAR) FROM generate_series(1, 30000) AS x(i)");
        String query =
                "SELECT COUNT(*), MIN(a.s), MAX(b.s) FROM large AS a JOIN large AS b ON a.id = b.id JOIN dim AS c ON c.k = b.k";
        assertThat(String.join("", client.rows("EXPLAIN ANALYZE " + query))).contains(" filtered=");
        List<String> expected = sorted(query);
        client.run("SET memory_limit = '1MB'");
        try {
            assertThat(sorted(query)).isEqualTo(expected);
        } finally {
            client.run("RESET memory_limit");
        }
    }

    @Test
    void randomJoinsAnswerTheSame() throws SQLException {
        Random random = new Random(seed);
        for (int i = 0; i < 40; i++) {
            String query = randomJoin(random);
            List<String> expected = sorted(unfiltered(query));
            assertThat(sorted(filtered(query)))
                    .as("seed %d: %s", seed, filtered(query))
                    .isEqualTo(expected);
        }
    }

    /** Three to five relations, each joined with one before it. */
    private static String randomJoin(Random random) {
        int count = 3 + random.nextInt(3);
        StringBuilder from = new StringBuilder(relation(random)).append(" AS t0");
        StringBuilder selected = new StringBuilder("t0.id");
        for (int i = 1; i < count; i++) {
            String key = KEYS.get(random.nextInt(KEYS.size()));
            String kind = List.of(" JOIN ", " JOIN ", " LEFT JOIN ", " RIGHT JOIN ", " FULL JOIN ")
                    .get(random.nextInt(5));
            String equals = random.nextInt(4) == 0 ? " IS NOT DISTINCT FROM " : " = ";
            from.append(kind)
                    .append(relation(random))
                    .append(" AS t" + i + " ON {t" + random.nextInt(i) + "." + key + "}" + equals + "{t" + i + "." + key
                            + "}");
            if (random.nextInt(3) == 0) {
                from.append(" AND t" + (i - 1) + ".v < t" + i + ".v + 300");
            }
            selected.append(" + COALESCE(t" + i + ".id, 0) * " + (1000 * i + 7));
        }
        return "SELECT COUNT(*), SUM(CAST(COALESCE(" + selected + ", -5) AS BIGINT)) FROM " + from
                + (random.nextBoolean()
                        ? ""
                        : " WHERE {t" + random.nextInt(count) + ".k} IN (SELECT o.k FROM other AS o)");
    }

    private static String relation(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> "(SELECT * FROM fact WHERE MOD(id, 50) = " + random.nextInt(50) + ")";
            case 1 -> "(SELECT * FROM dim WHERE g = " + random.nextInt(11) + ")";
            case 2 -> "(SELECT * FROM dim WHERE v < " + random.nextInt(1000) + ")";
            case 3 ->
                "(SELECT MIN(id) AS id, MIN(g) AS g, k, big, wide, s, d, f, day, MAX(v) AS v FROM dim GROUP BY k, big,"
                        + " wide, s, d, f, day)";
            default -> "(SELECT * FROM fact WHERE v < 40)";
        };
    }
}
