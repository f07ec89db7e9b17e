// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.bench;

import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.kalamdb.engine.PreparedQuery;
import org.kalamdb.engine.ResultCursor;
import org.kalamdb.engine.Session;
import org.kalamdb.engine.StatementResult;
import org.kalamdb.engine.batch.ColumnBatch;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What the driver adds to the engine: the same prepared query of one row, and the same values of it, through JDBC and
 * through the session that the driver uses itself.
 *
 * <pre>{@code
 * mvn -q -B -Dquick -DskipTests -pl bench -am package
 * java -cp 'bench/target/classes:bench/target/lib/*' org.openjdk.jmh.Main DriverOverheadBenchmark
 * }</pre>
 *
 * Confined to one thread.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DriverOverheadBenchmark {
    private static final int ROW_COUNT = 10_000;
    private static final long SEED = 1;
    private static final String QUERY = "SELECT owner, balance, visits FROM accounts WHERE id = ?";

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final TemporaryDatabase database = new TemporaryDatabase(
            "CREATE TABLE accounts (id BIGINT PRIMARY KEY, owner TEXT, balance DECIMAL(12, 2), visits INT)");
    private final PreparedStatement throughDriver = database.prepare(QUERY);
    private final Connection other = database.connect("namespace=main");
    private final PreparedQuery throughSession = prepareInSession(other);

    /** Writes the rows that are read. */
    @Setup(Level.Trial)
    public void insertRows() throws SQLException {
        try (PreparedStatement insert = database.prepare("INSERT INTO accounts VALUES (?, ?, 100, 7)")) {
            for (long key = 0; key < ROW_COUNT; key++) {
                insert.setLong(1, key);
                insert.setString(2, "owner " + key);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static PreparedQuery prepareInSession(Connection connection) {
        try {
            return connection.unwrap(Session.class).prepare(QUERY);
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot prepare " + QUERY, e);
        }
    }

    /** Closes the database and removes its folder. */
    @TearDown(Level.Trial)
    public void close() throws SQLException, IOException {
        throughSession.close();
        other.close();
        database.close();
    }

    /** Through JDBC. */
    @Benchmark
    public void throughDriver(Blackhole values) throws SQLException {
        throughDriver.setLong(1, random.nextInt(ROW_COUNT));
        try (ResultSet rows = throughDriver.executeQuery()) {
            while (rows.next()) {
                String owner = rows.getString(1);
                BigDecimal balance = rows.getBigDecimal(2);
                int visits = rows.getInt(3);
                values.consume(owner);
                values.consume(balance);
                values.consume(visits);
            }
        }
    }

    /** Through the engine's own interface. */
    @Benchmark
    public void throughSession(Blackhole values) {
        Object[] parameters = {(long) random.nextInt(ROW_COUNT)};
        StatementResult.Rows result = (StatementResult.Rows) throughSession.execute(parameters);
        try (ResultCursor rows = result.cursor()) {
            for (ColumnBatch batch = rows.next(); batch != null; batch = rows.next()) {
                for (int row = 0; row < batch.rowCount(); row++) {
                    values.consume(batch.column(0).getString(row));
                    values.consume(batch.column(1).getDecimal(row));
                    values.consume(batch.column(2).getInt(row));
                }
            }
        }
    }
}
