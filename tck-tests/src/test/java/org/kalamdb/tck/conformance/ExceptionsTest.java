// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck.conformance;

import static java.sql.ResultSet.CONCUR_READ_ONLY;
import static java.sql.ResultSet.TYPE_FORWARD_ONLY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.BatchUpdateException;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLSyntaxErrorException;
import java.sql.Statement;

/** Chapter 8. */
final class ExceptionsTest extends Chapter {
    @Override
    void sentences() {
        says(
                "an error of class 42 is a SQLSyntaxErrorException",
                f -> assertThatThrownBy(() -> f.update("SELEC 1"))
                        .isInstanceOfSatisfying(
                                SQLSyntaxErrorException.class,
                                e -> assertThat(e.getSQLState()).startsWith("42")));
        says(
                "a table that does not exist is a SQLSyntaxErrorException",
                f -> assertThatThrownBy(() -> f.update("DELETE FROM nosuchtable"))
                        .isInstanceOfSatisfying(
                                SQLSyntaxErrorException.class,
                                e -> assertThat(e.getSQLState()).startsWith("42")));
        says("an error of class 23 is a SQLIntegrityConstraintViolationException", f -> {
            for (String row : new String[] {"(1, 'again')", "(NULL, 'null')"}) {
                assertThatThrownBy(() -> f.update("INSERT INTO " + f.table() + " (id, name) VALUES " + row))
                        .isInstanceOfSatisfying(
                                SQLIntegrityConstraintViolationException.class,
                                e -> assertThat(e.getSQLState()).startsWith("23"));
            }
        });
        says(
                "a division by zero is a SQLDataException",
                f -> assertThatThrownBy(() -> f.update("UPDATE " + f.table() + " SET price = 1 / (id - id)"))
                        .isInstanceOfSatisfying(
                                SQLDataException.class,
                                e -> assertThat(e.getSQLState()).isEqualTo("22012")));
        says(
                "a value that is too long is a SQLDataException",
                f -> assertThatThrownBy(() -> f.update("UPDATE " + f.table() + " SET name = '" + "x".repeat(50) + "'"))
                        .isInstanceOfSatisfying(
                                SQLDataException.class,
                                e -> assertThat(e.getSQLState()).isEqualTo("22001")));
        says("an exception can be gone through with what caused it", f -> {
            try {
                f.update("DELETE FROM nosuchtable");
            } catch (SQLException e) {
                assertThat((Iterable<Throwable>) e).contains(e);
                assertThat(e.getErrorCode()).isNotZero();
                assertThat(e.getMessage()).isNotBlank();
            }
        });
        says("a failed statement leaves the connection usable", f -> {
            assertThatThrownBy(() -> f.update("DELETE FROM nosuchtable")).isInstanceOf(SQLException.class);
            assertThat(f.ids(f.connection())).containsExactly(1, 2, 3);
        });
        says("a BatchUpdateException has a count for each command that ran", f -> {
            try (Statement statement = f.connection().createStatement()) {
                statement.addBatch("UPDATE " + f.table() + " SET name = 'x' WHERE id < 3");
                statement.addBatch("INSERT INTO " + f.table() + " (id) VALUES (1)");
                assertThatThrownBy(statement::executeBatch)
                        .isInstanceOfSatisfying(
                                BatchUpdateException.class,
                                e -> assertThat(e.getUpdateCounts()).startsWith(2));
            }
        });
        says("a column that does not exist is an SQLException", f -> {
            ResultSet rows = f.rows(TYPE_FORWARD_ONLY, CONCUR_READ_ONLY);
            rows.next();
            assertThatThrownBy(() -> rows.getInt("nosuchcolumn")).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> rows.getInt(0)).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> rows.getInt(4)).isInstanceOf(SQLException.class);
        });
        says("there are no warnings where nothing was to be warned of", f -> {
                    assertThat((Throwable) f.connection().getWarnings()).isNull();
                    try (Statement statement = f.connection().createStatement()) {
                        assertThat((Throwable) statement.getWarnings()).isNull();
                    }
                })
                .except(Driver.DERBY, "warns that the database exists");
    }
}
