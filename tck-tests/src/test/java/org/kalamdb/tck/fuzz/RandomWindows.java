// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck.fuzz;

import java.util.List;

/** Makes random window functions, whose answers do not depend on the order of equal rows. Confined to one thread. */
final class RandomWindows {
    private final RandomChoice choice;
    private final RandomExpressions expressions;

    RandomWindows(RandomChoice choice, RandomExpressions expressions) {
        this.choice = choice;
        this.expressions = expressions;
    }

    String order() {
        return choice.pick("", " DESC") + choice.pick(" NULLS FIRST", " NULLS LAST");
    }

    private Object partition(List<Column> columns) {
        return switch (choice.below(4)) {
            case 0 ->
                Sql.optional("PARTITION BY ", expressions.comparable(columns).name(), " ");
            case 1 -> Sql.optional("PARTITION BY ", expressions.value(columns, 1), " ");
            case 2 ->
                Sql.optional(
                        "PARTITION BY ",
                        expressions.comparable(columns).name(),
                        ", ",
                        expressions.comparable(columns).name(),
                        " ");
            default -> "";
        };
    }

    /** All rows of a partition in one order. */
    private Sql inOrder(List<Column> columns) {
        return Sql.of(
                partition(columns), "ORDER BY ", expressions.comparable(columns).name(), order(), ", x.id");
    }

    Sql ranking(List<Column> columns) {
        String function = choice.pick(
                "row_number()",
                "rank()",
                "dense_rank()",
                "ntile(3)",
                "lag(x.i)",
                "lead(x.s, 2)",
                "lag(x.d, 1, 0.5)",
                "percent_rank()",
                "cume_dist()",
                "lead(x.ts, 1)",
                "lag(x.j, 0)");
        boolean dependsOnOrder = !function.contains("rank") && !function.contains("cume");
        return Sql.of(
                function,
                " OVER (",
                dependsOnOrder || choice.once(2)
                        ? inOrder(columns)
                        : Sql.of(
                                partition(columns),
                                "ORDER BY ",
                                expressions.comparable(columns).name(),
                                order()),
                ")");
    }

    Sql overRows(Sql aggregate, List<Column> columns) {
        return Sql.of(aggregate, " OVER (", inOrder(columns), " ROWS BETWEEN ", frame(number(), number()), ")");
    }

    private String number() {
        return Integer.toString(choice.below(4));
    }

    Sql overRange(List<Column> columns) {
        String key = choice.pick("i", "d", "dt", "ts", "id");
        String function =
                choice.pick("sum(x.id)", "count(*)", "min(x.id)", "max(x.s)", "sum(x.d)", "count(x.dt)", "avg(x.j)");
        if (choice.once(4)) {
            return Sql.of(
                    function,
                    " OVER (",
                    partition(columns),
                    Sql.optional("ORDER BY ", expressions.comparable(columns).name(), order()),
                    ")");
        }
        return Sql.of(
                function,
                " OVER (",
                partition(columns),
                "ORDER BY x.",
                key,
                order(),
                " RANGE BETWEEN ",
                frame(distance(key), distance(key)),
                ")");
    }

    Sql value(List<Column> columns) {
        return Sql.of(
                choice.pick(
                        "first_value(x.s)",
                        "last_value(x.i)",
                        "nth_value(x.d, 2)",
                        "first_value(x.ts)",
                        "last_value(x.b)"),
                " OVER (",
                inOrder(columns),
                Sql.optional(" ROWS BETWEEN ", frame(number(), number())),
                ")");
    }

    private String frame(String near, String far) {
        return choice.pick(
                        "UNBOUNDED PRECEDING AND CURRENT ROW",
                        "NEAR PRECEDING AND FAR FOLLOWING",
                        "CURRENT ROW AND FAR FOLLOWING",
                        "NEAR PRECEDING AND CURRENT ROW",
                        "UNBOUNDED PRECEDING AND FAR FOLLOWING",
                        "NEAR PRECEDING AND UNBOUNDED FOLLOWING",
                        "CURRENT ROW AND UNBOUNDED FOLLOWING",
                        "UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING")
                .replace("NEAR", near)
                .replace("FAR", far);
    }

    /** How far a frame of values of that column reaches. */
    private String distance(String key) {
        return switch (key) {
            case "dt", "ts" -> "INTERVAL '" + (1 + choice.below(60)) + "' " + choice.pick("DAY", "MONTH");
            case "d" -> choice.pick("0.5", "1", "2.25");
            default -> Integer.toString(choice.below(4));
        };
    }
}
