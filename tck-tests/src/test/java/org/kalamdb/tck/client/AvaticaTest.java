// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.avatica.jdbc.JdbcMeta;
import org.apache.calcite.avatica.remote.Driver.Serialization;
import org.apache.calcite.avatica.remote.LocalService;
import org.apache.calcite.avatica.server.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.kalamdb.tck.Client;

/** Our driver behind an Avatica server, seen through Avatica's driver, in both of its formats. */
final class AvaticaTest {
    private ClientDatabase database;
    private HttpServer server;
    private Connection connection;

    private void open(Serialization format) throws SQLException {
        database = ClientDatabase.with(
                "CREATE TABLE sample (id INT PRIMARY KEY, small SMALLINT, large BIGINT, real_number FLOAT, number DOUBLE,"
                        + " amount DECIMAL(20, 4), yes BOOLEAN, name VARCHAR(40), data BYTES, day DATE, hour TIME,"
                        + " local TIMESTAMP, moment DATETIME, code UUID, document JSON, mood EMBEDDING(3))",
                "CREATE TABLE account (id INT PRIMARY KEY, balance INT NOT NULL)",
                "CREATE VIEW total AS SELECT SUM(balance) AS total FROM account",
                "INSERT INTO account VALUES (1, 100), (2, 200)");
        server = new HttpServer.Builder<>()
                .withHandler(new LocalService(new JdbcMeta(database.url())), format)
                .withPort(0)
                .build();
        server.start();
        connection = connect(format);
    }

    private Connection connect(Serialization format) throws SQLException {
        return DriverManager.getConnection("jdbc:avatica:remote:serialization="
                + format.name().toLowerCase(Locale.ROOT) + ";url=http://localhost:" + server.getPort());
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        server.stop();
        database.close();
    }

    private List<String> rows(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return Client.rows(rows);
        }
    }

    @ParameterizedTest
    @EnumSource(Serialization.class)
    void valuesOfAllTypesAreWrittenAndReadBack(Serialization format) throws SQLException {
        open(format);
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO sample VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setInt(1, 1);
            insert.setShort(2, (short) -32_768);
            insert.setLong(3, Long.MAX_VALUE);
            insert.setFloat(4, 0.5f);
            insert.setDouble(5, -1.25e100);
            insert.setBigDecimal(6, new BigDecimal("1234567890123456.7891"));
            insert.setBoolean(7, true);
            insert.setString(8, "Grüße 中文 😀");
            insert.setBytes(9, new byte[] {0, -1, 127, -128});
            insert.setDate(10, Date.valueOf("2026-05-17"));
            insert.setTime(11, Time.valueOf("23:59:58"));
            insert.setTimestamp(12, Timestamp.valueOf("1969-12-31 23:59:59.125"));
            insert.setString(13, "2026-05-17T10:00:00.5Z");
            insert.setString(14, "00000000-0000-0001-0000-000000000002");
            insert.setString(15, "{\"a\": [1, null]}");
            insert.setString(16, "[1, 0.5, -2]");
            assertThat(insert.executeUpdate()).isEqualTo(1);
            insert.setInt(1, 2);
            for (int i = 2; i <= 16; i++) {
                insert.setNull(i, Types.NULL);
            }
            assertThat(insert.executeUpdate()).isEqualTo(1);
        }

        try (Client direct = new Client(database.url())) {
            assertThat(direct.rows("SELECT * FROM sample ORDER BY id"))
                    .containsExactly(
                            "1|-32768|9223372036854775807|0.5|-1.25E100|1234567890123456.7891|true|Grüße 中文 😀|\\x00ff7f80"
                                    + "|2026-05-17|23:59:58|1969-12-31 23:59:59.125|2026-05-17 10:00:00.5+00"
                                    + "|00000000-0000-0001-0000-000000000002|{\"a\": [1, null]}|[1.0,0.5,-2.0]",
                            "2|null|null|null|null|null|null|null|null|null|null|null|null|null|null|null");
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT id, small, large, real_number, number, amount, yes, name, data,"
                                + " day, hour, local, CAST(moment AS TEXT), CAST(code AS TEXT), document FROM sample ORDER BY id")) {
            assertThat(rows.next()).isTrue();
            assertThat(values(rows))
                    .containsExactly(
                            1,
                            (short) -32_768,
                            Long.MAX_VALUE,
                            0.5f,
                            -1.25e100,
                            new BigDecimal("1234567890123456.7891"),
                            true,
                            "Grüße 中文 😀",
                            new byte[] {0, -1, 127, -128},
                            Date.valueOf("2026-05-17"),
                            Time.valueOf("23:59:58"),
                            Timestamp.valueOf("1969-12-31 23:59:59.125"),
                            "2026-05-17 10:00:00.5+00",
                            "00000000-0000-0001-0000-000000000002",
                            "{\"a\": [1, null]}");
            assertThat(rows.next()).isTrue();
            assertThat(values(rows)).startsWith(2).hasSize(15);
            assertThat(values(rows).subList(1, 15)).containsOnlyNulls();
            assertThat(rows.next()).isFalse();
        }
    }

    private static List<Object> values(ResultSet rows) throws SQLException {
        List<Object> values = new ArrayList<>();
        for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
            values.add(rows.getObject(column));
        }
        return values;
    }

    /** Of UUIDs, times with a zone and arrays of FLOAT each of its formats has a part. */
    @ParameterizedTest
    @EnumSource(Serialization.class)
    void someTypesNeedOneOfItsFormats(Serialization format) throws SQLException {
        open(format);
        try (Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO sample (id, moment, code, mood) VALUES (1, TIMESTAMP '2026-05-17 10:00:00',"
                    + " '00000000-0000-0001-0000-000000000002', '[1, 0.5, -2]')");
        }

        if (format == Serialization.PROTOBUF) {
            assertThat((Throwable) failure("SELECT code FROM sample")).hasMessageContaining("java.util.UUID");
            assertThat(rows("SELECT moment FROM sample")).containsExactly("2026-05-17T10:00Z");
        } else {
            assertThat((Throwable) failure("SELECT moment FROM sample"))
                    .hasMessageContaining("java.time.OffsetDateTime");
            assertThat(rows("SELECT code FROM sample")).containsExactly("00000000-0000-0001-0000-000000000002");
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT mood FROM sample")) {
            assertThat(rows.next()).isTrue();
            if (format == Serialization.PROTOBUF) {
                assertThat((Object[]) rows.getArray(1).getArray()).containsExactly(1f, 0.5f, -2f);
            } else {
                assertThatThrownBy(() -> rows.getArray(1)).isInstanceOf(ClassCastException.class);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Serialization.class)
    void manyRowsComeInFrames(Serialization format) throws SQLException {
        open(format);
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(70);
            try (ResultSet rows =
                    statement.executeQuery("SELECT x, x * 0.01 FROM GENERATE_SERIES(1, 1000) AS s (x) ORDER BY x")) {
                List<String> found = Client.rows(rows);
                assertThat(found).hasSize(1000).startsWith("1|0.01").endsWith("1000|10.00");
            }
            statement.setMaxRows(5);
            try (ResultSet rows = statement.executeQuery("SELECT x FROM GENERATE_SERIES(1, 1000) AS s (x)")) {
                assertThat(Client.rows(rows)).hasSize(5);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Serialization.class)
    void preparedStatementsAndBatchesRun(Serialization format) throws SQLException {
        open(format);
        try (PreparedStatement query =
                connection.prepareStatement("SELECT balance FROM account WHERE id = ? AND balance >= ?")) {
            assertThat(query.getParameterMetaData().getParameterCount()).isEqualTo(2);
            assertThat(query.getParameterMetaData().getParameterType(1)).isEqualTo(Types.INTEGER);
            assertThat(query.getMetaData().getColumnName(1)).isEqualTo("balance");
            query.setInt(2, 0);
            for (int id = 1; id <= 2; id++) {
                query.setInt(1, id);
                try (ResultSet rows = query.executeQuery()) {
                    assertThat(Client.rows(rows)).containsExactly(id + "00");
                }
            }
        }
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO account VALUES (?, ?)")) {
            for (int id = 3; id <= 40; id++) {
                insert.setInt(1, id);
                insert.setInt(2, 1);
                insert.addBatch();
            }
            assertThat(insert.executeBatch()).hasSize(38).containsOnly(1);
        }
        try (Statement statement = connection.createStatement()) {
            statement.addBatch("UPDATE account SET balance = 7 WHERE id > 2");
            statement.addBatch("DELETE FROM account WHERE id = 40");
            assertThat(statement.executeBatch()).containsExactly(38, 1);
        }
        assertThat(rows("SELECT COUNT(*), SUM(balance) FROM account")).containsExactly("39|559");
    }

    @ParameterizedTest
    @EnumSource(Serialization.class)
    void metadataIsThatOfTheDatabase(Serialization format) throws SQLException {
        open(format);
        DatabaseMetaData metadata = connection.getMetaData();

        assertThat(metadata.getIdentifierQuoteString()).isEqualTo("\"");
        assertThat(ToolDatabase.rows(metadata.getCatalogs(), "TABLE_CAT")).containsExactly("def");
        assertThat(ToolDatabase.rows(metadata.getSchemas(), "TABLE_SCHEM")).contains("main", "system");
        assertThat(ToolDatabase.rows(metadata.getTables(null, "main", "%", new String[] {"TABLE"}), "TABLE_NAME"))
                .containsExactly("account", "sample");
        assertThat(ToolDatabase.rows(metadata.getTables(null, "main", null, null), "TABLE_NAME"))
                .containsExactly("account", "sample", "total");
        assertThat(ToolDatabase.rows(metadata.getColumns(null, "main", "account", null), "COLUMN_NAME"))
                .containsExactly("id", "balance");
        assertThat(ToolDatabase.rows(metadata.getTableTypes(), "TABLE_TYPE")).contains("TABLE", "VIEW");
        assertThat(ToolDatabase.rows(metadata.getTypeInfo(), "TYPE_NAME")).contains("DECIMAL", "TEXT");
        // These never reach a server.
        assertThat(ToolDatabase.rows(metadata.getPrimaryKeys(null, "main", "account"), "COLUMN_NAME"))
                .isEmpty();
        assertThat(ToolDatabase.rows(metadata.getIndexInfo(null, "main", "account", false, true), "INDEX_NAME"))
                .isEmpty();
        assertThat(ToolDatabase.rows(metadata.getFunctions(null, null, "%"), "FUNCTION_NAME"))
                .isEmpty();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT amount, local AS l FROM sample")) {
            ResultSetMetaData columns = rows.getMetaData();
            assertThat(columns.getPrecision(1)).isEqualTo(20);
            assertThat(columns.getScale(1)).isEqualTo(4);
            assertThat(columns.getTableName(1)).isEqualTo("sample");
            assertThat(columns.getColumnLabel(2)).isEqualTo("l");
            assertThat(columns.getColumnType(2)).isEqualTo(Types.TIMESTAMP);
        }
    }

    @ParameterizedTest
    @EnumSource(Serialization.class)
    void transactionsEndAsTheyAreTold(Serialization format) throws SQLException {
        open(format);
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        try (Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("UPDATE account SET balance = balance - 10"))
                    .isEqualTo(2);
            try (Client direct = new Client(database.url())) {
                assertThat(direct.value("SELECT SUM(balance) FROM account")).isEqualTo("300");
            }
            connection.rollback();
            assertThat(rows("SELECT SUM(balance) FROM account")).containsExactly("300");
            statement.executeUpdate("DELETE FROM account WHERE id = 2");
            connection.commit();
        }
        try (Client direct = new Client(database.url())) {
            assertThat(direct.value("SELECT SUM(balance) FROM account")).isEqualTo("100");
        }
    }

    /** It has no place for our SQLSTATE. */
    @ParameterizedTest
    @EnumSource(Serialization.class)
    void errorsSayWhatOursSay(Serialization format) throws SQLException {
        open(format);

        assertThat((Throwable) failure("SELECT * FROM nosuch")).hasMessageContaining("Table nosuch does not exist");
        assertThat((Throwable) failure("INSERT INTO account VALUES (1, 1)"))
                .hasMessageContaining("Duplicate key value");
        assertThat((Throwable) failure("SELECT 1 / 0")).hasMessageContaining("Division by zero");
        assertThat(rows("SELECT COUNT(*) FROM account")).containsExactly("2");
    }

    private SQLException failure(String sql) {
        return catchThrowableOfType(SQLException.class, () -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        });
    }
}
