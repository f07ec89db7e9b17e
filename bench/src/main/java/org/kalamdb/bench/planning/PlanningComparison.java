// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.bench.planning;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Compares what statements cost that no cache has seen, in KalamDB, H2 and SQLite, each in memory: CPU time of the calling
 * thread, in which every database has its turn in each round, so that what else the machine does concerns them alike.
 *
 * <pre>{@code
 * mvn -q -B -Dquick -DskipTests -pl bench -am package
 * java -cp 'bench/target/classes:bench/target/lib/*' org.kalamdb.bench.planning.PlanningComparison 50000 20
 * }</pre>
 *
 * The arguments are the number of small statements and of turns; with a third, the first letters of a database, only it runs.
 * Answers of small statements are read and compared by the number of their rows. Confined to one thread.
 */
public final class PlanningComparison {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int[] MANY_TABLES = {3, 5, 10, 20, 40, 60};
    private static final int JOIN_ROUNDS = 15;

    private final List<Contestant> contestants;
    private int variant;

    /** A database under measurement. */
    private record Contestant(String name, Connection connection) {}

    private PlanningComparison(List<Contestant> contestants) {
        this.contestants = contestants;
    }

    public static void main(String[] arguments) throws SQLException {
        int statements = Integer.parseInt(arguments[0]);
        int turns = Integer.parseInt(arguments[1]);
        Map<String, String> urls = new LinkedHashMap<>();
        urls.put("KalamDB", "jdbc:kalamdb:mem:planning");
        urls.put("H2", "jdbc:h2:mem:planning");
        urls.put("SQLite", "jdbc:sqlite::memory:");
        List<Contestant> contestants = new ArrayList<>();
        for (Map.Entry<String, String> url : urls.entrySet()) {
            if (arguments.length < 3 || url.getKey().startsWith(arguments[2])) {
                contestants.add(new Contestant(url.getKey(), DriverManager.getConnection(url.getValue())));
            }
        }
        try {
            PlanningComparison comparison = new PlanningComparison(contestants);
            comparison.load();
            comparison.stream("CPU of one statement, µs", statements, turns, "");
            comparison.stream("CPU of one statement planned by itself, µs", statements / 5, turns, "/* by itself */ ");
            comparison.joins();
        } finally {
            for (Contestant contestant : contestants) {
                contestant.connection().close();
            }
        }
    }

    private void load() throws SQLException {
        for (Contestant contestant : contestants) {
            try (Statement statement = contestant.connection().createStatement()) {
                for (String sql : Shop.statements()) {
                    // SQLite knows no type DATE and compares such text as it stands.
                    statement.execute(contestant.name().equals("SQLite") ? sql.replace("DATE '", "'") : sql);
                }
            }
        }
    }

    /**
     * The first half of the turns warms the JVM up; the whole is told too.
     *
     * @param prefix a comment, since KalamDB shares no plan of a text that has one
     */
    private void stream(String heading, int statements, int turns, String prefix) throws SQLException {
        int kinds = StatementStream.KINDS.size();
        int ofTurn = statements / turns;
        long[][] all = new long[contestants.size()][turns];
        long[][] warmByKind = new long[contestants.size()][kinds];
        for (int turn = 0; turn < turns; turn++) {
            long[] rows = new long[contestants.size()];
            for (int c = 0; c < contestants.size(); c++) {
                boolean warm = turn >= turns / 2;
                for (int i = 0; i < ofTurn; i++) {
                    int number = turn * ofTurn + i;
                    String sql = prefix + StatementStream.kind(number).text().apply(number);
                    long start = THREADS.getCurrentThreadCpuTime();
                    rows[c] += execute(contestants.get(c), sql);
                    long cpu = THREADS.getCurrentThreadCpuTime() - start;
                    all[c][turn] += cpu;
                    warmByKind[c][number % kinds] += warm ? cpu : 0;
                }
            }
            for (int c = 1; c < rows.length; c++) {
                if (rows[c] != rows[0]) {
                    throw new IllegalStateException("Databases answer different numbers of rows in turn " + turn + ": "
                            + Arrays.toString(rows));
                }
            }
        }
        heading(heading);
        row("first " + ofTurn, c -> all[c][0] / 1e3 / ofTurn);
        row("all " + statements, c -> Arrays.stream(all[c]).sum() / 1e3 / (ofTurn * turns));
        row("least of the turns", c -> Arrays.stream(all[c]).min().orElseThrow() / 1e3 / ofTurn);
        for (int kind = 0; kind < kinds; kind++) {
            int each = kind;
            double count = (double) ofTurn * (turns - turns / 2) / kinds;
            row(StatementStream.KINDS.get(kind).name() + ", second half", c -> warmByKind[c][each] / 1e3 / count);
        }
    }

    private static long execute(Contestant contestant, String sql) throws SQLException {
        String text = contestant.name().equals("SQLite") ? sql.replace("DATE '", "'") : sql;
        long rows = 0;
        try (Statement statement = contestant.connection().createStatement();
                ResultSet result = statement.executeQuery(text)) {
            while (result.next()) {
                rows++;
            }
        }
        return rows;
    }

    private void joins() throws SQLException {
        heading("CPU of preparing, ms");
        for (int tables : MANY_TABLES) {
            joins("chain of " + tables, n -> Shop.chain(tables, n));
            joins("star of " + tables, n -> Shop.star(tables, n));
        }
    }

    /** The median of the rounds, after as many more to warm up. */
    private void joins(String what, IntFunction<String> text) throws SQLException {
        long[][] nanos = new long[contestants.size()][JOIN_ROUNDS];
        for (int round = -JOIN_ROUNDS; round < JOIN_ROUNDS; round++) {
            for (int c = 0; c < contestants.size(); c++) {
                String sql = text.apply(variant++);
                long start = THREADS.getCurrentThreadCpuTime();
                try (PreparedStatement statement =
                        contestants.get(c).connection().prepareStatement(sql)) {
                    if (statement.getMetaData().getColumnCount() != 2) {
                        throw new IllegalStateException("Wrong columns");
                    }
                }
                nanos[c][Math.max(round, 0)] = THREADS.getCurrentThreadCpuTime() - start;
            }
        }
        for (long[] each : nanos) {
            Arrays.sort(each);
        }
        row(what, c -> nanos[c][JOIN_ROUNDS / 2] / 1e6);
    }

    private void heading(String what) {
        StringBuilder line = new StringBuilder("| " + what + " |");
        contestants.forEach(
                contestant -> line.append(' ').append(contestant.name()).append(" |"));
        System.out.println(line + "\n| --- |" + " ---: |".repeat(contestants.size()));
    }

    private void row(String what, IntFunction<Double> figure) {
        StringBuilder line = new StringBuilder("| " + what + " |");
        for (int c = 0; c < contestants.size(); c++) {
            line.append(String.format(Locale.ROOT, " %.2f |", figure.apply(c)));
        }
        System.out.println(line);
    }
}
