// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck.fuzz;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.kalamdb.tck.fuzz.Trial.Verdict;

/** Looks for a shorter query over fewer rows that fails as a longer one did. Confined to one thread. */
final class Shortening {
    private static final int MOST_ATTEMPTS = 400;

    private final Databases databases;
    private Trial trial;
    private final Verdict verdict;
    private final @Nullable String state;
    private final Map<String, Set<Integer>> left = new TreeMap<>();
    private int attempts;

    /** @param trial one whose verdict that is */
    Shortening(Databases databases, Trial trial, Verdict verdict) throws SQLException {
        this.databases = databases;
        this.trial = trial;
        this.verdict = verdict;
        this.state = trial.failureState(databases);
        for (RandomTable table : databases.tables()) {
            left.put(table.name(), new TreeSet<>());
        }
    }

    /** What to show of the failure: all that is needed to see it again. */
    String shortest() throws SQLException {
        boolean progress = true;
        while (progress && attempts < MOST_ATTEMPTS) {
            progress = shortenQuery();
        }
        if (fails(trial)) {
            dropRows();
        }
        StringBuilder text = new StringBuilder(trial.name()).append(": ").append(verdict);
        Trial.Pair pair = trial.pair().apply(trial.subject());
        for (RandomTable table : databases.tables()) {
            if (pair.actual().sql().contains(table.name())) {
                List<List<@Nullable String>> rows = table.rows().stream()
                        .filter(row ->
                                !left.get(table.name()).contains(Integer.valueOf(Objects.requireNonNull(row.get(0)))))
                        .toList();
                text.append('\n').append(table.create(Dialect.KALAMDB)).append(";\n");
                text.append(String.join(";\n", table.inserts(rows, Dialect.KALAMDB)))
                        .append(';');
            }
        }
        databases.without(left, () -> {
            for (Question question : List.of(pair.actual(), pair.expected())) {
                text.append('\n')
                        .append(question)
                        .append('\n')
                        .append(databases.ask(question).toString());
            }
            return true;
        });
        return text.toString();
    }

    private boolean shortenQuery() throws SQLException {
        for (Sql shorter : trial.subject().reductions()) {
            Trial candidate = trial.withSubject(shorter);
            attempts++;
            if (attempts > MOST_ATTEMPTS) {
                return false;
            }
            if (fails(candidate)) {
                trial = candidate;
                return true;
            }
        }
        return false;
    }

    private boolean fails(Trial candidate) throws SQLException {
        return candidate.verdict(databases) == verdict && Objects.equals(candidate.failureState(databases), state);
    }

    private void dropRows() throws SQLException {
        for (RandomTable table : databases.tables()) {
            for (int size = Math.max(1, table.rows().size() / 2); size > 0; size /= 2) {
                for (int from = 0; from < table.rows().size(); from += size) {
                    List<Integer> dropped = new ArrayList<>();
                    for (int id = from + 1;
                            id <= Math.min(from + size, table.rows().size());
                            id++) {
                        dropped.add(id);
                    }
                    tryWithout(left.get(table.name()), dropped);
                }
            }
        }
    }

    private void tryWithout(Set<Integer> gone, List<Integer> dropped) throws SQLException {
        Set<Integer> before = new TreeSet<>(gone);
        gone.addAll(dropped);
        if (gone.size() == before.size()
                || attempts++ > 2 * MOST_ATTEMPTS
                || !databases.without(left, () -> fails(trial))) {
            gone.retainAll(before);
        }
    }
}
