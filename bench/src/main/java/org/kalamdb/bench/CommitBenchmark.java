// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.bench;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * How many commits of one row a second all threads reach together, each with a connection of its own.
 *
 * <pre>{@code
 * mvn -q -B -Dquick -DskipTests -pl bench -am package
 * java -cp 'bench/target/classes:bench/target/lib/*' org.openjdk.jmh.Main CommitBenchmark -t 16
 * }</pre>
 *
 * Safe for use by several threads.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class CommitBenchmark {
    private final TemporaryDatabase database =
            new TemporaryDatabase("CREATE TABLE entries (id BIGINT PRIMARY KEY, text TEXT)");
    private final AtomicLong nextKey = new AtomicLong();

    /** What a commit survives. */
    @Param({"off", "normal", "full"})
    public String durability = "normal";

    /** Closes the database and removes its folder. */
    @TearDown(Level.Trial)
    public void close() throws SQLException, IOException {
        database.close();
    }

    /** The connection of a thread. Confined to one thread. */
    @State(Scope.Thread)
    public static class Writer {
        private @Nullable PreparedStatement insert;

        /** Connects with the durability that is measured. */
        @Setup(Level.Trial)
        public void connect(CommitBenchmark benchmark) throws SQLException {
            insert = benchmark
                    .database
                    .connect("durability=" + benchmark.durability)
                    .prepareStatement("INSERT INTO entries VALUES (?, 'some text that is not very long')");
        }

        /** Lets the connection go. */
        @TearDown(Level.Trial)
        public void close() throws SQLException {
            insert().getConnection().close();
        }

        private PreparedStatement insert() {
            return requireNonNull(insert);
        }
    }

    /** Inserts a row and commits it. */
    @Benchmark
    public int commitsRow(Writer writer) throws SQLException {
        PreparedStatement insert = writer.insert();
        insert.setLong(1, nextKey.getAndIncrement());
        return insert.executeUpdate();
    }
}
