// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.kalamdb.tck.fuzz.Question.Side;

/**
 * What is true of every condition: it is true, false or NULL for a row, so that the rows of which it is one of the three are all
 * rows; and a row is kept by a filter if CASE says so. Confined to one thread.
 */
final class RuleTrials {
    /** Columns of groups by {@code x.i}. */
    private static final List<Column> GROUPED = List.of(
            new Column("x.i", ColumnType.INT),
            new Column("min(x.j)", ColumnType.INT),
            new Column("count(x.b)", ColumnType.INT),
            new Column("max(x.s)", ColumnType.TEXT),
            new Column("sum(x.d)", ColumnType.DECIMAL),
            new Column("min(x.dt)", ColumnType.DATE),
            new Column("max(x.ts)", ColumnType.TIMESTAMP),
            new Column("bool_or(x.b)", ColumnType.BOOLEAN));

    private final RandomQueries queries;
    private final RandomChoice choice;

    RuleTrials(RandomQueries queries, RandomChoice choice) {
        this.queries = queries;
        this.choice = choice;
    }

    Trial next() {
        RandomTable table = queries.table();
        RandomTable other = queries.table();
        boolean joined = choice.once(3);
        List<Column> columns = new ArrayList<>(table.as("x"));
        String from = table.name() + " x";
        if (joined) {
            columns.addAll(other.as("y"));
            from += choice.pick(" JOIN ", " LEFT JOIN ", " FULL JOIN ") + other.name() + " y ON "
                    + choice.pick("x.id = y.id", "x.i = y.id", "x.j = y.j", "x.s = y.s AND x.i = y.i");
        }
        Sql condition = choice.once(4)
                ? queries.subqueryCondition(columns)
                : queries.expressions().condition(columns, 3);
        String source = from;
        return switch (choice.below(7)) {
            case 0 -> rows(condition, "x.id, x.s", source);
            case 1 -> aggregates(condition, source);
            case 2 -> groups(condition, source, choice.pick("x.i", "x.s", "x.b", "x.dt, x.b"));
            case 3 -> having(queries.expressions().condition(GROUPED, 3), source);
            case 4 -> distinct(condition, choice.pick("x.i, x.s", "x.b", "x.d"), source);
            case 5 -> joined ? kept(condition, source) : deleted(condition, table);
            default -> kept(condition, source);
        };
    }

    private static Trial trial(
            String name, Sql condition, Function<Sql, String> actual, Function<Sql, String> expected) {
        return new Trial(
                name,
                condition,
                sql -> new Trial.Pair(
                        Question.of(Side.HOT, actual.apply(sql)), Question.of(Side.TIERED, expected.apply(sql))),
                false);
    }

    /** The three parts of a query with {@code $} in the place of the condition. */
    private static String parts(String query, Sql condition, String operator) {
        String text = condition.text(Dialect.KALAMDB);
        return String.join(
                operator,
                query.replace("$", "(" + text + ")"),
                query.replace("$", "NOT (" + text + ")"),
                query.replace("$", "(" + text + ") IS NULL"));
    }

    private static Trial rows(Sql condition, String columns, String from) {
        String all = "SELECT " + columns + " FROM " + from;
        return trial("three parts", condition, sql -> all, sql -> parts(all + " WHERE $", sql, " UNION ALL "));
    }

    private static Trial aggregates(Sql condition, String from) {
        String select =
                "SELECT count(*) AS n, count(x.s) AS c, sum(x.j) AS t, sum(x.d) AS d, min(x.dt) AS m, max(x.s) AS g FROM "
                        + from;
        return trial(
                "aggregates of three parts",
                condition,
                sql -> select,
                sql -> "SELECT sum(n), sum(c), sum(t), sum(d), min(m), max(g) FROM ("
                        + parts(select + " WHERE $", sql, " UNION ALL ") + ") AS parts");
    }

    private static Trial groups(Sql condition, String from, String keys) {
        String select = "SELECT " + keys + ", count(*) AS n, sum(x.d) AS t, min(x.ts) AS m FROM " + from;
        String names = keys.replace("x.", "");
        return trial(
                "groups of three parts",
                condition,
                sql -> select + " GROUP BY " + keys,
                sql -> "SELECT " + names + ", sum(n), sum(t), min(m) FROM ("
                        + parts(select + " WHERE $ GROUP BY " + keys, sql, " UNION ALL ") + ") AS parts GROUP BY "
                        + names);
    }

    private static Trial having(Sql condition, String from) {
        String select = "SELECT x.i, count(*) FROM " + from + " GROUP BY x.i";
        return trial(
                "HAVING of three parts",
                condition,
                sql -> select,
                sql -> parts(select + " HAVING $", sql, " UNION ALL "));
    }

    private static Trial distinct(Sql condition, String columns, String from) {
        String select = "SELECT DISTINCT " + columns + " FROM " + from;
        return trial(
                "distinct rows of three parts",
                condition,
                sql -> select,
                sql -> parts(select + " WHERE $", sql, " UNION "));
    }

    private static Trial kept(Sql condition, String from) {
        return trial(
                "filter and CASE",
                condition,
                sql -> "SELECT count(*) FROM " + from + " WHERE " + sql.text(Dialect.KALAMDB),
                sql -> "SELECT count(CASE WHEN " + sql.text(Dialect.KALAMDB) + " THEN 1 END) FROM " + from);
    }

    private static Trial deleted(Sql condition, RandomTable table) {
        String remaining = "SELECT * FROM " + table.name();
        return new Trial(
                "rows left by DELETE",
                condition,
                sql -> new Trial.Pair(
                        new Question(
                                Side.TIERED,
                                List.of(
                                        "BEGIN",
                                        "DELETE FROM " + table.name() + " AS x WHERE " + sql.text(Dialect.KALAMDB)),
                                remaining,
                                List.of(),
                                List.of("ROLLBACK")),
                        Question.of(Side.HOT, remaining + " x WHERE (" + sql.text(Dialect.KALAMDB) + ") IS NOT TRUE")),
                false);
    }
}
