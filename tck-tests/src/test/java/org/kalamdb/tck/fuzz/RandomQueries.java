// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Makes random queries over some tables. Confined to one thread. */
final class RandomQueries {
    private final List<RandomTable> tables;
    private final RandomChoice choice;
    private final RandomExpressions expressions;
    private final RandomWindows windows;
    private final List<Supplier<RandomQuery>> kinds;

    RandomQueries(List<RandomTable> tables, RandomChoice choice) {
        this.tables = tables;
        this.choice = choice;
        this.expressions = new RandomExpressions(choice);
        this.windows = new RandomWindows(choice, expressions);
        this.kinds = List.of(
                this::projection,
                this::join,
                this::join,
                this::joinByName,
                this::threeTables,
                this::grouping,
                this::grouping,
                this::groupingSets,
                this::distinct,
                this::subqueries,
                this::subqueries,
                this::setOperation,
                this::window,
                this::window,
                this::limited,
                this::sorted,
                this::commonTable,
                this::recursive,
                this::lateral,
                this::derived);
    }

    RandomQuery query() {
        return choice.pick(kinds).get();
    }

    RandomTable table() {
        return choice.pick(tables);
    }

    RandomExpressions expressions() {
        return expressions;
    }

    private static List<Column> both(List<Column> first, List<Column> second) {
        List<Column> both = new ArrayList<>(first);
        both.addAll(second);
        return both;
    }

    private Sql where(List<Column> columns, int depth) {
        return Sql.optional(" WHERE ", expressions.condition(columns, depth));
    }

    private RandomQuery projection() {
        RandomTable table = table();
        List<Column> x = table.as("x");
        return new RandomQuery(Sql.of(
                "SELECT ",
                Sql.list(List.of(
                        "x.id",
                        expressions.integer(x, 3),
                        expressions.decimal(x, 2),
                        expressions.number(x, 2),
                        expressions.text(x, 2),
                        expressions.date(x, 2),
                        expressions.timestamp(x, 2),
                        expressions.condition(x, 2),
                        choice.pick(x).name())),
                " FROM ",
                table.name(),
                " x",
                where(x, 3)));
    }

    /** A condition under which few rows of two tables meet. */
    private Object key(RandomTable left, RandomTable right) {
        List<Object> keys = new ArrayList<>(List.of(
                "x.i = y.j",
                "x.id = y.id",
                "x.s = y.s AND x.i = y.i",
                "x.j = y.j",
                "x.j = y.id",
                "x.i = y.i AND x.b = y.b"));
        if (left.rows().size() + right.rows().size() < 100) {
            keys.addAll(List.of(
                    "x.s = y.s",
                    "x.d = y.d",
                    "x.dt = y.dt",
                    "x.i = y.d",
                    "x.dt = y.ts",
                    "x.b = y.b",
                    "x.i IS NOT DISTINCT FROM y.i",
                    // To the peer alone, rows with NULL in one place are equal.
                    "(x.i, x.s) = (y.j, y.s) AND x.i = y.j AND x.s = y.s",
                    "x.i < y.j",
                    "TRUE"));
            for (Column column : left.columns()) {
                for (Column other : right.columns()) {
                    if (column.type() == other.type() && column.type().isOrdered()) {
                        keys.add(Sql.of(
                                "x.", column.name(), choice.pick(" = ", " IS NOT DISTINCT FROM "), "y.", other.name()));
                    }
                }
            }
        }
        return choice.pick(keys);
    }

    private String joinType() {
        return choice.pick(" JOIN ", " LEFT JOIN ", " RIGHT JOIN ", " FULL JOIN ");
    }

    private RandomQuery join() {
        RandomTable left = table();
        RandomTable right = table();
        List<Column> columns = both(left.as("x"), right.as("y"));
        return new RandomQuery(Sql.of(
                "SELECT ",
                Sql.list(List.of(
                        "x.id AS a",
                        "y.id AS b",
                        choice.pick(columns).name() + " AS c",
                        Sql.of(
                                choice.once(2) ? expressions.value(columns, 1) : expressions.condition(columns, 1),
                                " AS e"))),
                " FROM ",
                left.name(),
                " x",
                joinType(),
                right.name(),
                " y ON ",
                key(left, right),
                Sql.optional(choice.once(3) ? Sql.of(" AND ", expressions.condition(columns, 1)) : ""),
                choice.once(2) ? where(columns, 2) : ""));
    }

    private RandomQuery joinByName() {
        List<String> names = List.of("i, s", "i, b, s", "i, dt", "s, j");
        String columns = choice.pick(names);
        RandomTable left = table();
        List<Column> z = left.as("z");
        Object from = Sql.of("(SELECT ", columns, ", id AS p FROM ", left.name(), " z", where(z, 1), ") x");
        String to = "(SELECT " + columns + ", id AS q FROM " + table().name() + ") y";
        return new RandomQuery(
                choice.once(2)
                        ? Sql.of("SELECT ", columns, ", p, q FROM ", from, joinType(), to, " USING (", columns, ")")
                        : Sql.of("SELECT * FROM ", from, " NATURAL", joinType(), to));
    }

    private RandomQuery threeTables() {
        RandomTable x = table();
        RandomTable y = table();
        RandomTable w = table();
        List<Column> columns = both(both(x.as("x"), y.as("y")), w.as("w"));
        return new RandomQuery(Sql.of(
                "SELECT x.id AS a, y.id AS b, w.id AS c FROM ",
                x.name(),
                " x",
                joinType(),
                y.name(),
                " y ON ",
                key(x, y),
                choice.pick(" JOIN ", " LEFT JOIN ", " FULL JOIN ", " RIGHT JOIN "),
                w.name(),
                " w ON ",
                choice.pick("w.id = y.i", "w.id = x.j", "w.id = y.id", "w.j = x.j"),
                Sql.optional(choice.pick("", " AND w.id = x.j", " AND w.i <= y.i", " AND w.s = x.s")),
                where(columns, 2)));
    }

    /** Something to group by. */
    private Object groupKey(List<Column> columns) {
        return switch (choice.below(5)) {
            case 0 -> Sql.of("coalesce(", expressions.small(columns), ", ", expressions.small(columns), ")");
            // A constant alone would be the number of a column, or refused.
            case 1 -> Sql.of("nullif(", expressions.value(columns, 1).fixed(), ", NULL)");
            case 2 -> Sql.of("(", expressions.condition(columns, 0).fixed(), ") IS TRUE");
            default -> expressions.comparable(columns).name();
        };
    }

    private RandomQuery grouping() {
        RandomTable table = table();
        List<Column> x = table.as("x");
        List<Object> keys = new ArrayList<>();
        for (int i = choice.below(3); i >= 0; i--) {
            keys.add(groupKey(x));
        }
        List<Object> items = new ArrayList<>(keys);
        for (int i = 0; i < 4; i++) {
            items.add(aggregate(x));
        }
        Object having = choice.once(3) ? Sql.optional(" HAVING ", having(x)) : "";
        return choice.once(8)
                ? new RandomQuery(Sql.of("SELECT ", aggregates(x), " FROM ", table.name(), " x", where(x, 2), having))
                : new RandomQuery(Sql.of(
                        "SELECT ",
                        Sql.list(items),
                        " FROM ",
                        table.name(),
                        " x",
                        where(x, 2),
                        " GROUP BY ",
                        Sql.list(keys),
                        having));
    }

    private Sql having(List<Column> x) {
        return choice.once(2)
                ? Sql.of(choice.pick("count(*) > 1", "min(x.i) < 2", "max(x.s) > 'a'", "sum(x.j) IS NOT NULL"))
                : Sql.of(aggregate(x), choice.pick(" IS NOT NULL", " IS NULL"));
    }

    private Sql aggregates(List<Column> columns) {
        List<Sql> items = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            items.add(aggregate(columns));
        }
        return Sql.list(items);
    }

    private Sql aggregate(List<Column> columns) {
        Object filter = choice.once(4) ? Sql.optional(" FILTER (WHERE ", expressions.condition(columns, 1), ")") : "";
        return Sql.of(plainAggregate(columns), filter);
    }

    private Sql plainAggregate(List<Column> columns) {
        return switch (choice.below(14)) {
            case 0 -> Sql.of("count(*)");
            case 1 -> Sql.of("count(", expressions.value(columns, 1), ")");
            case 2 -> Sql.of("sum(", expressions.integer(columns, 1), ")");
            case 3 -> Sql.of("sum(", expressions.decimal(columns, 1), ")");
            case 4 -> Sql.of(choice.pick("min", "max"), "(", expressions.value(columns, 1), ")");
            case 5 -> Sql.of("count(DISTINCT ", expressions.comparable(columns).name(), ")");
            case 6 -> Sql.of("sum(DISTINCT ", expressions.small(columns), ")");
            case 7 ->
                Sql.of(
                        "avg(",
                        choice.pick("", "DISTINCT "),
                        expressions.one(columns, ColumnType.INT, ColumnType.DECIMAL),
                        ")");
            case 8, 9 -> Sql.of(choice.pick("min", "max"), "(", extreme(columns), ")");
            case 10 -> Sql.of("sum(", expressions.number(columns, 1), ")");
            case 11 -> Sql.of(choice.pick("bool_and", "bool_or"), "(", expressions.condition(columns, 1), ")");
            case 12 -> Sql.of("sum(", choice.pick("", "DISTINCT "), expressions.one(columns, ColumnType.DECIMAL), ")");
            default -> Sql.of("count(DISTINCT ", expressions.value(columns, 1), ")");
        };
    }

    /** A column that MIN and MAX are there for in all databases. */
    private String extreme(List<Column> columns) {
        Column column = expressions.comparable(columns);
        return column.type() == ColumnType.BOOLEAN ? expressions.small(columns) : column.name();
    }

    private RandomQuery groupingSets() {
        RandomTable table = table();
        List<Column> x = table.as("x");
        String other = "x." + choice.pick("b", "s", "dt", "d");
        String sets = choice.pick(
                        "ROLLUP (x.i, Y)",
                        "CUBE (x.i, Y)",
                        "GROUPING SETS ((x.i), (Y), ())",
                        "GROUPING SETS ((x.i, Y), (Y))",
                        "GROUPING SETS ((x.i), (x.i), ())",
                        "ROLLUP ((x.i, Y))",
                        "x.i, ROLLUP (Y)",
                        "CUBE (x.i), ROLLUP (Y)")
                .replace("Y", other);
        boolean hasOther = sets.contains(other);
        List<Object> items = new ArrayList<>(List.of("x.i", "GROUPING(x.i)"));
        if (hasOther) {
            items.addAll(List.of(other, "GROUPING(x.i, " + other + ")"));
        }
        items.add(aggregates(x));
        return new RandomQuery(Sql.of(
                "SELECT ",
                Sql.list(items),
                " FROM ",
                table.name(),
                " x",
                where(x, 2),
                " GROUP BY ",
                sets,
                choice.once(4) ? Sql.optional(" HAVING ", having(x)) : ""));
    }

    private RandomQuery distinct() {
        RandomTable table = table();
        List<Column> x = table.as("x");
        return new RandomQuery(Sql.of(
                "SELECT DISTINCT ",
                Sql.list(List.of(expressions.comparable(x).name(), expressions.value(x, 1), scalar(x))),
                " FROM ",
                table.name(),
                " x",
                where(x, 1)));
    }

    private RandomQuery subqueries() {
        RandomTable table = table();
        List<Column> x = table.as("x");
        if (choice.once(3)) {
            return new RandomQuery(Sql.of(
                    "SELECT x.id, CASE WHEN ",
                    subquery(x, 1),
                    " THEN ",
                    expressions.value(x, 0),
                    " END, ",
                    scalar(x),
                    " FROM ",
                    table.name(),
                    " x"));
        }
        return new RandomQuery(Sql.of(
                "SELECT x.id FROM ",
                table.name(),
                " x WHERE ",
                choice.once(4) ? "NOT " : "",
                choice.once(3)
                        ? Sql.of("(", subqueryCondition(x), expressions.connective(), subquery(x, 0), ")")
                        : subqueryCondition(x)));
    }

    /** A condition with a subquery that may read the outer columns. */
    private Sql subquery(List<Column> outer, int depth) {
        RandomTable table = table();
        List<Column> z = table.as("z");
        List<Column> seen = choice.once(2) ? z : both(z, outer);
        Sql condition = depth > 0 && choice.once(4) ? exists("v", both(z, outer)) : expressions.condition(seen, 1);
        if (choice.once(3)) {
            condition = Sql.of(
                    "z.",
                    choice.pick("i", "j"),
                    expressions.comparison(),
                    expressions.small(outer),
                    " AND ",
                    condition);
        }
        String value = expressions.small(outer);
        Sql from = Sql.of(" FROM ", table.name(), " z WHERE ", condition);
        String inner = choice.pick("z.i", "z.j", "z.id", "z.d");
        return switch (choice.below(6)) {
            case 0 -> Sql.of(choice.pick("", "NOT "), "EXISTS (SELECT ", inner, from, ")");
            case 1 -> Sql.of(value, expressions.not(), " IN (SELECT ", inner, from, ")");
            case 2 ->
                Sql.of(value, expressions.comparison(), choice.pick("ANY (", "ALL ("), "SELECT ", inner, from, ")");
            case 3 -> Sql.of("(", value, ", x.b)", expressions.not(), " IN (SELECT z.i, z.b", from, ")");
            case 4 -> {
                Column column = expressions.comparable(outer);
                List<Column> same =
                        z.stream().filter(each -> each.type() == column.type()).toList();
                yield same.isEmpty()
                        ? Sql.of("EXISTS (SELECT 1", from, ")")
                        : Sql.of(
                                column.name(),
                                expressions.not(),
                                " IN (SELECT ",
                                choice.pick(same).name(),
                                from,
                                ")");
            }
            default -> Sql.of(value, expressions.comparison(), scalar(outer));
        };
    }

    private Sql exists(String alias, List<Column> outer) {
        RandomTable table = table();
        List<Column> columns = both(table.as(alias), outer);
        return Sql.of(
                choice.pick("", "NOT "),
                "EXISTS (SELECT 1 FROM ",
                table.name(),
                " ",
                alias,
                " WHERE ",
                alias,
                ".",
                choice.pick("id", "i"),
                " = z.",
                choice.pick("i", "j"),
                " AND ",
                expressions.condition(columns, 1),
                ")");
    }

    /** A value computed from another table. */
    private Sql scalar(List<Column> outer) {
        RandomTable table = table();
        return Sql.of(
                "(SELECT ",
                choice.pick("max(z.i)", "min(z.j)", "count(*)", "sum(z.i)", "count(z.s) + 1", "coalesce(sum(z.d), 0)"),
                " FROM ",
                table.name(),
                " z WHERE z.",
                choice.pick("i", "j"),
                choice.pick(" = ", " = ", " < ", " <> "),
                expressions.small(outer),
                Sql.optional(choice.once(3) ? Sql.of(" AND ", expressions.condition(table.as("z"), 0)) : ""),
                ")");
    }

    private String setOperator() {
        return choice.pick(" UNION ", " UNION ALL ", " EXCEPT ", " INTERSECT ", " EXCEPT ALL ", " INTERSECT ALL ");
    }

    private RandomQuery setOperation() {
        List<String> columns = List.of("i", "s", "dt", "d", "ts", "b", "j");
        String first = choice.pick(columns);
        String second = choice.pick(columns);
        List<Object> parts = new ArrayList<>();
        for (int i = 1 + choice.below(3); i >= 0; i--) {
            RandomTable table = table();
            if (!parts.isEmpty()) {
                parts.add(setOperator());
            }
            parts.add(Sql.of(
                    "SELECT x." + first + " AS a, x." + second + " AS b FROM ",
                    table.name(),
                    " x",
                    where(table.as("x"), 1)));
        }
        Sql both = Sql.of(parts.toArray());
        return new RandomQuery(
                choice.once(3) ? Sql.of("SELECT q.a, count(*), min(q.b) FROM (", both, ") q GROUP BY q.a") : both);
    }

    private RandomQuery window() {
        RandomTable table = table();
        List<Column> x = table.as("x");
        Sql items = Sql.list(List.of(
                "x.id",
                windows.ranking(x),
                windows.overRows(plainAggregate(x), x),
                windows.overRange(x),
                windows.value(x)));
        return new RandomQuery(Sql.of("SELECT ", items, " FROM ", table.name(), " x", where(x, 1)));
    }

    private RandomQuery limited() {
        RandomTable table = table();
        List<Column> x = table.as("x");
        return new RandomQuery(Sql.of(
                "SELECT count(*), min(q.id), sum(q.j) FROM (SELECT x.id, x.j FROM ",
                table.name(),
                " x",
                where(x, 1),
                " ORDER BY ",
                expressions.comparable(x).name(),
                windows.order(),
                ", x.id LIMIT ",
                Integer.toString(choice.below(12)),
                choice.once(2) ? " OFFSET " + choice.below(6) : "",
                ") q"));
    }

    private RandomQuery sorted() {
        RandomTable table = table();
        List<Column> x = table.as("x");
        return new RandomQuery(
                Sql.of(
                        "SELECT x.id, ",
                        expressions.value(x, 1),
                        " AS v FROM ",
                        table.name(),
                        " x",
                        where(x, 1),
                        " ORDER BY ",
                        Sql.list(List.of(
                                choice.once(4)
                                        ? "v"
                                        : choice.once(3)
                                                ? Sql.of(
                                                        "nullif(",
                                                        expressions.value(x, 1).fixed(),
                                                        ", NULL)")
                                                : expressions.comparable(x).name())),
                        windows.order(),
                        ", x.",
                        choice.pick("s", "i", "b", "dt"),
                        windows.order(),
                        ", x.id",
                        choice.pick("", " DESC"),
                        choice.once(2) ? " LIMIT " + choice.below(20) + choice.pick("", " OFFSET 2", " OFFSET 0") : ""),
                true,
                true);
    }

    private RandomQuery commonTable() {
        RandomTable table = table();
        List<Column> x = table.as("x");
        return new RandomQuery(Sql.of(
                "WITH c AS (SELECT x.i, x.s, ",
                aggregate(x),
                " AS n, count(*) AS k FROM ",
                table.name(),
                " x",
                where(x, 1),
                " GROUP BY x.i, x.s) SELECT p.i, q.s, p.n, q.k FROM c p",
                choice.pick(" JOIN ", " LEFT JOIN "),
                "c q ON p.i = q.i",
                Sql.optional(
                        " WHERE ",
                        choice.pick(
                                "p.k > 0",
                                "q.s IS NULL",
                                "p.i IN (SELECT k FROM c)",
                                "p.s = q.s",
                                "NOT EXISTS (SELECT 1 FROM c r WHERE r.k = p.i)"))));
    }

    private RandomQuery recursive() {
        RandomTable table = table();
        List<Column> x = table.as("x");
        if (choice.once(2)) {
            return new RandomQuery(
                    Sql.of(
                            "WITH RECURSIVE c (id, up, depth) AS (SELECT x.id, x.i, 1 FROM ",
                            table.name(),
                            " x WHERE x.id < 9 AND ",
                            expressions.condition(x, 1),
                            choice.pick(" UNION ALL ", " UNION "),
                            "SELECT y.id, y.i, c.depth + 1 FROM ",
                            table().name(),
                            " y JOIN c ON y.id = c.up WHERE c.depth < 5) SELECT id, depth, count(*) FROM c GROUP BY id, depth"));
        }
        return new RandomQuery(Sql.of(
                "WITH RECURSIVE c (n, s) AS (SELECT x.id, x.s FROM ",
                table.name(),
                " x WHERE x.id < 10 AND ",
                expressions.condition(x, 1),
                " UNION ALL SELECT c.n + ",
                choice.pick("3", "5"),
                ", c.s FROM c WHERE c.n < 14) SELECT n, s, count(*) FROM c GROUP BY n, s"));
    }

    private RandomQuery lateral() {
        RandomTable x = table();
        RandomTable z = table();
        Sql inner = Sql.of(choice.pick(
                        "SELECT count(*) AS n, max(z.i) AS m FROM TABLE_OF_Z z WHERE z.i = x.j",
                        "SELECT z.id AS n, z.i AS m FROM TABLE_OF_Z z WHERE z.id < x.i",
                        "SELECT z.id AS n, z.j AS m FROM TABLE_OF_Z z WHERE z.j = x.i ORDER BY z.id LIMIT 2",
                        "SELECT DISTINCT z.b AS n, x.j AS m FROM TABLE_OF_Z z WHERE z.j = x.i",
                        "SELECT z.s AS n, sum(z.d) AS m FROM TABLE_OF_Z z WHERE z.i = x.i GROUP BY z.s")
                .replace("TABLE_OF_Z", z.name()));
        String join = choice.once(2) ? " x CROSS JOIN LATERAL (" : " x LEFT JOIN LATERAL (";
        return new RandomQuery(Sql.of(
                "SELECT x.id, q.n, q.m FROM ", x.name(), join, inner, join.contains("LEFT") ? ") q ON TRUE" : ") q"));
    }

    /** A query of a query. */
    private RandomQuery derived() {
        RandomTable table = table();
        List<Column> x = table.as("x");
        Sql inner = Sql.of(
                "(SELECT x.id, ",
                expressions.integer(x, 1),
                " AS i, ",
                expressions.decimal(x, 1),
                " AS d, ",
                expressions.text(x, 1),
                " AS s, ",
                expressions.condition(x, 1),
                " AS b, ",
                expressions.date(x, 1),
                " AS dt FROM ",
                table.name(),
                " x",
                where(x, 1),
                ") q");
        List<Column> q = List.of(
                new Column("q.id", ColumnType.INT),
                new Column("q.i", ColumnType.INT),
                new Column("q.d", ColumnType.DECIMAL),
                new Column("q.s", ColumnType.TEXT),
                new Column("q.b", ColumnType.BOOLEAN),
                new Column("q.dt", ColumnType.DATE));
        if (choice.once(2)) {
            return new RandomQuery(
                    Sql.of("SELECT q.i, ", aggregates(q), " FROM ", inner, where(q, 1), " GROUP BY q.i"));
        }
        RandomTable other = table();
        return new RandomQuery(Sql.of(
                "SELECT q.id, q.i, y.id, q.s FROM ",
                inner,
                joinType(),
                other.name(),
                " y ON ",
                choice.pick("q.id = y.id", "q.i = y.id", "q.id = y.j AND q.s = y.s"),
                where(both(q, other.as("y")), 1)));
    }

    /** A condition on these columns, {@code x.id} among them, with a subquery. */
    Sql subqueryCondition(List<Column> columns) {
        return Sql.typed(
                RandomExpressions.CONDITION,
                "(",
                Sql.typed(RandomExpressions.CONDITION, subquery(columns, 1)),
                expressions.connective(),
                expressions.condition(columns, 1),
                ")");
    }
}
