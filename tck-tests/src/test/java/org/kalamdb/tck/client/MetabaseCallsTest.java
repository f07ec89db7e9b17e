// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kalamdb.tck.Client;

/** The calls that Metabase's drivers for JDBC make unless one of them does otherwise, as its source has them. */
final class MetabaseCallsTest {
    private ToolDatabase database;
    private Connection connection;
    private DatabaseMetaData metadata;

    @BeforeEach
    void connect() throws SQLException {
        database = ToolDatabase.create();
        connection = DriverManager.getConnection(database.url());
        metadata = connection.getMetaData();
        // The weakest level there is, read-only, auto-commit, in this order.
        assertThat(metadata.supportsTransactionIsolationLevel(Connection.TRANSACTION_READ_UNCOMMITTED))
                .isTrue();
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_UNCOMMITTED);
        connection.setReadOnly(true);
        connection.setAutoCommit(true);
        connection.setHoldability(ResultSet.CLOSE_CURSORS_AT_COMMIT);
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        database.close();
    }

    @Test
    void synchronizesTables() throws SQLException {
        assertThat(ToolDatabase.rows(metadata.getSchemas(), "TABLE_SCHEM")).contains("main", "my_shop");
        String[] types = {
            "TABLE",
            "PARTITIONED TABLE",
            "VIEW",
            "FOREIGN TABLE",
            "MATERIALIZED VIEW",
            "EXTERNAL TABLE",
            "DYNAMIC_TABLE"
        };
        String schemaPattern = "my\\_shop";
        assertThat(ToolDatabase.rows(
                        metadata.getTables(null, schemaPattern, "%", types),
                        "TABLE_NAME",
                        "TABLE_SCHEM",
                        "TABLE_TYPE",
                        "REMARKS"))
                .containsExactly(
                        "Sale|my_shop|TABLE|What was sold", "region|my_shop|TABLE|null", "total|my_shop|VIEW|null");
        for (String table : List.of("\"my_shop\".\"Sale\"", "\"my_shop\".\"total\"")) {
            try (PreparedStatement probe =
                    connection.prepareStatement("SELECT TRUE AS \"_\" FROM " + table + " WHERE 1 <> 1 LIMIT 0")) {
                probe.setQueryTimeout(15);
                assertThat(probe.execute()).isTrue();
            }
        }
        assertThat(ToolDatabase.rows(
                        metadata.getColumns(null, schemaPattern, "Sale", null),
                        "COLUMN_NAME",
                        "TYPE_NAME",
                        "COLUMN_DEF",
                        "NULLABLE",
                        "IS_AUTOINCREMENT",
                        "REMARKS"))
                .containsExactly(
                        "id|BIGINT|null|0|YES|null",
                        "region_id|INT|null|1|NO|null",
                        "Amount Due|DECIMAL|0.00|1|NO|null",
                        "sold|TIMESTAMP|null|1|NO|null");
        assertThat(ToolDatabase.rows(metadata.getPrimaryKeys(null, "my_shop", "Sale"), "COLUMN_NAME"))
                .containsExactly("id");
        assertThat(ToolDatabase.rows(
                        metadata.getImportedKeys(null, "my_shop", "Sale"),
                        "FKCOLUMN_NAME",
                        "PKTABLE_NAME",
                        "PKTABLE_SCHEM",
                        "PKCOLUMN_NAME"))
                .containsExactly("region_id|region|my_shop|id");
        assertThat(ToolDatabase.rows(
                        metadata.getIndexInfo(null, "my_shop", "Sale", false, false),
                        "INDEX_NAME",
                        "ORDINAL_POSITION",
                        "COLUMN_NAME",
                        "FILTER_CONDITION"))
                .containsExactly("Sale_pkey|1|id|null", "sale_sold|1|sold|null");
    }

    @Test
    void learnsColumnsOfWhatTheMetadataDoesNotTell() throws SQLException {
        try (PreparedStatement statement =
                        connection.prepareStatement("SELECT * FROM \"my_shop\".\"total\" WHERE 1 <> 1 LIMIT 0");
                ResultSet rows = statement.executeQuery()) {
            ResultSetMetaData columns = rows.getMetaData();
            assertThat(columns.getColumnName(2)).isEqualTo("total");
            assertThat(columns.getColumnTypeName(2)).isEqualTo("DECIMAL");
            assertThat(columns.isAutoIncrement(2)).isFalse();
        }
    }

    /** Times are set with their types and read as those of {@code java.time}. */
    @Test
    void runsQuestions() throws SQLException {
        LocalDateTime local = LocalDateTime.of(2026, 1, 1, 0, 0);
        OffsetDateTime moment = OffsetDateTime.of(2026, 1, 1, 12, 0, 0, 0, ZoneOffset.ofHours(2));
        LocalTime time = LocalTime.of(23, 59, 58);
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT \"source\".\"sold\" AS \"sold\", CAST(? AS DATETIME) AS \"moment\", CAST(? AS TIME) AS \"time\","
                        + " CAST(? AS DATE) AS \"day\", \"source\".\"Amount Due\" AS \"Amount Due\""
                        + " FROM (SELECT * FROM \"my_shop\".\"Sale\") AS \"source\""
                        + " WHERE (\"source\".\"sold\" >= ?) AND (\"source\".\"Amount Due\" > ?)"
                        + " ORDER BY \"source\".\"sold\" ASC LIMIT 2000",
                ResultSet.TYPE_FORWARD_ONLY,
                ResultSet.CONCUR_READ_ONLY,
                ResultSet.CLOSE_CURSORS_AT_COMMIT)) {
            statement.setFetchDirection(ResultSet.FETCH_FORWARD);
            assertThat(statement.getFetchSize()).isNotNegative();
            statement.setFetchSize(500);
            assertThat(statement.getParameterMetaData().getParameterCount()).isEqualTo(5);
            statement.setObject(1, moment, Types.TIMESTAMP_WITH_TIMEZONE);
            statement.setObject(2, time, Types.TIME);
            statement.setObject(3, local.toLocalDate(), Types.DATE);
            statement.setObject(4, local, Types.TIMESTAMP);
            statement.setObject(5, 5L);
            statement.setMaxRows(1_048_575);
            try (ResultSet rows = statement.executeQuery()) {
                ResultSetMetaData columns = rows.getMetaData();
                assertThat(columns.getColumnType(1)).isEqualTo(Types.TIMESTAMP);
                assertThat(columns.getColumnType(2)).isEqualTo(Types.TIMESTAMP_WITH_TIMEZONE);
                assertThat(columns.getColumnType(3)).isEqualTo(Types.TIME);
                assertThat(columns.getColumnType(4)).isEqualTo(Types.DATE);
                assertThat(columns.getColumnLabel(5)).isEqualTo("Amount Due");
                assertThat(rows.next()).isTrue();
                assertThat(rows.getObject(1, LocalDateTime.class)).isEqualTo("2026-05-17T10:00:00");
                assertThat(rows.getObject(2, OffsetDateTime.class).toInstant()).isEqualTo(moment.toInstant());
                assertThat(rows.getObject(3, LocalTime.class)).isEqualTo(time);
                assertThat(rows.getObject(4, LocalDate.class)).isEqualTo(local.toLocalDate());
                assertThat(rows.getObject(5)).hasToString("10.50");
                assertThat(rows.next()).isFalse();
            }
        }
    }

    @Test
    void runsQueriesAsTheyAreWritten() throws SQLException {
        try (Statement statement = connection.createStatement(
                ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY, ResultSet.CLOSE_CURSORS_AT_COMMIT)) {
            statement.setFetchDirection(ResultSet.FETCH_FORWARD);
            statement.setFetchSize(500);
            statement.setMaxRows(2_000);
            assertThat(statement.execute("SELECT name FROM my_shop.region ORDER BY id"))
                    .isTrue();
            assertThat(Client.rows(statement.getResultSet())).containsExactly("north", "south");
            // From another thread when the user no longer wants the answer; here when nothing runs.
            statement.cancel();
        }
    }
}
