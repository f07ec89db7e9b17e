// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kalamdb.tck.Client;

/** What tools of which nobody can read the source may ask: the tree of objects, pages of a table, and generated queries. */
final class BiToolsTest {
    private ClientDatabase database;
    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        database = ClientDatabase.with(
                "CREATE TABLE region (id INT PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
                "CREATE TABLE \"Sale\" (id INT PRIMARY KEY, region_id INT REFERENCES region (id), \"Amount Due\" DECIMAL(10, 2),"
                        + " sold TIMESTAMP)",
                "CREATE INDEX sale_sold ON \"Sale\" (sold)",
                "CREATE VIEW total AS SELECT region_id, sum(\"Amount Due\") AS total FROM \"Sale\" GROUP BY region_id",
                "INSERT INTO region VALUES (1, 'north'), (2, 'south')",
                "INSERT INTO \"Sale\" VALUES (1, 1, 10.50, TIMESTAMP '2026-05-17 10:00:00'),"
                        + " (2, 1, 2.25, TIMESTAMP '2026-06-01 00:00:00'), (3, 2, 7.00, TIMESTAMP '2025-12-31 23:59:59')");
        connection = DriverManager.getConnection(database.url());
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        database.close();
    }

    @Test
    void treeOfObjectsIsFound() throws SQLException {
        DatabaseMetaData metadata = connection.getMetaData();

        assertThat(ToolDatabase.rows(metadata.getCatalogs(), "TABLE_CAT")).containsExactly("def");
        assertThat(ToolDatabase.rows(metadata.getSchemas("def", "%"), "TABLE_SCHEM", "TABLE_CATALOG"))
                .contains("main|def");
        assertThat(ToolDatabase.rows(metadata.getTableTypes(), "TABLE_TYPE")).contains("TABLE", "VIEW");
        assertThat(ToolDatabase.rows(
                        metadata.getTables("def", "main", "%", new String[] {"TABLE", "VIEW"}),
                        "TABLE_NAME",
                        "TABLE_TYPE"))
                .containsExactlyInAnyOrder("Sale|TABLE", "region|TABLE", "total|VIEW");
        assertThat(ToolDatabase.rows(
                        metadata.getColumns("def", "main", "Sale", null), "COLUMN_NAME", "TYPE_NAME", "NULLABLE"))
                .containsExactly("id|INT|0", "region_id|INT|1", "Amount Due|DECIMAL|1", "sold|TIMESTAMP|1");
        assertThat(ToolDatabase.rows(metadata.getPrimaryKeys("def", "main", "Sale"), "COLUMN_NAME", "KEY_SEQ"))
                .containsExactly("id|1");
        assertThat(ToolDatabase.rows(
                        metadata.getImportedKeys("def", "main", "Sale"),
                        "PKTABLE_NAME",
                        "PKCOLUMN_NAME",
                        "FKCOLUMN_NAME"))
                .containsExactly("region|id|region_id");
        assertThat(ToolDatabase.rows(metadata.getExportedKeys("def", "main", "region"), "FKTABLE_NAME"))
                .containsExactly("Sale");
        assertThat(ToolDatabase.rows(
                        metadata.getIndexInfo("def", "main", "Sale", false, true), "INDEX_NAME", "COLUMN_NAME"))
                .contains("sale_sold|sold");
        assertThat(ToolDatabase.rows(metadata.getProcedures("def", "main", "%"), "PROCEDURE_NAME"))
                .isEmpty();
        assertThat(ToolDatabase.rows(metadata.getTypeInfo(), "TYPE_NAME")).contains("TEXT", "DECIMAL", "TIMESTAMP");
        assertThat(metadata.getIdentifierQuoteString()).isEqualTo("\"");
        assertThat(metadata.supportsSchemasInDataManipulation()).isTrue();
        assertThat(metadata.supportsCatalogsInDataManipulation()).isFalse();
    }

    @Test
    void pagesOfATableAreShown() throws SQLException {
        connection.setSchema("main");
        try (Statement statement = connection.createStatement()) {
            statement.setMaxRows(200);
            statement.setFetchSize(200);
            statement.setQueryTimeout(60);
            try (ResultSet rows = statement.executeQuery("SELECT * FROM main.\"Sale\" t ORDER BY 1 LIMIT 2 OFFSET 1")) {
                ResultSetMetaData shown = rows.getMetaData();
                assertThat(shown.getColumnLabel(3)).isEqualTo("Amount Due");
                assertThat(shown.getTableName(3)).isEqualTo("Sale");
                assertThat(shown.getPrecision(3)).isEqualTo(10);
                assertThat(shown.getScale(3)).isEqualTo(2);
                assertThat(shown.getColumnDisplaySize(3)).isPositive();
                assertThat(Client.rows(rows))
                        .containsExactly("2|1|2.25|2026-06-01 00:00:00", "3|2|7.00|2025-12-31 23:59:59");
            }
        }
    }

    /** In the manner of generators that quote every name, wrap the user's query, and group by positions. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "SELECT 1; 1",
                "SELECT * FROM (SELECT * FROM \"main\".\"Sale\") \"q\" WHERE (0 = 1); ",
                "SELECT COUNT(*) AS \"cnt\" FROM (SELECT * FROM \"main\".\"Sale\") \"q\"; 3",
                "SELECT SUM(1) AS \"n\" FROM \"main\".\"Sale\" \"Sale\" HAVING (COUNT(1) > 0); 3",
                "SELECT \"r\".\"name\" AS \"name\", SUM(\"s\".\"Amount Due\") AS \"sum:Amount Due:ok\" FROM \"main\".\"Sale\" \"s\""
                        + " INNER JOIN \"main\".\"region\" \"r\" ON (\"s\".\"region_id\" = \"r\".\"id\") GROUP BY 1 ORDER BY 1 ASC;"
                        + " north|12.75,south|7.00",
                "SELECT EXTRACT(YEAR FROM \"sold\") AS \"yr\", COUNT(DISTINCT \"region_id\") FROM \"main\".\"Sale\" GROUP BY 1 ORDER BY 1;"
                        + " 2025|1,2026|1",
                "SELECT {fn YEAR(\"sold\")} FROM \"main\".\"Sale\" WHERE \"sold\" >= {ts '2026-01-01 00:00:00'} ORDER BY \"id\"; 2026,2026",
                "SELECT DATE_TRUNC('month', \"sold\") AS \"m\", AVG(\"Amount Due\") FROM \"main\".\"Sale\" WHERE \"id\" = 2 GROUP BY 1;"
                        + " 2026-06-01 00:00:00|2.25",
                "SELECT CASE WHEN \"Amount Due\" > 5 THEN 'high' ELSE 'low' END AS \"c\", COUNT(*) FROM \"main\".\"Sale\" GROUP BY 1 ORDER BY 1;"
                        + " high|2,low|1",
                "SELECT DISTINCT \"region_id\" FROM \"main\".\"Sale\" WHERE \"region_id\" IN (1, 2) ORDER BY 1 LIMIT 1001; 1,2"
            })
    void generatedQueriesRun(String sql, String rows) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            assertThat(String.join(",", Client.rows(found)).replaceAll("(\\.\\d\\d)0+(?=$|,)", "$1"))
                    .isEqualTo(rows == null ? "" : rows);
        }
    }
}
