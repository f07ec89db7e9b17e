// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;

/** Chapter 13, with its escapes. */
final class StatementsTest extends Chapter {
    @Override
    void sentences() {
        plain();
        prepared();
        generatedKeys();
        escapes();
    }

    private void plain() {
        says("execute says whether the first result is a result set", f -> {
            try (Statement statement = f.connection().createStatement()) {
                assertThat(statement.execute("SELECT id FROM " + f.table())).isTrue();
                assertThat(statement.getUpdateCount()).isEqualTo(-1);
                assertThat(statement.execute("UPDATE " + f.table() + " SET name = 'x'"))
                        .isFalse();
                assertThat(statement.getResultSet()).isNull();
                assertThat(statement.getUpdateCount()).isEqualTo(3);
            }
        });
        says("after the last result getMoreResults is false and the count -1", f -> {
            try (Statement statement = f.connection().createStatement()) {
                statement.execute("UPDATE " + f.table() + " SET name = 'x'");
                assertThat(statement.getMoreResults()).isFalse();
                assertThat(statement.getUpdateCount()).isEqualTo(-1);
            }
        });
        says("executeQuery refuses what answers no rows", f -> {
            try (Statement statement = f.connection().createStatement()) {
                assertThatThrownBy(() -> statement.executeQuery("UPDATE " + f.table() + " SET name = 'x'"))
                        .isInstanceOf(SQLException.class);
            }
        });
        says(
                "executeUpdate refuses what answers rows",
                f -> assertThatThrownBy(() -> f.update("SELECT id FROM " + f.table()))
                        .isInstanceOf(SQLException.class));
        says("executeUpdate answers 0 for definitions", f -> {
            assertThat(f.update("CREATE TABLE " + f.table() + "x (n INT)")).isZero();
            assertThat(f.update("DROP TABLE " + f.table() + "x")).isZero();
        });
        says("executeLargeUpdate counts rows", f -> {
            try (Statement statement = f.connection().createStatement()) {
                assertThat(statement.executeLargeUpdate("UPDATE " + f.table() + " SET name = 'x'"))
                        .isEqualTo(3L);
                assertThat(statement.getLargeUpdateCount()).isEqualTo(3L);
            }
        });
        says("running a statement again closes its result set", f -> {
            try (Statement statement = f.connection().createStatement()) {
                ResultSet first = statement.executeQuery("SELECT id FROM " + f.table());
                statement.executeQuery("SELECT name FROM " + f.table());
                assertThat(first.isClosed()).isTrue();
            }
        });
        says("closing a statement closes its result set", f -> {
            Statement statement = f.connection().createStatement();
            ResultSet rows = statement.executeQuery("SELECT id FROM " + f.table());
            statement.close();
            assertThat(rows.isClosed()).isTrue();
            assertThat(statement.isClosed()).isTrue();
            statement.close();
        });
        says("methods of a closed statement throw", f -> {
                    Statement statement = f.connection().createStatement();
                    statement.close();
                    assertThatThrownBy(() -> statement.executeQuery("SELECT id FROM " + f.table()))
                            .isInstanceOf(SQLException.class);
                    assertThatThrownBy(statement::getResultSet).isInstanceOf(SQLException.class);
                    assertThatThrownBy(() -> statement.setMaxRows(1)).isInstanceOf(SQLException.class);
                    assertThatThrownBy(statement::getConnection).isInstanceOf(SQLException.class);
                })
                .except(Driver.H2, "takes settings");
        says("a statement that closes on completion closes with its result set", f -> {
            Statement statement = f.connection().createStatement();
            statement.closeOnCompletion();
            assertThat(statement.isCloseOnCompletion()).isTrue();
            ResultSet rows = statement.executeQuery("SELECT id FROM " + f.table());
            rows.close();
            assertThat(statement.isClosed()).isTrue();
        });
        says("setMaxRows leaves out the rest", f -> {
            try (Statement statement = f.connection().createStatement()) {
                statement.setMaxRows(2);
                ResultSet rows = statement.executeQuery("SELECT id FROM " + f.table() + " ORDER BY id");
                assertThat(rows.next()).isTrue();
                assertThat(rows.next()).isTrue();
                assertThat(rows.next()).isFalse();
            }
        });
        says("negative limits are refused", f -> {
                    try (Statement statement = f.connection().createStatement()) {
                        assertThatThrownBy(() -> statement.setMaxRows(-1)).isInstanceOf(SQLException.class);
                        assertThatThrownBy(() -> statement.setQueryTimeout(-1)).isInstanceOf(SQLException.class);
                        assertThatThrownBy(() -> statement.setFetchSize(-1)).isInstanceOf(SQLException.class);
                        assertThatThrownBy(() -> statement.setFetchDirection(99))
                                .isInstanceOf(SQLException.class);
                    }
                })
                .except(Driver.H2, "ignores the direction");
        says("a query timeout is remembered", f -> {
            try (Statement statement = f.connection().createStatement()) {
                assertThat(statement.getQueryTimeout()).isZero();
                statement.setQueryTimeout(5);
                assertThat(statement.getQueryTimeout()).isEqualTo(5);
            }
        });
        says("a fetch size is a hint", f -> {
            try (Statement statement = f.connection().createStatement()) {
                statement.setFetchSize(10);
                assertThat(statement.getFetchSize()).isEqualTo(10);
            }
        });
        says("a statement names its connection", f -> {
            try (Statement statement = f.connection().createStatement()) {
                assertThat(statement.getConnection()).isEqualTo(f.connection());
            }
        });
        says("enquoteLiteral doubles quotes", f -> {
            try (Statement statement = f.connection().createStatement()) {
                assertThat(statement.enquoteLiteral("it's")).isEqualTo("'it''s'");
                assertThat(statement.enquoteIdentifier("a b", true)).isEqualTo("\"a b\"");
            }
        });
    }

    private void prepared() {
        says("parameters keep their values from one execution to the next", f -> {
            try (PreparedStatement statement =
                    f.connection().prepareStatement("UPDATE " + f.table() + " SET name = ? WHERE id = ?")) {
                statement.setString(1, "x");
                statement.setInt(2, 1);
                assertThat(statement.executeUpdate()).isEqualTo(1);
                statement.setInt(2, 2);
                assertThat(statement.executeUpdate()).isEqualTo(1);
            }
        });
        says("a parameter that was not set is refused", f -> {
            try (PreparedStatement statement =
                    f.connection().prepareStatement("UPDATE " + f.table() + " SET name = ? WHERE id = ?")) {
                statement.setString(1, "x");
                assertThatThrownBy(statement::executeUpdate).isInstanceOf(SQLException.class);
            }
        });
        says("clearParameters takes all values away", f -> {
            try (PreparedStatement statement =
                    f.connection().prepareStatement("UPDATE " + f.table() + " SET name = ?")) {
                statement.setString(1, "x");
                statement.clearParameters();
                assertThatThrownBy(statement::executeUpdate).isInstanceOf(SQLException.class);
            }
        });
        says("a parameter that does not exist is refused", f -> {
            try (PreparedStatement statement =
                    f.connection().prepareStatement("UPDATE " + f.table() + " SET name = ?")) {
                assertThatThrownBy(() -> statement.setInt(0, 1)).isInstanceOf(SQLException.class);
                assertThatThrownBy(() -> statement.setInt(2, 1)).isInstanceOf(SQLException.class);
            }
        });
        says("setNull writes NULL", f -> {
            try (PreparedStatement statement =
                    f.connection().prepareStatement("UPDATE " + f.table() + " SET price = ? WHERE id = 1")) {
                statement.setNull(1, Types.DECIMAL);
                statement.executeUpdate();
                assertThat(price(f)).isNull();
                statement.setObject(1, null);
                statement.executeUpdate();
                assertThat(price(f)).isNull();
            }
        });
        says("setObject with a type and a scale rounds to it", f -> {
                    try (PreparedStatement statement =
                            f.connection().prepareStatement("UPDATE " + f.table() + " SET price = ? WHERE id = 1")) {
                        statement.setObject(1, "7.25", Types.DECIMAL);
                        statement.executeUpdate();
                        assertThat(price(f)).isEqualByComparingTo("7.25");
                        statement.setObject(1, new BigDecimal("7.2"), Types.DECIMAL, 1);
                        statement.executeUpdate();
                        assertThat(price(f)).isEqualByComparingTo("7.2");
                    }
                })
                .except(Driver.DERBY, "takes the scale for 0 if none is given");
        says("the methods that take a text throw", f -> {
            try (PreparedStatement statement = f.connection().prepareStatement("SELECT id FROM " + f.table())) {
                assertThatThrownBy(() -> statement.executeQuery("SELECT 1")).isInstanceOf(SQLException.class);
                assertThatThrownBy(() -> statement.executeUpdate("DELETE FROM " + f.table()))
                        .isInstanceOf(SQLException.class);
                assertThatThrownBy(() -> statement.execute("SELECT 1")).isInstanceOf(SQLException.class);
                assertThatThrownBy(() -> statement.addBatch("SELECT 1")).isInstanceOf(SQLException.class);
            }
        });
        says("columns are known before the statement runs", f -> {
                    try (PreparedStatement statement =
                            f.connection().prepareStatement("SELECT id AS number, name FROM " + f.table())) {
                        ResultSetMetaData metaData = statement.getMetaData();
                        assertThat(metaData.getColumnCount()).isEqualTo(2);
                        assertThat(metaData.getColumnLabel(1)).isEqualToIgnoringCase("number");
                        assertThat(metaData.getColumnName(1)).isEqualToIgnoringCase("id");
                        assertThat(metaData.getColumnType(1)).isEqualTo(Types.INTEGER);
                    }
                })
                .except(Driver.DERBY, "answers the label for the name");
        says("a statement that answers no rows has no columns", f -> {
            try (PreparedStatement statement = f.connection().prepareStatement("DELETE FROM " + f.table())) {
                assertThat(statement.getMetaData()).isNull();
            }
        });
        says("parameters are described", f -> {
            try (PreparedStatement statement =
                    f.connection().prepareStatement("UPDATE " + f.table() + " SET name = ? WHERE id = ?")) {
                ParameterMetaData metaData = statement.getParameterMetaData();
                assertThat(metaData.getParameterCount()).isEqualTo(2);
                assertThat(metaData.getParameterType(2)).isEqualTo(Types.INTEGER);
                assertThat(metaData.getParameterMode(1)).isIn(0, ParameterMetaData.parameterModeIn);
                assertThatThrownBy(() -> metaData.getParameterType(3)).isInstanceOf(SQLException.class);
            }
        });
        says("a prepared statement survives a change of its table", f -> {
            try (PreparedStatement statement = f.connection().prepareStatement("SELECT * FROM " + f.table())) {
                statement.executeQuery().close();
                f.update("ALTER TABLE " + f.table() + " ADD COLUMN extra INT");
                try (ResultSet rows = statement.executeQuery()) {
                    assertThat(rows.next()).isTrue();
                }
            }
        });
    }

    private static BigDecimal price(Fixture f) throws SQLException {
        try (Statement statement = f.connection().createStatement();
                ResultSet rows = statement.executeQuery("SELECT price FROM " + f.table() + " WHERE id = 1")) {
            rows.next();
            return rows.getBigDecimal(1);
        }
    }

    private void generatedKeys() {
        says("keys that the database makes are answered", f -> {
            String table = f.table() + "k";
            f.update("CREATE TABLE " + table + " (id INT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, n INT)");
            try (PreparedStatement insert = f.connection()
                            .prepareStatement(
                                    "INSERT INTO " + table + " (n) VALUES (?)", Statement.RETURN_GENERATED_KEYS);
                    PreparedStatement named = f.connection()
                            .prepareStatement("INSERT INTO " + table + " (n) VALUES (?)", new String[] {"ID"})) {
                for (PreparedStatement statement : new PreparedStatement[] {insert, named}) {
                    statement.setInt(1, 5);
                    statement.executeUpdate();
                    try (ResultSet keys = statement.getGeneratedKeys()) {
                        assertThat(keys.next()).isTrue();
                        assertThat(keys.getInt(1)).isPositive();
                        assertThat(keys.next()).isFalse();
                    }
                }
            } finally {
                f.update("DROP TABLE " + table);
            }
        });
        says("without keys the result set of keys is empty", f -> {
                    try (Statement statement = f.connection().createStatement()) {
                        statement.executeUpdate("UPDATE " + f.table() + " SET name = 'x'");
                        try (ResultSet keys = statement.getGeneratedKeys()) {
                            assertThat(keys.next()).isFalse();
                        }
                    }
                })
                .except(Driver.DERBY, "answers null");
        says("an unknown request for keys is refused", f -> {
                    try (Statement statement = f.connection().createStatement()) {
                        assertThatThrownBy(() -> statement.executeUpdate("UPDATE " + f.table() + " SET name = 'x'", 99))
                                .isInstanceOf(SQLException.class);
                    }
                })
                .except(Driver.H2, "takes any number")
                .except(Driver.DERBY, "takes any number");
    }

    private static String first(Fixture f, String expression) throws SQLException {
        try (Statement statement = f.connection().createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT " + expression + " FROM " + f.table() + " WHERE id = 1")) {
            rows.next();
            return rows.getString(1);
        }
    }

    private void escapes() {
        says("the escapes of dates and times are literals", f -> {
            assertThat(first(f, "{d '2026-05-17'}")).isEqualTo("2026-05-17");
            assertThat(first(f, "{t '10:11:12'}")).isEqualTo("10:11:12");
            assertThat(first(f, "{ts '2026-05-17 10:11:12'}")).startsWith("2026-05-17 10:11:12");
        });
        says("the escape of a function calls it", f -> {
            assertThat(first(f, "{fn LCASE('ABC')}")).isEqualTo("abc");
            assertThat(first(f, "{fn LENGTH('abc')}")).isEqualTo("3");
            assertThat(first(f, "{fn ABS(-5)}")).isEqualTo("5");
            assertThat(first(f, "{fn SUBSTRING('abcdef', 2, 3)}")).isEqualTo("bcd");
            assertThat(first(f, "{fn LOCATE('c', 'abc')}")).isEqualTo("3");
            assertThat(first(f, "{fn MOD(7, 3)}")).isEqualTo("1");
        });
        says(
                "the escape of CONCAT joins texts",
                f -> assertThat(first(f, "{fn CONCAT('a', 'b')}")).isEqualTo("ab"));
        says(
                "escapes nest",
                f -> assertThat(first(f, "{fn UCASE({fn LCASE('Abc')})}")).isEqualTo("ABC"));
        says("the escape of an outer join is one", f -> {
            try (Statement statement = f.connection().createStatement();
                    ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM {oj " + f.table()
                            + " a LEFT OUTER JOIN " + f.table() + " b ON a.id = b.id + 1}")) {
                rows.next();
                assertThat(rows.getInt(1)).isEqualTo(3);
            }
        });
        says("the escape of LIKE names the escape character", f -> {
            f.update("UPDATE " + f.table() + " SET name = 'a%b' WHERE id = 1");
            try (Statement statement = f.connection().createStatement();
                    ResultSet rows = statement.executeQuery(
                            "SELECT id FROM " + f.table() + " WHERE name LIKE '%!%%' {escape '!'}")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(1);
                assertThat(rows.next()).isFalse();
            }
        });
        says("the escape of LIMIT bounds the rows", f -> {
            try (Statement statement = f.connection().createStatement();
                    ResultSet rows =
                            statement.executeQuery("SELECT id FROM " + f.table() + " ORDER BY id {limit 1 offset 1}")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(2);
                assertThat(rows.next()).isFalse();
            }
        });
        says(
                "braces in a text are no escape",
                f -> assertThat(first(f, "'{d x}'")).isEqualTo("{d x}"));
    }
}
