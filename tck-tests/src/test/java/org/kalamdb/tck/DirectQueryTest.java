// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Simple queries are planned without the full planner, and nobody can tell from their answers. A comment is beyond the
 * short way, so that the same statement behind one goes the long way.
 */
final class DirectQueryTest {
    private static final String THE_LONG_WAY = "/* */ ";
    private static final int RANDOM_STATEMENTS = 400;
    private static final long SEED = new Random().nextLong();

    private static final Client SQL = new Client(TestDatabases.freshMemoryUrl());

    @BeforeAll
    static void createTables() throws SQLException {
        SQL.run(
                "CREATE TABLE item (id BIGINT PRIMARY KEY, kind INT, name TEXT, price DECIMAL(10, 2) NOT NULL, weight DOUBLE,"
                        + " sold BOOLEAN, small SMALLINT, big DECIMAL(30, 3), code VARCHAR(8))",
                "CREATE INDEX item_kind ON item (kind, name)",
                "CREATE UNIQUE INDEX item_code ON item (code)",
                "CREATE TABLE pair (a INT, b TEXT, v INT, PRIMARY KEY (a, b))",
                "CREATE TABLE heap (n INT, t TIMESTAMP, d DATE, u UUID)",
                "CREATE TABLE \"Mixed Case\" (\"Id\" INT PRIMARY KEY, \"select\" TEXT)",
                "CREATE USER TABLE own (id INT PRIMARY KEY, v TEXT)",
                "CREATE VIEW dear AS SELECT id, name FROM item WHERE price > 3",
                "INSERT INTO \"Mixed Case\" VALUES (1, 'one'), (2, 'two')",
                "INSERT INTO own VALUES (1, 'mine')");
        String[] names = {"nut", "bolt", "nail", "na\u00efve", "", "\ud83d\ude00", "\uff5e"};
        for (int i = 0; i < 60; i++) {
            SQL.run("INSERT INTO item VALUES (" + i + ", " + orNull(i, 7, i % 5) + ", "
                    + orNull(i, 11, "'" + names[i % names.length] + "'") + ", " + i % 9 + ".5" + i % 10 + ", "
                    + (i == 13 ? "CAST('NaN' AS DOUBLE)" : orNull(i, 13, i % 6 + ".25")) + ", "
                    + orNull(i, 5, i % 2 == 0 ? "TRUE" : "FALSE") + ", " + orNull(i, 6, -i) + ", "
                    + orNull(i, 8, i + "00000000000000000000.125") + ", " + orNull(i, 4, "'c" + i + "'") + ")");
            SQL.run("INSERT INTO pair VALUES (" + i % 6 + ", 'b" + i / 6 + "', " + orNull(i, 3, i) + ")");
            SQL.run("INSERT INTO heap VALUES (" + i % 10 + ", TIMESTAMP '2026-01-" + (10 + i % 20)
                    + " 10:00:00', DATE '2026-02-" + (10 + i % 9) + "', '00000000-0000-0000-0000-0000000000"
                    + (10 + i % 50) + "')");
        }
    }

    @AfterAll
    static void close() throws SQLException {
        SQL.close();
    }

    private static Object orNull(int i, int every, Object value) {
        return i % every == every - 1 ? "NULL" : value;
    }

    private static Stream<String> directStatements() {
        return Stream.of(
                "SELECT * FROM item WHERE id = 7",
                "SELECT name, id AS number, name FROM item WHERE id = 7",
                "SELECT item.name FROM item WHERE item.id = 7;",
                "SELECT i.*, i.id again FROM main.item AS i WHERE 7 = i.id",
                "SELECT \"name\" AS \"A Name\" FROM item i WHERE id IN (3, 5, 3, 900)",
                "select NAME from ITEM where ID between 3 and 9",
                "SELECT id FROM item WHERE id > 50 AND id <= 55 AND name <> 'nut'",
                "SELECT id FROM item WHERE 3 > id",
                "SELECT * FROM item",
                "SELECT id FROM item WHERE kind = 3",
                "SELECT id FROM item WHERE kind = 3 AND name = 'nut'",
                "SELECT id FROM item WHERE kind = 3 AND name > 'b' AND price >= 2.5",
                "SELECT id FROM item WHERE kind IN (1, 2) AND sold = TRUE",
                "SELECT id FROM item WHERE code = 'c12'",
                "SELECT id FROM item WHERE name IS NULL",
                "SELECT id FROM item WHERE name IS NOT NULL AND sold = FALSE",
                "SELECT id FROM item WHERE name = '\ud83d\ude00'",
                "SELECT id FROM item WHERE name > '\uff5e'",
                "SELECT id FROM item WHERE name = ''",
                "SELECT id FROM item WHERE weight > 2 AND weight <> 3.25",
                "SELECT id FROM item WHERE weight <> 3",
                "SELECT id FROM item WHERE price = 3.5",
                "SELECT id FROM item WHERE price < 4 AND big > 5",
                "SELECT id FROM item WHERE big = 500000000000000000000.125",
                "SELECT id FROM item WHERE small BETWEEN -20 AND -10",
                "SELECT id FROM item WHERE small = -0",
                "SELECT id, name FROM item ORDER BY id LIMIT 5",
                "SELECT id AS id FROM item WHERE id > 20 ORDER BY id LIMIT 5 OFFSET 3",
                "SELECT id FROM item WHERE id > 20 AND price > 2 ORDER BY id ASC LIMIT 3 OFFSET 1",
                "SELECT id, kind FROM item WHERE kind = 2 ORDER BY name DESC LIMIT 4",
                "SELECT kind, name, id FROM item ORDER BY kind DESC, name DESC LIMIT 1000",
                "SELECT id FROM item WHERE id >= 10 ORDER BY item.id OFFSET 45",
                "SELECT id FROM item WHERE id = 1 LIMIT 0",
                "SELECT id FROM item WHERE id < 0",
                "SELECT id FROM item WHERE id > 8 AND id < 4",
                "SELECT v FROM pair WHERE a = 3 AND b = 'b2'",
                "SELECT b, v FROM pair WHERE a = 3 ORDER BY b",
                "SELECT * FROM pair WHERE a = 3 AND v > 10 AND v <> 33",
                "SELECT a FROM pair WHERE b = 'b2' AND a IN (2, 4)",
                "SELECT n FROM heap WHERE n >= 8",
                "SELECT \"select\" FROM \"Mixed Case\" WHERE \"Id\" = 2",
                "SELECT * FROM own WHERE id = 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT COUNT(*) FROM item",
                "select count(*) from ITEM;",
                "SELECT COUNT(*) AS n FROM item i WHERE i.id > 8",
                "SELECT COUNT(*) rows_there FROM main.item WHERE kind = 3 AND name > 'b'",
                "SELECT COUNT( * ) FROM item WHERE name IS NULL",
                "SELECT COUNT(*) FROM item WHERE kind IN (1, 2) AND sold = TRUE",
                "SELECT COUNT(*) FROM item WHERE id < 0",
                "SELECT COUNT(*) FROM item WHERE id > 8 AND id < 4",
                "SELECT COUNT(*) FROM item WHERE weight <> 3",
                "SELECT COUNT(*) FROM pair WHERE a = 3 AND b = 'b2'",
                "SELECT COUNT(*) FROM heap WHERE n >= 8",
                "SELECT COUNT(*) FROM own WHERE id = 1"
            })
    void countsAsTheFullPlannerDoes(String sql) throws SQLException {
        assertThat(explain(sql)).startsWith("Count(");
        assertSameAnswer(sql);
    }

    @ParameterizedTest
    @MethodSource("directStatements")
    void answersAsTheFullPlannerDoes(String sql) throws SQLException {
        assertThat(explain(sql)).startsWith("Scan(").doesNotContain("Enumerable");
        assertSameAnswer(sql);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "SELECT 1;",
                "select -1, 2 AS two, 'text' t, '', true, FALSE AS \"No\"",
                "SELECT 2147483647, 2147483648, -2147483648, -2147483649, 9223372036854775807, 007, -0",
                "SELECT '\ud83d\ude00'",
                "SELECT 1.5",
                "SELECT -1.50 x",
                "SELECT 9223372036854775808",
                "SELECT NULL",
                "SELECT 1 + 1",
                "SELECT 1 WHERE 1 = 0",
                "SELECT 1 LIMIT 0",
                "SELECT 1 UNION ALL SELECT 2",
                "SELECT 1, id FROM item WHERE id = 1",
                "SELECT DATE '2026-01-01'"
            })
    void answersLiteralsAsTheFullPlannerDoes(String sql) throws SQLException {
        assertSameAnswer(sql);
        // The full planner adds what it estimates.
        assertThat(explain(THE_LONG_WAY + sql)).startsWith(explain(sql));
    }

    private static Stream<String> otherStatements() {
        return Stream.of(
                "SELECT id + 1 FROM item WHERE id = 7",
                "SELECT 1 FROM item WHERE id = 7",
                "SELECT count(*) + 1 FROM item",
                "SELECT COUNT (*) FROM item",
                "SELECT COUNT(id) FROM item",
                "SELECT COUNT(DISTINCT kind) FROM item",
                "SELECT COUNT(*), 1 FROM item",
                "SELECT COUNT(*)",
                "SELECT COUNT(*) FROM item LIMIT 0",
                "SELECT COUNT(*) FROM item ORDER BY 1",
                "SELECT COUNT(*) FROM item GROUP BY kind",
                "SELECT COUNT(*) FROM item HAVING COUNT(*) > 100",
                "SELECT COUNT(*) FROM item WHERE kind = 1 OR kind = 2",
                "SELECT COUNT(*) FROM item WHERE name LIKE 'n%'",
                "SELECT COUNT(*) OVER () FROM item WHERE id < 4",
                "SELECT COUNT(*) FILTER (WHERE id < 4) FROM item",
                "SELECT COUNT(*) FROM item, pair WHERE a = 3",
                "SELECT COUNT(*) FROM system.tables WHERE table_name = 'item'",
                "SELECT DISTINCT kind FROM item",
                "SELECT id FROM item WHERE id = 1 OR id = 2",
                "SELECT id FROM item WHERE id = 1.0",
                "SELECT id FROM item WHERE id = '1'",
                "SELECT id FROM item WHERE id = 99999999999999999999",
                "SELECT id FROM item WHERE small = 100000",
                "SELECT id FROM item WHERE price = 3.505",
                "SELECT id FROM item WHERE price = 123456789012.5",
                "SELECT id FROM item WHERE kind = NULL",
                "SELECT id FROM item WHERE sold",
                "SELECT id FROM item WHERE name LIKE 'n%'",
                "SELECT id FROM item WHERE kind = id",
                "SELECT id FROM item WHERE weight IN (1.25, 2.25)",
                "SELECT id FROM item ORDER BY name, id",
                "SELECT id FROM item ORDER BY id DESC",
                "SELECT id AS kind, kind AS id FROM item ORDER BY id",
                "SELECT id AS n FROM item ORDER BY n",
                "SELECT id FROM item ORDER BY 1",
                "SELECT id FROM item WHERE id > 20 AND kind = 2 ORDER BY id ASC LIMIT 3 OFFSET 1",
                "SELECT id FROM item WHERE id = TRUE",
                "SELECT id FROM item WHERE id == 1",
                "SELECT id FROM item ORDER BY id NULLS FIRST",
                "SELECT id FROM dear WHERE id = 7",
                "SELECT table_name FROM system.tables WHERE table_name = 'item'",
                "SELECT id FROM item FETCH FIRST 2 ROWS ONLY",
                "SELECT id FROM item WHERE id = 1 LIMIT 1.5",
                "SELECT id FROM item WHERE id = 1 LIMIT 99999999999999999999",
                "SELECT id FROM item WHERE id IN (SELECT a FROM pair)",
                "SELECT t FROM heap WHERE t = TIMESTAMP '2026-01-12 10:00:00'",
                "SELECT t FROM heap WHERE t > '2026-01-12 10:00:00'",
                "SELECT u FROM heap WHERE u = '00000000-0000-0000-0000-000000000012'");
    }

    @ParameterizedTest
    @MethodSource("otherStatements")
    void leavesTheRestToTheFullPlanner(String sql) throws SQLException {
        assertSameAnswer(sql);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT nothing FROM item WHERE id = 1",
                "SELECT COUNT(*) FROM nothing",
                "SELECT COUNT(*) FROM item WHERE nothing = 1",
                "SELECT id FROM nothing WHERE id = 1",
                "SELECT id FROM nothing.item WHERE id = 1",
                "SELECT other.id FROM item WHERE id = 1",
                "SELECT item.id FROM item i WHERE id = 1",
                "SELECT id FROM item WHERE id = 1 ORDER BY nothing",
                "SELECT id FROM item WHERE id = 'abc'",
                "SELECT id FROM item WHERE sold < 5",
                "SELECT id FROM item WHERE id = 1 LIMIT -1",
                "SELECT id FROM item WHERE id = 1 LIMIT '1'",
                "SELECT id FROM item WHERE id = 1 AND",
                "SELECT id, FROM item",
                "SELECT 1,",
                "SELECT 1 AS",
                "SELECT 'a' 1",
                "SELECT - 'a'",
                "SELECT id FROM item WHERE id = 'open",
                "SELECT id FROM item; SELECT 1",
                "SELECT x.* FROM item"
            })
    void leavesErrorsToTheFullPlanner(String sql) {
        SQLException expected = failure(THE_LONG_WAY + sql);
        SQLException found = failure(sql);
        assertThat(found.getSQLState()).isEqualTo(expected.getSQLState());
        assertThat(found.getMessage().replaceFirst("^line 1:\\d+: ", ""))
                .isEqualTo(expected.getMessage().replaceFirst("^line 1:\\d+: ", ""));
    }

    private static SQLException failure(String sql) {
        try {
            SQL.rows(sql);
        } catch (SQLException e) {
            return e;
        }
        throw new AssertionError("No error: " + sql);
    }

    @Test
    void answersRandomStatementsAsTheFullPlannerDoes() throws SQLException {
        Random random = new Random(SEED);
        int direct = 0;
        for (int i = 0; i < RANDOM_STATEMENTS; i++) {
            String sql = randomStatement(random);
            assertThat(outcome(sql)).as("seed %d: %s", SEED, sql).isEqualTo(outcome(THE_LONG_WAY + sql));
            direct += i % 100 == 0 && isDirect(sql) ? 1 : 0;
        }
        assertThat(direct).isPositive();
    }

    private static String randomStatement(Random random) {
        String[] columns = {"id", "kind", "name", "price", "weight", "sold", "small", "big", "code"};
        StringBuilder sql = new StringBuilder("SELECT ");
        boolean counts = random.nextInt(5) == 0;
        int items = counts ? 0 : 1 + random.nextInt(3);
        sql.append(counts ? "COUNT(*)" : "");
        for (int i = 0; i < items; i++) {
            String column = columns[random.nextInt(columns.length)];
            sql.append(i == 0 ? "" : ", ").append(random.nextInt(8) == 0 ? "*" : column);
        }
        sql.append(" FROM item");
        int conditions = random.nextInt(4);
        for (int i = 0; i < conditions; i++) {
            sql.append(i == 0 ? " WHERE " : " AND ").append(randomCondition(random, columns));
        }
        if (!counts && random.nextInt(3) == 0) {
            String[] orders = {"id", "id", "kind, name", "kind DESC, name DESC", "code", "name"};
            sql.append(" ORDER BY ").append(orders[random.nextInt(orders.length)]);
            if (random.nextInt(2) == 0) {
                // Ties are in no promised order, and with a limit not even the rows are.
                sql.append(sql.toString().endsWith("BY id") ? " LIMIT " + random.nextInt(20) : " LIMIT 1000");
            }
        }
        return sql.toString();
    }

    private static String randomCondition(Random random, String[] columns) {
        int index = random.nextInt(columns.length);
        String column = columns[index];
        String[] operators = {" = ", " = ", " <> ", " < ", " <= ", " > ", " >= "};
        boolean equalityOnly = column.equals("sold");
        return switch (random.nextInt(6)) {
            case 0 -> column + (random.nextBoolean() ? " IS NULL" : " IS NOT NULL");
            case 1 -> column + " IN (" + randomValue(random, index) + ", " + randomValue(random, index) + ")";
            case 2 ->
                equalityOnly
                        ? column + " = FALSE"
                        : column + " BETWEEN " + randomValue(random, index) + " AND " + randomValue(random, index);
            default ->
                column + operators[random.nextInt(equalityOnly ? 3 : operators.length)] + randomValue(random, index);
        };
    }

    private static String randomValue(Random random, int column) {
        String[] names = {"nut", "bolt", "nail", "na\u00efve", "", "\ud83d\ude00", "\uff5e", "m"};
        return switch (column) {
            case 0, 1 -> String.valueOf(random.nextInt(8) == 0 ? random.nextInt(70) : random.nextInt(7));
            case 2 -> "'" + names[random.nextInt(names.length)] + "'";
            case 3 -> random.nextInt(9) + (random.nextBoolean() ? "" : "." + random.nextInt(100));
            case 4 -> random.nextInt(6) + (random.nextBoolean() ? "" : ".25");
            case 5 -> random.nextBoolean() ? "TRUE" : "FALSE";
            case 6 -> String.valueOf(-random.nextInt(60));
            case 7 -> random.nextInt(60) + (random.nextBoolean() ? "" : "00000000000000000000.125");
            default -> "'c" + random.nextInt(60) + "'";
        };
    }

    @Test
    void bindsParametersAsTheFullPlannerDoes() throws SQLException {
        assertSameParameters("SELECT name FROM item WHERE id = ?", 7L);
        assertSameParameters("SELECT COUNT(*) FROM item WHERE kind = ? AND name > ?", 3, "b");
        assertSameParameters("SELECT name FROM item WHERE id = $1 AND id < 40", 7L);
        assertSameParameters("SELECT id FROM item WHERE kind = ? AND name > ?", 3, "b");
        assertSameParameters("SELECT id FROM item WHERE price BETWEEN ? AND ?", "2.5", "4");
        assertSameParameters("SELECT id FROM item WHERE id IN (?, ?, ?)", 2, 3, 2);
        assertSameParameters("SELECT id FROM item WHERE small > ? AND sold = ?", -9, true);
        assertSameParameters("SELECT id FROM item WHERE name = $1 AND code = $1", "c5");
        assertSameParameters("SELECT id FROM item WHERE kind = ?", new Object[] {null});
        assertSameParameters(
                "SELECT n FROM heap WHERE t > ? AND u <> ?",
                Timestamp.valueOf("2026-01-12 10:00:00"),
                UUID.fromString("00000000-0000-0000-0000-000000000015"));
        assertSameParameters("SELECT n FROM heap WHERE d = ?", java.sql.Date.valueOf("2026-02-12"));
        assertSameParameters("SELECT id FROM item WHERE weight > ?", 2.5);
        assertSameParameters("SELECT id FROM item WHERE id > ? ORDER BY id LIMIT ?", 5, 3);
        assertSameParameters("SELECT id FROM item WHERE id > ? ORDER BY id LIMIT ? OFFSET ?", 5, 3, 4L);
        assertSameParameters("SELECT id FROM item WHERE id > ? AND price > 2 ORDER BY id LIMIT ? OFFSET 1", 5, 3);
        assertSameParameters("SELECT id FROM item ORDER BY id LIMIT $1 OFFSET $1", 7);
        assertSameParameters("SELECT id FROM item ORDER BY id LIMIT ?", new Object[] {null});
        assertSameParameters("SELECT id FROM item ORDER BY id LIMIT ?", 0);
        assertSameParameters("SELECT id FROM item ORDER BY id LIMIT ?", -1);
        assertSameParameters("SELECT id FROM item ORDER BY id OFFSET ?", -1);
        assertSameParameters("SELECT id FROM item ORDER BY id LIMIT ? OFFSET ?", Integer.MAX_VALUE, 57);
        try (PreparedStatement explain =
                SQL.connection().prepareStatement("EXPLAIN SELECT id FROM item ORDER BY id LIMIT ? OFFSET 2")) {
            explain.setInt(1, 3);
            assertThat(Client.rows(explain.executeQuery()).get(0))
                    .startsWith("Scan(")
                    .contains("limit ?0 offset 2)");
        }
    }

    @Test
    void refusesAParameterOfTwoTypes() {
        assertThatThrownBy(() -> SQL.connection().prepareStatement("SELECT id FROM item WHERE id = $1 AND name = $1"))
                .isInstanceOf(SQLException.class);
    }

    @Test
    void followsChangesOfItsTable() throws SQLException {
        SQL.run("CREATE TABLE changing (id INT PRIMARY KEY, v INT)", "INSERT INTO changing VALUES (1, 10)");
        String query = "SELECT * FROM changing WHERE id = 1";
        assertThat(SQL.rows(query)).containsExactly("1|10");
        SQL.run("ALTER TABLE changing ADD COLUMN w INT DEFAULT 5");
        assertThat(SQL.rows(query)).containsExactly("1|10|5");
        SQL.run("DROP TABLE changing", "CREATE VIEW changing AS SELECT 8 AS id");
        assertThat(SQL.rows("SELECT * FROM changing")).containsExactly("8");
    }

    @Test
    void knowsWhichWordsAreNames() throws SQLException {
        List<String> words = new ArrayList<>();
        try (ResultSet keywords = SQL.connection().getMetaData().getTypeInfo()) {
            while (keywords.next()) {
                words.add(keywords.getString(1).toLowerCase(Locale.ROOT));
            }
        }
        words.addAll(List.of(SQL.connection()
                .getMetaData()
                .getSQLKeywords()
                .toLowerCase(Locale.ROOT)
                .split(",")));
        words.addAll(List.of(
                "user",
                "pi",
                "current_date",
                "localtime",
                "name",
                "type",
                "key",
                "value",
                "date",
                "time",
                "year",
                "count",
                "row",
                "rows",
                "first",
                "next",
                "limit",
                "offset",
                "stream",
                "period",
                "new",
                "current_namespace"));
        words.removeIf(word -> !word.matches("[a-z_]+"));
        String columns = words.stream()
                .distinct()
                .map(word -> ", \"" + word + "\" TEXT DEFAULT 'x'")
                .collect(Collectors.joining());
        SQL.run("CREATE TABLE words (id INT PRIMARY KEY" + columns + ")", "INSERT INTO words (id) VALUES (1)");
        for (String word : Set.copyOf(words)) {
            for (String sql : List.of(
                    "SELECT " + word + " FROM words",
                    "SELECT id AS " + word + " FROM words",
                    "SELECT id " + word + " FROM words",
                    "SELECT " + word + ".id FROM words AS " + word,
                    "SELECT " + word + ".id FROM words " + word)) {
                assertThat(outcome(sql)).as(sql).isEqualTo(outcome(THE_LONG_WAY + sql));
            }
        }
    }

    private static String outcome(String sql) {
        try {
            // Some are the time of day.
            return answer(sql).toString().replaceAll("[0-9:. -]+", " ");
        } catch (SQLException e) {
            return e.getSQLState();
        }
    }

    private static void assertSameAnswer(String sql) throws SQLException {
        assertThat(answer(sql)).isEqualTo(answer(THE_LONG_WAY + sql));
    }

    /** Columns, then rows, sorted unless the statement sorts them. */
    private static List<String> answer(String sql) throws SQLException {
        try (PreparedStatement statement = SQL.connection().prepareStatement(sql)) {
            return answer(sql, statement);
        }
    }

    private static List<String> answer(String sql, PreparedStatement statement) throws SQLException {
        List<String> answer = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            ResultSetMetaData meta = rows.getMetaData();
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                answer.add(String.join(
                        " ",
                        meta.getColumnLabel(i),
                        meta.getColumnName(i),
                        meta.getTableName(i),
                        meta.getSchemaName(i),
                        meta.getColumnTypeName(i),
                        meta.getColumnClassName(i),
                        meta.getColumnType(i) + " " + meta.getPrecision(i) + " " + meta.getScale(i),
                        meta.isNullable(i) + " " + meta.isAutoIncrement(i) + " " + meta.getColumnDisplaySize(i)));
            }
            List<String> found = Client.rows(rows);
            if (!sql.contains("ORDER BY id") && !sql.contains("ORDER BY b")) {
                found = found.stream().sorted().toList();
            }
            answer.addAll(found);
        }
        return answer;
    }

    private static void assertSameParameters(String sql, Object... values) throws SQLException {
        assertThat(parameterAnswer(sql, values)).isEqualTo(parameterAnswer(THE_LONG_WAY + sql, values));
    }

    private static List<String> parameterAnswer(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = SQL.connection().prepareStatement(sql)) {
            List<String> answer = new ArrayList<>();
            ParameterMetaData meta = statement.getParameterMetaData();
            for (int i = 1; i <= meta.getParameterCount(); i++) {
                answer.add(meta.getParameterTypeName(i) + " " + meta.getPrecision(i) + " " + meta.getScale(i) + " "
                        + meta.isNullable(i));
                statement.setObject(i, values[i - 1]);
            }
            answer.addAll(answer(sql, statement));
            return answer;
        }
    }

    private static boolean isDirect(String sql) {
        try {
            return explain(sql).startsWith("Scan(");
        } catch (SQLException e) {
            return false;
        }
    }

    private static String explain(String sql) throws SQLException {
        return String.join("\n", SQL.rows("EXPLAIN " + sql));
    }
}
