// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;

/** Makes random queries over three small tables, in SQL that all databases mean the same by. Confined to one thread. */
final class RandomQueries {
    private static final List<String> INTEGERS = List.of("i", "j");
    private static final List<String> COMPARISONS = List.of("=", "<>", "<", "<=", ">", ">=");

    private final Random random;

    RandomQueries(long seed) {
        this.random = new Random(seed);
    }

    /** The statements that make and fill the tables {@code r0}, {@code r1} and {@code r2}, the last one empty. */
    List<String> tables() {
        List<String> statements = new ArrayList<>();
        for (int table = 0; table < 3; table++) {
            statements.add("CREATE TABLE r" + table
                    + " (id INT PRIMARY KEY, i INT, j INT, d DECIMAL(8, 2), s VARCHAR(5), b BOOLEAN)");
        }
        for (int table = 0; table < 2; table++) {
            StringJoiner rows = new StringJoiner(", ");
            for (int id = 1; id <= 12; id++) {
                rows.add("(" + id + ", " + integer() + ", " + integer() + ", " + decimal() + ", " + text() + ", "
                        + truth() + ")");
            }
            statements.add("INSERT INTO r" + table + " VALUES " + rows);
        }
        return statements;
    }

    private String integer() {
        return random.nextInt(4) == 0 ? "NULL" : Integer.toString(random.nextInt(7) - 3);
    }

    private String decimal() {
        return random.nextInt(4) == 0 ? "NULL" : (random.nextInt(7) - 3) + "." + (random.nextInt(3) * 25 + 10);
    }

    private String text() {
        return random.nextInt(4) == 0 ? "NULL" : pick(List.of("''", "'a'", "'b'", "'ab'", "'B'", "'é'"));
    }

    private String truth() {
        return pick(List.of("TRUE", "FALSE", "NULL"));
    }

    /** A query whose rows may come in any order. */
    String query() {
        return switch (random.nextInt(6)) {
            case 0 -> "SELECT " + columns("x") + " FROM " + table() + " x WHERE " + predicate(List.of("x"), 3);
            case 1 -> join();
            case 2 -> grouping();
            case 3 ->
                "SELECT x.id FROM " + table() + " x WHERE " + subquery("x") + connective() + predicate(List.of("x"), 1);
            case 4 ->
                "SELECT x.i, x.s FROM " + table() + " x WHERE " + predicate(List.of("x"), 1) + " "
                        + pick(List.of("UNION", "UNION ALL", "EXCEPT", "INTERSECT")) + " SELECT y.j, y.s FROM "
                        + table()
                        + " y WHERE " + predicate(List.of("y"), 1);
            default -> "SELECT DISTINCT x.i, x.b, " + scalar("x") + " AS q FROM " + table() + " x";
        };
    }

    private String join() {
        String type = pick(List.of("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN"));
        String key = pick(List.of("x.i = y.j", "x.id = y.id", "x.s = y.s", "x.i = y.i AND x.b = y.b", "x.d = y.d"));
        String more = random.nextInt(3) == 0 ? " AND " + predicate(List.of(pick(List.of("x", "y"))), 1) : "";
        String where = random.nextBoolean() ? " WHERE " + predicate(List.of("x", "y"), 2) : "";
        return "SELECT x.id, y.id, x.s, y.d FROM " + table() + " x " + type + " " + table() + " y ON " + key + more
                + where;
    }

    private String grouping() {
        String keys = pick(List.of("x.i", "x.s", "x.b", "x.i, x.b"));
        String having = random.nextInt(3) == 0 ? " HAVING count(*) > 1" : "";
        return "SELECT " + keys + ", count(*), count(x.j), sum(x.j), min(x.s), max(x.d), sum(x.d), count(DISTINCT x.j)"
                + " FROM " + table() + " x WHERE " + predicate(List.of("x"), 2) + " GROUP BY " + keys + having;
    }

    private String columns(String alias) {
        return alias + ".id, " + alias + ".i + " + alias + ".j, " + alias + ".d * 2, coalesce(" + alias + ".s, '-'), "
                + "CASE WHEN " + predicate(List.of(alias), 1) + " THEN " + alias + ".i ELSE " + alias + ".j END";
    }

    private String subquery(String outer) {
        String inner = "SELECT " + pick(List.of("z.i", "z.j")) + " FROM " + table() + " z WHERE "
                + predicate(random.nextBoolean() ? List.of("z") : List.of("z", outer), 1);
        return switch (random.nextInt(3)) {
            case 0 -> (random.nextBoolean() ? "" : "NOT ") + "EXISTS (" + inner + ")";
            case 1 -> outer + "." + pick(INTEGERS) + (random.nextBoolean() ? "" : " NOT") + " IN (" + inner + ")";
            default -> outer + "." + pick(INTEGERS) + " " + pick(COMPARISONS) + " " + scalar(outer);
        };
    }

    private String scalar(String outer) {
        return "(SELECT " + pick(List.of("max(z.i)", "min(z.j)", "count(*)", "sum(z.i)")) + " FROM " + table()
                + " z WHERE z." + pick(INTEGERS) + " = " + outer + "." + pick(INTEGERS) + ")";
    }

    /** A condition on columns of these tables. */
    String predicate(List<String> aliases, int depth) {
        if (depth > 0 && random.nextInt(3) > 0) {
            String left = predicate(aliases, depth - 1);
            return random.nextInt(4) == 0
                    ? "NOT (" + left + ")"
                    : "(" + left + connective() + predicate(aliases, depth - 1) + ")";
        }
        String a = pick(aliases) + ".";
        String b = pick(aliases) + ".";
        return switch (random.nextInt(10)) {
            case 0 -> a + "i " + pick(COMPARISONS) + " " + b + "j";
            case 1 -> a + pick(INTEGERS) + " " + pick(COMPARISONS) + " " + (random.nextInt(7) - 3);
            case 2 -> a + "d " + pick(COMPARISONS) + " " + b + "i";
            case 3 -> a + pick(List.of("i", "s", "b", "d")) + " IS" + pick(List.of(" NULL", " NOT NULL"));
            case 4 -> a + "s " + pick(COMPARISONS) + " " + pick(List.of("'a'", "''", b + "s"));
            case 5 -> a + "s" + pick(List.of(" LIKE ", " NOT LIKE ")) + pick(List.of("'a%'", "'%b'", "'_'", "'%'"));
            case 6 -> a + "i" + pick(List.of("", " NOT")) + " IN (1, " + integer() + ", " + integer() + ")";
            case 7 -> a + "i" + pick(List.of("", " NOT")) + " BETWEEN " + (random.nextInt(7) - 3) + " AND " + b + "j";
            case 8 -> a + "b" + pick(List.of("", " IS TRUE", " IS NOT FALSE", " = " + b + "b"));
            default -> a + "i IS" + pick(List.of("", " NOT")) + " DISTINCT FROM " + b + "j";
        };
    }

    private String connective() {
        return random.nextBoolean() ? " AND " : " OR ";
    }

    private String table() {
        return "r" + (random.nextInt(8) == 0 ? 2 : random.nextInt(2));
    }

    private String pick(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
