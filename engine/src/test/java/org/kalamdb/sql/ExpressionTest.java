// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExpressionTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiterString = " | ",
            quoteCharacter = '#',
            value = {
                "a::int + 1 | CAST(a AS INT) + 1",
                "-a::int | - CAST(a AS INT)",
                "a::decimal(10,2)::text | CAST(CAST(a AS DECIMAL(10, 2)) AS TEXT)",
                "a * b::bigint | a * CAST(b AS BIGINT)",
                "data -> 'a' ->> 'b' = 'c' | json_get_text(json_get(data, 'a'), 'b') = 'c'",
                "data ->> 'n' || 'x' | json_get_text(data, 'n') || 'x'",
                "data -> 0 -> 'k' | json_get(json_get(data, 0), 'k')",
                "coalesce(data -> 'a', x) | COALESCE(json_get(data, 'a'), x)",
                "(data ->> 'n')::int > 3 | CAST(json_get_text(data, 'n') AS INT) > 3",
                "a ilike 'x%' | a ILIKE 'x%'",
                "a not ilike 'x' | a NOT ILIKE 'x'",
                "a like 'x' escape '!' | a LIKE 'x' ESCAPE '!'",
                "a != b | a <> b",
                "a == b | a = b",
                "a % b | a % b",
                "a || b | a || b",
                "a is distinct from b | a IS DISTINCT FROM b",
                "a is not distinct from b | a IS NOT DISTINCT FROM b",
                "a in (1, 2) and not b | a IN (1, 2) AND NOT b",
                "a = any (select 1) | a = SOME (SELECT 1)",
                "case a when 1 then 'x' else 'y' end | CASE WHEN a = 1 THEN 'x' ELSE 'y' END",
            })
    void readsOperators(String sql, String expected) {
        assertThat(Parsed.expression(sql)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiterString = " | ",
            quoteCharacter = '#',
            value = {
                "'it''s' | 'it''s'",
                "'日本' | '日本'",
                "N'日本' | '日本'",
                "_utf8'é' | 'é'",
                "E'\\u00e9\\'' | 'é'''",
                "U&'\\00e9' | 'é'",
                "U&'!00e9' uescape '!' | 'é'",
                "X'0aFF' | X'0AFF'",
                "1e3 | 1E3",
                ".5 | 0.5",
                "date '2020-01-31' | DATE '2020-01-31'",
                "time '10:00:00' | TIME '10:00:00'",
                "timestamp '2020-01-31 10:00:00' | TIMESTAMP '2020-01-31 10:00:00'",
                "timestamp with time zone '2020-01-31 10:00:00+01' | CAST('2020-01-31 10:00:00+01' AS DATETIME)",
                "datetime '2020-01-31' | CAST('2020-01-31' AS DATETIME)",
                "uuid '0' | CAST('0' AS UUID)",
                "json '{}' | CAST('{}' AS JSON)",
                "bigint '5' | CAST('5' AS BIGINT)",
                "interval '3' month | INTERVAL '3' MONTH",
                "interval '3 months' | INTERVAL '3' MONTH",
                "interval '-1 day' | INTERVAL '-1' DAY",
                "interval '1-2' year to month | INTERVAL '1-2' YEAR TO MONTH",
            })
    void readsLiterals(String sql, String expected) {
        assertThat(Parsed.expression(sql)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiterString = " | ",
            quoteCharacter = '#',
            value = {
                "now() | now()",
                "current_timestamp | CURRENT_TIMESTAMP()",
                "current_timestamp(3) | CURRENT_TIMESTAMP(3)",
                "current_user | CURRENT_USER()",
                "current_user() | CURRENT_USER()",
                "extract(year from x) | EXTRACT(YEAR FROM x)",
                "position('a' in b) | POSITION('a' IN b)",
                "substring(x from 1 for 2) | SUBSTRING(x, 1, 2)",
                "substring(x, 1) | SUBSTRING(x, 1)",
                "trim(both 'x' from y) | TRIM(BOTH 'x' FROM y)",
                "year(d) + month(d) | YEAR(d) + MONTH(d)",
                "left(s, 2) | left(s, 2)",
                "date_trunc('month', d) | date_trunc('month', d)",
                "count(*) filter (where x > 1) | COUNT(*) FILTER (WHERE x > 1)",
                "count(distinct a) | COUNT(DISTINCT a)",
                "string_agg(a, ',' order by b) | STRING_AGG(a, ',' ORDER BY b)",
                "sum(x) over (partition by a order by b rows 3 preceding) "
                        + "| SUM(x) OVER (PARTITION BY a ORDER BY b ROWS 3 PRECEDING)",
                "lag(x, 1) ignore nulls over (order by a) | LAG(x, 1) IGNORE NULLS OVER (ORDER BY a)",
                "cast(a as double precision) | CAST(a AS DOUBLE)",
                "cast(a as varchar(20)) | CAST(a AS TEXT)",
                "cast(a as timestamp(3) with time zone) | CAST(a AS DATETIME)",
                "cast(a as embedding(3)) | CAST(a AS EMBEDDING(3))",
            })
    void readsCalls(String sql, String expected) {
        assertThat(Parsed.expression(sql)).isEqualTo(expected);
    }
}
