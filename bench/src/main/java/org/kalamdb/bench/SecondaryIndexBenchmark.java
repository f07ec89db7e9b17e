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
 * How long a prepared statement takes that a secondary index answers, through JDBC, in auto-commit mode, on a database in a
 * folder.
 *
 * <pre>{@code
 * mvn -q -B -Dquick -DskipTests -pl bench -am package
 * java -cp 'bench/target/classes:bench/target/lib/*' org.openjdk.jmh.Main SecondaryIndexBenchmark
 * }</pre>
 *
 * Confined to one thread.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SecondaryIndexBenchmark {
    private static final int ROW_COUNT = 10_000;
    private static final int GROUP_COUNT = 1_000;
    private static final long SEED = 1;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final TemporaryDatabase database = new TemporaryDatabase("CREATE TABLE accounts (id BIGINT PRIMARY KEY,"
            + " owner TEXT, email TEXT UNIQUE, CONSTRAINT owned UNIQUE (owner, id))");
    private final PreparedStatement byEmail = database.prepare("SELECT owner, id FROM accounts WHERE email = ?");
    private final PreparedStatement byOwner = database.prepare("SELECT id, email FROM accounts WHERE owner = ?");
    private final PreparedStatement insert =
            database.prepare("INSERT INTO accounts (id, owner, email) VALUES (?, ?, ?)");
    private long nextKey = ROW_COUNT;

    /** Writes the rows that are read. */
    @Setup(Level.Trial)
    public void insertRows() throws SQLException {
        for (long key = 0; key < ROW_COUNT; key++) {
            bind(key);
            insert.addBatch();
        }
        insert.executeBatch();
    }

    private void bind(long key) throws SQLException {
        insert.setLong(1, key);
        insert.setString(2, "owner " + key % GROUP_COUNT);
        insert.setString(3, key + "@example.org");
    }

    /** Closes the database and removes its folder. */
    @TearDown(Level.Trial)
    public void close() throws SQLException, IOException {
        database.close();
    }

    /** Reads two columns of a row by a unique column. */
    @Benchmark
    public String selectsByUniqueColumn() throws SQLException {
        byEmail.setString(1, random.nextInt(ROW_COUNT) + "@example.org");
        return read(byEmail);
    }

    /** Reads two columns of ten rows by a column that they share, the first of an index. */
    @Benchmark
    public String selectsTenRows() throws SQLException {
        byOwner.setString(1, "owner " + random.nextInt(GROUP_COUNT));
        return read(byOwner);
    }

    private static String read(PreparedStatement query) throws SQLException {
        StringBuilder values = new StringBuilder();
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                values.append(rows.getString(1)).append(rows.getString(2));
            }
        }
        return values.toString();
    }

    /** Writes one new row and an entry in each of two indexes. */
    @Benchmark
    public int insertsRowWithTwoIndexes() throws SQLException {
        bind(nextKey++);
        return insert.executeUpdate();
    }
}
