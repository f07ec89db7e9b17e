// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.bench.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.kalamdb.bench.peers.Workload.Timer;

/**
 * Compares KalamDB with its peers at the work of an application, and prints a table: operations a second, the median of
 * several rounds, in each of which every database has its turn at every workload.
 *
 * <p>Arguments: the durability (normal or full), and optionally the number of rows (200000), of rounds (3), the
 * milliseconds of a turn (1000), and the databases to leave out (derby,duckdb).
 */
public final class PeerComparison {
    private static final int WARM_UP_ROUNDS = 1;

    /** After so many loads the code of all databases is compiled, which takes ours the longest. */
    private static final int WARM_UP_LOADS = 6;

    private final Durability durability;
    private final long rows;
    private final int rounds;
    private final long turnNanos;
    private final List<Peer> peers;
    private final ResultTable table;

    private PeerComparison(Durability durability, long rows, int rounds, long turnMillis, List<Peer> peers) {
        this.durability = durability;
        this.rows = rows;
        this.rounds = rounds;
        this.turnNanos = turnMillis * 1_000_000;
        this.peers = peers;
        this.table = new ResultTable(peers);
    }

    public static void main(String[] arguments) throws SQLException, IOException {
        Durability durability =
                Durability.valueOf(argument(arguments, 0, "normal").toUpperCase(Locale.ROOT));
        if (durability == Durability.NORMAL) {
            // The only way to have Derby not wait for the device, and only for the whole JVM.
            System.setProperty("derby.system.durability", "test");
        }
        Path folder = Files.createTempDirectory("kalamdb-peers");
        System.setProperty(
                "derby.stream.error.file", folder.resolve("derby.log").toString());
        List<String> without =
                List.of(argument(arguments, 4, "").toUpperCase(Locale.ROOT).split(","));
        PeerComparison comparison = new PeerComparison(
                durability,
                Long.parseLong(argument(arguments, 1, "200000")),
                Integer.parseInt(argument(arguments, 2, "3")),
                Long.parseLong(argument(arguments, 3, "1000")),
                Arrays.stream(Peer.values())
                        .filter(peer -> !without.contains(peer.name()))
                        .toList());
        comparison.run(folder);
    }

    private static String argument(String[] arguments, int index, String otherwise) {
        return index < arguments.length ? arguments[index] : otherwise;
    }

    private void run(Path folder) throws SQLException, IOException {
        for (int load = 0; load < WARM_UP_LOADS + rounds; load++) {
            for (Peer peer : peers) {
                double rowsPerSecond = loadOnce(peer, Files.createTempDirectory(folder, "load"));
                if (load == 0) {
                    table.add("first bulk load, rows", peer, rowsPerSecond);
                } else if (load >= WARM_UP_LOADS) {
                    table.add("bulk load, rows", peer, rowsPerSecond);
                }
            }
        }
        for (Peer peer : peers) {
            load(peer, Files.createDirectory(folderOf(peer, folder)));
        }
        for (Peer peer : peers) {
            reopen(peer, folderOf(peer, folder));
        }
        List<Contestant> contestants = new ArrayList<>();
        try {
            for (Peer peer : peers) {
                contestants.add(Contestant.open(peer, folderOf(peer, folder), durability, rows));
            }
            for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
                run(contestants, round >= 0);
            }
        } finally {
            for (Contestant contestant : contestants) {
                contestant.close();
            }
        }
        System.out.print(table.markdown());
    }

    private static Path folderOf(Peer peer, Path folder) {
        return folder.resolve(peer.name().toLowerCase(Locale.ROOT));
    }

    /** Fills the first table of a database, which nobody needs afterwards. @return rows a second */
    private double loadOnce(Peer peer, Path folder) throws SQLException {
        try (Contestant contestant = Contestant.open(peer, folder, durability, rows)) {
            Connection connection = contestant.connection();
            ItemTable.create(connection, Contestant.ITEMS);
            long start = System.nanoTime();
            ItemTable.fill(connection, Contestant.ITEMS, 0, rows);
            return rows / ((System.nanoTime() - start) / 1e9);
        }
    }

    private void load(Peer peer, Path folder) throws SQLException, IOException {
        Contestant contestant = Contestant.open(peer, folder, durability, rows);
        try (contestant) {
            Connection connection = contestant.connection();
            ItemTable.create(connection, Contestant.ITEMS);
            ItemTable.fill(connection, Contestant.ITEMS, 0, rows);
            ItemTable.create(connection, Contestant.EVENTS);
            ItemTable.create(connection, Contestant.INDEXED_ITEMS);
            ItemTable.fill(connection, Contestant.INDEXED_ITEMS, 0, rows);
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE INDEX indexed_item_category ON " + Contestant.INDEXED_ITEMS + " (category)");
            }
        }
        table.add("size on disk, MB", peer, contestant.bytesOnDisk() / 1e6);
        progress(peer.label() + " loaded");
    }

    /** In a JVM that has loaded its classes, so this is what the database does, not what the JVM does. */
    private void reopen(Peer peer, Path folder) throws SQLException {
        for (int i = 0; i < rounds; i++) {
            long start = System.nanoTime();
            try (Contestant contestant = Contestant.open(peer, folder, durability, rows);
                    Statement statement = contestant.connection().createStatement();
                    ResultSet row = statement.executeQuery(
                            "SELECT name FROM " + Contestant.ITEMS + " WHERE id = " + rows / 2)) {
                if (!row.next()) {
                    throw new IllegalStateException("A row is gone");
                }
                table.add("open and read a row, ms", peer, (System.nanoTime() - start) / 1e6);
            }
        }
    }

    private void run(List<Contestant> contestants, boolean counts) throws SQLException {
        for (Map.Entry<String, Workload> workload : Workloads.all(durability).entrySet()) {
            for (Contestant contestant : contestants) {
                Timer timer = new Timer(turnNanos);
                long operations = workload.getValue().run(contestant, timer);
                if (counts) {
                    table.add(workload.getKey(), contestant.peer(), operations / timer.seconds());
                }
            }
            progress(workload.getKey());
        }
    }

    private static void progress(String what) {
        System.err.println(what);
    }

    /** Figures by workload and peer, in the order they came. Confined to one thread. */
    private static final class ResultTable {
        private final List<Peer> peers;
        private final Map<String, Map<Peer, List<Double>>> figures = new LinkedHashMap<>();

        ResultTable(List<Peer> peers) {
            this.peers = peers;
        }

        void add(String what, Peer peer, double figure) {
            figures.computeIfAbsent(what, key -> new EnumMap<>(Peer.class))
                    .computeIfAbsent(peer, key -> new ArrayList<>())
                    .add(figure);
        }

        String markdown() {
            StringBuilder text = new StringBuilder("| per second, unless it says otherwise | ")
                    .append(peers.stream().map(Peer::label).collect(Collectors.joining(" | ")))
                    .append(" |\n| --- |")
                    .append(" ---: |".repeat(peers.size()))
                    .append('\n');
            figures.forEach((what, byPeer) -> {
                text.append("| ").append(what).append(" |");
                for (Peer peer : peers) {
                    text.append(' ')
                            .append(format(median(byPeer.getOrDefault(peer, List.of()))))
                            .append(" |");
                }
                text.append('\n');
            });
            return text.toString();
        }

        private static double median(List<Double> values) {
            double[] sorted =
                    values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
            return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
        }

        private static String format(double value) {
            return Double.isNaN(value) ? "" : String.format(Locale.ROOT, value < 100 ? "%,.1f" : "%,.0f", value);
        }
    }
}
