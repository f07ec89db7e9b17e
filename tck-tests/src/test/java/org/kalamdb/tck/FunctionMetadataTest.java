// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Functions can be called as the metadata says, and answer what it says. */
final class FunctionMetadataTest {
    /** Those that are called in words of their own. */
    private static final Map<String, String> CALLED_OTHERWISE = Map.ofEntries(
            Map.entry("extract", "SELECT EXTRACT(YEAR FROM DATE '2026-05-17')"),
            Map.entry("grouping", "SELECT GROUPING(x) FROM (VALUES (1), (2)) v (x) GROUP BY ROLLUP(x)"),
            Map.entry("grouping_id", "SELECT GROUPING_ID(x) FROM (VALUES (1), (2)) v (x) GROUP BY ROLLUP(x)"),
            Map.entry("json_query", "SELECT JSON_QUERY('{}', 'lax $.a')"),
            Map.entry("overlay", "SELECT OVERLAY('abc' PLACING 'x' FROM 2)"),
            Map.entry(
                    "percentile_cont", "SELECT PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY x) FROM (VALUES (1)) v (x)"),
            Map.entry(
                    "percentile_disc", "SELECT PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY x) FROM (VALUES (1)) v (x)"),
            Map.entry("position", "SELECT POSITION('a' IN 'ba')"),
            Map.entry("timestampadd", "SELECT TIMESTAMPADD(DAY, 1, DATE '2026-05-17')"),
            Map.entry("timestampdiff", "SELECT TIMESTAMPDIFF(DAY, DATE '2026-05-17', DATE '2026-05-18')"),
            Map.entry("trim", "SELECT TRIM(BOTH 'x' FROM 'xax')"));

    private static final String ERROR = "error ";
    private static final String REFUSED = "a value is refused";

    private Connection connection;
    private Statement statement;

    @BeforeEach
    void open() throws SQLException {
        connection = DriverManager.getConnection("jdbc:kalamdb:mem:");
        statement = connection.createStatement();
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    /** A way to call a function. @param result the name of what it answers */
    private record Way(String name, String result, List<String> operands) {
        private static final String ANY = "ANY";

        private String call() {
            List<String> values = operands.stream().map(this::value).toList();
            return name + "(" + String.join(", ", values) + ")";
        }

        private String value(String type) {
            return switch (type) {
                case ANY -> name.startsWith("json") ? "CAST('{}' AS TEXT)" : "1";
                case "INT" -> "1";
                case "DECIMAL" -> "CAST(0.5 AS DECIMAL(38, 0))";
                case "TEXT" -> "CAST('a' AS TEXT)";
                case "EMBEDDING" -> "CAST('[1]' AS EMBEDDING(1))";
                default -> "CAST(NULL AS " + type + ")";
            };
        }

        /** Ways to call it, of which one must do: as a value, as a window function, of a group, as a table. */
        private List<String> queries() {
            return List.of(
                    "SELECT " + call(),
                    "SELECT " + call() + " OVER (ORDER BY x) FROM (VALUES (1)) v (x)",
                    "SELECT " + call() + " FROM (VALUES (1)) v (x) GROUP BY x",
                    "SELECT * FROM TABLE(" + call() + ")");
        }
    }

    private static List<Way> ways(DatabaseMetaData metadata) throws SQLException {
        Map<String, Way> ways = new LinkedHashMap<>();
        try (ResultSet functions = metadata.getFunctions(null, null, "%")) {
            while (functions.next()) {
                ways.put(
                        functions.getString("SPECIFIC_NAME"),
                        new Way(functions.getString("FUNCTION_NAME"), Way.ANY, new ArrayList<>()));
            }
        }
        try (ResultSet columns = metadata.getFunctionColumns(null, null, "%", "%")) {
            while (columns.next()) {
                Way way = ways.get(columns.getString("SPECIFIC_NAME"));
                String type = columns.getString("TYPE_NAME");
                if (columns.getInt("COLUMN_TYPE") == DatabaseMetaData.functionColumnIn) {
                    way.operands().add(type);
                } else {
                    ways.put(columns.getString("SPECIFIC_NAME"), new Way(way.name(), type, way.operands()));
                }
            }
        }
        return List.copyOf(ways.values());
    }

    @Test
    void functionsAreCalledAsTheMetadataSays() throws SQLException {
        List<String> surprises = new ArrayList<>();
        for (Way way : ways(connection.getMetaData())) {
            if (!CALLED_OTHERWISE.containsKey(way.name())) {
                String type = typeOf(way.queries());
                boolean as = type.equals(way.result())
                        || type.equals(REFUSED)
                        || way.result().equals(Way.ANY) && !type.startsWith(ERROR);
                if (!as) {
                    surprises.add(way.call() + " answers " + way.result() + ", got " + type);
                }
            }
        }
        assertThat(surprises).isEmpty();
        for (String query : CALLED_OTHERWISE.values()) {
            assertThat(typeOf(List.of(query))).as(query).doesNotStartWith(ERROR);
        }
    }

    /** The type that one of these queries answers, or what the last one fails with. */
    private String typeOf(List<String> queries) throws SQLException {
        String type = "";
        for (String query : queries) {
            try (ResultSet rows = statement.executeQuery(query)) {
                return rows.getMetaData().getColumnTypeName(1);
            } catch (SQLException e) {
                // A value that does not suit is as good a sign as an answer that the function was called.
                if (e.getSQLState().startsWith("22")) {
                    return REFUSED;
                }
                type = ERROR + e.getMessage();
            }
        }
        return type;
    }

    @Test
    void patternsChooseFunctions() throws SQLException {
        DatabaseMetaData metadata = connection.getMetaData();
        assertThat(Client.rows(metadata.getFunctionColumns("def", "information_schema", "octet\\_length", null)))
                .containsExactly(
                        "def|information_schema|octet_length|result|4|4|INT|null|null|null|10|1|null|null|0|YES|octet_length_1",
                        "def|information_schema|octet_length|operand1|1|12|TEXT|null|null|null|null|1|null|null|1|YES|octet_length_1",
                        "def|information_schema|octet_length|result|4|4|INT|null|null|null|10|1|null|null|0|YES|octet_length_2",
                        "def|information_schema|octet_length|operand1|1|-3|BYTES|null|null|null|null|1|null|null|1|YES|octet_length_2");
        assertThat(Client.rows(metadata.getFunctions(null, null, "generate%")))
                .containsExactly(
                        "def|information_schema|generate_series|null|2|generate_series_1",
                        "def|information_schema|generate_series|null|2|generate_series_2");
        assertThat(Client.rows(metadata.getFunctions(null, "main", "%"))).isEmpty();
        assertThat(Client.rows(metadata.getFunctions("other", null, "%"))).isEmpty();
    }
}
