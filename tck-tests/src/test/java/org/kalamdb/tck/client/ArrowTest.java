// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.junit.jupiter.api.Test;
import org.kalamdb.arrow.ArrowInserts;
import org.kalamdb.arrow.ArrowResults;
import org.kalamdb.tck.ChildJvm;

/** The application's Arrow beside the driver, in JVMs with and without the option that Arrow needs. */
final class ArrowTest {
    private static final List<String> WORKS = List.of("jdbc 10000", "inserted 10000", "sum 50005000");

    @Test
    void applicationsReadAndInsertRecordBatches() throws Exception {
        assertThat(run()).isEqualTo(WORKS);
    }

    /** Other parts of Arrow, such as its files, need it. */
    @Test
    void optionThatArrowAsksForChangesNothing() throws Exception {
        assertThat(run("--add-opens=java.base/java.nio=ALL-UNNAMED")).isEqualTo(WORKS);
    }

    private static List<String> run(String... options) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(options));
        // The Arrow of the application logs through the application's SLF4J, which has no provider here.
        all.add("-Dslf4j.internal.verbosity=ERROR");
        return ChildJvm.linesOf(all, Map.of(), Application.class);
    }

    /** Says what works. */
    static final class Application {
        private Application() {}

        public static void main(String[] arguments) throws SQLException, IOException {
            try (Connection connection = DriverManager.getConnection("jdbc:kalamdb:mem:");
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE t (id BIGINT PRIMARY KEY, name TEXT)");
                statement.execute("CREATE TABLE copy (id BIGINT PRIMARY KEY, name TEXT)");
                statement.execute("INSERT INTO t SELECT x, 'name ' || x FROM GENERATE_SERIES(1, 10000) AS s (x)");
                try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM t")) {
                    rows.next();
                    ChildJvm.say("jdbc " + rows.getLong(1));
                }
                useArrow(connection, statement);
            }
        }

        private static void useArrow(Connection connection, Statement statement) throws SQLException, IOException {
            try (BufferAllocator allocator = new RootAllocator()) {
                try (ArrowReader batches = ArrowResults.reader(statement.executeQuery("SELECT * FROM t"), allocator)) {
                    ChildJvm.say("inserted " + ArrowInserts.insert(connection, null, "copy", batches));
                }
                try (ArrowReader batches =
                        ArrowResults.reader(statement.executeQuery("SELECT id FROM copy"), allocator)) {
                    long sum = 0;
                    while (batches.loadNextBatch()) {
                        BigIntVector ids =
                                (BigIntVector) batches.getVectorSchemaRoot().getVector("id");
                        for (int row = 0; row < ids.getValueCount(); row++) {
                            sum += ids.get(row);
                        }
                    }
                    ChildJvm.say("sum " + sum);
                }
            }
        }
    }
}
