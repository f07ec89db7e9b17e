// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Whatever a function is called with, it answers a value or says what is wrong: never that the database is at fault. Calls of
 * all functions with all types are too many for each build; {@code -Dkalamdb.sweep=all} tries all of them, which takes minutes.
 */
final class FunctionSweepTest {
    private static final boolean ALL = "all".equals(System.getProperty("kalamdb.sweep"));

    /** One of so many calls is tried. */
    private static final int ONE_OF = 16;

    private static final long SEED = 20_260_517;

    private static final String NULL = "NULL";

    /** A value of each type. */
    private static final List<String> ORDINARY = List.of(
            NULL,
            "TRUE",
            "2",
            "CAST(3 AS BIGINT)",
            "1.5",
            "CAST(0.5 AS DOUBLE)",
            "'abc'",
            "DATE '2024-02-29'",
            "TIME '12:30:00'",
            "TIMESTAMP '2024-02-29 12:30:00'",
            "CAST('2024-02-29 12:30:00Z' AS DATETIME)",
            "X'0102'",
            "CAST('[1]' AS JSON)",
            "CAST('123e4567-e89b-12d3-a456-426614174000' AS UUID)",
            "CAST('[1, 2]' AS EMBEDDING(2))",
            "INTERVAL '1' DAY");

    /** Values at the ends of their types, and NULLs that have one. */
    private static final List<String> EXTREME = List.of(
            "CAST(-32768 AS SMALLINT)",
            "CAST(-2147483648 AS INT)",
            "9223372036854775807",
            "CAST('-9223372036854775808' AS BIGINT)",
            "CAST('NaN' AS DOUBLE)",
            "CAST('-Infinity' AS DOUBLE)",
            "CAST('1e-45' AS FLOAT)",
            "-99999999999999999999999999999999999999",
            "''",
            "'{\"a\": null}'",
            "DATE '0001-01-01'",
            "TIMESTAMP '9999-12-31 23:59:59.999999'",
            "X''",
            "INTERVAL '-1' MONTH",
            "CAST(NULL AS TEXT)",
            "CAST(NULL AS DECIMAL(10, 2))",
            "CAST(NULL AS TIMESTAMP)",
            "CAST(NULL AS JSON)");

    /** What calls with two and more operands are made of besides. */
    private static final List<String> EXTREME_OPERANDS =
            List.of("9223372036854775807", "CAST(-1 AS BIGINT)", "''", "CAST(NULL AS TEXT)");

    private static final List<String> THIRD = List.of(NULL, "CAST(3 AS BIGINT)", "'abc'", "X'0102'");

    private static final List<String> OPERATORS =
            List.of("+", "-", "*", "/", "%", "||", "=", "<", "LIKE", "AND", "->>");

    private final Set<String> faults = new TreeSet<>();

    private final Random random = new Random(SEED);

    private Connection connection;
    private Statement statement;

    @BeforeEach
    void open() throws SQLException {
        connection = DriverManager.getConnection(TestDatabases.freshMemoryUrl());
        statement = connection.createStatement();
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void functionsOfUpToThreeOperandsAnswerOrRefuse() throws SQLException {
        for (String function : functions()) {
            answer(function + "()");
            if (takes(function, 1)) {
                sweep(function + "(", ")", ORDINARY);
                sweep(function + "(", ")", EXTREME);
            }
            if (takes(function, 2)) {
                sweepPairs(function + "(", ", ", ")", ORDINARY);
                sweepPairs(function + "(", ", ", ")", EXTREME_OPERANDS);
            }
            if (takes(function, 3)) {
                THIRD.forEach(third -> sweepPairs(function + "(", ", ", ", " + third + ")", THIRD));
            }
        }

        assertThat(faults).isEmpty();
    }

    @Test
    void operatorsAnswerOrRefuse() {
        for (String operator : OPERATORS) {
            sweepPairs("", " " + operator + " ", "", ORDINARY);
            sweepPairs("", " " + operator + " ", "", EXTREME_OPERANDS);
        }

        assertThat(faults).isEmpty();
    }

    /** Positions and counts are numbers of any width. */
    @Test
    void positionsMayBeBigint() throws SQLException {
        String three = "CAST(3 AS BIGINT)";
        assertThat(value("REPEAT('a', " + three + ")")).isEqualTo("aaa");
        assertThat(value("SPACE(" + three + ")")).isEqualTo("   ");
        assertThat(value("CHR(CAST(65 AS BIGINT))")).isEqualTo("A");
        assertThat(value("SPLIT_PART('a,b,c', ',', " + three + ")")).isEqualTo("c");
        assertThat(value("INSTR('abcabc', 'b', " + three + ")")).isEqualTo("5");
        assertThat(value("INSTR('abcabc', 'b', 1, CAST(2 AS BIGINT))")).isEqualTo("5");
        assertThat(value("LEFT(X'01020304', " + three + ")")).isEqualTo("\\x010203");
        assertThat(value("RIGHT(X'01020304', " + three + ")")).isEqualTo("\\x020304");
        assertThat(value("SUBSTRING(X'01020304', " + three + ")")).isEqualTo("\\x0304");
        assertThat(value("RAND_INTEGER(CAST(1 AS BIGINT))")).isEqualTo("0");
        assertThat(answer("CHR(65000000000)")).isEqualTo("22003");
        assertThat(answer("REPEAT('ab', 9223372036854775807)")).isEqualTo("54000");
    }

    /** NULL has no type of its own, and means what a NULL of the right type means. */
    @Test
    void untypedNullIsAnswered() throws SQLException {
        assertThat(value("TRANSLATE('abcb', 'bc', 'x')")).isEqualTo("axx");
        assertThat(value("5 % NULL")).isNull();
        assertThat(value("MOD(5.5, NULL)")).isNull();
        assertThat(value("BTRIM(NULL)")).isNull();
        assertThat(value("SUBSTR(NULL, NULL)")).isNull();
        assertThat(value("AVG(NULL)")).isNull();
        assertThat(value("CONCAT('a', NULL, 'b')")).isEqualTo("ab");
        assertThat(value("COALESCE(NULL, 'a')")).isEqualTo("a");
        assertThat(value("GREATEST(1, NULL)")).isEqualTo(value("GREATEST(1, CAST(NULL AS INT))"));
    }

    private String value(String expression) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT " + expression)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private List<String> functions() throws SQLException {
        Set<String> names = new TreeSet<>();
        try (ResultSet functions = connection.getMetaData().getFunctions(null, null, "%")) {
            while (functions.next()) {
                names.add(functions.getString("FUNCTION_NAME"));
            }
        }
        return List.copyOf(names);
    }

    /** Whether a call with so many operands can be written, and is not refused for their number. */
    private boolean takes(String function, int count) {
        List<String> nulls = new ArrayList<>();
        while (nulls.size() < count) {
            nulls.add(NULL);
        }
        String state = answer(function + "(" + String.join(", ", nulls) + ")");
        return !state.equals("42883") && !state.equals("42601");
    }

    private void sweep(String before, String behind, List<String> values) {
        values.stream().filter(value -> isChosen()).forEach(value -> answer(before + value + behind));
    }

    private void sweepPairs(String before, String between, String behind, List<String> values) {
        values.forEach(first -> sweep(before + first + between, behind, values));
    }

    /** A few thousand calls of some fifty thousand, the same each time. */
    private boolean isChosen() {
        return ALL || random.nextInt(ONE_OF) == 0;
    }

    /** The SQLSTATE that the expression is refused with, or nothing. */
    private String answer(String expression) {
        try (ResultSet rows = statement.executeQuery("SELECT " + expression)) {
            while (rows.next()) {
                rows.getString(1);
            }
            return "";
        } catch (SQLException e) {
            if (!e.getSQLState().matches("22...|42...|0A000|54000")) {
                faults.add(expression + ": " + e.getSQLState() + " " + e.getMessage());
            }
            return e.getSQLState();
        } catch (RuntimeException | AssertionError e) {
            faults.add(expression + ": " + e);
            return "";
        }
    }
}
