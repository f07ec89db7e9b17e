// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.sql.Timestamp;
import java.sql.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kalamdb.tck.Client;

/** The calls of Apache Spark's source and sink for JDBC with its dialect for databases it does not know, as its source has them. */
final class SparkCallsTest {
    private ToolDatabase database;
    private Connection connection;

    @BeforeEach
    void connect() throws SQLException {
        database = ToolDatabase.create();
        connection = DriverManager.getConnection(database.url());
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        database.close();
    }

    @Test
    void looksWhetherTablesExist() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT 1 FROM my_shop.region WHERE 1=0")) {
            statement.setQueryTimeout(0);
            assertThat(statement.executeQuery().next()).isFalse();
        }
        assertThatThrownBy(() -> connection
                        .prepareStatement("SELECT 1 FROM my_shop.nosuch WHERE 1=0")
                        .executeQuery())
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42P01"));
    }

    @Test
    void learnsTheSchema() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                        "SELECT * FROM (SELECT * FROM my_shop.\"Sale\") SPARK_GEN_SUBQ_0 WHERE 1=0");
                ResultSet rows = statement.executeQuery()) {
            ResultSetMetaData columns = rows.getMetaData();
            StringBuilder found = new StringBuilder();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                found.append(columns.getColumnLabel(i) + " " + columns.getColumnType(i) + " " + columns.getPrecision(i)
                        + " " + columns.getScale(i) + " " + columns.isSigned(i) + " " + columns.isNullable(i) + "\n");
            }
            assertThat(found)
                    .hasToString("id -5 19 0 true 0\nregion_id 4 10 0 true 1\nAmount Due 3 10 2 true 1\n"
                            + "sold 93 26 6 false 1\n");
        }
    }

    /** Each partition is read in a connection and without a transaction of its own being committed. */
    @Test
    void readsPartitions() throws SQLException {
        String[] partitions = {"\"id\" < 2 or \"id\" is null", "\"id\" >= 2 AND \"id\" < 3", "\"id\" >= 3"};
        int count = 0;
        for (String partition : partitions) {
            try (Connection own = DriverManager.getConnection(database.url());
                    PreparedStatement statement = own.prepareStatement(
                            "SELECT \"id\",\"Amount Due\",\"sold\" FROM my_shop.\"Sale\" WHERE (\"Amount Due\" IS NOT NULL)"
                                    + " AND (" + partition + ")",
                            ResultSet.TYPE_FORWARD_ONLY,
                            ResultSet.CONCUR_READ_ONLY)) {
                statement.setFetchSize(0);
                statement.setQueryTimeout(0);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        assertThat(rows.getLong(1)).isPositive();
                        assertThat(rows.getBigDecimal(2)).isPositive();
                        assertThat(rows.getTimestamp(3)).isNotNull();
                        count++;
                    }
                }
            }
        }
        assertThat(count).isEqualTo(3);
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT \"region_id\",SUM(\"Amount Due\") FROM my_shop.\"Sale\""
                        + " WHERE (\"sold\" >= {ts '2026-01-01 00:00:00.0'}) GROUP BY \"region_id\" LIMIT 5")) {
            assertThat(Client.rows(rows)).containsExactly("1|12.75");
        }
    }

    @Test
    void writesInOneTransaction() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(0);
            statement.executeUpdate(
                    "CREATE TABLE my_shop.copied (\"id\" BIGINT NOT NULL, \"n\" INTEGER , \"d\" DOUBLE PRECISION ,"
                            + " \"r\" REAL , \"t\" TEXT , \"ts\" TIMESTAMP , \"day\" DATE , \"m\" DECIMAL(10,2) , \"c\" VARCHAR(9) )");
        }
        DatabaseMetaData metadata = connection.getMetaData();
        assertThat(metadata.supportsTransactions()).isTrue();
        assertThat(metadata.getDefaultTransactionIsolation()).isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
        assertThat(metadata.supportsTransactionIsolationLevel(Connection.TRANSACTION_READ_UNCOMMITTED))
                .isTrue();
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_UNCOMMITTED);
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO my_shop.copied (\"id\",\"n\",\"d\",\"r\",\"t\",\"ts\",\"day\",\"m\",\"c\") VALUES (?,?,?,?,?,?,?,?,?)")) {
            insert.setQueryTimeout(0);
            insert.setLong(1, 1);
            insert.setInt(2, 2);
            insert.setDouble(3, 0.5);
            insert.setFloat(4, 0.25f);
            insert.setString(5, "text");
            insert.setTimestamp(6, Timestamp.valueOf("2026-05-17 10:00:00.123456"));
            insert.setDate(7, Date.valueOf("2026-05-17"));
            insert.setBigDecimal(8, new BigDecimal("1.50"));
            insert.setString(9, "short");
            insert.addBatch();
            insert.setLong(1, 2);
            // The types of NULL that Spark sets, not all of them those of the columns.
            int[] nullTypes = {
                Types.INTEGER,
                Types.DOUBLE,
                Types.FLOAT,
                Types.CLOB,
                Types.TIMESTAMP,
                Types.DATE,
                Types.DECIMAL,
                Types.VARCHAR
            };
            for (int i = 0; i < nullTypes.length; i++) {
                insert.setNull(i + 2, nullTypes[i]);
            }
            insert.addBatch();
            assertThat(insert.executeBatch()).containsExactly(1, 1);
        }
        connection.commit();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery("SELECT * FROM my_shop.copied ORDER BY 1")) {
                assertThat(Client.rows(rows))
                        .containsExactly(
                                "1|2|0.5|0.25|text|2026-05-17 10:00:00.123456|2026-05-17|1.50|short",
                                "2|null|null|null|null|null|null|null|null");
            }
            statement.executeUpdate("TRUNCATE TABLE my_shop.copied");
            statement.executeUpdate("DROP TABLE my_shop.copied");
        }
    }
}
