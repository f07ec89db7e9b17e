// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.cli;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Measures how long a fresh JVM takes from its start to the first row of a new database on disk, here and in other
 * embedded databases whose jars are at hand. Confined to one thread.
 */
final class ColdStart {
    /** Names the folder with the jars of the other databases. */
    static final String PEERS_PROPERTY = "kalamdb.peers";

    private static final int RUNS = 3;

    private final PrintStream out;
    private final Path folder;

    /** @param folder existing folder for the databases of the measurement */
    ColdStart(PrintStream out, Path folder) {
        this.out = out;
        this.folder = folder;
    }

    void run() throws IOException {
        String classPath = System.getProperty("java.class.path");
        List<List<@Nullable String>> rows = new ArrayList<>();
        rows.add(measure("KalamDB", classPath, "jdbc:kalamdb:%s"));
        Optional<Path> h2 = peer("h2-");
        if (h2.isPresent()) {
            rows.add(measure("H2", h2.get() + File.pathSeparator + classPath, "jdbc:h2:%s/h2"));
        }
        Optional<Path> sqlite = peer("sqlite-");
        if (sqlite.isPresent()) {
            rows.add(measure("SQLite", sqlite.get() + File.pathSeparator + classPath, "jdbc:sqlite:%s/db.sqlite"));
        }
        BoxTable table = BoxTable.fit(List.of("database", "median ms", "best ms"), List.of(false, true, true), rows);
        out.println(table.top());
        rows.forEach(row -> out.println(table.row(row)));
        out.println(table.bottom());
        out.println(
                "From process start to first row: open, create a table, insert a row, select it; " + RUNS + " runs.");
    }

    private List<@Nullable String> measure(String name, String classPath, String urlFormat) throws IOException {
        double[] millis = new double[RUNS];
        for (int run = 0; run < RUNS; run++) {
            Path database =
                    Files.createDirectories(folder.resolve("cold-" + name.toLowerCase(Locale.ROOT) + "-" + run));
            millis[run] = runChild(name, classPath, String.format(Locale.ROOT, urlFormat, database));
        }
        Arrays.sort(millis);
        return List.of(
                name,
                String.format(Locale.ROOT, "%.0f", millis[RUNS / 2]),
                String.format(Locale.ROOT, "%.0f", millis[0]));
    }

    private static double runChild(String name, String classPath, String url) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                ColdStartProbe.class.getName(),
                url);
        Stopwatch stopwatch = Stopwatch.started();
        Process child = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        child.getOutputStream().close();
        byte[] firstLine = new byte[ColdStartProbe.FIRST_ROW.length()];
        int read = child.getInputStream().readNBytes(firstLine, 0, firstLine.length);
        double millis = stopwatch.elapsedMillis();
        child.getInputStream().readAllBytes();
        try {
            child.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while measuring " + name, e);
        }
        if (!ColdStartProbe.FIRST_ROW.equals(new String(firstLine, 0, read, StandardCharsets.UTF_8))) {
            throw new IOException("Failed to run a query on " + name + " in a fresh JVM");
        }
        return millis;
    }

    private static Optional<Path> peer(String prefix) throws IOException {
        String peers = System.getProperty(PEERS_PROPERTY);
        if (peers == null || !Files.isDirectory(Path.of(peers))) {
            return Optional.empty();
        }
        try (Stream<Path> jars = Files.list(Path.of(peers))) {
            return jars.filter(jar -> jar.getFileName().toString().startsWith(prefix))
                    .findFirst();
        }
    }
}
