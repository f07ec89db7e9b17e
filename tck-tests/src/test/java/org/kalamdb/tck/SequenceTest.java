// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CREATE SEQUENCE and its numbers. */
final class SequenceTest {
    private String url;
    private Client sql;

    @BeforeEach
    void open() throws SQLException {
        url = TestDatabases.freshMemoryUrl();
        sql = new Client(TestDatabases.connect(url));
    }

    @AfterEach
    void close() throws SQLException {
        sql.connection().close();
    }

    @Test
    void givesOneNumberAfterTheOther() throws SQLException {
        sql.run("CREATE SEQUENCE s");
        assertThat(sql.rows("SELECT NEXT VALUE FOR s")).containsExactly("1");
        assertThat(sql.rows("SELECT nextval('s')")).containsExactly("2");
        assertThat(sql.rows("VALUES (NEXT VALUE FOR s)")).containsExactly("3");
        assertThat(sql.rows("SELECT NEXT VALUE FOR main.s, nextval('main.s')")).containsExactly("4|5");
    }

    @ParameterizedTest
    @CsvSource({
        "START WITH 10 INCREMENT BY 5, 10 15 20",
        "INCREMENT BY -2, -1 -3 -5",
        "START 7, 7 8 9",
        "AS INT MINVALUE 3 MAXVALUE 100 NO CYCLE CACHE 20, 3 4 5",
        "INCREMENT -1 MINVALUE -10 START WITH 1 MAXVALUE 1, 1 0 -1",
        "NO MINVALUE NO MAXVALUE, 1 2 3",
    })
    void takesTheOptionsOfOtherDatabases(String options, String expected) throws SQLException {
        sql.run("CREATE SEQUENCE s " + options);
        for (String number : expected.split(" ")) {
            assertThat(sql.rows("SELECT NEXT VALUE FOR s")).containsExactly(number);
        }
    }

    @Test
    void givesEachRowItsOwn() throws SQLException {
        sql.run("CREATE SEQUENCE s");
        sql.run("CREATE TABLE t (id BIGINT PRIMARY KEY, v TEXT)");
        sql.run("INSERT INTO t VALUES (NEXT VALUE FOR s, 'a'), (NEXT VALUE FOR s, 'b')");
        sql.run("INSERT INTO t SELECT NEXT VALUE FOR s, v FROM t");
        assertThat(sql.rows("SELECT id FROM t ORDER BY id")).containsExactly("1", "2", "3", "4");
        sql.run("UPDATE t SET id = 100 + nextval('s') WHERE v = 'a'");
        assertThat(sql.rows("SELECT id FROM t WHERE v = 'a' ORDER BY id")).containsExactly("105", "106");
    }

    @Test
    void isADefaultThatKnowsItsSequenceFromAnyNamespace() throws SQLException {
        sql.run("CREATE NAMESPACE app");
        sql.run("SET SCHEMA app");
        sql.run("CREATE SEQUENCE ids START WITH 50");
        sql.run("CREATE TABLE t (id INT DEFAULT NEXT VALUE FOR ids PRIMARY KEY, v TEXT)");
        sql.run("SET SCHEMA main");
        sql.run("INSERT INTO app.t (v) VALUES ('a'), ('b')");
        try (PreparedStatement insert = sql.connection()
                .prepareStatement("INSERT INTO app.t (v) VALUES ('c')", Statement.RETURN_GENERATED_KEYS)) {
            insert.executeUpdate();
            try (ResultSet keys = insert.getGeneratedKeys()) {
                keys.next();
                assertThat(keys.getInt(1)).isEqualTo(52);
            }
        }
        assertThat(sql.rows("SELECT id FROM app.t ORDER BY id")).containsExactly("50", "51", "52");
        assertFails("DROP SEQUENCE app.ids", "2BP01", "app.t");
        sql.run("ALTER TABLE app.t ALTER COLUMN id DROP DEFAULT");
        sql.run("DROP SEQUENCE app.ids");
    }

    @Test
    void restarts() throws SQLException {
        sql.run("CREATE SEQUENCE s START WITH 5");
        assertThat(sql.rows("SELECT NEXT VALUE FOR s")).containsExactly("5");
        sql.run("ALTER SEQUENCE s RESTART");
        assertThat(sql.rows("SELECT NEXT VALUE FOR s")).containsExactly("5");
        sql.run("ALTER SEQUENCE s RESTART WITH 70");
        assertThat(sql.rows("SELECT NEXT VALUE FOR s")).containsExactly("70");
        assertFails("ALTER SEQUENCE s RESTART WITH 0", "42P16", "from 1");
    }

    @Test
    void endsAtItsLastNumber() throws SQLException {
        sql.run("CREATE SEQUENCE s MAXVALUE 2");
        sql.run("SELECT NEXT VALUE FOR s");
        sql.run("SELECT NEXT VALUE FOR s");
        assertFails("SELECT NEXT VALUE FOR s", "2200H", "main.s");
        assertFails("SELECT NEXT VALUE FOR s", "2200H", "main.s");
        sql.run("ALTER SEQUENCE s RESTART");
        assertThat(sql.rows("SELECT NEXT VALUE FOR s")).containsExactly("1");
    }

    @Test
    void numbersOfATransactionThatIsRolledBackAreNotGivenAgain() throws SQLException {
        sql.run("CREATE SEQUENCE s");
        sql.connection().setAutoCommit(false);
        assertThat(sql.rows("SELECT NEXT VALUE FOR s")).containsExactly("1");
        sql.connection().rollback();
        sql.connection().setAutoCommit(true);
        assertThat(sql.rows("SELECT NEXT VALUE FOR s")).containsExactly("2");
    }

    @Test
    void threadsNeverGetTheSameNumber() throws Exception {
        sql.run("CREATE SEQUENCE s");
        Set<Long> given = ConcurrentHashMap.newKeySet();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<Void>> running = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Callable<Void> taker = () -> {
                takeNumbers(given);
                return null;
            };
            running.add(threads.submit(taker));
        }
        for (Future<Void> each : running) {
            each.get();
        }
        threads.shutdown();
        assertThat(given).hasSize(2_000).allMatch(number -> number >= 1 && number <= 2_000);
    }

    private void takeNumbers(Set<Long> given) throws SQLException {
        try (Connection connection = TestDatabases.connect(url);
                PreparedStatement next = connection.prepareStatement("SELECT NEXT VALUE FOR s")) {
            for (int i = 0; i < 500; i++) {
                try (ResultSet row = next.executeQuery()) {
                    row.next();
                    assertThat(given.add(row.getLong(1))).isTrue();
                }
            }
        }
    }

    @Test
    void goesOnAfterReopeningAndInACopy(@TempDir Path folder) throws SQLException {
        try (Client writer = new Client(TestDatabases.connect(TestDatabases.url(folder.resolve("db"))))) {
            writer.run("CREATE SEQUENCE s");
            writer.run("SELECT NEXT VALUE FOR s");
            writer.run("BACKUP NAMESPACE main TO '" + folder.resolve("copy") + "'");
        }
        try (Client reader = new Client(TestDatabases.connect(TestDatabases.url(folder.resolve("db"))))) {
            assertThat(reader.rows("SELECT NEXT VALUE FOR s")).containsExactly("2");
        }
        sql.run("RESTORE NAMESPACE main FROM '" + folder.resolve("copy") + "'");
        assertThat(sql.rows("SELECT NEXT VALUE FOR s")).containsExactly("2");
    }

    @Test
    void isShownInTheInformationSchema() throws SQLException {
        sql.run("CREATE SEQUENCE s AS INT START WITH 3 INCREMENT BY 2");
        assertThat(sql.rows(
                        "SELECT sequence_schema, sequence_name, data_type, start_value, minimum_value, maximum_value,"
                                + " increment, cycle_option FROM information_schema.sequences"))
                .containsExactly("main|s|INT|3|1|2147483647|2|NO");
    }

    @Test
    void goesWithItsNamespace() throws SQLException {
        sql.run("CREATE NAMESPACE app");
        sql.run("CREATE SEQUENCE app.s");
        assertFails("DROP NAMESPACE app", "2BP01", "app.s");
        sql.run("DROP NAMESPACE app CASCADE");
        sql.run("CREATE NAMESPACE app");
        assertFails("SELECT NEXT VALUE FOR app.s", "42704", "app.s");
        sql.run("CREATE SEQUENCE app.s");
        assertThat(sql.rows("SELECT NEXT VALUE FOR app.s")).containsExactly("1");
    }

    @Test
    void isRefusedWhereItMakesNoSense() throws SQLException {
        sql.run("CREATE SEQUENCE s");
        sql.run("CREATE SEQUENCE IF NOT EXISTS s START WITH 9");
        assertThat(sql.rows("SELECT NEXT VALUE FOR s")).containsExactly("1");
        assertFails("CREATE SEQUENCE s", "42710", "main.s");
        assertFails("CREATE SEQUENCE nowhere.s", "3F000", "nowhere");
        assertFails("CREATE SEQUENCE t INCREMENT BY 0", "42P16", "INCREMENT BY");
        assertFails("CREATE SEQUENCE t AS TEXT", "42P16", "TEXT");
        assertFails("CREATE SEQUENCE t AS SMALLINT MAXVALUE 40000", "42P16", "40000");
        assertFails("CREATE SEQUENCE t CYCLE", "0A000", "CYCLE");
        assertFails("SELECT NEXT VALUE FOR nothing", "42704", "main.nothing");
        assertFails("SELECT nextval(123)", "22023", "123");
        assertFails("DROP SEQUENCE nothing", "42704", "main.nothing");
        sql.run("DROP SEQUENCE IF EXISTS nothing, s");
        assertFails("SELECT NEXT VALUE FOR s", "42704", "main.s");
    }

    @Test
    void givesNothingInAReadOnlyTransaction() throws SQLException {
        sql.run("CREATE SEQUENCE s");
        sql.connection().setReadOnly(true);
        assertFails("SELECT NEXT VALUE FOR s", "25006", "read-only");
        sql.connection().setReadOnly(false);
        assertThat(sql.rows("SELECT NEXT VALUE FOR s")).containsExactly("1");
    }

    private void assertFails(String statement, String sqlState, String message) {
        assertThatThrownBy(() -> sql.run(statement))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining(message)
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo(sqlState);
    }
}
