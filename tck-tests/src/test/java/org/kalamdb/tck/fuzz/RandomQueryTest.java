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
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Random queries answer as DuckDB does, however they are asked, and every condition splits rows into three parts. */
final class RandomQueryTest {
    /** Each of these is run by every build, so that builds differ by the code alone. */
    private static final List<Long> SEEDS = List.of(1L, 2L);

    private static final int FEW_ROWS = 14;

    /** More than a batch has, and more than little memory holds. */
    private static final int MANY_ROWS = 2_600;

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "seed {0}")
    @FieldSource("SEEDS")
    void answersTheSameInAllWays(long seed) throws SQLException {
        List<String> failures = new ArrayList<>();
        try (Fuzzing fuzzing = new Fuzzing(seed, FEW_ROWS, folder, failures::add)) {
            fuzzing.queries(80);
            fuzzing.conditions(80);

            assertThat(failures).isEmpty();
            assertThat(fuzzing.undecided()).isLessThan(fuzzing.trials() / 8);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @FieldSource("SEEDS")
    void answersTheSameOverManyRows(long seed) throws SQLException {
        List<String> failures = new ArrayList<>();
        try (Fuzzing fuzzing = new Fuzzing(seed, MANY_ROWS, folder, failures::add)) {
            fuzzing.queries(12);
            fuzzing.conditions(8);

            assertThat(failures).isEmpty();
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
