// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The 22 queries of TPC-H answer as DuckDB does. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TpchTest {
    private static final double SCALE = 0.01;

    private final Connection kalam = TestDatabases.connect(TestDatabases.freshMemoryUrl());
    private final Connection reference = TestDatabases.connect("jdbc:duckdb:");

    @BeforeAll
    void load() throws SQLException, IOException {
        TpchData.createTables(kalam);
        TpchData.createTables(reference);
        TpchData.load(kalam, SCALE);
        TpchData.append(reference.unwrap(DuckDBConnection.class), SCALE);
    }

    @AfterAll
    void close() throws SQLException {
        kalam.close();
        reference.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "region, r_regionkey",
        "nation, n_nationkey",
        "part, p_partkey",
        "supplier, s_suppkey",
        "partsupp, 'ps_partkey, ps_suppkey'",
        "customer, c_custkey",
        "orders, o_orderkey",
        "lineitem, 'l_orderkey, l_linenumber'"
    })
    void storesEveryRow(String table, String key) throws SQLException {
        String sql = "SELECT * FROM " + table + " ORDER BY " + key;

        assertThat(Answer.of(kalam, sql)).usingEquals(Answer::hasSequenceOf).isEqualTo(Answer.of(reference, sql));
    }

    @ParameterizedTest(name = "Q{0}")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22})
    void answersQuery(int number) throws SQLException, IOException {
        TpchAnswers.assertSame(kalam, reference, number);
    }
}
