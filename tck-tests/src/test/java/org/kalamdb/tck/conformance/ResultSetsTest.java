// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck.conformance;

import static java.sql.ResultSet.CONCUR_READ_ONLY;
import static java.sql.ResultSet.CONCUR_UPDATABLE;
import static java.sql.ResultSet.TYPE_FORWARD_ONLY;
import static java.sql.ResultSet.TYPE_SCROLL_INSENSITIVE;
import static java.sql.ResultSet.TYPE_SCROLL_SENSITIVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.Statement;
import java.sql.Types;

/** Chapter 15. */
final class ResultSetsTest extends Chapter {
    private static ResultSet forward(Fixture f) throws SQLException {
        return f.rows(TYPE_FORWARD_ONLY, CONCUR_READ_ONLY);
    }

    private static ResultSet scrolling(Fixture f) throws SQLException {
        return f.rows(TYPE_SCROLL_INSENSITIVE, CONCUR_READ_ONLY);
    }

    private static ResultSet updatable(Fixture f, int type) throws SQLException {
        Statement statement = f.connection().createStatement(type, CONCUR_UPDATABLE);
        return statement.executeQuery("SELECT id, name, price FROM " + f.table());
    }

    private static String name(Fixture f, int id) throws SQLException {
        try (Statement statement = f.connection().createStatement();
                ResultSet rows = statement.executeQuery("SELECT name FROM " + f.table() + " WHERE id = " + id)) {
            return rows.next() ? rows.getString(1) : "no row";
        }
    }

    @Override
    void sentences() {
        reading();
        scrolling();
        updating();
    }

    private void reading() {
        says("a cursor begins before the first row", f -> {
            ResultSet rows = forward(f);
            assertThatThrownBy(() -> rows.getInt(1)).isInstanceOf(SQLException.class);
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(1);
        });
        says("after the last row next is false and getters throw", f -> {
            ResultSet rows = scrolling(f);
            rows.next();
            rows.next();
            rows.next();
            assertThat(rows.next()).isFalse();
            assertThatThrownBy(() -> rows.getInt(1)).isInstanceOf(SQLException.class);
        });
        says("labels are found in whatever case", f -> {
            ResultSet rows = forward(f);
            rows.next();
            assertThat(rows.getString("NAME")).isEqualTo("one");
            assertThat(rows.getString("name")).isEqualTo("one");
            assertThat(rows.findColumn("Price")).isEqualTo(3);
        });
        says("of columns with one label the first is found", f -> {
            try (Statement statement = f.connection().createStatement();
                    ResultSet rows =
                            statement.executeQuery("SELECT id AS x, name AS x FROM " + f.table() + " WHERE id = 1")) {
                rows.next();
                assertThat(rows.getString("x")).isEqualTo("1");
            }
        });
        says("NULL is 0, false or null, and wasNull tells", f -> {
            ResultSet rows = scrolling(f);
            rows.last();
            assertThat(rows.getString(2)).isNull();
            assertThat(rows.wasNull()).isTrue();
            assertThat(rows.getInt(3)).isZero();
            assertThat(rows.wasNull()).isTrue();
            assertThat(rows.getObject(3)).isNull();
            assertThat(rows.getInt(1)).isEqualTo(3);
            assertThat(rows.wasNull()).isFalse();
        });
        says("columns are read in any order and more than once", f -> {
            ResultSet rows = forward(f);
            rows.next();
            assertThat(rows.getBigDecimal(3)).isEqualByComparingTo("1.50");
            assertThat(rows.getInt(1)).isEqualTo(1);
            assertThat(rows.getBigDecimal(3)).isEqualByComparingTo("1.50");
        });
        says("getObject answers the class of the type, or the class that is asked for", f -> {
            ResultSet rows = forward(f);
            rows.next();
            assertThat(rows.getObject(1)).isEqualTo(1);
            assertThat(rows.getObject(3)).isEqualTo(new BigDecimal("1.50"));
            assertThat(rows.getObject(1, Long.class)).isEqualTo(1L);
            assertThat(rows.getObject(2, String.class)).isEqualTo("one");
        });
        says("getObject needs a class", f -> {
            ResultSet rows = forward(f);
            rows.next();
            assertThatThrownBy(() -> rows.getObject(1, (Class<?>) null)).isInstanceOf(SQLException.class);
        });
        says("a closed result set answers nothing", f -> {
            ResultSet rows = forward(f);
            rows.next();
            rows.close();
            rows.close();
            assertThat(rows.isClosed()).isTrue();
            assertThatThrownBy(rows::next).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> rows.getInt(1)).isInstanceOf(SQLException.class);
            assertThatThrownBy(rows::getMetaData).isInstanceOf(SQLException.class);
        });
        says("a result set tells its statement", f -> {
            try (Statement statement = f.connection().createStatement();
                    ResultSet rows = statement.executeQuery("SELECT id FROM " + f.table())) {
                assertThat(rows.getStatement()).isEqualTo(statement);
            }
        });
        says("metadata describe the columns", f -> {
            ResultSetMetaData metaData = forward(f).getMetaData();
            assertThat(metaData.getColumnCount()).isEqualTo(3);
            assertThat(metaData.getColumnType(1)).isEqualTo(Types.INTEGER);
            assertThat(metaData.getColumnType(2)).isEqualTo(Types.VARCHAR);
            assertThat(metaData.getColumnType(3)).isIn(Types.DECIMAL, Types.NUMERIC);
            assertThat(metaData.getPrecision(3)).isEqualTo(10);
            assertThat(metaData.getScale(3)).isEqualTo(2);
            assertThat(metaData.getColumnDisplaySize(2)).isEqualTo(40);
            assertThat(metaData.isNullable(1)).isEqualTo(ResultSetMetaData.columnNoNulls);
            assertThat(metaData.isNullable(2)).isEqualTo(ResultSetMetaData.columnNullable);
            assertThat(metaData.isSigned(1)).isTrue();
            assertThat(metaData.getTableName(1)).isEqualToIgnoringCase(f.table());
            assertThat(metaData.getColumnClassName(1)).isEqualTo(Integer.class.getName());
            assertThatThrownBy(() -> metaData.getColumnType(4)).isInstanceOf(SQLException.class);
        });
        says("getRow counts from 1", f -> {
                    ResultSet rows = forward(f);
                    assertThat(rows.getRow()).isZero();
                    rows.next();
                    assertThat(rows.getRow()).isEqualTo(1);
                })
                .except(Driver.DERBY, "wants a scrolling one");
        says("two result sets of one connection are read side by side", f -> {
            ResultSet first = forward(f);
            ResultSet second = forward(f);
            first.next();
            second.next();
            second.next();
            assertThat(first.getInt(1)).isEqualTo(1);
            assertThat(second.getInt(1)).isEqualTo(2);
        });
    }

    private void scrolling() {
        says("forward-only refuses to go back", f -> {
                    ResultSet rows = forward(f);
                    rows.next();
                    assertThatThrownBy(rows::previous).isInstanceOf(SQLException.class);
                    assertThatThrownBy(rows::first).isInstanceOf(SQLException.class);
                    assertThatThrownBy(rows::beforeFirst).isInstanceOf(SQLException.class);
                    assertThatThrownBy(() -> rows.absolute(1)).isInstanceOf(SQLException.class);
                })
                .except(Driver.H2, "goes back to rows it has kept");
        says("a scrolling result set goes everywhere", f -> {
            ResultSet rows = scrolling(f);
            assertThat(rows.getType()).isEqualTo(TYPE_SCROLL_INSENSITIVE);
            assertThat(rows.last()).isTrue();
            assertThat(rows.getRow()).isEqualTo(3);
            assertThat(rows.isLast()).isTrue();
            assertThat(rows.previous()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(2);
            assertThat(rows.absolute(-3)).isTrue();
            assertThat(rows.isFirst()).isTrue();
            assertThat(rows.relative(2)).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(3);
            rows.afterLast();
            assertThat(rows.isAfterLast()).isTrue();
            assertThat(rows.absolute(0)).isFalse();
            assertThat(rows.isBeforeFirst()).isTrue();
            assertThat(rows.absolute(9)).isFalse();
            assertThat(rows.isAfterLast()).isTrue();
        });
        says("an empty result set is neither before the first nor after the last row", f -> {
            f.update("DELETE FROM " + f.table());
            ResultSet rows = scrolling(f);
            assertThat(rows.isBeforeFirst()).isFalse();
            assertThat(rows.isAfterLast()).isFalse();
            assertThat(rows.first()).isFalse();
            assertThat(rows.last()).isFalse();
        });
        says("insensitive rows do not change", f -> {
            ResultSet rows = scrolling(f);
            rows.last();
            f.update("UPDATE " + f.table() + " SET name = 'changed' WHERE id = 1");
            rows.first();
            assertThat(rows.getString(2)).isEqualTo("one");
        });
        says("a type that is not supported is replaced with a warning", f -> {
                    if (!f.connection().getMetaData().supportsResultSetType(TYPE_SCROLL_SENSITIVE)) {
                        try (Statement statement =
                                f.connection().createStatement(TYPE_SCROLL_SENSITIVE, CONCUR_READ_ONLY)) {
                            assertThat(statement.getResultSetType()).isNotEqualTo(TYPE_SCROLL_SENSITIVE);
                            assertThat((Throwable) f.connection().getWarnings()).isNotNull();
                        }
                    }
                })
                .except(Driver.H2, "does not tell");
        says(
                        "an unknown type is refused",
                        f -> assertThatThrownBy(() -> f.connection().createStatement(99, CONCUR_READ_ONLY))
                                .isInstanceOf(SQLException.class))
                .except(Driver.DERBY, "takes any number");
    }

    private void updating() {
        says("rows can be updated", f -> {
            for (int type : new int[] {TYPE_FORWARD_ONLY, TYPE_SCROLL_INSENSITIVE}) {
                assertThat(f.connection().getMetaData().supportsResultSetConcurrency(type, CONCUR_UPDATABLE))
                        .isTrue();
                ResultSet rows = updatable(f, type);
                assertThat(rows.getConcurrency()).isEqualTo(CONCUR_UPDATABLE);
                while (rows.next()) {
                    rows.updateString("name", "type " + type);
                    rows.updateBigDecimal(3, new BigDecimal("9.25"));
                    rows.updateRow();
                }
                rows.close();
                assertThat(name(f, 1)).isEqualTo("type " + type);
                assertThat(name(f, 3)).isEqualTo("type " + type);
            }
        });
        says("nothing is written before updateRow, and cancelRowUpdates forgets it", f -> {
            ResultSet rows = updatable(f, TYPE_SCROLL_INSENSITIVE);
            rows.next();
            rows.updateString(2, "never");
            assertThat(name(f, 1)).isEqualTo("one");
            rows.cancelRowUpdates();
            rows.updateRow();
            assertThat(name(f, 1)).isEqualTo("one");
        });
        says("moving forgets what was not written", f -> {
            ResultSet rows = updatable(f, TYPE_SCROLL_INSENSITIVE);
            rows.next();
            rows.updateString(2, "never");
            rows.next();
            rows.updateRow();
            assertThat(name(f, 1)).isEqualTo("one");
        });
        says("rows can be deleted", f -> {
            ResultSet rows = updatable(f, TYPE_FORWARD_ONLY);
            rows.next();
            rows.deleteRow();
            assertThat(rows.next()).isTrue();
            rows.close();
            assertThat(f.committed()).containsExactly(2, 3);
        });
        says("rows can be inserted", f -> {
            ResultSet rows = updatable(f, TYPE_SCROLL_INSENSITIVE);
            rows.next();
            rows.moveToInsertRow();
            rows.updateInt("id", 4);
            rows.updateString("name", "four");
            rows.updateNull("price");
            rows.insertRow();
            rows.moveToCurrentRow();
            assertThat(rows.getInt(1)).isEqualTo(1);
            rows.close();
            assertThat(name(f, 4)).isEqualTo("four");
        });
        says("own updates are visible where the metadata say so", f -> {
            if (f.connection().getMetaData().ownUpdatesAreVisible(TYPE_SCROLL_INSENSITIVE)) {
                ResultSet rows = updatable(f, TYPE_SCROLL_INSENSITIVE);
                rows.next();
                rows.updateString(2, "seen");
                rows.updateRow();
                rows.next();
                rows.previous();
                assertThat(rows.getString(2)).isEqualTo("seen");
            }
        });
        says("own updates and deletes are detected where the metadata say so", f -> {
            ResultSet rows = updatable(f, TYPE_SCROLL_INSENSITIVE);
            rows.next();
            rows.updateString(2, "seen");
            rows.updateRow();
            rows.next();
            rows.previous();
            assertThat(rows.rowUpdated())
                    .isEqualTo(f.connection().getMetaData().updatesAreDetected(TYPE_SCROLL_INSENSITIVE));
            rows.next();
            rows.deleteRow();
            rows.first();
            rows.next();
            assertThat(rows.rowDeleted())
                    .isEqualTo(f.connection().getMetaData().deletesAreDetected(TYPE_SCROLL_INSENSITIVE));
        });
        says("updateRow, deleteRow and refreshRow are refused on the insert row", f -> {
            ResultSet rows = updatable(f, TYPE_SCROLL_INSENSITIVE);
            rows.next();
            rows.moveToInsertRow();
            assertThatThrownBy(rows::updateRow).isInstanceOf(SQLException.class);
            assertThatThrownBy(rows::deleteRow).isInstanceOf(SQLException.class);
            assertThatThrownBy(rows::refreshRow).isInstanceOf(SQLException.class);
            rows.moveToCurrentRow();
            assertThatThrownBy(rows::insertRow).isInstanceOf(SQLException.class);
        });
        says("constraints hold for rows that are updated", f -> {
            ResultSet rows = updatable(f, TYPE_SCROLL_INSENSITIVE);
            rows.next();
            rows.updateInt(1, 2);
            assertThatThrownBy(rows::updateRow).isInstanceOf(SQLIntegrityConstraintViolationException.class);
            assertThat(f.committed()).containsExactly(1, 2, 3);
        });
        says("updating needs a current row", f -> {
            ResultSet rows = updatable(f, TYPE_SCROLL_INSENSITIVE);
            assertThatThrownBy(() -> {
                        rows.updateString(2, "x");
                        rows.updateRow();
                    })
                    .isInstanceOf(SQLException.class);
        });
        says("a read-only result set is not updated", f -> {
            ResultSet rows = forward(f);
            rows.next();
            assertThat(rows.getConcurrency()).isEqualTo(CONCUR_READ_ONLY);
            assertThatThrownBy(() -> rows.updateString(2, "x")).isInstanceOf(SQLException.class);
            assertThatThrownBy(rows::deleteRow).isInstanceOf(SQLException.class);
            assertThatThrownBy(rows::moveToInsertRow).isInstanceOf(SQLException.class);
        });
        says("the rows of a join are not updated", f -> {
                    try (Statement statement = f.connection().createStatement(TYPE_FORWARD_ONLY, CONCUR_UPDATABLE);
                            ResultSet rows = statement.executeQuery(
                                    "SELECT a.id FROM " + f.table() + " a, " + f.table() + " b WHERE a.id = b.id")) {
                        assertThat(rows.getConcurrency()).isEqualTo(CONCUR_READ_ONLY);
                    }
                })
                .except(Driver.H2, "says that they are, and fails later");
        says("a rollback takes back what a result set wrote", f -> {
            f.connection().setAutoCommit(false);
            ResultSet rows = updatable(f, TYPE_FORWARD_ONLY);
            rows.next();
            rows.updateString(2, "never");
            rows.updateRow();
            rows.close();
            f.connection().rollback();
            assertThat(name(f, 1)).isEqualTo("one");
        });
    }
}
