// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.kalamdb.tck.fuzz.Question.Side;

/** Ways to ask one query that must answer the same. Confined to one thread. */
final class QueryTrials {
    /** So little that sorts, joins and groups of more than a few hundred rows go to files. */
    private static final String SCARCE_MEMORY = "64kB";

    private final RandomChoice choice;

    QueryTrials(RandomChoice choice) {
        this.choice = choice;
    }

    /** A comment in front has the query planned by itself, by the full planner. */
    static Question byItself(Sql sql) {
        return Question.of(Side.HOT, "/* by itself */ " + sql.text(Dialect.KALAMDB));
    }

    /** @param width how many columns the query answers */
    List<Trial> of(RandomQuery query, int width) {
        List<Trial> trials = new ArrayList<>();
        if (query.portable()) {
            trials.add(trial("as the peer", query, sql -> Question.of(Side.PEER, sql.text(Dialect.DUCKDB))));
        }
        trials.add(trial("over both tiers", query, sql -> Question.of(Side.TIERED, sql.text(Dialect.KALAMDB))));
        switch (choice.below(8)) {
            case 0 ->
                trials.add(new Trial("as generated code", query.sql(), sql -> pair(sql, generated(sql, width)), false));
            case 1 -> trials.add(trial("with scarce memory", query, this::withScarceMemory));
            case 2, 3 -> trials.add(trial("with parameters", query, QueryTrials::withParameters));
            default -> trials.add(trial("by a shared plan", query, this::byASharedPlan));
        }
        return trials;
    }

    private static Trial trial(String name, RandomQuery query, Way way) {
        return new Trial(name, query.sql(), sql -> pair(sql, way.ask(sql)), query.ordered());
    }

    private static Trial.Pair pair(Sql sql, Question other) {
        return new Trial.Pair(byItself(sql), other);
    }

    @FunctionalInterface
    private interface Way {
        Question ask(Sql sql);
    }

    /** What a recursive query reads runs in generated code, whatever it is. */
    static Question generated(Sql sql, int width) {
        String columns = IntStream.range(0, width).mapToObj(i -> "k" + i).collect(Collectors.joining(", "));
        String found = IntStream.range(0, width).mapToObj(i -> "found.k" + i).collect(Collectors.joining(", "));
        return Question.of(
                Side.HOT,
                "WITH RECURSIVE found (" + columns + ") AS (SELECT * FROM (" + sql.text(Dialect.KALAMDB) + ") AS once ("
                        + columns + ") UNION ALL SELECT " + found
                        + " FROM found WHERE (SELECT count(*) FROM no_rows) > 0)"
                        + " SELECT * FROM found");
    }

    private Question withScarceMemory(Sql sql) {
        return new Question(
                Side.TIERED,
                List.of("SET memory_limit = '" + SCARCE_MEMORY + "'", "SET threads = " + choice.pick("1", "4")),
                sql.text(Dialect.KALAMDB),
                List.of(),
                List.of("RESET memory_limit", "SET threads = 4"));
    }

    private static Question withParameters(Sql sql) {
        List<Literal> parameters = new ArrayList<>();
        String text = sql.prepared(parameters);
        return new Question(Side.HOT, List.of(), text, parameters, List.of());
    }

    /** Two others of the same shape go ahead, so that their plan serves. */
    private Question byASharedPlan(Sql sql) {
        List<String> others = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            others.add(sql.withLiterals(each -> each.fixed() ? each : choice.literal(each.type()))
                    .text(Dialect.KALAMDB));
        }
        return new Question(Side.HOT, others, sql.text(Dialect.KALAMDB), List.of(), List.of());
    }
}
