// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.kalamdb.arrow.ArrowInserts;
import org.kalamdb.arrow.ArrowResults;

/**
 * What a row costs that comes as part of a record batch, as an entry of a batch of JDBC and by DuckDB's appender; and one that is
 * read as part of a record batch and by getters. Each way has its turn in each round, in a database of its own.
 *
 * <p>Arguments: the number of rows (1000000), of rows in a record batch (50000) and of rounds (5).
 */
public final class ArrowComparison {
    private static final String TABLE =
            "CREATE TABLE item (id BIGINT NOT NULL PRIMARY KEY, category INTEGER, name TEXT, price DOUBLE PRECISION)";
    private static final int ENTRIES_PER_BATCH = 1_000;

    private final List<Rows> batches;
    private final long rows;
    private final BufferAllocator allocator;

    private ArrowComparison(List<Rows> batches, long rows, BufferAllocator allocator) {
        this.batches = batches;
        this.rows = rows;
        this.allocator = allocator;
    }

    /** Runs the comparison. */
    public static void main(String[] arguments) throws SQLException, IOException {
        int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        int rowsOfBatch = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 50_000;
        int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 5;
        List<Rows> batches = new ArrayList<>();
        try (BufferAllocator allocator = new RootAllocator()) {
            for (int first = 0; first < rows; first += rowsOfBatch) {
                batches.add(Rows.of(first, Math.min(rowsOfBatch, rows - first), allocator));
            }
            ArrowComparison comparison = new ArrowComparison(batches, rows, allocator);
            for (int round = 0; round < rounds; round++) {
                for (Way way : Way.values()) {
                    comparison.run(way);
                }
            }
            batches.forEach(Rows::close);
        }
    }

    /** The vectors of a record batch. */
    private record Rows(BigIntVector ids, IntVector categories, VarCharVector names, Float8Vector prices) {
        static Rows of(int first, int count, BufferAllocator allocator) {
            Rows rows = new Rows(
                    new BigIntVector("id", allocator),
                    new IntVector("category", allocator),
                    new VarCharVector("name", allocator),
                    new Float8Vector("price", allocator));
            for (int row = 0; row < count; row++) {
                int id = first + row;
                rows.ids.setSafe(row, id);
                rows.categories.setSafe(row, id / 10);
                rows.names.setSafe(row, ("item number " + id + " of the catalogue").getBytes(StandardCharsets.UTF_8));
                rows.prices.setSafe(row, id % 10_000 / 100.0);
            }
            rows.root().setRowCount(count);
            return rows;
        }

        VectorSchemaRoot root() {
            return new VectorSchemaRoot(List.of(ids, categories, names, prices));
        }

        int count() {
            return ids.getValueCount();
        }

        String name(int row) {
            return new String(names.get(row), StandardCharsets.UTF_8);
        }

        void close() {
            root().close();
        }
    }

    /** A way to insert all rows. */
    private enum Way {
        RECORD_BATCHES("jdbc:kalamdb:") {
            @Override
            void insert(Connection connection, List<Rows> batches) throws SQLException {
                for (Rows rows : batches) {
                    ArrowInserts.insert(connection, null, "item", rows.root());
                }
            }
        },
        BATCHES_OF_JDBC("jdbc:kalamdb:") {
            @Override
            void insert(Connection connection, List<Rows> batches) throws SQLException {
                connection.setAutoCommit(false);
                try (PreparedStatement insert = connection.prepareStatement("INSERT INTO item VALUES (?, ?, ?, ?)")) {
                    for (Rows rows : batches) {
                        add(rows, insert);
                        connection.commit();
                    }
                }
                connection.setAutoCommit(true);
            }

            private void add(Rows rows, PreparedStatement insert) throws SQLException {
                for (int row = 0; row < rows.count(); row++) {
                    insert.setLong(1, rows.ids.get(row));
                    insert.setInt(2, rows.categories.get(row));
                    insert.setString(3, rows.name(row));
                    insert.setDouble(4, rows.prices.get(row));
                    insert.addBatch();
                    if ((row + 1) % ENTRIES_PER_BATCH == 0 || row + 1 == rows.count()) {
                        insert.executeBatch();
                    }
                }
            }
        },
        APPENDER_OF_DUCKDB("jdbc:duckdb:") {
            @Override
            void insert(Connection connection, List<Rows> batches) throws SQLException {
                try (DuckDBAppender appender =
                        connection.unwrap(DuckDBConnection.class).createAppender("main", "item")) {
                    for (Rows rows : batches) {
                        for (int row = 0; row < rows.count(); row++) {
                            appender.beginRow();
                            appender.append(rows.ids.get(row));
                            appender.append(rows.categories.get(row));
                            appender.append(rows.name(row));
                            appender.append(rows.prices.get(row));
                            appender.endRow();
                        }
                    }
                }
            }
        };

        private final String urlPrefix;

        Way(String urlPrefix) {
            this.urlPrefix = urlPrefix;
        }

        abstract void insert(Connection connection, List<Rows> batches) throws SQLException;
    }

    private void run(Way way) throws SQLException, IOException {
        Path folder = Files.createTempDirectory("kalamdb-arrow");
        try (Connection connection = DriverManager.getConnection(way.urlPrefix + folder.resolve("db"));
                Statement statement = connection.createStatement()) {
            statement.execute(TABLE);
            Meter inserting = new Meter();
            way.insert(connection, batches);
            inserting.print("insert, " + way, rows);
            if (way == Way.RECORD_BATCHES) {
                // Once for the rows to be where they are read from.
                for (int pass = 0; pass < 3; pass++) {
                    read(statement);
                }
            }
        }
    }

    private void read(Statement statement) throws SQLException, IOException {
        Meter batchwise = new Meter();
        long sum = 0;
        try (ArrowReader reader = ArrowResults.reader(statement.executeQuery("SELECT * FROM item"), allocator)) {
            while (reader.loadNextBatch()) {
                VectorSchemaRoot root = reader.getVectorSchemaRoot();
                BigIntVector ids = (BigIntVector) root.getVector(0);
                for (int row = 0; row < root.getRowCount(); row++) {
                    sum += ids.get(row);
                }
            }
        }
        batchwise.print("read, RECORD_BATCHES", rows);
        Meter byGetters = new Meter();
        try (ResultSet items = statement.executeQuery("SELECT * FROM item")) {
            while (items.next()) {
                sum -= items.getLong(1);
                sum += items.getInt(2) * 0L + items.getString(3).length() * 0L + (long) (items.getDouble(4) * 0);
            }
        }
        byGetters.print("read, GETTERS", rows);
        if (sum != 0) {
            throw new IllegalStateException("Rows were read otherwise than they were written");
        }
    }

    /** Time since it was made. Confined to one thread. */
    private static final class Meter {
        private final long startNanos = System.nanoTime();
        private final long threadNanos = threadNanos();
        private final long processNanos = processNanos();

        private static long threadNanos() {
            return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        }

        private static long processNanos() {
            return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                    .getProcessCpuTime();
        }

        void print(String what, long count) {
            System.out.printf(
                    Locale.ROOT,
                    "%-28s %6.2f s, of a row %5.2f us CPU of the thread and %5.2f of the process%n",
                    what,
                    (System.nanoTime() - startNanos) / 1e9,
                    (threadNanos() - threadNanos) / 1e3 / count,
                    (processNanos() - processNanos) / 1e3 / count);
        }
    }
}
