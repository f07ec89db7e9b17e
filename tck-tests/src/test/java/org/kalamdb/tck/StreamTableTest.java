// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** STREAM tables: events of each user that vanish when their time to live is over. */
final class StreamTableTest {
    private final String url = TestDatabases.freshMemoryUrl();
    private final Client ann = new Client("ann", url);

    @BeforeEach
    void createTable() throws SQLException {
        ann.run("CREATE STREAM TABLE event (id INT PRIMARY KEY, kind TEXT) TTL 3600");
    }

    @AfterEach
    void close() throws SQLException {
        ann.close();
    }

    @Test
    void needsATimeToLive() {
        assertThat(ann.failure("CREATE STREAM TABLE e (id INT PRIMARY KEY)").getSQLState())
                .isEqualTo("22023");
        assertThat(ann.failure("CREATE TABLE e (id INT PRIMARY KEY) WITH (TYPE = 'STREAM')")
                        .getSQLState())
                .isEqualTo("22023");
        assertThat(ann.failure("CREATE TABLE e (id INT PRIMARY KEY) TTL 5").getSQLState())
                .isIn("22023", "42601");
    }

    @Test
    void keepsEventsUntilTheyExpire() throws SQLException {
        ann.run("INSERT INTO event VALUES (1, 'a'), (2, 'b')");

        assertThat(ann.rows("SELECT * FROM event ORDER BY id")).containsExactly("1|a", "2|b");
    }

    @Test
    @Timeout(60)
    void expiredEventsAreNotSeen() throws Exception {
        ann.run(
                "CREATE STREAM TABLE brief (id INT PRIMARY KEY) WITH (TTL_SECONDS = 1)",
                "INSERT INTO brief VALUES (1)");

        List<String> rows = ann.rows("SELECT * FROM brief");
        while (!rows.isEmpty()) {
            Thread.sleep(50);
            rows = ann.rows("SELECT * FROM brief");
        }
        assertThat(ann.value("SELECT count(*) FROM brief")).isEqualTo("0");
        assertThat(ann.rows("SELECT * FROM brief WHERE id = 1")).isEmpty();
        assertThat(ann.update("INSERT INTO brief VALUES (1)")).isOne();
        assertThat(ann.rows("SELECT * FROM brief WHERE id = 1")).containsExactly("1");
    }

    @Test
    void updateIsRefused() throws SQLException {
        ann.run("INSERT INTO event VALUES (1, 'a')");

        assertThat(ann.failure("UPDATE event SET kind = 'x'").getSQLState()).isEqualTo("0A000");
        assertThat(ann.rows("SELECT * FROM event")).containsExactly("1|a");
    }

    @Test
    void deleteIsImmediate() throws SQLException {
        ann.run("INSERT INTO event VALUES (1, 'a'), (2, 'b')");

        assertThat(ann.update("DELETE FROM event WHERE id = 1")).isOne();
        assertThat(ann.rows("SELECT * FROM event")).containsExactly("2|b");
    }

    @Test
    void eventsBelongToTheirUser() throws SQLException {
        ann.run("INSERT INTO event VALUES (1, 'a')");
        try (Client bob = new Client("bob", url)) {
            assertThat(bob.rows("SELECT * FROM event")).isEmpty();
            bob.run("INSERT INTO event VALUES (1, 'bob')");
            assertThat(bob.rows("SELECT * FROM event")).containsExactly("1|bob");
        }
        assertThat(ann.rows("SELECT * FROM event")).containsExactly("1|a");
    }

    /** The jobs run in the background; what they have done shows in what is stored. */
    private void awaitStored(String table, String condition) throws Exception {
        String query =
                "SELECT count(*) FROM system.table_statistics WHERE table_name = '" + table + "' AND " + condition;
        while (!ann.value(query).equals("1")) {
            Thread.sleep(50);
        }
    }

    @Test
    @Timeout(60)
    void expiredEventsLeaveTheStore() throws Exception {
        ann.run(
                "CREATE STREAM TABLE brief (id INT PRIMARY KEY, kind TEXT) TTL 1",
                "CREATE INDEX by_kind ON brief (kind)",
                "INSERT INTO brief VALUES (1, 'a'), (2, 'b')",
                "INSERT INTO event VALUES (1, 'a')");

        awaitStored("brief", "stored_rows = 0 AND stored_bytes = 0");
        assertThat(ann.rows("SELECT status, result FROM system.jobs WHERE job_type = 'stream_eviction'"))
                .contains("completed|2 rows removed");
        assertThat(ann.rows("SELECT stored_rows, stored_bytes > 0 FROM system.table_statistics"
                        + " WHERE table_name = 'event'"))
                .containsExactly("1|true");
        ann.run("INSERT INTO brief VALUES (1, 'a')");
        ann.run("DELETE FROM event");
        awaitStored("event", "stored_rows = 0 AND stored_bytes = 0");
    }

    @Test
    @Timeout(60)
    void theOldestEventsGoWhereATableIsOverItsSize() throws Exception {
        ann.run("CREATE STREAM TABLE small (id INT PRIMARY KEY, t TEXT) WITH (TTL_SECONDS = 3600,"
                + " EVICTION_STRATEGY = 'SIZE_BASED', MAX_STREAM_SIZE_BYTES = 2000)");
        try (Client bob = new Client("bob", url)) {
            bob.run("INSERT INTO small SELECT x, 'old' FROM TABLE(GENERATE_SERIES(1, 100)) AS s(x)");
            ann.run("INSERT INTO small VALUES (1000, 'new')");

            awaitStored("small", "stored_bytes <= 2000");
            assertThat(ann.rows("SELECT id FROM small")).containsExactly("1000");
            assertThat(Integer.parseInt(bob.value("SELECT count(*) FROM small")))
                    .isBetween(10, 99);
        }
        assertThat(ann.rows("SHOW STATS FOR TABLE small")).hasSize(1);
    }
}
