// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Shows what the database does, step by step, each step with its time. Confined to one thread. */
final class Demo {
    private static final int[] QUERIES = {1, 3, 5, 6, 10, 12, 14, 18};
    private static final int SHOWN_ROWS = 5;
    private static final int STREAM_TTL_SECONDS = 1;
    private static final int STREAM_WAIT_MILLIS = 10_000;
    private static final int DOCUMENTS = 5_000;
    private static final int DIMENSION = 64;

    private final DemoOptions options;
    private final PrintStream out;
    private final ResultPrinter printer;
    private int step;

    Demo(DemoOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
        this.printer = new ResultPrinter(out);
    }

    void run() throws IOException, SQLException {
        Path kept = options.folder();
        if (kept != null) {
            run(kept);
            out.println();
            out.println("The database stays in " + kept + "; look around with: ./kalam sql " + kept);
            return;
        }
        try (TemporaryFolder temporary = TemporaryFolder.create()) {
            run(temporary.path());
        }
    }

    private void run(Path folder) throws IOException, SQLException {
        String url = "jdbc:kalamdb:" + folder.resolve("demo");
        begin("Open a database");
        Stopwatch opening = Stopwatch.started();
        try (Connection connection = DriverManager.getConnection(url)) {
            DatabaseMetaData metaData = connection.getMetaData();
            out.printf("  %s %s at %s%n", metaData.getDatabaseProductName(), metaData.getDatabaseProductVersion(), url);
            took(opening);
            loadTpch(connection);
            queryTpch(connection);
            separateUsers(connection, url);
            expireStreamRow(connection);
            searchEmbeddings(connection);
            changeSchema(connection);
            readMetaData(connection);
        }
        if (options.coldStart()) {
            begin("Time to the first query in a fresh JVM");
            new ColdStart(out, folder).run();
        }
    }

    private void loadTpch(Connection connection) throws IOException, SQLException {
        begin(String.format(Locale.ROOT, "Load TPC-H at scale %s through JDBC batches", options.scale()));
        Stopwatch stopwatch = Stopwatch.started();
        execute(connection, "CREATE NAMESPACE IF NOT EXISTS tpch");
        connection.setSchema("tpch");
        for (String statement : TpchResources.schema()) {
            execute(connection, statement);
        }
        long rows = new TpchLoader(connection, options.scale(), out, Prompt.isPossible()).load();
        double seconds = stopwatch.elapsedSeconds();
        out.printf(Locale.ROOT, "  %-9s %,9d rows %,10.0f rows/s %7.2f s%n", "together", rows, rows / seconds, seconds);
    }

    private void queryTpch(Connection connection) throws IOException, SQLException {
        begin("Run TPC-H queries");
        for (int number : QUERIES) {
            TpchResources.Query query = TpchResources.query(number);
            out.println(query.title());
            query(connection, query.sql());
        }
        connection.setSchema("main");
    }

    private void separateUsers(Connection connection, String url) throws SQLException {
        begin("A USER table: everybody sees their own rows, and nobody has to filter");
        Stopwatch stopwatch = Stopwatch.started();
        show(connection, "CREATE NAMESPACE IF NOT EXISTS app");
        show(connection, """
                CREATE USER TABLE app.notes (
                    id BIGINT PRIMARY KEY DEFAULT SNOWFLAKE_ID(),
                    body TEXT NOT NULL,
                    written TIMESTAMP DEFAULT NOW())""");
        try (Connection alice = DriverManager.getConnection(url, "alice", "");
                Connection bob = DriverManager.getConnection(url, "bob", "")) {
            show(alice, "INSERT INTO app.notes (body) VALUES ('buy milk'), ('call Bob')");
            show(bob, "INSERT INTO app.notes (body) VALUES ('water the plants')");
            out.println("alice sees:");
            query(alice, "SELECT body FROM app.notes ORDER BY id");
            out.println("bob sees:");
            query(bob, "SELECT body FROM app.notes ORDER BY id");
        }
        took(stopwatch);
    }

    private void expireStreamRow(Connection connection) throws SQLException {
        begin("A STREAM table: rows go by themselves");
        Stopwatch stopwatch = Stopwatch.started();
        show(
                connection,
                "CREATE STREAM TABLE app.typing (id BIGINT PRIMARY KEY, who TEXT) WITH (TTL_SECONDS = "
                        + STREAM_TTL_SECONDS + ")");
        show(connection, "INSERT INTO app.typing VALUES (1, 'alice')");
        Stopwatch age = Stopwatch.started();
        out.println("  rows at once: " + count(connection, "app.typing"));
        while (count(connection, "app.typing") > 0 && age.elapsedMillis() < STREAM_WAIT_MILLIS) {
            pause();
        }
        out.printf(Locale.ROOT, "  rows %.1f s later: %d%n", age.elapsedSeconds(), count(connection, "app.typing"));
        took(stopwatch);
    }

    private void searchEmbeddings(Connection connection) throws SQLException {
        begin("An EMBEDDING column: nearest neighbours by cosine distance");
        show(connection, "CREATE TABLE app.documents (id BIGINT PRIMARY KEY, v EMBEDDING(" + DIMENSION + "))");
        Random random = new Random(42);
        Stopwatch loading = Stopwatch.started();
        connection.setAutoCommit(false);
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO app.documents VALUES (?, ?)")) {
            for (int id = 1; id <= DOCUMENTS; id++) {
                insert.setLong(1, id);
                insert.setObject(2, randomVector(random));
                insert.addBatch();
            }
            insert.executeBatch();
            connection.commit();
        } finally {
            connection.setAutoCommit(true);
        }
        out.printf(Locale.ROOT, "  %,d vectors of %d dimensions loaded in %s%n", DOCUMENTS, DIMENSION, loading);
        String nearest = "SELECT id, COSINE_DISTANCE(v, ?) AS distance FROM app.documents ORDER BY distance LIMIT 5";
        out.println("  " + nearest);
        Stopwatch searching = Stopwatch.started();
        try (PreparedStatement select = connection.prepareStatement(nearest)) {
            select.setObject(1, randomVector(random));
            try (ResultSet rows = select.executeQuery()) {
                printer.print(rows);
            }
        }
        took(searching);
    }

    private void changeSchema(Connection connection) throws SQLException {
        begin("A schema with a history: columns come and go, rows are not rewritten");
        Stopwatch stopwatch = Stopwatch.started();
        show(connection, "ALTER TABLE app.notes ADD COLUMN tag TEXT DEFAULT 'private'");
        show(connection, "ALTER TABLE app.notes RENAME COLUMN body TO text");
        show(connection, "ALTER TABLE app.notes DROP COLUMN written");
        out.println("DESCRIBE TABLE app.notes");
        query(connection, "DESCRIBE TABLE app.notes");
        out.println("DESCRIBE TABLE app.notes HISTORY");
        query(connection, "DESCRIBE TABLE app.notes HISTORY");
        took(stopwatch);
    }

    private void readMetaData(Connection connection) throws SQLException {
        begin("What DatabaseMetaData tells a tool");
        Stopwatch stopwatch = Stopwatch.started();
        DatabaseMetaData metaData = connection.getMetaData();
        out.println("getTables");
        try (ResultSet rows = metaData.getTables(null, "app", "%", null)) {
            printer.print(rows, List.of("TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME", "TABLE_TYPE", "REMARKS"));
        }
        out.println("getColumns of app.notes");
        try (ResultSet rows = metaData.getColumns(null, "app", "notes", "%")) {
            printer.print(
                    rows,
                    List.of("COLUMN_NAME", "DATA_TYPE", "TYPE_NAME", "ORDINAL_POSITION", "IS_NULLABLE", "COLUMN_DEF"));
        }
        out.println("getPrimaryKeys of tpch.lineitem");
        try (ResultSet rows = metaData.getPrimaryKeys(null, "tpch", "lineitem")) {
            printer.print(rows, List.of("TABLE_NAME", "COLUMN_NAME", "KEY_SEQ", "PK_NAME"));
        }
        took(stopwatch);
    }

    private void begin(String title) {
        step++;
        out.println();
        out.println("== " + step + ". " + title);
    }

    private void took(Stopwatch stopwatch) {
        out.println("Took: " + stopwatch);
    }

    /** Prints a statement and runs it. */
    private void show(Connection connection, String sql) throws SQLException {
        out.println("  " + sql.replace("\n", "\n  "));
        execute(connection, sql);
    }

    private void query(Connection connection, String sql) throws SQLException {
        Stopwatch stopwatch = Stopwatch.started();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            long count = printer.print(rows, SHOWN_ROWS);
            String more = count > SHOWN_ROWS ? ", first " + SHOWN_ROWS + " shown" : "";
            out.println(ResultPrinter.footer(count) + more + ", " + stopwatch);
        }
        out.println();
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long count(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + table)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static float[] randomVector(Random random) {
        float[] vector = new float[DIMENSION];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for a row to expire", e);
        }
    }
}
