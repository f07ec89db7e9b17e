// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random queries answer as DuckDB does, however they are asked, and every condition splits rows into three parts. */
final class RandomQueryTest {
    /** Each of these is run by every build, so that builds differ by the code alone. */
    private static final List<Long> SEEDS = LongStream.rangeClosed(1, 6).boxed().toList();

    private static final List<Long> SEEDS_OF_MANY_ROWS = List.of(1L, 2L);

    private static final int FEW_ROWS = 14;

    /** More than a batch has, and more than little memory holds. */
    private static final int MANY_ROWS = 2_600;

    @TempDir
    private Path folder;

    @Test
    void answersTheSameInAllWays() throws Exception {
        List<Round> rounds = run(SEEDS, FEW_ROWS, 100);

        assertThat(rounds).flatMap(Round::failures).isEmpty();
        assertThat(rounds).allSatisfy(round -> assertThat(round.undecided()).isLessThan(round.trials() / 8));
        assertThat(rounds.stream().mapToInt(Round::trials).sum()).isGreaterThan(2_000);
    }

    @Test
    void answersTheSameOverManyRows() throws Exception {
        assertThat(run(SEEDS_OF_MANY_ROWS, MANY_ROWS, 12))
                .flatMap(Round::failures)
                .isEmpty();
    }

    /** What came of one seed. Immutable. */
    private record Round(int trials, int undecided, List<String> failures) {}

    /** As many queries and conditions of each seed, of several seeds at a time, which know nothing of each other. */
    private List<Round> run(List<Long> seeds, int rows, int count) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(
                Math.min(seeds.size(), Runtime.getRuntime().availableProcessors()));
        try {
            List<Callable<Round>> tasks = seeds.stream()
                    .<Callable<Round>>map(seed -> () -> run(seed, rows, count))
                    .toList();
            List<Round> rounds = new ArrayList<>();
            for (Future<Round> round : threads.invokeAll(tasks)) {
                rounds.add(round.get());
            }
            return rounds;
        } finally {
            threads.shutdownNow();
        }
    }

    private Round run(long seed, int rows, int count) throws SQLException {
        List<String> failures = new ArrayList<>();
        try (Fuzzing fuzzing = new Fuzzing(seed, rows, folder.resolve(rows + " rows of seed " + seed), failures::add)) {
            fuzzing.queries(count);
            fuzzing.conditions(count);
            return new Round(fuzzing.trials(), fuzzing.undecided(), List.copyOf(failures));
        }
    }

    /**
     * Seeds from {@code -Dkalamdb.seed} on, or from any number, for {@code -Dkalamdb.minutes} if that is said, else {@code
     * -Dkalamdb.seeds} of them. Goes on after a failure, since one defect would hide all others.
     */
    @Test
    @Tag("long")
    void answersTheSameForManySeeds() throws SQLException, IOException {
        List<String> failures = new ArrayList<>();
        long first = Long.getLong("kalamdb.seed", System.nanoTime());
        long minutes = Long.getLong("kalamdb.minutes", 0);
        long last = minutes > 0 ? Long.MAX_VALUE : first + Integer.getInteger("kalamdb.seeds", 50) - 1;
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes);
        for (long seed = first; seed <= last && (minutes == 0 || System.nanoTime() - end < 0); seed++) {
            boolean many = seed % 4 == 0;
            Path databases = folder.resolve("seed" + seed);
            Consumer<String> report = ((Consumer<String>) System.out::println).andThen(failures::add);
            try (Fuzzing fuzzing = new Fuzzing(seed, many ? MANY_ROWS : FEW_ROWS, databases, report)) {
                fuzzing.queries(many ? 40 : 150);
                fuzzing.conditions(many ? 40 : 150);
                System.out.println("RandomQueryTest: -Dkalamdb.seed=" + seed + ": " + fuzzing.trials() + " trials, "
                        + fuzzing.undecided() + " undecided, " + failures.size() + " failures so far");
            }
            delete(databases);
        }
        assertThat(failures).isEmpty();
    }

    private static void delete(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
    }
}
