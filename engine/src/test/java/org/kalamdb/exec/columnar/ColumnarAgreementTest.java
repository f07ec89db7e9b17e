// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.columnar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.util.DateString;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kalamdb.error.KalamException;
import org.kalamdb.exec.LiteralTable;
import org.kalamdb.exec.RuntimeErrors;
import org.kalamdb.exec.SqlRunner;
import org.kalamdb.exec.generated.EnumerableConversion;
import org.kalamdb.exec.generated.GeneratedRows;
import org.kalamdb.type.KalamDataType;

/** Columnar operators answer what generated code answers, and fail where it fails. */
final class ColumnarAgreementTest {
    private static final List<String> COLUMNS = List.of("l", "i", "d", "f", "s", "dt", "b");
    private static final List<KalamDataType> TYPES = List.of(
            KalamDataType.BIGINT,
            KalamDataType.INT,
            KalamDataType.decimal(18, 2),
            KalamDataType.DOUBLE,
            KalamDataType.TEXT,
            KalamDataType.DATE,
            KalamDataType.BOOLEAN);
    private static final List<@Nullable Object[]> ROWS = rows();

    /** More rows than a batch has, with NULLs and the ends of ranges among the first. */
    private static List<@Nullable Object[]> rows() {
        List<@Nullable Object[]> rows = new ArrayList<>();
        rows.add(new @Nullable Object[7]);
        rows.add(row(Long.MAX_VALUE, Integer.MAX_VALUE, "9999999999999999.99", 1e300, "", "9999-12-31", true));
        rows.add(row(-Long.MAX_VALUE, Integer.MIN_VALUE, "-9999999999999999.99", 1e-300, "ß€😀", "0001-01-01", false));
        rows.add(row(0, 0, "0.00", 0, "a%b_c", "1970-01-01", null));
        for (int i = 0; i < 5000; i++) {
            rows.add(
                    i % 17 == 3
                            ? row(i, null, null, null, null, null, null)
                            : row(
                                    i,
                                    i % 7 - 3,
                                    i - 2500 + ".25",
                                    i % 13 + 0.5,
                                    "text " + i % 29,
                                    "2024-02-%02d".formatted(1 + i % 29),
                                    i % 3 == 2 ? null : i % 3 == 0));
        }
        return rows;
    }

    private static @Nullable Object[] row(
            long l,
            @Nullable Integer i,
            @Nullable String d,
            @Nullable Number f,
            @Nullable String s,
            @Nullable String dt,
            @Nullable Boolean b) {
        return new @Nullable Object[] {
            BigDecimal.valueOf(l),
            i == null ? null : BigDecimal.valueOf(i),
            d == null ? null : new BigDecimal(d),
            f == null ? null : f.doubleValue(),
            s,
            dt == null ? null : new DateString(dt),
            b
        };
    }

    /** The plan of a query over the rows, written as literals. */
    private static RelNode plan(String sql) {
        return LiteralTable.plan(sql, COLUMNS, TYPES, ROWS);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "SELECT l, i, d, f, s, dt, b FROM t",
                "SELECT i + 1, i - 1, i * 2 FROM t WHERE i BETWEEN -10 AND 10",
                "SELECT l / 7, -i, ABS(i), MOD(l, 10) FROM t WHERE i > -100",
                "SELECT d + 0.005, d - 1, d * d, d * 1.123456789, -d FROM t",
                "SELECT d / 3, d / (i + 4) FROM t WHERE i BETWEEN -3 AND 3",
                "SELECT f + 1, f * 2, f / 3, -f FROM t WHERE f < 1e300",
                "SELECT l FROM t WHERE i = 0 OR d > 2000 OR s = 'text 3'",
                "SELECT l FROM t WHERE NOT (i > 0 AND f < 5)",
                "SELECT l, i > 0 AND b, i > 0 OR b, NOT b, b IS TRUE, b IS NOT FALSE, b IS NULL FROM t",
                "SELECT CASE WHEN i = 0 THEN NULL ELSE 10 / i END FROM t WHERE l < 100",
                "SELECT COALESCE(i, -1), COALESCE(s, 'none'), NULLIF(i, 0) FROM t",
                "SELECT i IN (1, 2, 3), i IN (1, NULL), s IN ('text 1', 'text 2'), i NOT IN (1, 5) FROM t",
                "SELECT i IS DISTINCT FROM 1, s IS NOT DISTINCT FROM NULL FROM t",
                "SELECT CAST(i AS BIGINT), CAST(i AS DOUBLE), CAST(i AS DECIMAL(20, 3)), CAST(d AS DOUBLE) FROM t",
                "SELECT CAST(d AS BIGINT), CAST(d AS DECIMAL(20, 1)), CAST(i AS VARCHAR), CAST(d AS VARCHAR) FROM t",
                "SELECT CAST(s AS VARCHAR(4)), CAST(dt AS VARCHAR), CAST(b AS VARCHAR), CAST(f AS VARCHAR) FROM t",
                "SELECT s LIKE 'text %', s LIKE '%1', s LIKE 't_xt 1%', s LIKE '%', s LIKE '', s LIKE '_' FROM t",
                "SELECT s LIKE '__€%', s LIKE '%\\%b%' ESCAPE '\\', s LIKE '%x__', s LIKE '%e%t%2%', s NOT LIKE '%5' FROM t",
                "SELECT s < 'text 2', s >= 'text 11', s <> '' FROM t",
                "SELECT UPPER(s), LOWER(s), SUBSTRING(s, 2, 3), SUBSTRING(s FROM 3), CHAR_LENGTH(s), s || '!' FROM t",
                "SELECT SUBSTRING(s, i, 2), SUBSTRING(s FROM i), SUBSTRING(s, 0, 3) FROM t WHERE i < 100",
                "SELECT (1 - d) * (2 + d) * d, d * 100 - d, 1 - d, d + 100.5 FROM t WHERE MOD(l, 3) > 0 AND i BETWEEN -3 AND 3",
                "SELECT SUM(d), SUM((1 - d) * d), SUM(d * d * d) FROM t WHERE i <> 1 AND i BETWEEN -3 AND 3",
                "SELECT b, COUNT(*), SUM(d), SUM(i), SUM(CAST(l AS DECIMAL(30, 1))) FROM t WHERE i BETWEEN -3 AND 3 GROUP BY b",
                "SELECT POSITION('x' IN s), REVERSE(s) FROM t",
                "SELECT EXTRACT(YEAR FROM dt), EXTRACT(MONTH FROM dt), EXTRACT(DOW FROM dt) FROM t",
                "SELECT dt + INTERVAL '1' MONTH, dt - INTERVAL '3' DAY FROM t WHERE i BETWEEN -10 AND 10",
                "SELECT dt < DATE '2024-02-10', dt = DATE '2024-02-29' FROM t",
                "SELECT FLOOR(d), CEIL(d), FLOOR(f), ROUND(d, 1), ROUND(f) FROM t WHERE f < 1e300",
                "SELECT COUNT(*), COUNT(i), SUM(i), SUM(d), MIN(d), MAX(s), MIN(s), MIN(dt), MAX(f), MIN(f) FROM t",
                "SELECT COUNT(*), SUM(i), MAX(s) FROM t WHERE l = 123456789",
                "SELECT SUM(l) FROM t",
                "SELECT i, COUNT(*), SUM(l), SUM(f), MIN(s) FROM t WHERE l < 5000 GROUP BY i",
                "SELECT s, b, COUNT(*), MAX(dt), SUM(d) FROM t GROUP BY s, b",
                "SELECT f, d, COUNT(*) FROM t GROUP BY f, d",
                "SELECT dt, MIN(l) FROM t WHERE b GROUP BY dt",
                "SELECT i, b, COUNT(*) FROM t GROUP BY ROLLUP(i, b)",
                "SELECT i, SUM(d) FILTER (WHERE b), COUNT(*) FILTER (WHERE l < 10) FROM t GROUP BY i",
                "SELECT i, MEDIAN(d) FROM t GROUP BY i",
                "SELECT DISTINCT i, b FROM t",
                "SELECT COUNT(DISTINCT i), COUNT(DISTINCT s), SUM(DISTINCT d), COUNT(*), MIN(DISTINCT dt) FROM t",
                "SELECT i, COUNT(DISTINCT s), COUNT(DISTINCT b), SUM(d), COUNT(DISTINCT dt) FILTER (WHERE b) FROM t GROUP BY i",
                "SELECT i, COUNT(DISTINCT s), SUM(l) FROM t GROUP BY ROLLUP(i, b)",
                "SELECT i, APPROX_COUNT_DISTINCT(s) FROM t GROUP BY i",
                "SELECT l FROM t OFFSET 2047 ROWS FETCH NEXT 3000 ROWS ONLY",
                "SELECT i FROM t WHERE l < 3 UNION ALL SELECT i FROM t WHERE l > 4990",
                "SELECT i FROM t WHERE b AND i > 100",
                "SELECT i, s FROM t INTERSECT SELECT i, s FROM t WHERE l < 100",
                "SELECT i, s FROM t INTERSECT ALL SELECT i, s FROM t WHERE l < 1000 INTERSECT ALL SELECT i, s FROM t WHERE b",
                "SELECT i, s, b FROM t EXCEPT SELECT i, s, b FROM t WHERE l < 100",
                "SELECT d, dt FROM t EXCEPT ALL SELECT d, dt FROM t WHERE b",
                "SELECT i FROM t EXCEPT ALL SELECT i FROM t WHERE b EXCEPT ALL SELECT i FROM t WHERE l > 2000",
                "SELECT DISTINCT s FROM t UNION SELECT s || '' FROM t",
                "SELECT l, i FROM t ORDER BY i DESC, l FETCH NEXT 10 ROWS ONLY",
                "SELECT l FROM t ORDER BY d NULLS FIRST, f DESC, l OFFSET 100 ROWS FETCH NEXT 50 ROWS ONLY",
                "SELECT l, s FROM t ORDER BY s DESC NULLS LAST, dt, b, l OFFSET 4000 ROWS",
                "SELECT x.l, y.l FROM t AS x JOIN t AS y ON x.l = y.l AND x.i < y.i + CAST(2 AS BIGINT)",
                "SELECT x.l, y.s FROM t AS x JOIN t AS y ON x.l = y.i WHERE y.l < 100",
                "SELECT x.l, y.l FROM t AS x LEFT JOIN t AS y ON x.i = y.l AND y.b AND x.l < 3000",
                "SELECT x.l, y.l FROM t AS x RIGHT JOIN t AS y ON x.d = y.d AND x.s = y.s AND x.dt = y.dt",
                "SELECT x.l, y.l FROM (SELECT * FROM t WHERE l < 2500) AS x FULL JOIN (SELECT * FROM t WHERE l > 2000) AS y"
                        + " ON x.l = y.l AND x.b",
                "SELECT x.l, y.l FROM (SELECT * FROM t WHERE l < 50) AS x JOIN (SELECT * FROM t WHERE l < 60) AS y ON x.l < y.l",
                "SELECT x.l, y.l FROM (SELECT * FROM t WHERE l < 50) AS x CROSS JOIN (SELECT * FROM t WHERE l > 4950) AS y",
                "SELECT COUNT(*) FROM t AS x JOIN t AS y ON x.s = y.s AND x.f = y.f WHERE x.l < 300",
                "SELECT x.l, y.i FROM t AS x JOIN t AS y ON x.l IS NOT DISTINCT FROM y.l",
                "SELECT x.l FROM t AS x JOIN (SELECT 1 AS n FROM t WHERE l > 100000) AS y ON x.l = y.n",
            })
    void answersTheSame(String select) {
        RelNode plan = plan(select);

        List<String> columnar = columnar(plan);

        assertThat(columnar).isEqualTo(generated(plan));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "(SELECT * FROM t WHERE l < 300) AS x JOIN t AS y ON x.i = y.l",
                "(SELECT * FROM t WHERE l < 300) AS x JOIN t AS y ON x.s = y.s AND x.f = y.f",
                "(SELECT * FROM t WHERE l < 40) AS x JOIN t AS y ON x.s = y.s AND x.l <> y.l AND y.b",
                "(SELECT * FROM t WHERE l < 300) AS x JOIN t AS y ON x.i IS NOT DISTINCT FROM y.i",
                "(SELECT * FROM t WHERE l < 9) AS x JOIN t AS y ON x.l > y.i",
                "t AS x JOIN (SELECT * FROM t WHERE l < 300) AS y ON x.i = y.l",
                "t AS x JOIN (SELECT * FROM t WHERE l < 40) AS y ON x.s = y.s AND x.l <> y.l AND y.b",
            })
    void semiJoinsAnswerTheSame(String from) {
        RelNode joined = plan("SELECT * FROM " + from);
        Join join = (Join) joined.getInput(0);
        for (JoinRelType type : List.of(JoinRelType.SEMI, JoinRelType.ANTI)) {
            RelNode plan =
                    LogicalJoin.create(join.getLeft(), join.getRight(), List.of(), join.getCondition(), Set.of(), type);

            List<String> columnar = columnar(plan);

            assertThat(columnar).as(type.name()).isEqualTo(generated(plan));
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "SELECT l + l FROM t",
                "SELECT l * 3 FROM t",
                "SELECT i + 1 FROM t",
                "SELECT -i FROM t",
                "SELECT 1 / i FROM t",
                "SELECT 1.5 / i FROM t",
                "SELECT f / i FROM t",
                "SELECT CAST(l AS INT) FROM t",
                "SELECT CAST(d AS DECIMAL(5, 2)) FROM t",
                "SELECT CAST(s AS INT) FROM t",
                "SELECT dt + INTERVAL '1' DAY FROM t",
                "SELECT l FROM t WHERE 10 / i > 2",
                "SELECT SUBSTRING(s, 1, i) FROM t WHERE i > -3",
                "SELECT CAST(d * 100 - d AS DECIMAL(18, 2)) FROM t",
            })
    void failsTheSame(String select) {
        RelNode plan = plan(select);

        KalamException failure = failure(() -> generated(plan));

        assertThatThrownBy(() -> columnar(plan))
                .isInstanceOfSatisfying(
                        KalamException.class,
                        actual -> assertThat(actual.code()).isEqualTo(failure.code()));
    }

    @Test
    void conditionsProtectThoseBehindThem() {
        assertThat(columnar(plan("SELECT MAX(10 / i) FROM t WHERE i <> 0 AND 10 / i > 2")))
                .containsExactly("[Integer 10]");
        assertThat(columnar(plan("SELECT COUNT(*) FROM t WHERE l < 0 AND (i = 0 OR 10 / i > 2)")))
                .containsExactly("[Long 0]");
    }

    @Test
    void groupsBothZerosAndWhatIsNotANumber() {
        String number = "CASE i WHEN 0 THEN CAST('NaN' AS DOUBLE) WHEN 1 THEN CAST('-0' AS DOUBLE) WHEN 2 THEN 0e0 END";

        assertThat(columnar(plan("SELECT g, COUNT(*) FROM (SELECT %s AS g FROM t WHERE l < 5000) AS x GROUP BY g"
                        .formatted(number))))
                .hasSize(3)
                .anyMatch(row -> row.startsWith("[Double NaN"))
                .anyMatch(row -> row.startsWith("[Double 0.0"));
    }

    @Test
    void comparesWhatIsNotANumberAsGreatest() {
        assertThat(columnar(plan("SELECT n = n, n > 1e308, n < 1, 0e0 = z FROM "
                        + "(SELECT CAST('NaN' AS DOUBLE) AS n, CAST('-0' AS DOUBLE) AS z FROM t WHERE l = 1) AS x")))
                .containsExactly("[Boolean true, Boolean true, Boolean false, Boolean true]");
    }

    private static KalamException failure(Runnable query) {
        try {
            query.run();
        } catch (KalamException e) {
            return e;
        }
        throw new AssertionError("Expected a failure");
    }

    private static List<String> columnar(RelNode plan) {
        OperatorPlan operators =
                new ColumnarConversion(plan.getCluster().getRexBuilder(), CommonSubplans.in(plan)).convert(plan);
        assertThat(operators).as(RelOptUtil.toString(plan)).isNotNull();
        assertThat(operators.toString()).doesNotContain("Enumerable");
        return rows(new ColumnarRows(operators, plan.getRowType().getFieldCount()).rows(new SqlRunner().context()));
    }

    private static List<String> generated(RelNode plan) {
        EnumerableConversion conversion =
                new EnumerableConversion(plan.getCluster().getRexBuilder(), part -> null);
        return rows(GeneratedRows.of(conversion.convert(plan)).bind(new SqlRunner().context()));
    }

    /** As text, sorted, with decimals written in one way. */
    private static List<String> rows(Enumerable<?> rows) {
        List<String> texts = new ArrayList<>();
        try (Enumerator<?> each = rows.enumerator()) {
            while (each.moveNext()) {
                Object row = each.current();
                List<String> values = new ArrayList<>();
                for (Object value : row instanceof Object[] array ? array : new Object[] {row}) {
                    values.add(text(value));
                }
                texts.add(values.toString());
            }
        } catch (RuntimeException | Error e) {
            throw RuntimeErrors.translate(e);
        }
        texts.sort(null);
        return texts;
    }

    private static String text(@Nullable Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal.stripTrailingZeros().toPlainString();
        }
        return value == null
                ? "NULL"
                : value.getClass().getSimpleName() + " "
                        + Objects.requireNonNull(value).toString().replace("-0.0", "0.0");
    }
}
