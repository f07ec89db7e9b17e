// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;

/** Makes random queries over three small tables, in SQL that all databases mean the same by. Confined to one thread. */
final class RandomQueries {
    private static final List<String> X = List.of("x");

    private final Random random;
    private final RandomExpressions expressions;

    RandomQueries(long seed) {
        this.random = new Random(seed);
        this.expressions = new RandomExpressions(random);
    }

    /** The statements that make and fill the tables {@code r0}, {@code r1} and {@code r2}, the last one empty. */
    List<String> tables() {
        List<String> statements = new ArrayList<>();
        for (int table = 0; table < 3; table++) {
            statements.add("CREATE TABLE r" + table + " (id INT PRIMARY KEY, i INT, j INT, d DECIMAL(8, 2),"
                    + " s VARCHAR(5), b BOOLEAN, l BIGINT, f DOUBLE, dt DATE, ts TIMESTAMP)");
        }
        for (int table = 0; table < 2; table++) {
            StringJoiner rows = new StringJoiner(", ");
            for (int id = 1; id <= 12; id++) {
                rows.add("(" + id + ", " + expressions.smallOrNull() + ", " + expressions.smallOrNull() + ", "
                        + orNull((random.nextInt(7) - 3) + "." + (random.nextInt(3) * 25 + 10)) + ", "
                        + orNull(pick("''", "'a'", "'b'", "'ab'", "'B'", "'é'")) + ", "
                        + pick("TRUE", "FALSE", "NULL") + ", "
                        + orNull(pick("0", "1", "-1", "9223372036854775807", "-9223372036854775808")) + ", "
                        + orNull(pick("0e0", "-0e0", "1.5e0", "-2e0", "1e300", "-1e-300")) + ", "
                        + orNull("DATE '" + day() + "'") + ", "
                        + orNull("TIMESTAMP '" + day() + pick(" 00:00:00", " 12:30:15.25", " 23:59:59.999999") + "'")
                        + ")");
            }
            statements.add("INSERT INTO r" + table + " VALUES " + rows);
        }
        return statements;
    }

    private String day() {
        return pick("2024-02-29", "2024-03-01", "2023-12-31", "1970-01-01", "0100-01-31", "9900-12-31");
    }

    private String orNull(String value) {
        return random.nextInt(4) == 0 ? "NULL" : value;
    }

    /** A query whose rows may come in any order. */
    String query() {
        return switch (random.nextInt(14)) {
            case 0 -> "SELECT " + columns() + " FROM " + table() + " x WHERE " + predicate(X, 3);
            case 1, 2 -> join();
            case 3 -> grouping();
            case 4 -> groupingSets();
            case 5 -> "SELECT x.id FROM " + table() + " x WHERE " + subquery("x", 1) + connective() + predicate(X, 1);
            case 6 -> setOperation();
            case 7, 8 -> window();
            case 9 -> limited();
            case 10 -> commonTable();
            case 11 -> lateral();
            case 12 ->
                "SELECT x.id, CASE WHEN " + subquery("x", 1) + " THEN " + expressions.value(X, 0) + " END FROM "
                        + table() + " x";
            default -> "SELECT DISTINCT x.i, x.b, " + scalar("x") + " AS q FROM " + table() + " x";
        };
    }

    /** A condition on columns of these tables. */
    String predicate(List<String> aliases, int depth) {
        return expressions.predicate(aliases, depth);
    }

    private String columns() {
        return "x.id, " + expressions.integer(X, 3) + ", " + expressions.decimal(X, 2) + ", " + expressions.text(X, 2)
                + ", " + expressions.date(X, 2) + ", " + expressions.timestamp(X, 2) + ", " + predicate(X, 2);
    }

    private String join() {
        String type = pick("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN");
        if (random.nextInt(4) == 0) {
            String columns = pick("i", "s", "i, s", "b");
            String left = "(SELECT " + columns + ", id AS p FROM " + table() + " z WHERE " + predicate(List.of("z"), 1);
            String right = "(SELECT " + columns + ", id AS q FROM " + table() + ")";
            return random.nextBoolean()
                    ? "SELECT " + columns + ", p, q FROM " + left + ") x " + type + " " + right + " y USING (" + columns
                            + ")"
                    : "SELECT * FROM " + left + ") x NATURAL " + type + " " + right + " y";
        }
        String key = pick(
                "x.i = y.j",
                "x.id = y.id",
                "x.s = y.s",
                "x.i = y.i AND x.b = y.b",
                "x.d = y.d",
                "x.l = y.l",
                "x.dt = y.dt",
                "x.f = y.f",
                "x.i = y.d",
                "x.id = y.l",
                "x.i IS NOT DISTINCT FROM y.i");
        String more = random.nextInt(3) == 0 ? " AND " + predicate(List.of("x", "y"), 1) : "";
        String where = random.nextBoolean() ? " WHERE " + predicate(List.of("x", "y"), 2) : "";
        String third = random.nextInt(3) == 0
                ? " " + pick("JOIN", "LEFT JOIN") + " " + table() + " w ON w.id = y.i" + connective() + "w.id = x.j"
                : "";
        return "SELECT x.id, y.id, x.s, y.d FROM " + table() + " x " + type + " " + table() + " y ON " + key + more
                + third + where;
    }

    private String grouping() {
        String keys = random.nextBoolean()
                ? pick("x.i", "x.s", "x.b", "x.i, x.b", "x.d", "x.dt", "x.f")
                : "coalesce(" + pick("x.i, x.j", "x.s, 'a'", "x.d, x.i", "x.dt, DATE '2024-02-29'") + ")";
        String having =
                random.nextInt(3) == 0 ? " HAVING " + pick("count(*) > 1", "min(x.i) < 2", "max(x.s) > 'a'") : "";
        return "SELECT " + keys + ", " + aggregates() + " FROM " + table() + " x WHERE " + predicate(X, 2)
                + " GROUP BY " + keys + having;
    }

    private String aggregates() {
        StringJoiner aggregates = new StringJoiner(", ");
        for (int k = 0; k < 5; k++) {
            String filter = random.nextInt(4) == 0 ? " FILTER (WHERE " + predicate(X, 1) + ")" : "";
            aggregates.add(aggregate() + filter);
        }
        return aggregates.toString();
    }

    private String aggregate() {
        return switch (random.nextInt(9)) {
            case 0 -> "count(*)";
            case 1 -> "count(" + expressions.value(X, 1) + ")";
            case 2 -> "sum(" + expressions.integer(X, 1) + ")";
            case 3 -> "sum(" + expressions.decimal(X, 1) + ")";
            case 4 -> pick("min", "max") + "(" + expressions.value(X, 1) + ")";
            case 5 -> "count(DISTINCT x." + pick("i", "j", "s", "d") + ")";
            case 6 -> "sum(DISTINCT x." + pick("i", "j", "d") + ")";
            case 7 -> "avg(" + pick("x.i", "x.d", "x.j") + ")";
            default -> pick("min", "max") + "(x." + pick("l", "f", "b", "s") + ")";
        };
    }

    private String groupingSets() {
        String sets = pick(
                "ROLLUP (x.i, x.b)",
                "CUBE (x.i, x.b)",
                "GROUPING SETS ((x.i), (x.b), ())",
                "GROUPING SETS ((x.i, x.b), (x.b))",
                "ROLLUP ((x.i, x.b))",
                "x.i, ROLLUP (x.b)");
        String having = random.nextInt(4) == 0 ? " HAVING count(*) > 1" : "";
        return "SELECT x.i, x.b, GROUPING(x.i), GROUPING(x.i, x.b), " + aggregates() + " FROM " + table() + " x WHERE "
                + predicate(X, 2) + " GROUP BY " + sets + having;
    }

    private String setOperation() {
        String first = "SELECT x.i, x.s FROM " + table() + " x WHERE " + predicate(X, 1);
        String second = "SELECT y.j, y.s FROM " + table() + " y WHERE " + predicate(List.of("y"), 1);
        String both = first + " " + setOperator() + " " + second;
        return random.nextInt(3) > 0
                ? both
                : "SELECT q.s, count(*) FROM (" + both + " " + setOperator() + " SELECT d, s FROM " + table()
                        + ") q(n, s) GROUP BY q.s";
    }

    private String setOperator() {
        return pick("UNION", "UNION ALL", "EXCEPT", "INTERSECT", "EXCEPT ALL", "INTERSECT ALL");
    }

    private String window() {
        String partition = random.nextBoolean() ? "PARTITION BY x." + pick("i", "b", "s", "d") + " " : "";
        String unique = partition + "ORDER BY x." + pick("i", "s", "dt", "f") + order() + ", x.id";
        String rows = "ROWS BETWEEN " + frame(Integer.toString(random.nextInt(4)), Integer.toString(random.nextInt(4)));
        String key = pick("i", "d", "l", "dt", "f");
        String range =
                partition + "ORDER BY x." + key + order() + " RANGE BETWEEN " + frame(distance(key), distance(key));
        return "SELECT x.id, " + ranking() + " OVER (" + unique + "), "
                + aggregate().replace("(DISTINCT ", "(")
                + " OVER (" + unique + " " + rows + "), " + pick("sum(x.id)", "count(*)", "min(x.id)", "max(x.s)")
                + " OVER (" + range + "), " + pick("first_value(x.s)", "last_value(x.i)", "nth_value(x.d, 2)")
                + " OVER (" + unique + " " + rows + "), rank() OVER (" + partition + "ORDER BY x.i" + order()
                + ") FROM " + table() + " x WHERE " + predicate(X, 1);
    }

    private String ranking() {
        return pick(
                "row_number()",
                "dense_rank()",
                "ntile(3)",
                "lag(x.i)",
                "lead(x.s, 2)",
                "lag(x.d, 1, 0.5)",
                "percent_rank()",
                "cume_dist()",
                "lead(x.ts, 1)");
    }

    private String order() {
        return pick("", " DESC") + pick(" NULLS FIRST", " NULLS LAST");
    }

    private String frame(String near, String far) {
        return pick(
                        "UNBOUNDED PRECEDING AND CURRENT ROW",
                        "NEAR PRECEDING AND FAR FOLLOWING",
                        "CURRENT ROW AND FAR FOLLOWING",
                        "NEAR PRECEDING AND CURRENT ROW",
                        "UNBOUNDED PRECEDING AND FAR FOLLOWING",
                        "NEAR PRECEDING AND UNBOUNDED FOLLOWING",
                        "CURRENT ROW AND UNBOUNDED FOLLOWING")
                .replace("NEAR", near)
                .replace("FAR", far);
    }

    /** How far a frame of values of that column reaches. */
    private String distance(String key) {
        return switch (key) {
            case "dt" -> "INTERVAL '" + (1 + random.nextInt(60)) + "' " + pick("DAY", "MONTH");
            case "d" -> pick("0.5", "1", "2.25");
            case "l" -> "0";
            case "f" -> pick("1", "0");
            default -> Integer.toString(random.nextInt(4));
        };
    }

    private String limited() {
        return "SELECT * FROM (SELECT x.id, x.s FROM " + table() + " x WHERE " + predicate(X, 1) + " ORDER BY x."
                + pick("i", "s", "d", "dt") + order() + ", x.id LIMIT " + random.nextInt(6)
                + (random.nextBoolean() ? " OFFSET " + random.nextInt(4) : "") + ") q";
    }

    private String commonTable() {
        return random.nextInt(3) == 0
                ? "WITH RECURSIVE c (n, s) AS (SELECT x.id, x.s FROM " + table() + " x WHERE " + predicate(X, 1)
                        + " UNION ALL SELECT c.n + " + pick("3", "5") + ", c.s FROM c WHERE c.n < 14)"
                        + " SELECT n, s, count(*) FROM c GROUP BY n, s"
                : "WITH c AS (SELECT x.i, x.s, count(*) AS n FROM " + table()
                        + " x GROUP BY x.i, x.s) SELECT p.i, q.s, p.n"
                        + " FROM c p " + pick("JOIN", "LEFT JOIN") + " c q ON p.i = q.n WHERE "
                        + pick("p.n > 0", "q.s IS NULL", "p.i IN (SELECT n FROM c)", "p.s = q.s");
    }

    private String lateral() {
        String inner = pick(
                "SELECT count(*) AS n, max(z.i) AS m FROM " + table() + " z WHERE z.i = x.j",
                "SELECT z.id AS n, z.i AS m FROM " + table() + " z WHERE z.i < x.i",
                "SELECT z.id AS n, z.j AS m FROM " + table() + " z WHERE z.j = x.i ORDER BY z.id LIMIT 2",
                "SELECT DISTINCT z.i AS n, x.j AS m FROM " + table() + " z WHERE z.b = x.b");
        String join = random.nextBoolean()
                ? " x CROSS JOIN LATERAL (" + inner + ") q"
                : " x LEFT JOIN LATERAL (" + inner + ") q ON TRUE";
        return "SELECT x.id, q.n, q.m FROM " + table() + join;
    }

    private String subquery(String outer, int depth) {
        List<String> aliases = random.nextBoolean() ? List.of("z") : List.of("z", outer);
        String condition = depth > 0 && random.nextInt(4) == 0
                ? "EXISTS (SELECT 1 FROM " + table() + " v WHERE " + predicate(List.of("v", "z", outer), 1) + ")"
                : predicate(aliases, 1);
        String inner = "SELECT z." + pick("i", "j", "l", "d") + " FROM " + table() + " z WHERE " + condition;
        String value = outer + "." + pick("i", "j");
        return switch (random.nextInt(5)) {
            case 0 -> pick("", "NOT ") + "EXISTS (" + inner + ")";
            case 1 -> value + expressions.not() + " IN (" + inner + ")";
            case 2 -> value + " " + expressions.comparison() + pick(" ANY (", " ALL (") + inner + ")";
            case 3 ->
                "(" + value + ", " + outer + ".b)" + expressions.not() + " IN (SELECT z.i, z.b FROM " + table()
                        + " z WHERE " + predicate(List.of("z"), 1) + ")";
            default -> value + " " + expressions.comparison() + " " + scalar(outer);
        };
    }

    private String scalar(String outer) {
        return "(SELECT " + pick("max(z.i)", "min(z.j)", "count(*)", "sum(z.i)", "count(z.s) + 1")
                + " FROM " + table() + " z WHERE z." + pick("i", "j") + " " + pick("=", "<", "<>") + " " + outer + "."
                + pick("i", "j") + ")";
    }

    private String connective() {
        return expressions.connective();
    }

    private String table() {
        return "r" + (random.nextInt(8) == 0 ? 2 : random.nextInt(2));
    }

    private String pick(String... choices) {
        return expressions.pick(choices);
    }
}
