// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Schemas are read by many while one changes them. */
final class SchemaConcurrencyTest {
    private static final int READERS = 100;
    private static final int ALTERS = 30;
    private static final int READS_BETWEEN_ALTERS = 2_000;

    private final String url = TestDatabases.freshMemoryUrl();
    private final AtomicInteger columnCount = new AtomicInteger(1);
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicBoolean done = new AtomicBoolean();

    @Test
    void noReaderSeesAStaleDefinitionOnceAnAlterHasReturned()
            throws SQLException, ExecutionException, InterruptedException {
        ExecutorService readers = Executors.newFixedThreadPool(READERS);
        try (Connection writer = TestDatabases.connect(url);
                Statement statement = writer.createStatement()) {
            statement.execute("CREATE TABLE watched (c1 INT PRIMARY KEY)");
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                boolean byMetadata = i % 2 == 0;
                running.add(readers.submit(() -> {
                    read(byMetadata);
                    return null;
                }));
            }
            for (int alter = 2; alter <= ALTERS; alter++) {
                int target = reads.get() + READS_BETWEEN_ALTERS / ALTERS;
                while (reads.get() < target && running.stream().noneMatch(Future::isDone)) {
                    Thread.onSpinWait();
                }
                statement.execute("ALTER TABLE watched ADD COLUMN c" + alter + " INT");
                columnCount.set(alter);
            }
            done.set(true);
            for (Future<?> reader : running) {
                reader.get();
            }
            assertThat(hitRate(statement)).isGreaterThan(0.99);
        } finally {
            done.set(true);
            readers.shutdownNow();
        }
    }

    private void read(boolean byMetadata) throws SQLException {
        try (Connection connection = TestDatabases.connect(url);
                PreparedStatement select = connection.prepareStatement("SELECT * FROM watched")) {
            while (!done.get()) {
                int least = columnCount.get();
                int seen = byMetadata ? columnsByMetadata(connection) : columnsByQuery(select);
                assertThat(seen).isGreaterThanOrEqualTo(least);
                reads.incrementAndGet();
            }
        }
    }

    private static int columnsByMetadata(Connection connection) throws SQLException {
        int count = 0;
        try (ResultSet columns = connection.getMetaData().getColumns(null, "main", "watched", null)) {
            while (columns.next()) {
                count++;
            }
        }
        return count;
    }

    private static int columnsByQuery(PreparedStatement select) throws SQLException {
        try (ResultSet rows = select.executeQuery()) {
            return rows.getMetaData().getColumnCount();
        }
    }

    private static double hitRate(Statement statement) throws SQLException {
        try (ResultSet rate = statement.executeQuery(
                "SELECT metric_value FROM system.stats WHERE metric_name = 'schema_cache_hit_rate'")) {
            assertThat(rate.next()).isTrue();
            return rate.getDouble(1);
        }
    }
}
