// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Rows that are in no segment are read by several threads, each exactly once, with what the transaction has written. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HotScanTest {
    private static final int ROWS = 120_000;
    private static final String ALL = "SELECT COUNT(*), COUNT(DISTINCT id), SUM(id), SUM(n), MIN(s), MAX(s) FROM ";

    private final String url = TestDatabases.freshMemoryUrl();
    private final Client client = new Client(url + "?threads=4");

    @BeforeAll
    void fillTables() throws SQLException {
        client.run(
                "CREATE TABLE t (id BIGINT PRIMARY KEY, n INT, s TEXT)",
                "CREATE TABLE named (s TEXT PRIMARY KEY, id BIGINT, n INT)",
                "CREATE USER TABLE own (id BIGINT PRIMARY KEY, n INT, s TEXT)");
        // Statements that insert more rows write segments.
        for (int from = 1; from <= ROWS; from += ROWS / 3) {
            String rows = " FROM generate_series(" + from + ", " + (from + ROWS / 3 - 1) + ") AS x(i)";
            client.run(
                    "INSERT INTO t SELECT i, MOD(i, 100), 'text ' || CAST(i AS VARCHAR)" + rows,
                    "INSERT INTO named SELECT 'text ' || CAST(i AS VARCHAR), i, MOD(i, 100)" + rows,
                    "INSERT INTO own SELECT i, MOD(i, 100), 'text ' || CAST(i AS VARCHAR)" + rows);
        }
    }

    @AfterAll
    void close() throws SQLException {
        client.close();
    }

    private static String all(long sumOfIds) {
        return ROWS + "|" + ROWS + "|" + sumOfIds + "|" + (ROWS / 100 * 4950) + "|text 1|text 99999";
    }

    @Test
    void readsEachRowOnce() throws SQLException {
        long sum = (long) ROWS * (ROWS + 1) / 2;

        assertThat(client.value(ALL + "t")).isEqualTo(all(sum));
        assertThat(client.value(ALL + "named")).isEqualTo(all(sum));
        assertThat(client.value(ALL + "own")).isEqualTo(all(sum));
    }

    @Test
    void readsNoRowOfAnotherUser() throws SQLException {
        try (Client other = new Client("somebody", url)) {
            other.run("INSERT INTO own VALUES (7, 8, 'other')");

            assertThat(other.value(ALL + "own")).isEqualTo("1|1|7|8|other|other");
        }
    }

    @Test
    void readsWhatTheTransactionHasWritten() throws SQLException {
        client.connection().setAutoCommit(false);
        try {
            client.run(
                    "UPDATE t SET n = 1000000 WHERE id IN (1, 60000, " + ROWS + ")",
                    "DELETE FROM t WHERE id BETWEEN 30001 AND 90000",
                    "INSERT INTO t VALUES (-5, 1, 'new'), (45000, 2, 'again'), (1000000, 3, 'last')");

            assertThat(client.value("SELECT COUNT(*), SUM(id), MAX(n), MIN(id), MAX(id) FROM t WHERE n >= 0"))
                    .isEqualTo((ROWS - 60_000 + 3) + "|" + sumOfWritten() + "|1000000|-5|1000000");
        } finally {
            client.connection().rollback();
            client.connection().setAutoCommit(true);
        }
    }

    private static long sumOfWritten() {
        long sum = (long) ROWS * (ROWS + 1) / 2;
        for (int id = 30_001; id <= 90_000; id++) {
            sum -= id;
        }
        return sum - 5 + 45_000 + 1_000_000;
    }

    @Test
    void readsWhatWasCommittedWhenItBegan() throws SQLException {
        try (Client other = new Client(url)) {
            other.connection().setAutoCommit(false);
            other.connection().setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            String before = other.value("SELECT COUNT(*), SUM(n) FROM t");
            client.run("INSERT INTO t VALUES (-1, 5, 'x'), (5000000, 5, 'x')");
            try {
                assertThat(other.value("SELECT COUNT(*), SUM(n) FROM t")).isEqualTo(before);
            } finally {
                client.run("DELETE FROM t WHERE id IN (-1, 5000000)");
                other.connection().rollback();
            }
        }
    }
}
