// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static java.sql.ResultSet.CONCUR_READ_ONLY;
import static java.sql.ResultSet.CONCUR_UPDATABLE;
import static java.sql.ResultSet.TYPE_FORWARD_ONLY;
import static java.sql.ResultSet.TYPE_SCROLL_INSENSITIVE;
import static java.sql.ResultSet.TYPE_SCROLL_SENSITIVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Date;
import java.sql.JDBCType;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Result sets that change the rows they show. */
final class UpdatableResultSetTest {
    private final String url = TestDatabases.freshMemoryUrl();
    private Connection connection;

    @BeforeEach
    void createTable() throws SQLException {
        connection = TestDatabases.connect(url);
        execute("CREATE TABLE items (id INT PRIMARY KEY, name TEXT NOT NULL, price DECIMAL(10, 2) CHECK (price >= 0),"
                + " code TEXT UNIQUE, stock INT DEFAULT 7)");
        execute(
                "INSERT INTO items VALUES (1, 'one', 1.00, 'a', 10), (2, 'two', 2.00, 'b', 20), (3, 'three', 3.00, 'c', 30)");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The rows as another connection sees them. */
    private List<String> stored() throws SQLException {
        return stored("SELECT id, name, price, code, stock FROM items ORDER BY id");
    }

    private List<String> stored(String query) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection other = TestDatabases.connect(url);
                Statement statement = other.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            while (result.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    values.add(result.getString(i));
                }
                rows.add(String.join(" ", values));
            }
        }
        return rows;
    }

    private ResultSet open(int type, String query) throws SQLException {
        return connection.createStatement(type, CONCUR_UPDATABLE).executeQuery(query);
    }

    private ResultSet items(int type) throws SQLException {
        return open(type, "SELECT * FROM items ORDER BY id");
    }

    private static void assertState(ThrowingCallable call, String sqlState, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(sqlState))
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(ints = {TYPE_FORWARD_ONLY, TYPE_SCROLL_INSENSITIVE})
    void updatesRowsAndShowsThem(int type) throws SQLException {
        try (ResultSet rows = items(type)) {
            assertThat(rows.getConcurrency()).isEqualTo(CONCUR_UPDATABLE);
            assertThat((Throwable) rows.getWarnings()).isNull();
            rows.next();
            rows.next();
            rows.updateString("name", "zwei");
            rows.updateBigDecimal(3, new BigDecimal("2.505"));
            assertThat(stored()).contains("2 two 2.00 b 20");
            assertThat(rows.rowUpdated()).isFalse();

            rows.updateRow();

            assertThat(rows.rowUpdated()).isTrue();
            assertThat(rows.getString("name")).isEqualTo("zwei");
            assertThat(rows.getBigDecimal(3)).isEqualByComparingTo("2.51");
            assertThat(rows.getInt("stock")).isEqualTo(20);
            assertThat(rows.getRow()).isEqualTo(2);
            assertThat(rows.isLast()).isFalse();
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString("name")).isEqualTo("three");
            assertThat(rows.rowUpdated()).isFalse();
            rows.updateNull("code");
            rows.updateRow();
            assertThat(rows.isLast()).isTrue();
            assertThat(rows.getString("code")).isNull();
            assertThat(rows.next()).isFalse();
        }
        assertThat(stored()).containsExactly("1 one 1.00 a 10", "2 zwei 2.51 b 20", "3 three 3.00 null 30");
    }

    @ParameterizedTest
    @ValueSource(ints = {TYPE_FORWARD_ONLY, TYPE_SCROLL_INSENSITIVE})
    void deletesRowsAndShowsThemNoMore(int type) throws SQLException {
        try (ResultSet rows = items(type)) {
            rows.next();
            rows.deleteRow();
            assertThat(rows.rowDeleted()).isTrue();
            assertState(() -> rows.getInt(1), "24000", "has deleted it");
            assertState(rows::deleteRow, "24000", "has deleted it");
            assertState(() -> rows.updateInt(1, 9), "24000", "has deleted it");
            rows.next();
            assertThat(rows.rowDeleted()).isFalse();
            assertThat(rows.getInt(1)).isEqualTo(2);
            rows.next();
            rows.deleteRow();
            assertThat(rows.next()).isFalse();
        }
        assertThat(stored()).containsExactly("2 two 2.00 b 20");
    }

    @ParameterizedTest
    @ValueSource(ints = {TYPE_FORWARD_ONLY, TYPE_SCROLL_INSENSITIVE})
    void insertsRowsWithDefaultsForWhatIsNotSet(int type) throws SQLException {
        try (ResultSet rows = items(type)) {
            rows.next();
            rows.moveToInsertRow();
            assertThat(rows.getObject("name")).isNull();
            rows.updateInt("id", 4);
            rows.updateString("name", "four");
            assertThat(rows.getString("name")).isEqualTo("four");
            rows.insertRow();
            assertThat(rows.getObject("name")).isNull();
            rows.updateInt("id", 5);
            rows.updateString("name", "five");
            rows.updateNull("stock");
            rows.insertRow();
            rows.moveToCurrentRow();
            assertThat(rows.getInt("id")).isEqualTo(1);
            assertThat(rows.rowInserted()).isFalse();
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt("id")).isEqualTo(2);
        }
        assertThat(stored()).contains("4 four null null 7", "5 five null null null");
    }

    @Test
    void returnsFromTheInsertRowToWhereItWas() throws SQLException {
        try (ResultSet rows = items(TYPE_SCROLL_INSENSITIVE)) {
            rows.moveToInsertRow();
            rows.moveToCurrentRow();
            assertThat(rows.isBeforeFirst()).isTrue();
            assertState(() -> rows.getInt(1), "24000", "before the first row");
            rows.next();
            rows.updateString("name", "eins");
            rows.updateRow();
            rows.moveToInsertRow();
            rows.updateInt(1, 99);
            rows.moveToCurrentRow();
            assertThat(rows.getString("name")).isEqualTo("eins");
            assertThat(rows.getInt(1)).isEqualTo(1);
            rows.deleteRow();
            rows.moveToInsertRow();
            rows.moveToCurrentRow();
            assertThat(rows.rowDeleted()).isTrue();
            rows.moveToInsertRow();
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(2);
            rows.moveToCurrentRow();
            assertThat(rows.getInt(1)).isEqualTo(2);
        }
    }

    @Test
    void insertsBeforeTheFirstRowAndAfterTheLast() throws SQLException {
        try (ResultSet rows = open(TYPE_FORWARD_ONLY, "SELECT id, name FROM items WHERE id > 100")) {
            assertThat(rows.next()).isFalse();
            rows.moveToInsertRow();
            rows.updateInt(1, 101);
            rows.updateString(2, "late");
            rows.insertRow();
            assertThat(rows.next()).isFalse();
        }
        assertThat(stored("SELECT name FROM items WHERE id = 101")).containsExactly("late");
    }

    @Test
    void keepsWhatItChangedWhileItScrolls() throws SQLException {
        try (ResultSet rows = items(TYPE_SCROLL_INSENSITIVE)) {
            rows.absolute(2);
            rows.updateString("name", "zwei");
            rows.updateRow();
            rows.last();
            rows.deleteRow();
            rows.first();
            assertThat(rows.rowUpdated()).isFalse();
            rows.next();
            assertThat(rows.rowUpdated()).isTrue();
            assertThat(rows.getString("name")).isEqualTo("zwei");
            rows.updateString("name", "deux");
            rows.updateRow();
            assertThat(rows.getString("name")).isEqualTo("deux");
            rows.next();
            assertThat(rows.rowDeleted()).isTrue();
            assertThat(rows.getRow()).isEqualTo(3);
            assertThat(rows.previous()).isTrue();
            assertThat(rows.getString("name")).isEqualTo("deux");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {TYPE_FORWARD_ONLY, TYPE_SCROLL_INSENSITIVE})
    void forgetsWhatWasNotWritten(int type) throws SQLException {
        try (ResultSet rows = items(type)) {
            rows.next();
            rows.updateString("name", "eins");
            assertThat(rows.getString("name")).isEqualTo("eins");
            rows.cancelRowUpdates();
            assertThat(rows.getString("name")).isEqualTo("one");
            rows.updateRow();
            rows.updateString("name", "uno");
            rows.next();
            rows.updateRow();
            assertThat(rows.getString("name")).isEqualTo("two");
        }
        assertThat(stored()).contains("1 one 1.00 a 10", "2 two 2.00 b 20");
    }

    @ParameterizedTest
    @CsvSource({
        "name, , 23502",
        "price, -1.00, 23514",
        "code, b, 23505",
        "id, 2, 23505",
    })
    void leavesTheRowAsItWasIfAConstraintRefusesIt(String column, String value, String sqlState) throws SQLException {
        for (boolean autoCommit : new boolean[] {true, false}) {
            connection.setAutoCommit(autoCommit);
            try (ResultSet rows = items(TYPE_SCROLL_INSENSITIVE)) {
                rows.next();
                rows.updateInt("stock", 11);
                rows.updateString(column, value);
                assertThatThrownBy(rows::updateRow)
                        .isInstanceOfSatisfying(
                                SQLIntegrityConstraintViolationException.class,
                                e -> assertThat(e.getSQLState()).isEqualTo(sqlState));
                assertThat(rows.rowUpdated()).isFalse();
                assertThat(rows.getString(column)).isEqualTo(value);
                rows.cancelRowUpdates();
                assertThat(rows.getInt("stock")).isEqualTo(10);
                rows.moveToInsertRow();
                rows.updateInt("id", 50);
                rows.updateString("name", "fifty");
                rows.updateString(column, value);
                assertThatThrownBy(rows::insertRow).isInstanceOf(SQLIntegrityConstraintViolationException.class);
            }
            if (!autoCommit) {
                connection.commit();
            }
        }
        assertThat(stored()).containsExactly("1 one 1.00 a 10", "2 two 2.00 b 20", "3 three 3.00 c 30");
    }

    @Test
    void refusesValuesThatDoNotFitAtOnce() throws SQLException {
        try (ResultSet rows = items(TYPE_FORWARD_ONLY)) {
            rows.next();
            assertState(() -> rows.updateLong("stock", 1L << 40), "22003", "Cannot update column \"stock\"");
            assertState(() -> rows.updateString("stock", "many"), "22P02", "Cannot update column \"stock\"");
            assertState(() -> rows.updateInt(9, 1), "22023", "between 1 and 5");
            assertState(() -> rows.updateInt("nix", 1), "42703", "\"nix\"");
            assertThat(rows.getInt("stock")).isEqualTo(10);
        }
    }

    @Test
    void changesKeysAndFollowsThem() throws SQLException {
        try (ResultSet rows = items(TYPE_SCROLL_INSENSITIVE)) {
            rows.next();
            rows.updateInt("id", 100);
            rows.updateRow();
            rows.updateString("name", "hundred");
            rows.updateRow();
            rows.refreshRow();
            assertThat(rows.getString("name")).isEqualTo("hundred");
            rows.deleteRow();
        }
        assertThat(stored()).containsExactly("2 two 2.00 b 20", "3 three 3.00 c 30");
    }

    @Test
    void saysThatARowIsGone() throws SQLException {
        try (ResultSet rows = items(TYPE_SCROLL_INSENSITIVE);
                Connection other = TestDatabases.connect(url);
                Statement statement = other.createStatement()) {
            rows.next();
            statement.execute("DELETE FROM items WHERE id = 1");
            rows.updateString("name", "eins");
            assertState(rows::updateRow, "24000", "deleted");
            assertState(rows::deleteRow, "24000", "deleted");
            assertState(rows::refreshRow, "24000", "deleted");
            rows.next();
            rows.updateString("name", "zwei");
            rows.updateRow();
        }
        assertThat(stored()).containsExactly("2 zwei 2.00 b 20", "3 three 3.00 c 30");
    }

    @Test
    void refusesARowThatOthersChangedAtRepeatableRead() throws SQLException {
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
        try (ResultSet rows = items(TYPE_SCROLL_INSENSITIVE);
                Connection other = TestDatabases.connect(url);
                Statement statement = other.createStatement()) {
            rows.next();
            statement.execute("UPDATE items SET stock = 99 WHERE id = 1");
            rows.updateString("name", "eins");
            assertState(rows::updateRow, "40001", "");
        }
        connection.rollback();
        assertThat(stored()).contains("1 one 1.00 a 99");
    }

    @Test
    void readOnlyConnectionsChangeNothing() throws SQLException {
        connection.setReadOnly(true);
        try (ResultSet rows = items(TYPE_SCROLL_INSENSITIVE)) {
            rows.next();
            rows.updateString("name", "eins");
            assertState(rows::updateRow, "25006", "");
        }
    }

    @Test
    void refreshesARowThatOthersChanged() throws SQLException {
        try (ResultSet rows = open(
                        TYPE_SCROLL_INSENSITIVE, "SELECT name, id, stock + 1, name AS again FROM items ORDER BY id");
                Connection other = TestDatabases.connect(url);
                Statement statement = other.createStatement()) {
            rows.next();
            statement.execute("UPDATE items SET name = 'uno', stock = 99 WHERE id = 1");
            assertThat(rows.getString(1)).isEqualTo("one");
            rows.updateString(1, "lost");
            rows.refreshRow();
            assertThat(rows.getString(1)).isEqualTo("uno");
            assertThat(rows.getString("again")).isEqualTo("uno");
            assertThat(rows.getInt(3)).isEqualTo(11);
            assertThat(rows.rowUpdated()).isFalse();
            rows.next();
            rows.previous();
            assertThat(rows.getString(1)).isEqualTo("uno");
            rows.updateString("again", "both");
            assertThat(rows.getString(1)).isEqualTo("both");
            assertState(() -> rows.updateInt(3, 1), "24000", "it is computed");
        }
        try (ResultSet rows = items(TYPE_FORWARD_ONLY)) {
            rows.next();
            assertState(rows::refreshRow, "24000", "forward-only");
        }
    }

    @Test
    void belongsToTheTransactionOfItsConnection() throws SQLException {
        connection.setAutoCommit(false);
        try (ResultSet rows = items(TYPE_FORWARD_ONLY)) {
            rows.next();
            rows.updateString("name", "eins");
            rows.updateRow();
            rows.moveToInsertRow();
            rows.updateInt("id", 4);
            rows.updateString("name", "four");
            rows.insertRow();
            rows.moveToCurrentRow();
            rows.next();
            rows.deleteRow();
            assertThat(stored()).hasSize(3).contains("1 one 1.00 a 10");
            connection.rollback();
            assertState(rows::updateRow, "24000", "end of its transaction");
        }
        assertThat(stored()).containsExactly("1 one 1.00 a 10", "2 two 2.00 b 20", "3 three 3.00 c 30");
    }

    @Test
    void changesRowsAfterACommitIfItIsHeld() throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement(
                        TYPE_FORWARD_ONLY, CONCUR_UPDATABLE, ResultSet.HOLD_CURSORS_OVER_COMMIT);
                ResultSet rows = statement.executeQuery("SELECT id, name FROM items ORDER BY id")) {
            while (rows.next()) {
                rows.updateString(2, rows.getString(2).toUpperCase(Locale.ROOT));
                rows.updateRow();
                connection.commit();
            }
        }
        assertThat(stored("SELECT name FROM items ORDER BY id")).containsExactly("ONE", "TWO", "THREE");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void doesNotMeetItsOwnChangesAhead(boolean autoCommit) throws SQLException {
        execute("CREATE TABLE many (id INT PRIMARY KEY, n INT)");
        execute("INSERT INTO many SELECT x, 0 FROM TABLE(GENERATE_SERIES(1, 5000)) AS g(x)");
        connection.setAutoCommit(autoCommit);
        int seen = 0;
        try (ResultSet rows = open(TYPE_FORWARD_ONLY, "SELECT id, n FROM many ORDER BY id")) {
            while (rows.next()) {
                seen++;
                if (seen % 50 == 0) {
                    rows.updateInt("id", 1_000_000 + seen);
                    rows.updateInt("n", 1);
                    rows.updateRow();
                    rows.moveToInsertRow();
                    rows.updateInt("id", 2_000_000 + seen);
                    rows.insertRow();
                    rows.moveToCurrentRow();
                }
            }
        }
        if (!autoCommit) {
            connection.commit();
        }
        assertThat(seen).isEqualTo(5000);
        assertThat(stored("SELECT COUNT(*), SUM(n) FROM many")).containsExactly("5100 100");
    }

    @Test
    void changesTheOwnRowsOfUserTables() throws SQLException {
        execute("CREATE USER TABLE notes (id INT PRIMARY KEY, body TEXT)");
        for (String user : List.of("ann", "bob")) {
            try (Connection own = TestDatabases.connectAs(user, url);
                    Statement statement = own.createStatement(TYPE_FORWARD_ONLY, CONCUR_UPDATABLE)) {
                statement.execute("INSERT INTO notes VALUES (1, '" + user + "')");
            }
        }
        try (Connection own = TestDatabases.connectAs("ann", url);
                Statement statement = own.createStatement(TYPE_FORWARD_ONLY, CONCUR_UPDATABLE);
                ResultSet rows = statement.executeQuery("SELECT * FROM notes")) {
            rows.next();
            rows.updateString(2, "ann was here");
            rows.updateRow();
            assertThat(rows.next()).isFalse();
        }
        for (String user : List.of("ann", "bob")) {
            try (Connection own = TestDatabases.connectAs(user, url);
                    Statement statement = own.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT body FROM notes")) {
                rows.next();
                assertThat(rows.getString(1)).isEqualTo(user.equals("ann") ? "ann was here" : "bob");
            }
        }
    }

    @Test
    void changesRowsThroughAViewOfOneTable() throws SQLException {
        execute("CREATE VIEW cheap AS SELECT price AS cost, id AS number, name FROM items WHERE price < 2.50");
        try (ResultSet rows = open(TYPE_SCROLL_INSENSITIVE, "SELECT number, cost FROM cheap ORDER BY number")) {
            rows.last();
            rows.updateString("cost", "9.99");
            rows.updateRow();
            assertThat(rows.getString("cost")).isEqualTo("9.99");
            rows.refreshRow();
        }
        assertThat(stored()).contains("2 two 9.99 b 20");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT name, id FROM items WHERE id IN (SELECT MAX(i.id) FROM items i) LIMIT 1",
                "SELECT i.* FROM items AS i WHERE EXISTS (SELECT 1 FROM items j WHERE j.id < i.id) ORDER BY name",
                "SELECT id, ROW_NUMBER() OVER (ORDER BY name) FROM items WHERE id = 3",
                "SELECT x.id FROM (SELECT id, name FROM items WHERE id = 3) AS x",
                "SELECT \"id\", _seq FROM items WHERE id = 3",
            })
    void changesWhatIsOneTableHoweverItIsAsked(String query) throws SQLException {
        try (ResultSet rows = open(TYPE_FORWARD_ONLY, query)) {
            assertThat(rows.getConcurrency()).isEqualTo(CONCUR_UPDATABLE);
            rows.next();
            rows.deleteRow();
        }
        assertThat(stored()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT name FROM items | leaves out id of the primary key",
                "SELECT id * 2 AS id, name FROM items | leaves out id",
                "SELECT a.id FROM items a, items b WHERE a.id = b.id | joins",
                "SELECT DISTINCT name FROM items | groups rows",
                "SELECT id, COUNT(*) FROM items GROUP BY id | groups rows",
                "SELECT id FROM items UNION ALL SELECT id FROM items | combines the rows of several",
                "SELECT 1 | reads no table",
                "SELECT * FROM unkeyed | has no primary key",
                "SELECT * FROM events | STREAM",
                "SELECT id, _deleted FROM items | were deleted",
                "SELECT * FROM information_schema.tables | the engine's own",
                "SHOW TABLES | ",
                "VALUES (1) | reads no table",
            })
    void isReadOnlyWithAWarningIfRowsCannotBeTold(String query, String reason) throws SQLException {
        execute("CREATE TABLE unkeyed (n INT)");
        execute("CREATE STREAM TABLE events (id INT PRIMARY KEY, n INT) WITH (TTL_SECONDS = 60)");
        try (Statement statement = connection.createStatement(TYPE_SCROLL_INSENSITIVE, CONCUR_UPDATABLE);
                ResultSet rows = statement.executeQuery(query)) {
            assertThat(rows.getConcurrency()).isEqualTo(CONCUR_READ_ONLY);
            assertThat((Throwable) rows.getWarnings()).isNotNull();
            assertThat(statement.getWarnings().getSQLState()).isEqualTo("01S02");
            assertThat(rows.getWarnings().getMessage()).contains("read-only").contains(reason == null ? "" : reason);
            assertState(() -> rows.updateInt(1, 1), "24000", "read-only");
            assertState(rows::moveToInsertRow, "24000", "read-only");
            assertThat(rows.rowUpdated()).isFalse();
            rows.clearWarnings();
            assertThat((Throwable) rows.getWarnings()).isNull();
        }
    }

    @Test
    void isReadOnlyUnlessItIsAskedFor() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT * FROM items")) {
            rows.next();
            assertThat(rows.getConcurrency()).isEqualTo(CONCUR_READ_ONLY);
            assertThat((Throwable) rows.getWarnings()).isNull();
            assertState(() -> rows.updateInt(1, 1), "24000", "CONCUR_UPDATABLE");
        }
    }

    @Test
    void refusesWhatHasNoMeaningOnTheInsertRow() throws SQLException {
        try (ResultSet rows = items(TYPE_SCROLL_INSENSITIVE)) {
            assertState(() -> rows.updateInt(1, 1), "24000", "before the first row");
            assertState(rows::insertRow, "24000", "moveToInsertRow");
            rows.next();
            rows.moveToInsertRow();
            assertState(rows::updateRow, "24000", "insert row");
            assertState(rows::deleteRow, "24000", "insert row");
            assertState(rows::refreshRow, "24000", "insert row");
            assertState(rows::cancelRowUpdates, "24000", "insert row");
        }
    }

    @Test
    void takesEveryKindOfValue() throws Exception {
        execute("CREATE TABLE kinds (id BIGINT PRIMARY KEY, b BOOLEAN, s SMALLINT, i INT, f FLOAT, d DOUBLE, t TEXT,"
                + " bytes BYTES, dt DATE, tm TIME, ts TIMESTAMP, moment DATETIME, u UUID, j JSON, e EMBEDDING(2))");
        UUID uuid = UUID.randomUUID();
        String longText = "ä€".repeat(100_000);
        byte[] longBytes = longText.getBytes(StandardCharsets.UTF_8);
        try (PreparedStatement query = connection.prepareStatement(
                        "SELECT * FROM kinds WHERE id = ?", TYPE_SCROLL_INSENSITIVE, CONCUR_UPDATABLE);
                PreparedStatement none = query) {
            query.setLong(1, 1);
            ResultSet rows = none.executeQuery();
            rows.moveToInsertRow();
            rows.updateLong("id", 1);
            rows.updateBoolean("b", true);
            rows.updateByte("s", (byte) 7);
            rows.updateInt("i", -5);
            rows.updateFloat("f", 1.5f);
            rows.updateDouble("d", 2.5);
            rows.updateCharacterStream("t", new StringReader(longText));
            rows.updateBinaryStream("bytes", new ByteArrayInputStream(longBytes), longBytes.length);
            rows.updateDate("dt", Date.valueOf("2026-05-17"));
            rows.updateTime("tm", Time.valueOf("10:11:12"));
            rows.updateTimestamp("ts", Timestamp.valueOf("2026-05-17 10:11:12.5"));
            rows.updateObject("moment", OffsetDateTime.parse("2026-05-17T10:11:12+02:00"));
            rows.updateObject("u", uuid);
            rows.updateNString("j", "{\"a\": 1}");
            rows.updateObject("e", new float[] {1, 2});
            rows.insertRow();
            rows = query.executeQuery();
            rows.next();
            assertThat(rows.getString("t")).isEqualTo(longText);
            assertThat(rows.getBytes("bytes")).isEqualTo(longBytes);
            assertThat(rows.getObject("u")).isEqualTo(uuid);
            assertThat(rows.getObject("ts", Timestamp.class)).isEqualTo(Timestamp.valueOf("2026-05-17 10:11:12.5"));
            assertThat(rows.getString("moment")).isEqualTo("2026-05-17 08:11:12+00");
            assertThat(rows.getObject("e", float[].class)).containsExactly(1, 2);

            Blob blob = connection.createBlob();
            blob.setBytes(1, new byte[] {1, 2, 3});
            rows.updateBlob("bytes", blob);
            Clob clob = connection.createClob();
            clob.setString(1, "short");
            rows.updateClob("t", clob);
            rows.updateObject("dt", LocalDate.of(2027, 1, 2), JDBCType.DATE);
            rows.updateObject("d", new BigDecimal("1.25"), 1);
            rows.updateObject("i", "42", JDBCType.INTEGER);
            rows.updateArray("e", connection.createArrayOf("FLOAT", new Float[] {3f, 4f}));
            rows.updateShort("s", (short) 300);
            rows.updateRow();
            rows = query.executeQuery();
            rows.next();
            assertThat(rows.getBytes("bytes")).containsExactly(1, 2, 3);
            assertThat(rows.getString("t")).isEqualTo("short");
            assertThat(rows.getString("dt")).isEqualTo("2027-01-02");
            assertThat(rows.getDouble("d")).isEqualTo(1.3);
            assertThat(rows.getInt("i")).isEqualTo(42);
            assertThat(rows.getInt("s")).isEqualTo(300);

            rows.updateAsciiStream(
                    "t", new ByteArrayInputStream("ascii and more".getBytes(StandardCharsets.US_ASCII)), 5);
            rows.updateBlob("bytes", new ByteArrayInputStream(longBytes));
            rows.updateRow();
            assertThat(rows.getString("t")).isEqualTo("ascii");
            rows.updateClob("t", new StringReader(longText), 3);
            rows.updateBytes("bytes", new byte[0]);
            rows.updateRow();
            rows.refreshRow();
            assertThat(rows.getString("t")).isEqualTo("ä€ä");
            assertThat(rows.getBytes("bytes")).isEmpty();
            assertState(() -> updateTooLong(query), "22023", "it ended after 2");
        }
    }

    private static void updateTooLong(PreparedStatement query) throws SQLException {
        try (ResultSet rows = query.executeQuery()) {
            rows.next();
            rows.updateNCharacterStream("t", new StringReader("ab"), 3);
        }
    }

    @Test
    void findsRowsByKeysOfEveryType() throws SQLException {
        String[][] keys = {
            {"BOOLEAN", "true"},
            {"SMALLINT", "-7"},
            {"BIGINT", "9007199254740993"},
            {"DECIMAL(20, 3)", "-1.500"},
            {"DOUBLE", "0.1"},
            {"FLOAT", "0.1"},
            {"TEXT", "'it''s é'"},
            {"BYTES", "X'00ff'"},
            {"UUID", "UUID '123e4567-e89b-12d3-a456-426614174000'"},
            {"DATE", "DATE '0001-01-01'"},
            {"TIME", "TIME '23:59:59.999999'"},
            {"TIMESTAMP", "TIMESTAMP '1600-02-29 00:00:00.000001'"},
            {"DATETIME", "'2026-03-29 02:30:00.123456+01'"},
        };
        for (int i = 0; i < keys.length; i++) {
            String table = "keyed" + i;
            execute("CREATE TABLE " + table + " (\"the Key\" " + keys[i][0] + ", n INT, \"quo\"\"ted\" TEXT,"
                    + " PRIMARY KEY (\"the Key\", n))");
            execute("INSERT INTO " + table + " VALUES (" + keys[i][1] + ", 1, 'old'), (" + keys[i][1] + ", 2, 'old')");
            try (ResultSet rows = open(TYPE_FORWARD_ONLY, "SELECT * FROM " + table + " ORDER BY n")) {
                rows.next();
                rows.updateString(3, "new");
                rows.updateRow();
                rows.next();
                rows.deleteRow();
            }
            assertThat(stored("SELECT n, \"quo\"\"ted\" FROM " + table))
                    .as(keys[i][0])
                    .containsExactly("1 new");
        }
    }

    @Test
    void metadataSaysWhatResultSetsDo() throws SQLException {
        DatabaseMetaData metaData = connection.getMetaData();
        for (int type : new int[] {TYPE_FORWARD_ONLY, TYPE_SCROLL_INSENSITIVE}) {
            assertThat(metaData.supportsResultSetConcurrency(type, CONCUR_UPDATABLE))
                    .isTrue();
            assertThat(metaData.ownUpdatesAreVisible(type)).isTrue();
            assertThat(metaData.ownDeletesAreVisible(type)).isTrue();
            assertThat(metaData.ownInsertsAreVisible(type)).isFalse();
            assertThat(metaData.updatesAreDetected(type)).isTrue();
            assertThat(metaData.deletesAreDetected(type)).isTrue();
            assertThat(metaData.insertsAreDetected(type)).isFalse();
            assertThat(metaData.othersUpdatesAreVisible(type)).isFalse();
        }
        assertThat(metaData.supportsResultSetConcurrency(TYPE_SCROLL_SENSITIVE, CONCUR_UPDATABLE))
                .isFalse();
        assertThat(metaData.ownUpdatesAreVisible(TYPE_SCROLL_SENSITIVE)).isFalse();
    }

    @Test
    void isInsensitiveWithAWarningIfAskedToBeSensitive() throws SQLException {
        try (ResultSet rows = items(TYPE_SCROLL_SENSITIVE)) {
            assertThat(connection.getWarnings().getSQLState()).isEqualTo("01S02");
            assertThat(rows.getType()).isEqualTo(TYPE_SCROLL_INSENSITIVE);
            assertThat(rows.getConcurrency()).isEqualTo(CONCUR_UPDATABLE);
        }
    }

    @Test
    void columnsSayWhetherTheyCanBeWritten() throws SQLException {
        try (ResultSet rows = open(TYPE_FORWARD_ONLY, "SELECT id, name, price * 2 AS twice FROM items")) {
            assertThat(rows.getMetaData().isWritable(2)).isTrue();
            assertThat(rows.getMetaData().isReadOnly(2)).isFalse();
            assertThat(rows.getMetaData().isWritable(3)).isFalse();
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id FROM items")) {
            assertThat(rows.getMetaData().isReadOnly(1)).isTrue();
        }
    }
}
