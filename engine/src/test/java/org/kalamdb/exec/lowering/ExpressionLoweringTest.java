// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.lowering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.exec.SqlRunner;

/** Expressions from text through generated code to text. */
final class ExpressionLoweringTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            TIMESTAMP '2024-01-31 10:00:00.123456' + INTERVAL '1' MONTH       | 2024-02-29 10:00:00.123456
            TIMESTAMP '2024-03-31 00:00:00' - INTERVAL '1' MONTH              | 2024-02-29 00:00:00
            TIMESTAMP '2024-02-29 00:00:00' + INTERVAL '1' YEAR               | 2025-02-28 00:00:00
            TIMESTAMP '2024-02-29 00:00:00' + INTERVAL '-1' YEAR              | 2023-02-28 00:00:00
            TIMESTAMP '1969-12-31 23:59:59.999999' + INTERVAL '0.001' SECOND  | 1970-01-01 00:00:00.000999
            DATE '2024-01-31' + INTERVAL '1' MONTH                            | 2024-02-29
            DATE '2024-01-31' - INTERVAL '31' DAY                             | 2023-12-31
            TIME '10:11:12.000001' + INTERVAL '14' HOUR                       | 00:11:12.000001
            TIMESTAMPADD(MICROSECOND, 1, TIMESTAMP '2024-01-31 00:00:00')     | 2024-01-31 00:00:00.000001
            TIMESTAMPADD(QUARTER, 1, DATE '2024-11-30')                       | 2025-02-28
            TIMESTAMPADD(HOUR, -1, DATE '2024-01-01')                         | 2023-12-31 23:00:00
            TIMESTAMPDIFF(MICROSECOND, TIMESTAMP '2024-01-01 00:00:00', TIMESTAMP '2024-01-01 00:00:00.000005') | 5
            TIMESTAMPDIFF(MONTH, DATE '2024-01-31', DATE '2024-02-29')        | 1
            TIMESTAMPDIFF(YEAR, DATE '2023-03-01', DATE '2024-02-29')         | 0
            TIMESTAMPDIFF(SECOND, TIMESTAMP '1970-01-01 00:00:01', TIMESTAMP '1969-12-31 23:59:59') | -2
            CAST((DATE '2024-03-01' - DATE '2024-02-01') DAY AS INTEGER)      | 29
            CAST(INTERVAL '1 02:03:04.5' DAY TO SECOND AS VARCHAR)            | +1 02:03:04.500
            INTERVAL '1' DAY * 2 = INTERVAL '48' HOUR                         | true
            """)
    void computesWithIntervals(String expression, String expected) {
        assertThat(SqlRunner.text(expression)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            EXTRACT(MICROSECOND FROM TIMESTAMP '1969-12-31 23:59:59.999999')   | 59999999
            EXTRACT(EPOCH FROM TIMESTAMP '1969-12-31 23:59:59.999999')         | -1
            EXTRACT(DOW FROM DATE '2024-03-03')                                | 1
            EXTRACT(ISODOW FROM DATE '2024-03-03')                             | 7
            EXTRACT(WEEK FROM DATE '2021-01-03')                               | 53
            EXTRACT(ISOYEAR FROM DATE '2021-01-03')                            | 2020
            EXTRACT(DOY FROM DATE '2024-12-31')                                | 366
            EXTRACT(CENTURY FROM DATE '2001-01-01')                            | 21
            EXTRACT(MILLISECOND FROM TIME '10:11:12.345678')                   | 12345
            EXTRACT(DAY FROM INTERVAL '5 12:00:00' DAY TO SECOND)              | 5
            FLOOR(TIMESTAMP '1969-12-31 23:59:59.999999' TO SECOND)            | 1969-12-31 23:59:59
            CEIL(TIMESTAMP '1969-12-31 23:59:59.999999' TO SECOND)             | 1970-01-01 00:00:00
            CEIL(TIMESTAMP '2024-03-03 10:11:12' TO MONTH)                     | 2024-04-01 00:00:00
            FLOOR(DATE '2024-03-03' TO QUARTER)                                | 2024-01-01
            FLOOR(TIME '10:11:12.345678' TO MINUTE)                            | 10:11:00
            DATE_TRUNC('week', DATE '2024-03-03')                              | 2024-02-26 00:00:00
            DATE_PART('second', TIMESTAMP '2024-03-03 10:11:12.5')             | 12.5
            LAST_DAY(DATE '2024-02-01')                                        | 2024-02-29
            NOW()                                                              | 2024-02-29 12:34:56.789012
            CURRENT_TIME                                                       | 12:34:56.789012
            {fn CURDATE()}                                                     | 2024-02-29
            """)
    void takesFieldsOfDatetimes(String expression, String expected) {
        assertThat(SqlRunner.text(expression)).isEqualTo(expected);
    }

    /** U+1F600 takes two chars of Java and four bytes. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            LENGTH('a\uD83D\uDE00b')                              | 3
            CHAR_LENGTH('')                                       | 0
            {fn LENGTH('a\uD83D\uDE00b')}                         | 3
            SUBSTRING('a\uD83D\uDE00b', 2, 1)                     | \uD83D\uDE00
            SUBSTRING('a\uD83D\uDE00b' FROM 3)                    | b
            SUBSTRING('hello', 0, 3)                              | he
            SUBSTRING('hello', -1, 4)                             | he
            SUBSTRING('hello', CAST(-1 AS BIGINT), CAST(4 AS BIGINT)) | he
            SUBSTRING('hello', 2, 9223372036854775807)            | ello
            SUBSTRING('hello', 9, 2)                              | ~~
            SUBSTR('hello', 4)                                    | lo
            LEFT('\uD83D\uDE00bc', 2)                             | \uD83D\uDE00b
            LEFT('\uD83D\uDE00bc', -1)                            | \uD83D\uDE00b
            LEFT('abc', -5)                                       | ~~
            RIGHT('ab\uD83D\uDE00', 2)                            | b\uD83D\uDE00
            RIGHT('ab\uD83D\uDE00', -2)                           | \uD83D\uDE00
            RIGHT('abc', 5)                                       | abc
            LPAD('\uD83D\uDE00', 3, 'xy')                         | xy\uD83D\uDE00
            LPAD('abc', 2)                                        | ab
            LPAD('abc', -1, 'x')                                  | ~~
            RPAD('a', 4, '\uD83D\uDE00b')                         | a\uD83D\uDE00b\uD83D\uDE00
            RPAD('a', 4, '')                                      | a
            POSITION('b' IN '\uD83D\uDE00b')                      | 2
            POSITION('b' IN '\uD83D\uDE00b\uD83D\uDE00b' FROM 3)  | 4
            POSITION('x' IN 'abc')                                | 0
            POSITION('' IN 'abc')                                 | 1
            STRPOS('\uD83D\uDE00b', 'b')                          | 2
            INSTR('\uD83D\uDE00b', 'b')                           | 2
            OVERLAY('a\uD83D\uDE00c' PLACING 'xy' FROM 2 FOR 1)   | axyc
            OVERLAY('abcdef' PLACING 'xy' FROM 3)                 | abxyef
            TRANSLATE('a\uD83D\uDE00c', '\uD83D\uDE00c', 'x')     | ax
            """)
    void countsCharactersAndNotWhatJavaNeedsForThem(String expression, String expected) {
        assertThat(SqlRunner.text(expression)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            CAST('2024-01-31 10:00:00.123456' AS TIMESTAMP)                 | 2024-01-31 10:00:00.123456
            CAST(TIMESTAMP '2024-02-01 00:00:00.123456' AS VARCHAR)         | 2024-02-01 00:00:00.123456
            CAST(TIMESTAMP '2024-02-01 00:00:00.123456' AS TIME)            | 00:00:00.123456
            CAST(TIMESTAMP '2024-02-01 00:00:00.123456' AS TIMESTAMP(3))    | 2024-02-01 00:00:00.123
            CAST('2024-01-01T10:00:00+02:00' AS TIMESTAMP WITH LOCAL TIME ZONE) | 2024-01-01 08:00:00+00
            CAST(TIME '10:11:12' AS TIMESTAMP)                              | 2024-02-29 10:11:12
            CAST(2.5 AS INTEGER)                                            | 3
            CAST(CAST(-2.5 AS DOUBLE) AS INTEGER)                           | -3
            CAST(1.555 AS DECIMAL(5,2))                                     | 1.56
            CAST('true' AS BOOLEAN)                                         | true
            CAST(TRUE AS INTEGER)                                           | 1
            CAST(CAST('018f4e5c-0000-7000-8000-000000000001' AS UUID) AS VARCHAR) | 018f4e5c-0000-7000-8000-000000000001
            CAST('\\x6162' AS VARBINARY)                                    | \\x6162
            CAST('abcdef' AS VARCHAR(3))                                    | abc
            1.0/3.0                                                         | 0.333333
            7 / 2                                                           | 3
            CAST(1 AS DOUBLE) / 4                                           | 0.25
            """)
    void convertsAsStoredValuesDo(String expression, String expected) {
        assertThat(SqlRunner.text(expression)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            CAST('abc' AS INTEGER)                                   | INVALID_LITERAL
            CAST('2024-02-30' AS DATE)                               | INVALID_DATETIME
            CAST(99999999999 AS INTEGER)                             | NUMERIC_OUT_OF_RANGE
            CAST(12345.6 AS DECIMAL(5,2))                            | NUMERIC_OUT_OF_RANGE
            2147483647 + 1                                           | NUMERIC_OUT_OF_RANGE
            9223372036854775807 * 2                                  | NUMERIC_OUT_OF_RANGE
            -CAST(-2147483648 AS INTEGER)                            | NUMERIC_OUT_OF_RANGE
            ABS(CAST(-2147483648 AS INTEGER))                        | NUMERIC_OUT_OF_RANGE
            CAST(1 AS SMALLINT) + CAST(32767 AS SMALLINT)            | NUMERIC_OUT_OF_RANGE
            1 / 0                                                    | DIVISION_BY_ZERO
            1.0 / 0                                                  | DIVISION_BY_ZERO
            CAST(1 AS DOUBLE) / 0                                    | DIVISION_BY_ZERO
            MOD(1, 0)                                                | DIVISION_BY_ZERO
            TIMESTAMP '9999-12-31 23:59:59' + INTERVAL '1' DAY       | INVALID_DATETIME
            MAKE_DATE(2024, 2, 30)                                   | INVALID_DATETIME
            LN(0)                                                    | DATA_EXCEPTION
            SUBSTRING('abc', 1, -1)                                  | INVALID_SUBSTRING
            OVERLAY('abc' PLACING 'x' FROM 0)                        | INVALID_SUBSTRING
            RPAD('abc', 1000000000)                                  | LIMIT_EXCEEDED
            REGEXP_LIKE('abc', '(')                                  | DATA_EXCEPTION
            JSON_GET('{bad', 'a')                                    | INVALID_JSON
            L2_DISTANCE('[1,2]', '[1,2,3]')                          | DIMENSION_MISMATCH
            JSON_OBJECT('a': DATE '2024-01-01')                      | NOT_SUPPORTED
            """)
    void failsWithTheCodeOfTheFault(String expression, ErrorCode code) {
        assertThatThrownBy(() -> SqlRunner.eval(expression))
                .isInstanceOfSatisfying(
                        KalamException.class, error -> assertThat(error.code()).isEqualTo(code));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            CURRENT_USER                                   | alice
            CURRENT_NAMESPACE                              | app
            CURRENT_SCHEMA                                 | app
            CONCAT_WS(',', 'a', NULL, 'b')                 | a,b
            SPLIT_PART('a-b-c', '-', 2)                    | b
            STRPOS('hello', 'l')                           | 3
            LPAD('7', 3, '0')                              | 007
            BTRIM('xyhixy', 'xy')                          | hi
            REVERSE('abc')                                 | cba
            INITCAP('hello world')                         | Hello World
            MD5('a')                                       | 0cc175b9c0f1b6a831c399e269772661
            REGEXP_REPLACE('abc123', '[0-9]+', 'X')        | abcX
            TO_HEX(255)                                    | ff
            HEX('abc')                                     | 616263
            ENCODE(X'ff01', 'base64')                      | /wE=
            OCTET_LENGTH('ü')                              | 2
            GREATEST(1, NULL, 2)                           | 2
            NVL(NULL, 1)                                   | 1
            ROUND(-2.5)                                    | -3
            TRUNC(2.567, 1)                                | 2.5
            CBRT(27)                                       | 3.0
            LOG(2, 8)                                      | 3.0
            DAYNAME(DATE '2024-01-01')                     | Monday
            TO_CHAR(TIMESTAMP '2024-02-01 13:04:05.123456', 'YYYY-MM-DD HH24:MI:SS.US Mon') | 2024-02-01 13:04:05.123456 Feb
            TO_TIMESTAMP('01.02.2024 13:04', 'DD.MM.YYYY HH24:MI') | 2024-02-01 13:04:00
            JSON_VALUE('{"a":1}', 'lax $.a')               | 1
            JSON_GET_TEXT('{"a":"x"}', 'a')                | x
            JSON_GET('[1,2]', -1)                          | 2
            """)
    void hasTheFunctionsThatUsersExpect(String expression, String expected) {
        assertThat(SqlRunner.text(expression)).isEqualTo(expected);
    }

    @Test
    void evaluatesEachCallOfAVolatileFunction() {
        assertThat(SqlRunner.eval("SNOWFLAKE_ID() < SNOWFLAKE_ID()")).isEqualTo(true);
        assertThat(SqlRunner.eval("ULID() = ULID()")).isEqualTo(false);
        assertThat(SqlRunner.eval("RAND() = RAND()")).isEqualTo(false);
    }

    @Test
    void keepsNullsNull() {
        assertThat(SqlRunner.eval("CAST(NULL AS TIMESTAMP) + INTERVAL '1' DAY")).isNull();
        assertThat(SqlRunner.eval("COSINE_DISTANCE('[1,2]', CAST(NULL AS VARCHAR))"))
                .isNull();
        assertThat(SqlRunner.eval("CAST(CAST(NULL AS VARCHAR) AS DATE)")).isNull();
    }
}
