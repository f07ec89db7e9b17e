// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.bench;

import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
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
 * How long a prepared statement on one row takes through JDBC, in auto-commit mode, on a database in a folder.
 *
 * <pre>{@code
 * mvn -q -B -Dquick -DskipTests -pl bench -am package
 * java -cp 'bench/target/classes:bench/target/lib/*' org.openjdk.jmh.Main PreparedStatementBenchmark
 * }</pre>
 *
 * Confined to one thread.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PreparedStatementBenchmark {
    private static final int ROW_COUNT = 10_000;
    private static final long SEED = 1;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final TemporaryDatabase database =
            new TemporaryDatabase("CREATE TABLE accounts (id BIGINT PRIMARY KEY, owner TEXT, balance DECIMAL(12, 2))");
    private final PreparedStatement select = database.prepare("SELECT owner, balance FROM accounts WHERE id = ?");
    private final PreparedStatement insert =
            database.prepare("INSERT INTO accounts (id, owner, balance) VALUES (?, ?, 100)");
    private final PreparedStatement update = database.prepare("UPDATE accounts SET balance = balance + 1 WHERE id = ?");
    private long nextKey = ROW_COUNT;

    /** Writes the rows that are read and updated. */
    @Setup(Level.Trial)
    public void insertRows() throws SQLException {
        for (long key = 0; key < ROW_COUNT; key++) {
            insert.setLong(1, key);
            insert.setString(2, "owner " + key);
            insert.addBatch();
        }
        insert.executeBatch();
    }

    /** Closes the database and removes its folder. */
    @TearDown(Level.Trial)
    public void close() throws SQLException, IOException {
        database.close();
    }

    /** Reads two columns of a row by its key. */
    @Benchmark
    public String selectsByKey() throws SQLException {
        select.setLong(1, random.nextInt(ROW_COUNT));
        try (ResultSet row = select.executeQuery()) {
            row.next();
            return row.getString(1) + row.getBigDecimal(2);
        }
    }

    /** Writes one new row. */
    @Benchmark
    public int insertsRow() throws SQLException {
        insert.setLong(1, nextKey++);
        insert.setString(2, "owner");
        return insert.executeUpdate();
    }

    /** Changes a row by its key. */
    @Benchmark
    public int updatesByKey() throws SQLException {
        update.setLong(1, random.nextInt(ROW_COUNT));
        return update.executeUpdate();
    }
}
