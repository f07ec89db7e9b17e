// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * How long tools wait for metadata of a database of 2,000 tables of 12 columns.
 *
 * <pre>{@code
 * mvn -q -B -Dquick -DskipTests -pl bench -am package
 * java -cp 'bench/target/classes:bench/target/lib/*' org.openjdk.jmh.Main MetadataBenchmark
 * }</pre>
 *
 * Confined to one thread.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class MetadataBenchmark {
    private static final int TABLE_COUNT = 2_000;
    private static final int COLUMN_COUNT = 12;
    private static final long SEED = 1;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final TemporaryDatabase database = new TemporaryDatabase("CREATE NAMESPACE many");
    private final Connection connection = database.connect("namespace=many");

    /** Makes the tables. */
    @Setup(Level.Trial)
    public void createTables() throws SQLException {
        String columns = IntStream.range(1, COLUMN_COUNT)
                .mapToObj(n -> ", column_" + n + " VARCHAR(40) DEFAULT 'x'")
                .collect(Collectors.joining());
        try (Statement statement = connection.createStatement()) {
            for (int n = 0; n < TABLE_COUNT; n++) {
                statement.execute("CREATE TABLE table_" + n + " (id BIGINT PRIMARY KEY" + columns + ")");
            }
        }
    }

    /** Closes the database and removes its folder. */
    @TearDown(Level.Trial)
    public void close() throws SQLException, IOException {
        connection.close();
        database.close();
    }

    private static int read(ResultSet columns) throws SQLException {
        try (columns) {
            int sum = 0;
            while (columns.next()) {
                sum += columns.getString("COLUMN_NAME").length() + columns.getInt("DATA_TYPE");
            }
            return sum;
        }
    }

    /** Reads the columns of all tables. */
    @Benchmark
    public int columnsOfAllTables() throws SQLException {
        return read(connection.getMetaData().getColumns(null, "many", null, null));
    }

    /** Reads the columns of one table by its name, in which underscores are wildcards. */
    @Benchmark
    public int columnsOfOneTable() throws SQLException {
        return read(connection.getMetaData().getColumns(null, "many", "table_" + random.nextInt(TABLE_COUNT), null));
    }

    /** Reads the columns of one table by its name, in which nothing is a wildcard. */
    @Benchmark
    public int columnsOfOneTableEscaped() throws SQLException {
        return read(connection.getMetaData().getColumns(null, "many", "table\\_" + random.nextInt(TABLE_COUNT), null));
    }

    /** Reads the primary key of one table. */
    @Benchmark
    public String primaryKeyOfOneTable() throws SQLException {
        try (ResultSet key =
                connection.getMetaData().getPrimaryKeys(null, "many", "table_" + random.nextInt(TABLE_COUNT))) {
            key.next();
            return key.getString("COLUMN_NAME");
        }
    }

    /** Lists all tables. */
    @Benchmark
    public int allTables() throws SQLException {
        try (ResultSet tables = connection.getMetaData().getTables(null, "many", null, null)) {
            int sum = 0;
            while (tables.next()) {
                sum += tables.getString("TABLE_NAME").length();
            }
            return sum;
        }
    }
}
