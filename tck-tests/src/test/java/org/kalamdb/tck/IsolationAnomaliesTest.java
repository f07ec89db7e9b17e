// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each isolation level prevents what the table of {@code docs/transactions.md} says, and allows the rest. */
final class IsolationAnomaliesTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "transactions.md");
    private static final List<Integer> LEVELS = List.of(
            Connection.TRANSACTION_READ_COMMITTED,
            Connection.TRANSACTION_REPEATABLE_READ,
            Connection.TRANSACTION_SERIALIZABLE);

    @ParameterizedTest(name = "{0} at level {1}: {2}")
    @MethodSource("documented")
    void doesWhatTheTableSays(IsolationAnomaly anomaly, int level, String verdict) throws Exception {
        String url = TestDatabases.freshMemoryUrl();
        try (Client keeper = new Client(url);
                Actor one = new Actor(url, level);
                Actor two = new Actor(url, level);
                Actor three = new Actor(url, level)) {
            keeper.run("CREATE TABLE test (id INT PRIMARY KEY, value INT)", "INSERT INTO test VALUES (1, 10), (2, 20)");

            assertThat(anomaly.happens(one, two, three) ? "possible" : "prevented")
                    .isEqualTo(verdict);
        }
    }

    @Test
    void tableHasEveryCaseAtEveryLevel() throws IOException {
        assertThat(documented().count()).isEqualTo((long) IsolationAnomaly.values().length * LEVELS.size());
    }

    /** The lines of the table: case, description and one verdict for each level. */
    private static Stream<Arguments> documented() throws IOException {
        List<Arguments> cells = new ArrayList<>();
        for (String line : Files.readAllLines(DOCUMENT)) {
            String[] columns = line.split("\\|", -1);
            if (columns.length == 7 && columns[3].trim().matches("possible|prevented")) {
                String name =
                        columns[1].trim().replace("`", "").replace('-', '_').toUpperCase(Locale.ROOT);
                for (int level = 0; level < LEVELS.size(); level++) {
                    cells.add(
                            Arguments.of(IsolationAnomaly.valueOf(name), LEVELS.get(level), columns[3 + level].trim()));
                }
            }
        }
        return cells.stream();
    }
}
