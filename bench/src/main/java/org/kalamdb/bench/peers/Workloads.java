// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.bench.peers;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import org.kalamdb.bench.peers.Workload.Timer;

/** What an application does to a table by key, one transaction at a time. Every answer is checked. */
final class Workloads {
    private static final int RANGE_ROWS = 100;
    private static final int READS_PER_UPDATE = 4;

    private static final String LOOKUP = "SELECT name, price FROM " + Contestant.ITEMS + " WHERE id = ";
    private static final String UPDATE = "UPDATE " + Contestant.ITEMS + " SET price = price + 1 WHERE id = ?";

    private Workloads() {}

    /** Workloads by the name that the table shows. */
    static Map<String, Workload> all(Durability durability) {
        Map<String, Workload> all = new LinkedHashMap<>();
        if (durability == Durability.NORMAL) {
            all.put("prepared lookup by key", Workloads::lookUp);
            all.put("lookup by key, new SQL text each time", Workloads::lookUpByText);
            all.put("lookup by second index, 10 rows", Workloads::lookUpByIndex);
            all.put("range of 100 rows by key", Workloads::readRange);
        }
        all.put("insert of one row", Workloads::insert);
        all.put("rows inserted in batches of 1,000", Workloads::insertBatches);
        all.put("update by key", Workloads::update);
        all.put("delete by key", Workloads::delete);
        all.put("4 lookups and 1 update, 1 thread", (contestant, timer) -> mix(contestant, timer, 1));
        all.put("4 lookups and 1 update, 4 threads", (contestant, timer) -> mix(contestant, timer, 4));
        return all;
    }

    private static long lookUp(Contestant contestant, Timer timer) throws SQLException {
        LongSupplier ids = ids(contestant);
        try (PreparedStatement lookup = contestant.connection().prepareStatement(LOOKUP + "?")) {
            timer.start();
            long count = 0;
            for (; !timer.isOver(); count++) {
                lookUp(lookup, ids.getAsLong());
            }
            timer.stop();
            return count;
        }
    }

    private static void lookUp(PreparedStatement lookup, long id) throws SQLException {
        lookup.setLong(1, id);
        try (ResultSet row = lookup.executeQuery()) {
            requireRows(row, 1);
        }
    }

    private static long lookUpByText(Contestant contestant, Timer timer) throws SQLException {
        LongSupplier ids = ids(contestant);
        try (Statement statement = contestant.connection().createStatement()) {
            timer.start();
            long count = 0;
            for (; !timer.isOver(); count++) {
                try (ResultSet row = statement.executeQuery(LOOKUP + ids.getAsLong())) {
                    requireRows(row, 1);
                }
            }
            timer.stop();
            return count;
        }
    }

    private static long lookUpByIndex(Contestant contestant, Timer timer) throws SQLException {
        LongSupplier ids = ids(contestant);
        try (PreparedStatement lookup = contestant
                .connection()
                .prepareStatement("SELECT name, price FROM " + Contestant.INDEXED_ITEMS + " WHERE category = ?")) {
            timer.start();
            long count = 0;
            for (; !timer.isOver(); count++) {
                lookup.setInt(1, (int) (ids.getAsLong() / ItemTable.ROWS_PER_CATEGORY));
                try (ResultSet rows = lookup.executeQuery()) {
                    requireRows(rows, ItemTable.ROWS_PER_CATEGORY);
                }
            }
            timer.stop();
            return count;
        }
    }

    private static long readRange(Contestant contestant, Timer timer) throws SQLException {
        LongSupplier ids = ids(contestant);
        try (PreparedStatement range = contestant
                .connection()
                .prepareStatement(
                        "SELECT name, price FROM " + Contestant.ITEMS + " WHERE id BETWEEN ? AND ? ORDER BY id")) {
            timer.start();
            long count = 0;
            for (; !timer.isOver(); count++) {
                long first = Math.min(ids.getAsLong(), contestant.rows() - RANGE_ROWS);
                range.setLong(1, first);
                range.setLong(2, first + RANGE_ROWS - 1);
                try (ResultSet rows = range.executeQuery()) {
                    requireRows(rows, RANGE_ROWS);
                }
            }
            timer.stop();
            return count;
        }
    }

    private static long insert(Contestant contestant, Timer timer) throws SQLException {
        long next = nextEvent(contestant);
        try (PreparedStatement insert =
                        contestant.connection().prepareStatement(ItemTable.insertSql(Contestant.EVENTS));
                AfterCommit afterCommit = new AfterCommit(contestant)) {
            timer.start();
            long count = 0;
            for (; !timer.isOver(); count++) {
                ItemTable.bind(insert, next + count);
                requireCount(insert.executeUpdate(), 1);
                afterCommit.run();
            }
            timer.stop();
            return count;
        }
    }

    private static long insertBatches(Contestant contestant, Timer timer) throws SQLException {
        long next = nextEvent(contestant);
        Connection connection = contestant.connection();
        try (PreparedStatement insert = connection.prepareStatement(ItemTable.insertSql(Contestant.EVENTS));
                AfterCommit afterCommit = new AfterCommit(contestant)) {
            connection.setAutoCommit(false);
            timer.start();
            long count = 0;
            while (!timer.isOver()) {
                for (int i = 0; i < ItemTable.BATCH_ROWS; i++) {
                    ItemTable.bind(insert, next + count++);
                    insert.addBatch();
                }
                requireCount(insert.executeBatch().length, ItemTable.BATCH_ROWS);
                connection.commit();
                afterCommit.run();
            }
            timer.stop();
            return count;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private static long update(Contestant contestant, Timer timer) throws SQLException {
        LongSupplier ids = ids(contestant);
        try (PreparedStatement update = contestant.connection().prepareStatement(UPDATE);
                AfterCommit afterCommit = new AfterCommit(contestant)) {
            timer.start();
            long count = 0;
            for (; !timer.isOver(); count++) {
                update.setLong(1, ids.getAsLong());
                requireCount(update.executeUpdate(), 1);
                afterCommit.run();
            }
            timer.stop();
            return count;
        }
    }

    /** The events of the inserts before it, the oldest first. */
    private static long delete(Contestant contestant, Timer timer) throws SQLException {
        long first = event(contestant, "min");
        long last = event(contestant, "max");
        try (PreparedStatement delete =
                        contestant.connection().prepareStatement("DELETE FROM " + Contestant.EVENTS + " WHERE id = ?");
                AfterCommit afterCommit = new AfterCommit(contestant)) {
            timer.start();
            long count = 0;
            for (long id = first; id <= last && !timer.isOver(); id++, count++) {
                delete.setLong(1, id);
                requireCount(delete.executeUpdate(), 1);
                afterCommit.run();
            }
            timer.stop();
            return count;
        }
    }

    private static long mix(Contestant contestant, Timer timer, int threads) throws SQLException {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        List<Connection> connections = new ArrayList<>();
        try {
            List<Future<Long>> counts = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                connections.add(contestant.connect());
            }
            timer.start();
            for (int i = 0; i < threads; i++) {
                Connection connection = connections.get(i);
                // Each thread updates rows of its own, so that the measure is not who waits for whom.
                LongSupplier ids = ids(contestant, threads, i);
                counts.add(executor.submit(() -> mix(contestant, connection, ids, timer)));
            }
            long sum = 0;
            for (Future<Long> count : counts) {
                sum += count.get();
            }
            timer.stop();
            return sum;
        } catch (ExecutionException e) {
            throw new SQLException(contestant.peer().label() + " failed with " + threads + " threads", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("Interrupted", e);
        } finally {
            executor.shutdown();
            for (Connection connection : connections) {
                connection.close();
            }
        }
    }

    private static long mix(Contestant contestant, Connection connection, LongSupplier ids, Timer timer)
            throws SQLException {
        try (PreparedStatement lookup = connection.prepareStatement(LOOKUP + "?");
                PreparedStatement update = connection.prepareStatement(UPDATE);
                AfterCommit afterCommit = new AfterCommit(contestant)) {
            long count = 0;
            while (!timer.isOver()) {
                for (int i = 0; i < READS_PER_UPDATE; i++) {
                    lookUp(lookup, ids.getAsLong());
                }
                update.setLong(1, ids.getAsLong());
                requireCount(update.executeUpdate(), 1);
                afterCommit.run();
                count += READS_PER_UPDATE + 1;
            }
            return count;
        }
    }

    private static LongSupplier ids(Contestant contestant) {
        return ids(contestant, 1, 0);
    }

    /** Random numbers of items that leave a remainder, the same for every contestant. */
    private static LongSupplier ids(Contestant contestant, int divisor, int remainder) {
        SplittableRandom random = new SplittableRandom(remainder);
        return () -> random.nextLong(contestant.rows() / divisor) * divisor + remainder;
    }

    private static long nextEvent(Contestant contestant) throws SQLException {
        return event(contestant, "max") + 1;
    }

    private static long event(Contestant contestant, String aggregate) throws SQLException {
        try (Statement statement = contestant.connection().createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT coalesce(" + aggregate + "(id), 0) FROM " + Contestant.EVENTS)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void requireRows(ResultSet rows, int expected) throws SQLException {
        int count = 0;
        while (rows.next()) {
            if (rows.getString(1).isEmpty() || rows.getDouble(2) < 0) {
                throw new IllegalStateException("A row is not what was written");
            }
            count++;
        }
        requireCount(count, expected);
    }

    private static void requireCount(int count, int expected) {
        if (count != expected) {
            throw new IllegalStateException("Expected " + expected + " rows, got: " + count);
        }
    }

    /** Runs what makes a commit durable where no setting does. */
    private static final class AfterCommit implements AutoCloseable {
        private final List<PreparedStatement> statements = new ArrayList<>();

        AfterCommit(Contestant contestant) throws SQLException {
            for (String sql : contestant.peer().afterCommit(contestant.durability())) {
                statements.add(contestant.connection().prepareStatement(sql));
            }
        }

        void run() throws SQLException {
            for (PreparedStatement statement : statements) {
                statement.execute();
            }
        }

        @Override
        public void close() throws SQLException {
            for (PreparedStatement statement : statements) {
                statement.close();
            }
        }
    }
}
