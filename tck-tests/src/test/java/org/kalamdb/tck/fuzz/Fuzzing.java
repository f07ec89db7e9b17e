// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck.fuzz;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.kalamdb.tck.fuzz.Trial.Verdict;

/** Random questions to random tables, all of one seed. Confined to one thread. */
final class Fuzzing implements AutoCloseable {
    private final long seed;
    private final Databases databases;
    private final RandomQueries queries;
    private final QueryTrials queryTrials;
    private final RuleTrials ruleTrials;
    private final Consumer<String> failures;
    private int trials;
    private int undecided;

    /**
     * @param rows how many the tables have at most
     * @param failures told what is answered wrongly, each time with what is needed to see it again
     */
    Fuzzing(long seed, int rows, Path folder, Consumer<String> failures) throws SQLException {
        this.seed = seed;
        this.failures = failures;
        RandomChoice choice = new RandomChoice(new Random(seed));
        List<RandomTable> tables = List.of(
                RandomTable.of("r0", rows, choice.random()),
                RandomTable.of("r1", rows * 2 / 3, choice.random()),
                RandomTable.of("r2", choice.once(2) ? 0 : rows / 4, choice.random()));
        this.databases = new Databases(tables, choice, folder);
        this.queries = new RandomQueries(tables, choice);
        this.queryTrials = new QueryTrials(choice);
        this.ruleTrials = new RuleTrials(queries, choice);
    }

    /** Asks as many queries in several ways each. */
    void queries(int count) throws SQLException {
        for (int i = 0; i < count; i++) {
            RandomQuery query = queries.query();
            Outcome actual = databases.ask(QueryTrials.byItself(query.sql()));
            int width = actual.answer() == null ? 0 : actual.answer().labels().size();
            for (Trial trial : queryTrials.of(query, width)) {
                Trial.Pair pair = trial.pair().apply(trial.subject());
                count(trial, trial.verdict(actual, pair, databases.ask(pair.expected())));
                if (actual.answer() == null) {
                    break;
                }
            }
        }
    }

    /** Tries as many conditions. */
    void conditions(int count) throws SQLException {
        for (int i = 0; i < count; i++) {
            Trial trial = ruleTrials.next();
            count(trial, trial.verdict(databases));
        }
    }

    private void count(Trial trial, Verdict verdict) throws SQLException {
        trials++;
        if (verdict == Verdict.UNDECIDED) {
            undecided++;
        } else if (verdict != Verdict.SAME) {
            failures.accept("Seed " + seed + ", " + new Shortening(databases, trial, verdict).shortest());
        }
    }

    int trials() {
        return trials;
    }

    int undecided() {
        return undecided;
    }

    @Override
    public void close() throws SQLException {
        databases.close();
    }
}
