// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLSyntaxErrorException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a mistake is answered with: class, SQLSTATE, vendor code, place and words. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ErrorsTest {
    private static final Class<SQLSyntaxErrorException> SYNTAX = SQLSyntaxErrorException.class;
    private static final Class<SQLDataException> DATA = SQLDataException.class;
    private static final Class<SQLIntegrityConstraintViolationException> INTEGRITY =
            SQLIntegrityConstraintViolationException.class;
    private static final Class<SQLException> OTHER = SQLException.class;

    private final Client sql = new Client(TestDatabases.freshMemoryUrl());

    @BeforeAll
    void createTables() throws SQLException {
        sql.run(
                "CREATE TABLE t (id INT PRIMARY KEY, n SMALLINT, s VARCHAR(3) NOT NULL DEFAULT 'x', j JSON, e EMBEDDING(3))",
                "INSERT INTO t (id, n) VALUES (1, 1), (2, 2)",
                "CREATE STREAM TABLE events (id INT PRIMARY KEY) TTL 60",
                "CREATE VIEW v AS SELECT id FROM t",
                "CREATE VIEW quotients AS SELECT 7 / (n - 1) AS q FROM t");
    }

    @AfterAll
    void close() throws SQLException {
        sql.close();
    }

    /** Statement, class, SQLSTATE, vendor code, place in the text or empty, a part of the message. */
    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake("selec 1", SYNTAX, "42601", 1001, "1:1", "did you mean SELECT"),
                mistake("", SYNTAX, "42601", 1001, "", "empty"),
                mistake("SELECT *\nFROM t\nWHERE", SYNTAX, "42601", 1001, "3:5", "after WHERE"),
                mistake("SELECT 'abc", SYNTAX, "42601", 1001, "1:8", "Unterminated string"),
                mistake("SELECT (1", SYNTAX, "42601", 1001, "1:9", "end of the text"),
                mistake("CREATE TABLE x (by INT)", SYNTAX, "42601", 1001, "1:17", "reserved word"),
                mistake("SELECT * FROM nope", SYNTAX, "42P01", 1002, "1:15", "nope does not exist"),
                mistake("SELECT *\n  FROM nope", SYNTAX, "42P01", 1002, "2:8", "nope"),
                mistake("DROP TABLE nope", SYNTAX, "42P01", 1002, "1:1", "nope does not exist"),
                mistake("INSERT INTO nope VALUES (1)", SYNTAX, "42P01", 1002, "1:13", "nope"),
                mistake("SELECT nope FROM t", SYNTAX, "42703", 1003, "1:8", "nope does not exist"),
                mistake("SELECT id FROM t ORDER BY nope", SYNTAX, "42703", 1003, "1:27", "nope"),
                mistake("UPDATE t SET nope = 1", SYNTAX, "42703", 1003, "1:14", "nope"),
                mistake("INSERT INTO t (id, nope) VALUES (1, 2)", SYNTAX, "42703", 1003, "1:20", "nope"),
                mistake("ALTER TABLE t DROP COLUMN nope", SYNTAX, "42703", 1003, "1:", "nope"),
                mistake("CREATE TABLE nope.x (id INT)", OTHER, "3F000", 1004, "1:", "nope"),
                mistake("USE nope", OTHER, "3F000", 1004, "", "nope does not exist"),
                mistake("SELECT nope(1)", SYNTAX, "42883", 1005, "1:8", "nope"),
                mistake("SELECT nope(1, 'a', n) FROM t", SYNTAX, "42883", 1005, "1:8", "nope(INT, TEXT, SMALLINT)"),
                mistake("SELECT * FROM nope.t", OTHER, "3F000", 1004, "1:15", "Namespace nope does not exist"),
                mistake("SELECT * FROM main.nope", SYNTAX, "42P01", 1002, "1:15", "main.nope does not exist"),
                mistake("CREATE TABLE t (id INT)", SYNTAX, "42P07", 1006, "1:1", "already exists"),
                mistake("CREATE VIEW v AS SELECT 1 AS x", SYNTAX, "42P07", 1006, "1:1", "already exists"),
                mistake("CREATE TABLE x (a INT, A TEXT)", SYNTAX, "42701", 1007, "1:", "more than once"),
                mistake("INSERT INTO t (id, id) VALUES (1, 2)", SYNTAX, "42701", 1007, "1:20", "twice"),
                mistake("CREATE NAMESPACE main", SYNTAX, "42P06", 1008, "1:1", "main"),
                mistake("SELECT id FROM t a JOIN t b ON a.id = b.id", SYNTAX, "42702", 1009, "1:8", "ambiguous"),
                mistake("SELECT * FROM t UNION SELECT 1", SYNTAX, "42804", 1010, "1:", "UNION"),
                mistake("CREATE TABLE x (id nope)", SYNTAX, "42704", 1011, "1:20", "valid types are BOOLEAN"),
                mistake(
                        "CREATE TABLE x (e EMBEDDING(0))",
                        SYNTAX,
                        "42704",
                        1011,
                        "1:",
                        "must be between 1 and 8192, got: 0"),
                mistake("CREATE TABLE x (e EMBEDDING(8193))", SYNTAX, "42704", 1011, "1:", "got: 8193"),
                mistake("CREATE TABLE x (d DECIMAL(39, 0))", SYNTAX, "42704", 1011, "1:", "between 1 and 38"),
                mistake("CREATE TABLE x (d DECIMAL(5, 6))", SYNTAX, "42704", 1011, "1:", "scale"),
                mistake("ALTER TABLE t DROP COLUMN id", SYNTAX, "42P16", 1014, "1:", "primary key"),
                mistake("CREATE STREAM TABLE x (id INT)", DATA, "22023", 1015, "1:1", "time to live"),
                mistake("CREATE TABLE x (id INT) WITH (NOPE = 1)", DATA, "22023", 1015, "1:", "NOPE"),
                mistake("SELECT * FROM t WHERE id = ?", OTHER, "07002", 1017, "", "prepareStatement"),
                mistake("INSERT INTO v VALUES (1)", SYNTAX, "42809", 1018, "1:13", "v"),
                mistake("DROP TABLE v", SYNTAX, "42809", 1018, "1:1", "v"),
                mistake("INSERT INTO system.tables VALUES (1)", SYNTAX, "42501", 1020, "1:13", "read-only"),
                mistake("DELETE FROM information_schema.tables", SYNTAX, "42501", 1020, "1:13", "read-only"),
                mistake("CREATE TABLE system.x (id INT)", SYNTAX, "42501", 1020, "1:1", "system"),
                mistake("SELECT n FROM t GROUP BY id", SYNTAX, "42803", 1021, "1:8", "GROUP BY"),
                mistake("SELECT id, sum(n) FROM t", SYNTAX, "42803", 1021, "1:8", "GROUP BY"),
                mistake("SELECT max(sum(n)) FROM t", SYNTAX, "42803", 1021, "1:8", "nested"),
                mistake(
                        "INSERT INTO t (id) VALUES (1) ON CONFLICT (n) DO NOTHING",
                        SYNTAX,
                        "42P10",
                        1022,
                        "1:",
                        "primary key"),
                mistake(
                        "UPDATE events SET id = 2",
                        SQLFeatureNotSupportedException.class,
                        "0A000",
                        1023,
                        "1:8",
                        "STREAM"),
                mistake("INSERT INTO t (id, n) VALUES (9, 40000)", DATA, "22003", 1101, "1:34", "-32,768 to 32,767"),
                mistake(
                        "SELECT 2147483647 + n FROM t",
                        DATA,
                        "22003",
                        1101,
                        "1:8",
                        "2147483647 + 1 is out of range for INT"),
                mistake("SELECT CAST(1e400 AS DOUBLE)", DATA, "22003", 1101, "1:13", "1E400"),
                mistake("SELECT CHR(65000000000)", DATA, "22003", 1101, "", "65000000000"),
                mistake("SELECT id,\n JSON_TYPE(n) FROM t", SYNTAX, "42804", 1010, "2:2", "JSON_TYPE"),
                mistake("SELECT LTRIM(X'00')", SYNTAX, "42804", 1010, "1:8", "cast them"),
                mistake("SELECT FLOOR(INTERVAL '1' DAY)", SYNTAX, "42804", 1010, "1:8", "INTERVAL"),
                mistake("SELECT COALESCE()", SYNTAX, "42883", 1005, "1:8", "at least 1"),
                mistake("SELECT * FROM TABLE(UPPER('a'))", SYNTAX, "42809", 1018, "", "UPPER"),
                mistake("SELECT REGEXP_INSTR('a', '(')", DATA, "22000", 1111, "", "Invalid regular expression"),
                mistake("SELECT REPEAT('ab', 1000000000)", OTHER, "54000", 2003, "", "1000000000 times"),
                mistake("SELECT 1 / 0", DATA, "22012", 1102, "1:8", "Division by zero: 1 / 0"),
                mistake("SELECT 1 % (id - 1) FROM t", DATA, "22012", 1102, "1:8", "Division by zero: 1 % 0"),
                mistake("SELECT id\nFROM t\nWHERE 5 / (n - 2) > 1", DATA, "22012", 1102, "3:7", "5 / 0"),
                mistake("SELECT id FROM t ORDER BY 5 / (n - 2)", DATA, "22012", 1102, "1:27", "5 / 0"),
                mistake("SELECT CAST(70000 + n AS SMALLINT) FROM t", DATA, "22003", 1101, "1:8", "Value 70001"),
                mistake("SELECT 1.5 / (n - 1) FROM t", DATA, "22012", 1102, "1:8", "1.5 / 0"),
                mistake("UPDATE t SET n = 5 / (n - 1)", DATA, "22012", 1102, "1:18", "5 / 0"),
                mistake("INSERT INTO t (id) VALUES (9 / 0)", DATA, "22012", 1102, "1:28", "9 / 0"),
                mistake(
                        "SELECT q FROM quotients",
                        DATA,
                        "22012",
                        1102,
                        "1:8 of view main.quotients",
                        "Division by zero: 7 / 0"),
                mistake(
                        "SELECT q + 1 FROM (SELECT q FROM quotients)",
                        DATA,
                        "22012",
                        1102,
                        "1:8 of view main.quotients",
                        "Division by zero: 7 / 0"),
                mistake("UPDATE t SET id = id + 2147483647", DATA, "22003", 1101, "1:19", "1 + 2147483647"),
                mistake("UPDATE t\nSET id = id - -2147483647", DATA, "22003", 1101, "2:10", "1 - -2147483647"),
                mistake("SELECT cast('x' AS INT)", DATA, "22P02", 1104, "1:8", "'x'"),
                mistake("SELECT cast('2024-02-30' AS DATE)", DATA, "22007", 1105, "1:8", "2024-02-30"),
                mistake("SELECT DATE '2024-02-30'", DATA, "22007", 1105, "1:", "2024-02-30"),
                mistake("INSERT INTO t (id, s) VALUES (9, 'four')", DATA, "22001", 1106, "", "up to 3"),
                mistake("INSERT INTO t (id, j) VALUES (9, '{')", DATA, "22032", 1107, "1:34", "JSON"),
                mistake(
                        "INSERT INTO t (id, e) VALUES (9, '[1, 2]')",
                        DATA,
                        "22000",
                        1109,
                        "1:34",
                        "expected 3 elements, got 2"),
                mistake("SELECT (SELECT id FROM t)", OTHER, "21000", 1110, "", "more than one row"),
                mistake("INSERT INTO t (id, s) VALUES (9, NULL)", INTEGRITY, "23502", 1201, "", "column s"),
                mistake("UPDATE t SET s = NULL", INTEGRITY, "23502", 1201, "", "column s"),
                mistake("INSERT INTO t (id) VALUES (1)", INTEGRITY, "23505", 1202, "", "(id) = (1)"),
                mistake("SAVEPOINT s", OTHER, "25P01", 1303, "", "BEGIN"),
                mistake("SELECT id FROM t WHERE s LIKE 'x' ESCAPE 'xx'", DATA, "22019", 1112, "", "'xx'"));
    }

    private static Arguments mistake(
            String statement, Class<?> type, String sqlState, int vendorCode, String place, String words) {
        return Arguments.of(statement, type, sqlState, vendorCode, place, words);
    }

    @ParameterizedTest(name = "[{index}] {0}")
    @MethodSource("mistakes")
    void isAnsweredWith(String statement, Class<?> type, String sqlState, int vendorCode, String place, String words) {
        SQLException failure = sql.failureOfReading(statement);

        assertThat((Throwable) failure).isExactlyInstanceOf(type);
        assertThat(failure.getSQLState()).isEqualTo(sqlState);
        assertThat(failure.getErrorCode()).isEqualTo(vendorCode);
        assertThat(failure.getMessage())
                .contains(words)
                .doesNotContain("org.apache", "java.")
                .doesNotEndWith(".");
        if (place.isEmpty()) {
            assertThat(failure.getMessage()).doesNotStartWith("line ");
        } else {
            assertThat(failure.getMessage()).startsWith("line " + place);
        }
    }
}
