// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Percentiles and statistics of pairs: their types, parameters, refusals and precision. */
final class StatisticalAggregatesTest {
    private final String url = TestDatabases.freshMemoryUrl();
    private final Client sql = new Client(url);

    @BeforeEach
    void createTable() throws SQLException {
        sql.run(
                "CREATE TABLE t (id INT PRIMARY KEY, n INT, d DECIMAL(10, 2), s TEXT, b BOOLEAN, day DATE)",
                "INSERT INTO t VALUES (1, 10, 1.50, 'b', TRUE, '2026-01-01'), (2, 20, 2.50, 'a', FALSE, '2026-01-02'),"
                        + " (3, 30, 3.25, 'c', TRUE, '2026-01-03'), (4, NULL, NULL, NULL, NULL, NULL)");
    }

    @AfterEach
    void close() throws SQLException {
        sql.close();
    }

    @Test
    void haveTheTypesOfTheirValues() throws SQLException {
        try (Connection connection = TestDatabases.connect(url);
                PreparedStatement statement = connection.prepareStatement("SELECT MEDIAN(n),"
                        + " PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY d), PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY d),"
                        + " PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY day), CORR(n, d), REGR_COUNT(n, d) FROM t")) {
            ResultSetMetaData columns = statement.executeQuery().getMetaData();

            assertThat(columns.getColumnType(1)).isEqualTo(Types.DOUBLE);
            assertThat(columns.getColumnType(2)).isEqualTo(Types.DOUBLE);
            assertThat(columns.getColumnType(3)).isEqualTo(Types.DECIMAL);
            assertThat(columns.getScale(3)).isEqualTo(2);
            assertThat(columns.getColumnType(4)).isEqualTo(Types.DATE);
            assertThat(columns.getColumnType(5)).isEqualTo(Types.DOUBLE);
            assertThat(columns.getColumnType(6)).isEqualTo(Types.BIGINT);
            assertThat(columns.getColumnLabel(2)).isEqualTo("percentile_cont");
        }
    }

    @Test
    void takeTheFractionAsAParameter() throws SQLException {
        try (Connection connection = TestDatabases.connect(url);
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT PERCENTILE_CONT(?) WITHIN GROUP (ORDER BY n), PERCENTILE_DISC(?) WITHIN GROUP (ORDER BY s)"
                                + " FROM t")) {
            statement.setDouble(1, 0.25);
            statement.setDouble(2, 1);
            try (ResultSet rows = statement.executeQuery()) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getDouble(1)).isEqualTo(15);
                assertThat(rows.getString(2)).isEqualTo("c");
            }
        }
    }

    @Test
    void tellRisingFromFallingOrder() throws SQLException {
        assertThat(sql.rows("SELECT PERCENTILE_DISC(0.3) WITHIN GROUP (ORDER BY n) AS up,"
                        + " PERCENTILE_DISC(0.3) WITHIN GROUP (ORDER BY n DESC NULLS LAST) AS down FROM t"))
                .containsExactly("10|30");
    }

    @Test
    void takeTheFractionAsItIsWritten() throws SQLException {
        assertThat(sql.value("SELECT PERCENTILE_DISC(0.07) WITHIN GROUP (ORDER BY i) FROM"
                        + " GENERATE_SERIES(1, 100) AS g(i)"))
                .isEqualTo("7");
    }

    @Test
    void refuseWhatIsNoPercentile() throws SQLException {
        SQLException failure = sql.failure("SELECT PERCENTILE_CONT(1.01) WITHIN GROUP (ORDER BY n) FROM t");
        assertThat(failure.getSQLState()).isEqualTo("22003");
        assertThat(failure.getMessage()).isEqualTo("Fraction of a percentile must be between 0 and 1, got: 1.01");
        assertThat(sql.failure("SELECT PERCENTILE_DISC(-0.5) WITHIN GROUP (ORDER BY n) FROM t")
                        .getSQLState())
                .isEqualTo("22003");
        assertThat(sql.failure("SELECT PERCENTILE_DISC(d) WITHIN GROUP (ORDER BY n) FROM t")
                        .getSQLState())
                .isEqualTo("22023");
        assertThat(sql.failure("SELECT PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY n, d) FROM t")
                        .getSQLState())
                .isEqualTo("22023");
        assertThat(sql.failure("SELECT PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY s) FROM t")
                        .getSQLState())
                .isEqualTo("42804");
        assertThat(sql.failure("SELECT PERCENTILE_CONT(0.5) FROM t").getMessage())
                .isEqualTo("PERCENTILE_CONT must be followed by WITHIN GROUP (ORDER BY ..)");
        assertThat(sql.failure("SELECT MEDIAN(s) FROM t").getSQLState()).isEqualTo("42804");
    }

    @Test
    void loseNothingFarFromZero() throws SQLException {
        assertThat(Double.parseDouble(sql.value("SELECT CORR(1e12 + n, id) FROM t")))
                .isCloseTo(1, within(1e-9));
        assertThat(Double.parseDouble(sql.value("SELECT COVAR_POP(1e12 + n, 1e12 + id) FROM t")))
                .isCloseTo(20.0 / 3, within(1e-9));
    }

    @Test
    void standBesideOtherAggregates() throws SQLException {
        assertThat(sql.rows("SELECT b, MEDIAN(n), EVERY(n > 5), BIT_OR(n), MODE(s), ARG_MAX(s, n), ANY_VALUE(day),"
                        + " APPROX_COUNT_DISTINCT(n), LISTAGG(s, '-') WITHIN GROUP (ORDER BY s NULLS FIRST), GROUPING(b)"
                        + " FROM t WHERE b GROUP BY b"))
                .containsExactly("true|20.0|true|30|b|c|2026-01-01|2|b-c|0");
        assertThat(sql.rows("SELECT STDDEV_POP(n), MEDIAN(n), AVG(d), SUM(DISTINCT n) FROM t WHERE id < 3"))
                .containsExactly("5.0|15.0|2.000000|30");
    }
}
