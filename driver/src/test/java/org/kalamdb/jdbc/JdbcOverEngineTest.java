// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigDecimal;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLTimeoutException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kalamdb.engine.PreparedQuery;
import org.kalamdb.engine.ResultCursor;
import org.kalamdb.engine.Session;
import org.kalamdb.engine.StatementResult;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/** The driver and the engine together. */
final class JdbcOverEngineTest {
    private static final String URL = "jdbc:kalamdb:mem:jdbc-over-engine";
    /** Keeps the database open between tests. */
    private static Connection keeper;

    private Connection connection;
    private Statement statement;

    @BeforeAll
    static void open() throws SQLException {
        keeper = DriverManager.getConnection(URL);
    }

    @AfterAll
    static void close() throws SQLException {
        keeper.close();
    }

    @BeforeEach
    void connect() throws SQLException {
        connection = DriverManager.getConnection(URL);
        statement = connection.createStatement();
        statement.execute("CREATE TABLE items (id BIGINT PRIMARY KEY, name VARCHAR(20), price DECIMAL(10, 2))");
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
        try (Statement cleaning = keeper.createStatement()) {
            cleaning.execute("DROP TABLE items");
        }
    }

    private long count() throws SQLException {
        try (Statement counting = connection.createStatement();
                ResultSet rows = counting.executeQuery("SELECT COUNT(*) FROM items")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static Arguments value(String type, Object value) {
        return arguments(type, value);
    }

    static Stream<Arguments> values() {
        return Stream.of(
                value("BOOLEAN", true),
                value("SMALLINT", (short) -7),
                value("INT", 70_000),
                value("BIGINT", Long.MIN_VALUE),
                value("FLOAT", 1.5f),
                value("DOUBLE", -2.25),
                value("DECIMAL(10, 2)", new BigDecimal("-0.50")),
                value("DECIMAL(38, 4)", new BigDecimal("1234567890123456789012345678901234.5678")),
                value("TEXT", "Grüße, 世界 🌍"),
                value("JSON", "{\"a\":[1,2]}"),
                value("BYTES", new byte[] {0, 1, -1}),
                value("UUID", new UUID(-1, 2)),
                value("DATE", LocalDate.of(2024, 2, 29)),
                value("TIME", LocalTime.of(23, 59, 59, 999_999_000)),
                value("TIMESTAMP", LocalDateTime.of(1969, 12, 31, 23, 59, 59, 1_000)),
                value("DATETIME", OffsetDateTime.parse("2026-01-31T12:30:45.123456Z")),
                value("EMBEDDING(3)", new float[] {1, -2.5f, 3}));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("values")
    void keepsValuesOfEveryType(String type, Object value) throws SQLException {
        statement.execute("CREATE TABLE box (id INT PRIMARY KEY, content " + type + ")");
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO box VALUES (?, ?)")) {
            insert.setInt(1, 1);
            insert.setObject(2, value);
            assertThat(insert.executeUpdate()).isEqualTo(1);
            insert.setInt(1, 2);
            insert.setNull(2, Types.NULL);
            assertThat(insert.executeUpdate()).isEqualTo(1);
        }
        try (ResultSet rows = statement.executeQuery("SELECT content FROM box ORDER BY id")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getObject(1, value.getClass())).isEqualTo(value);
            assertThat(rows.getObject(1)).isInstanceOf(classOf(rows.getMetaData()));
            assertThat(rows.next()).isTrue();
            assertThat(rows.getObject(1)).isNull();
            assertThat(rows.wasNull()).isTrue();
            assertThat(rows.next()).isFalse();
        } finally {
            statement.execute("DROP TABLE box");
        }
    }

    private static Class<?> classOf(ResultSetMetaData metaData) throws SQLException {
        try {
            return Class.forName(metaData.getColumnClassName(1));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void describesResultsAndParametersWithoutRunning() throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT name AS label, price * 2 AS twice FROM items WHERE id = ?")) {
            ResultSetMetaData columns = query.getMetaData();
            assertThat(columns.getColumnLabel(1)).isEqualTo("label");
            assertThat(columns.getColumnName(1)).isEqualTo("name");
            assertThat(columns.getTableName(1)).isEqualTo("items");
            assertThat(columns.getSchemaName(1)).isEqualTo("main");
            assertThat(columns.getPrecision(1)).isEqualTo(20);
            assertThat(columns.getTableName(2)).isEmpty();
            ParameterMetaData parameters = query.getParameterMetaData();
            assertThat(parameters.getParameterCount()).isEqualTo(1);
            assertThat(parameters.getParameterType(1)).isEqualTo(Types.BIGINT);
        }
    }

    @Test
    void answersGeneratedKeys() throws SQLException {
        statement.execute("CREATE TABLE notes (id BIGINT AUTO_INCREMENT PRIMARY KEY, title TEXT)");
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO notes (title) VALUES (?)", Statement.RETURN_GENERATED_KEYS)) {
            for (String title : new String[] {"a", "b", "c"}) {
                insert.setString(1, title);
                insert.addBatch();
            }
            assertThat(insert.executeBatch()).containsExactly(1, 1, 1);
            ResultSet keys = insert.getGeneratedKeys();
            for (int i = 1; i <= 3; i++) {
                assertThat(keys.next()).isTrue();
                assertThat(keys.getLong("id")).isEqualTo(i);
            }
            assertThat(keys.next()).isFalse();
        }
        statement.executeUpdate("INSERT INTO notes (title) VALUES ('d')", new String[] {"TITLE", "id"});
        ResultSet keys = statement.getGeneratedKeys();
        assertThat(keys.next()).isTrue();
        assertThat(keys.getString("title")).isEqualTo("d");
        assertThat(keys.getInt(2)).isEqualTo(4);
        statement.executeUpdate("INSERT INTO notes (title) VALUES ('e')", new int[] {2});
        keys = statement.getGeneratedKeys();
        assertThat(keys.next()).isTrue();
        assertThat(keys.getString(1)).isEqualTo("e");
        statement.execute("DROP TABLE notes");
    }

    @Test
    void answersRowsOfReturning() throws SQLException {
        try (ResultSet rows = statement.executeQuery("INSERT INTO items VALUES (1, 'a', 2) RETURNING id, price")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getBigDecimal("price")).isEqualTo("2.00");
        }
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void runsScripts() throws SQLException {
        assertThat(statement.execute(
                        "INSERT INTO items VALUES (1, 'a;b', 1); SELECT name FROM items; DELETE FROM items;"))
                .isFalse();
        assertThat(statement.getUpdateCount()).isEqualTo(1);
        assertThat(statement.getMoreResults()).isTrue();
        ResultSet rows = statement.getResultSet();
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString(1)).isEqualTo("a;b");
        assertThat(statement.getMoreResults()).isFalse();
        assertThat(statement.getUpdateCount()).isEqualTo(1);
        assertThat(statement.getMoreResults()).isFalse();
        assertThat(statement.getUpdateCount()).isEqualTo(-1);
    }

    @Test
    void commitsAndRollsBack() throws SQLException {
        connection.setAutoCommit(false);
        statement.executeUpdate("INSERT INTO items VALUES (1, 'a', 1)");
        connection.commit();
        statement.executeUpdate("INSERT INTO items VALUES (2, 'b', 1)");
        Savepoint savepoint = connection.setSavepoint();
        statement.executeUpdate("INSERT INTO items VALUES (3, 'c', 1)");
        connection.rollback(savepoint);
        assertThat(count()).isEqualTo(2);
        connection.rollback();
        assertThat(count()).isEqualTo(1);
        connection.setAutoCommit(true);
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void forgetsSavepointsWithTheirTransaction() throws SQLException {
        connection.setAutoCommit(false);
        Savepoint savepoint = connection.setSavepoint("a");
        connection.commit();

        assertThatThrownBy(() -> connection.rollback(savepoint)).isInstanceOf(SQLException.class);
    }

    @Test
    void readsOneSnapshotInATransaction() throws SQLException {
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
        assertThat(count()).isZero();
        try (Statement other = keeper.createStatement()) {
            other.executeUpdate("INSERT INTO items VALUES (1, 'a', 1)");
        }
        assertThat(count()).isZero();
        connection.commit();
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void keepsResultsOpenInAutoCommit() throws SQLException {
        fill(5000);
        try (Statement writing = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id FROM items")) {
            int read = 0;
            while (rows.next()) {
                read++;
                if (read % 1000 == 1) {
                    writing.executeUpdate("DELETE FROM items WHERE id = " + rows.getLong(1));
                }
            }
            assertThat(read).isEqualTo(5000);
        }
        assertThat(count()).isEqualTo(4995);
    }

    @Test
    void closesResultsWithTheTransaction() throws SQLException {
        fill(10);
        connection.setAutoCommit(false);
        ResultSet rows = statement.executeQuery("SELECT id FROM items");
        assertThat(rows.next()).isTrue();
        connection.commit();
        assertThat(rows.isClosed()).isTrue();
        assertThatThrownBy(rows::next)
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("24000");

        ResultSet again = statement.executeQuery("SELECT id FROM items");
        try (Statement committing = connection.createStatement()) {
            committing.execute("COMMIT");
        }
        assertThatThrownBy(again::next)
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("24000");
    }

    private void fill(int rows) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO items VALUES (?, ?, ?)")) {
            for (int i = 0; i < rows; i++) {
                insert.setLong(1, i);
                insert.setString(2, "item " + i);
                insert.setBigDecimal(3, BigDecimal.valueOf(i, 2));
                insert.addBatch();
            }
            assertThat(Arrays.stream(insert.executeBatch()).sum()).isEqualTo(rows);
        }
    }

    @Test
    void rollsBackABatchThatFails() throws SQLException {
        statement.executeUpdate("INSERT INTO items VALUES (2, 'b', 1)");
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO items VALUES (?, 'x', 1)")) {
            for (int i = 1; i <= 3; i++) {
                insert.setInt(1, i);
                insert.addBatch();
            }
            assertThatThrownBy(insert::executeBatch)
                    .isInstanceOf(BatchUpdateException.class)
                    .hasCauseInstanceOf(SQLIntegrityConstraintViolationException.class);
        }
        assertThat(count()).isEqualTo(1);
        assertThat(connection.getAutoCommit()).isTrue();
    }

    @Test
    void reportsErrorsByState() {
        assertThatThrownBy(() -> statement.execute("SELEC 1"))
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("42601");
        assertThatThrownBy(() -> statement.execute("SELECT * FROM missing"))
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("42P01");
        assertThatThrownBy(() -> statement.execute("INSERT INTO items VALUES (NULL, 'a', 1)"))
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("23502");
        assertThatThrownBy(() -> statement
                        .executeQuery("SELECT 1 / (SELECT COUNT(*) FROM items)")
                        .next())
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("22012");
    }

    @Test
    void stopsAStatementThatWasCancelledBeforeItStarted() throws SQLException {
        Session session = connection.unwrap(Session.class);
        session.armCancel();
        session.cancel();
        try (PreparedQuery query = session.prepare("SELECT * FROM items")) {
            assertThatThrownBy(() -> ((StatementResult.Rows) query.execute(new Object[0]))
                            .cursor()
                            .next())
                    .isInstanceOf(KalamException.class)
                    .extracting(e -> ((KalamException) e).code())
                    .isEqualTo(ErrorCode.QUERY_CANCELED);
            session.cancel();
            ResultCursor next = ((StatementResult.Rows) query.execute(new Object[0])).cursor();
            assertThat(next.next())
                    .as("a cancel that came too late stops nothing")
                    .isNull();
        }
    }

    @Test
    void refusesChangesWhileReadOnly() throws SQLException {
        try (Connection readOnly = DriverManager.getConnection(URL + "?readOnly=true");
                Statement writing = readOnly.createStatement()) {
            assertThat(readOnly.isReadOnly()).isTrue();
            assertThatThrownBy(() -> writing.executeUpdate("INSERT INTO items VALUES (1, 'a', 1)"))
                    .extracting(e -> ((SQLException) e).getSQLState())
                    .isEqualTo("25006");
        }
    }

    /** More rows than anyone waits for. */
    private static final String ENDLESS =
            "SELECT COUNT(*) FROM items a, items b, items c, items d WHERE a.id + b.id < c.id + d.id";

    @Test
    void stopsAStatementThatTakesTooLong() throws SQLException {
        fill(2000);
        statement.setQueryTimeout(1);

        assertThatThrownBy(() -> {
                    try (ResultSet rows = statement.executeQuery(ENDLESS)) {
                        rows.next();
                    }
                })
                .isInstanceOf(SQLTimeoutException.class);
        statement.setQueryTimeout(0);
        assertThat(count()).isEqualTo(2000);
    }

    @ParameterizedTest(name = "by {0}")
    @ValueSource(strings = {"cancel", "close", "connection close", "abort"})
    void stopsWhatRunsFromAnotherThread(String way) throws Exception {
        fill(2000);
        CompletableFuture<Void> stopping = CompletableFuture.runAsync(() -> stop(way));

        assertThatThrownBy(() -> {
                    try (ResultSet rows = statement.executeQuery(ENDLESS)) {
                        rows.next();
                    }
                })
                .isInstanceOf(SQLException.class)
                .isNotInstanceOf(SQLTimeoutException.class);
        stopping.join();
    }

    private void stop(String way) {
        try {
            Thread.sleep(300);
            switch (way) {
                case "cancel" -> statement.cancel();
                case "close" -> statement.close();
                case "connection close" -> connection.close();
                default -> connection.abort(Runnable::run);
            }
        } catch (InterruptedException | SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void answersMetadata() throws SQLException {
        DatabaseMetaData metaData = connection.getMetaData();
        try (ResultSet columns = metaData.getColumns(null, "main", "items", "%")) {
            for (String name : new String[] {"id", "name", "price"}) {
                assertThat(columns.next()).isTrue();
                assertThat(columns.getString("COLUMN_NAME")).isEqualTo(name);
            }
            assertThat(columns.next()).isFalse();
        }
        try (ResultSet keys = metaData.getPrimaryKeys(null, "main", "items")) {
            assertThat(keys.next()).isTrue();
            assertThat(keys.getString("COLUMN_NAME")).isEqualTo("id");
        }
        assertThat(metaData.getMaxTableNameLength()).isPositive();
    }

    @Test
    void reservesTheKeywordsItTells() throws SQLException {
        for (String word : connection.getMetaData().getSQLKeywords().split(",")) {
            assertThatThrownBy(() -> statement.executeQuery("SELECT x." + word + " FROM items AS x"))
                    .as(word)
                    .extracting(e -> ((SQLException) e).getSQLState())
                    .isEqualTo("42601");
        }
    }

    /** One call of each function that the metadata lists. */
    private static final String FUNCTION_CALLS = """
            ABS(-1) ACOS(0) ASIN(0) ATAN(0) ATAN2(0,1) CEILING(1.2) COS(0) COT(1) DEGREES(1) EXP(0)
            FLOOR(1.2) LOG(10) LOG10(10) MOD(5,3) PI() POWER(2,3) RADIANS(1) RAND() ROUND(1.5,0) SIGN(-2)
            SIN(0) SQRT(4) TAN(0) TRUNCATE(1.29,1)
            ASCII('a') CHAR(65) CHAR_LENGTH('a') CHARACTER_LENGTH('a') CONCAT('a','b') DIFFERENCE('a','b')
            INSERT('abc',1,1,'x') LCASE('A') LEFT('abc',1) LENGTH('a') LOCATE('b','abc') LTRIM('a')
            OCTET_LENGTH('a') REPEAT('a',3) REPLACE('aba','a','x') RIGHT('abc',1) RTRIM('a') SOUNDEX('abc')
            SPACE(1) SUBSTRING('abc',2,1) UCASE('a') IFNULL(NULL,1) USER()
            CURDATE() CURRENT_DATE() CURRENT_TIME() CURRENT_TIMESTAMP() CURTIME() DAYNAME(NOW())
            DAYOFMONTH(NOW()) DAYOFWEEK(NOW()) DAYOFYEAR(NOW()) HOUR(NOW()) MINUTE(NOW()) MONTH(NOW())
            MONTHNAME(NOW()) NOW() QUARTER(NOW()) SECOND(NOW()) TIMESTAMPADD(SQL_TSI_DAY,1,NOW())
            TIMESTAMPDIFF(SQL_TSI_DAY,NOW(),NOW()) WEEK(NOW()) YEAR(NOW())
            """;

    @Test
    void runsTheFunctionsItTells() throws SQLException {
        DatabaseMetaData metaData = connection.getMetaData();
        List<String> functions = Stream.of(
                        metaData.getNumericFunctions(),
                        metaData.getStringFunctions(),
                        metaData.getSystemFunctions(),
                        metaData.getTimeDateFunctions())
                .filter(list -> !list.isEmpty())
                .flatMap(list -> Stream.of(list.split(",")))
                .toList();
        List<String> calls = List.of(FUNCTION_CALLS.strip().split("\\s+"));
        assertThat(functions)
                .containsExactlyInAnyOrderElementsOf(calls.stream()
                        .map(call -> call.substring(0, call.indexOf('(')))
                        .toList());
        for (String call : calls) {
            try (ResultSet rows = statement.executeQuery("SELECT {fn " + call + "}")) {
                assertThat(rows.next()).as(call).isTrue();
            }
        }
    }

    @Test
    void usesNamespaces() throws SQLException {
        statement.execute("CREATE NAMESPACE shop");
        connection.setSchema("shop");
        statement.execute("CREATE TABLE goods (id INT PRIMARY KEY)");
        assertThat(connection.getSchema()).isEqualTo("shop");
        try (Connection other = DriverManager.getConnection(URL + "?namespace=shop");
                Statement reading = other.createStatement();
                ResultSet rows = reading.executeQuery("SELECT * FROM goods")) {
            assertThat(rows.next()).isFalse();
        }
        assertThatThrownBy(() -> DriverManager.getConnection(URL + "?namespace=missing"))
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("3F000");
        connection.setSchema("main");
        statement.execute("DROP NAMESPACE shop CASCADE");
    }

    @Test
    void connectsThroughADataSource() throws SQLException {
        KalamDataSource source = new KalamDataSource();
        source.setUrl(URL);
        source.setUser("ann");
        try (Connection first = source.getConnection();
                Connection second = source.getConnection("bob", null)) {
            assertThat(first.getMetaData().getUserName()).isEqualTo("ann");
            assertThat(second.getMetaData().getUserName()).isEqualTo("bob");
        }
    }
}
