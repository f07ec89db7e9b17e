// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The functions that JDBC names are there under its names. */
final class JdbcEscapesTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', quoteCharacter = '~', textBlock = """
            UCASE('a'), LCASE('A'), CONCAT('a', 'b'), LENGTH('abc'), SUBSTRING('abc', 1, 2), LOCATE('b', 'abc') ; A|a|ab|3|ab|2
            ASCII('a'), CHAR(65), INSERT('abc', 1, 1, 'x'), LEFT('abc', 1), RIGHT('abc', 1), REPLACE('aba', 'a', 'x') ; 97|A|xbc|a|c|xbx
            LTRIM(' a'), RTRIM('a '), REPEAT('a', 3), SPACE(0), SOUNDEX('abc') ; a|a|aaa||A120
            ABS(-1), MOD(5, 3), POWER(2, 3), ROUND(1.5, 0), SIGN(-2), SQRT(4), TRUNCATE(1.29, 1) ; 1|2|8.0|2|-1|2.0|1.2
            CEILING(1.2), FLOOR(1.2), LOG10(10), EXP(0), SIN(0), COS(0), TAN(0), ATAN2(0, 1) ; 2|1|1.0|1.0|0.0|1.0|0.0|0.0
            YEAR(DATE '2024-02-29'), MONTH(DATE '2024-02-29'), DAYOFMONTH(DATE '2024-02-29') ; 2024|2|29
            DAYOFWEEK(DATE '2024-02-29'), DAYOFYEAR(DATE '2024-02-29'), QUARTER(DATE '2024-02-29') ; 5|60|1
            HOUR(TIME '10:11:12'), MINUTE(TIME '10:11:12'), SECOND(TIME '10:11:12') ; 10|11|12
            DAYNAME(DATE '2024-02-29'), MONTHNAME(DATE '2024-02-29'), IFNULL(NULL, 1) ; Thursday|February|1
            TIMESTAMPADD(SQL_TSI_DAY, 1, DATE '2024-02-29'), TIMESTAMPDIFF(SQL_TSI_DAY, DATE '2024-02-01', DATE '2024-02-29') ; 2024-03-01|28
            POSITION('a' IN 'ba'), EXTRACT(YEAR FROM DATE '2024-02-29') ; 2|2024
            CONVERT('12', SQL_INTEGER), CONVERT(1, SQL_VARCHAR) ; 12|1
            """)
    void areEvaluated(String calls, String expected) throws SQLException {
        try (Client client = new Client(TestDatabases.freshMemoryUrl())) {
            String escapes = "{fn " + calls.replaceAll("\\), (?=[A-Z0-9]+\\()", ")}, {fn ") + "}";

            assertThat(client.value("SELECT " + escapes)).isEqualTo(expected);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', quoteCharacter = '~', textBlock = """
            SELECT COUNT(*) FROM {oj t a LEFT OUTER JOIN t b ON a.id = b.id + {fn ABS(-1)}} WHERE a.id < 3 ; 2
            SELECT COUNT(*) FROM { OJ {oj t a LEFT JOIN t b ON a.id = b.id} LEFT JOIN t c ON a.id = c.id } ; 3
            SELECT COUNT(*) FROM t WHERE name LIKE '%!%%' {escape '!'} AND id > 0 ; 1
            SELECT id FROM t ORDER BY id {limit 1 offset 1} ; 2
            SELECT id FROM t ORDER BY id DESC {LIMIT 1} ; 3
            SELECT COUNT(*) FROM t WHERE {fn CURRENT_DATE} = CURRENT_DATE AND { fn CURRENT_TIMESTAMP() } = NOW() AND {fn USER} = USER ; 3
            SELECT oj FROM (SELECT id AS oj FROM t) x WHERE oj = 2 ; 2
            """)
    void meanWhatStandsInThem(String query, String expected) throws SQLException {
        try (Client client = new Client(TestDatabases.freshMemoryUrl())) {
            client.run("CREATE TABLE t (id INT PRIMARY KEY, name TEXT)");
            client.run("INSERT INTO t VALUES (1, 'a'), (2, 'b%'), (3, 'c')");

            assertThat(client.value(query)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT 1 {limit 1", "SELECT 1 {limit 1}}", "SELECT 1 {nope 1}", "SELECT {oj 1 FROM t"})
    void areRefusedIfTheyDoNotEnd(String query) throws SQLException {
        try (Client client = new Client(TestDatabases.freshMemoryUrl())) {
            assertThatThrownBy(() -> client.value(query)).isInstanceOf(SQLSyntaxErrorException.class);
        }
    }
}
