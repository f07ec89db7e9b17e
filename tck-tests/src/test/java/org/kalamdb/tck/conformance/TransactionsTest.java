// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck.conformance;

import static java.sql.ResultSet.CONCUR_READ_ONLY;
import static java.sql.ResultSet.HOLD_CURSORS_OVER_COMMIT;
import static java.sql.ResultSet.TYPE_FORWARD_ONLY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;

/** Chapter 10. */
final class TransactionsTest extends Chapter {
    private static String insert(Fixture f, int id) {
        return "INSERT INTO " + f.table() + " (id) VALUES (" + id + ")";
    }

    @Override
    void sentences() {
        says("in auto-commit mode each statement is committed", f -> {
            f.update(insert(f, 4));
            assertThat(f.committed()).containsExactly(1, 2, 3, 4);
        });
        says("commit makes changes visible to others", f -> {
            f.connection().setAutoCommit(false);
            f.update(insert(f, 4));
            f.connection().commit();
            assertThat(f.committed()).containsExactly(1, 2, 3, 4);
        });
        says("rollback takes changes back", f -> {
            f.connection().setAutoCommit(false);
            f.update(insert(f, 4));
            assertThat(f.ids(f.connection())).contains(4);
            f.connection().rollback();
            assertThat(f.committed()).containsExactly(1, 2, 3);
        });
        says("turning auto-commit on commits", f -> {
            f.connection().setAutoCommit(false);
            f.update(insert(f, 4));
            f.connection().setAutoCommit(true);
            assertThat(f.committed()).containsExactly(1, 2, 3, 4);
        });
        says("setting auto-commit to what it is commits nothing", f -> {
            f.connection().setAutoCommit(false);
            f.update(insert(f, 4));
            f.connection().setAutoCommit(false);
            f.connection().rollback();
            assertThat(f.committed()).containsExactly(1, 2, 3);
        });
        says("commit and rollback in auto-commit mode throw", f -> {
                    assertThatThrownBy(() -> f.connection().commit()).isInstanceOf(SQLException.class);
                    assertThatThrownBy(() -> f.connection().rollback()).isInstanceOf(SQLException.class);
                })
                .except(Driver.H2, "does nothing")
                .except(Driver.DERBY, "does nothing");
        says("a statement that fails leaves the transaction what was done before", f -> {
            f.connection().setAutoCommit(false);
            f.update(insert(f, 4));
            assertThatThrownBy(() -> f.update(insert(f, 4))).isInstanceOf(SQLException.class);
            f.connection().commit();
            assertThat(f.committed()).containsExactly(1, 2, 3, 4);
        });
        says("a rollback to a savepoint takes back what came after it", f -> {
            f.connection().setAutoCommit(false);
            f.update(insert(f, 4));
            Savepoint savepoint = f.connection().setSavepoint("here");
            f.update(insert(f, 5));
            f.connection().rollback(savepoint);
            f.update(insert(f, 6));
            f.connection().commit();
            assertThat(f.committed()).containsExactly(1, 2, 3, 4, 6);
        });
        says("a rollback to a savepoint releases those that were set after it", f -> {
                    f.connection().setAutoCommit(false);
                    Savepoint first = f.connection().setSavepoint("first");
                    Savepoint second = f.connection().setSavepoint("second");
                    f.connection().rollback(first);
                    assertThatThrownBy(() -> f.connection().rollback(second)).isInstanceOf(SQLException.class);
                })
                .except(Driver.H2, "does not throw");
        says("a rollback to the same savepoint is possible twice", f -> {
            f.connection().setAutoCommit(false);
            Savepoint savepoint = f.connection().setSavepoint("here");
            for (int i = 0; i < 2; i++) {
                f.update(insert(f, 4));
                f.connection().rollback(savepoint);
            }
            f.connection().commit();
            assertThat(f.committed()).containsExactly(1, 2, 3);
        });
        says("a released savepoint is invalid", f -> {
            f.connection().setAutoCommit(false);
            Savepoint savepoint = f.connection().setSavepoint("here");
            f.connection().releaseSavepoint(savepoint);
            assertThatThrownBy(() -> f.connection().rollback(savepoint)).isInstanceOf(SQLException.class);
        });
        says("savepoints are released when the transaction ends", f -> {
            f.connection().setAutoCommit(false);
            Savepoint savepoint = f.connection().setSavepoint("here");
            f.connection().commit();
            assertThatThrownBy(() -> f.connection().rollback(savepoint)).isInstanceOf(SQLException.class);
        });
        says("a savepoint has either a name or an id", f -> {
            f.connection().setAutoCommit(false);
            Savepoint named = f.connection().setSavepoint("here");
            assertThat(named.getSavepointName()).isEqualTo("here");
            assertThatThrownBy(named::getSavepointId).isInstanceOf(SQLException.class);
            Savepoint unnamed = f.connection().setSavepoint();
            assertThat(unnamed.getSavepointId()).isNotNegative();
            assertThatThrownBy(unnamed::getSavepointName).isInstanceOf(SQLException.class);
        });
        says(
                        "there are no savepoints in auto-commit mode",
                        f -> assertThatThrownBy(() -> f.connection().setSavepoint())
                                .isInstanceOf(SQLException.class))
                .except(Driver.H2, "sets one");
        says(
                "TRANSACTION_NONE cannot be set",
                f -> assertThatThrownBy(() -> f.connection().setTransactionIsolation(Connection.TRANSACTION_NONE))
                        .isInstanceOf(SQLException.class));
        says(
                "an unknown level of isolation is refused",
                f -> assertThatThrownBy(() -> f.connection().setTransactionIsolation(99))
                        .isInstanceOf(SQLException.class));
        says("a result set that is held is open after a commit", f -> {
            f.connection().setAutoCommit(false);
            try (Statement statement = f.connection()
                            .createStatement(TYPE_FORWARD_ONLY, CONCUR_READ_ONLY, HOLD_CURSORS_OVER_COMMIT);
                    ResultSet rows = statement.executeQuery("SELECT id FROM " + f.table())) {
                rows.next();
                f.connection().commit();
                assertThat(rows.next()).isTrue();
                assertThat(rows.getHoldability()).isEqualTo(HOLD_CURSORS_OVER_COMMIT);
            }
        });
        says("what is not committed is not seen at READ COMMITTED", f -> {
                    Connection other = f.other();
                    other.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
                    other.setAutoCommit(false);
                    f.connection().setAutoCommit(false);
                    f.update(insert(f, 4));
                    assertThat(f.ids(other)).containsExactly(1, 2, 3);
                })
                .except(Driver.DERBY, "waits for the writer");
        says("rows that were read stay as they were at REPEATABLE READ", f -> {
                    Connection other = f.other();
                    other.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                    other.setAutoCommit(false);
                    assertThat(f.ids(other)).containsExactly(1, 2, 3);
                    f.update("DELETE FROM " + f.table() + " WHERE id = 3");
                    assertThat(f.ids(other)).containsExactly(1, 2, 3);
                })
                .except(Driver.DERBY, "makes the writer wait");
        says("a connection that is closed with a transaction open leaves nothing locked", f -> {
            Connection other = f.other();
            other.setAutoCommit(false);
            try (Statement statement = other.createStatement()) {
                statement.executeUpdate("UPDATE " + f.table() + " SET name = 'x'");
            }
            other.rollback();
            other.close();
            assertThat(f.update("UPDATE " + f.table() + " SET name = 'y'")).isEqualTo(3);
        });
        says("a read-only connection is a hint that can be taken back", f -> {
            f.connection().setReadOnly(true);
            assertThat(f.ids(f.connection())).hasSize(3);
            f.connection().setReadOnly(false);
            f.update(insert(f, 4));
        });
    }
}
