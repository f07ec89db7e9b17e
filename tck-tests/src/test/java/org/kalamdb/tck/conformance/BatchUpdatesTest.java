// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.BatchUpdateException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** Chapter 14. */
final class BatchUpdatesTest extends Chapter {
    @Override
    void sentences() {
        says(
                "a driver that runs batches says so",
                f -> assertThat(f.connection().getMetaData().supportsBatchUpdates())
                        .isTrue());
        says("there is one count for each command, in order", f -> {
            try (Statement statement = f.connection().createStatement()) {
                statement.addBatch("UPDATE " + f.table() + " SET name = 'x'");
                statement.addBatch("DELETE FROM " + f.table() + " WHERE id = 1");
                statement.addBatch("DELETE FROM " + f.table() + " WHERE id = 99");
                assertThat(statement.executeBatch()).containsExactly(3, 1, 0);
            }
        });
        says("an empty batch has no counts", f -> {
            try (Statement statement = f.connection().createStatement();
                    PreparedStatement prepared = f.connection().prepareStatement("DELETE FROM " + f.table())) {
                assertThat(statement.executeBatch()).isEmpty();
                assertThat(prepared.executeBatch()).isEmpty();
            }
        });
        says("a batch is empty after it ran", f -> {
            try (Statement statement = f.connection().createStatement()) {
                statement.addBatch("DELETE FROM " + f.table() + " WHERE id = 1");
                statement.executeBatch();
                assertThat(statement.executeBatch()).isEmpty();
            }
        });
        says("clearBatch empties a batch", f -> {
            try (Statement statement = f.connection().createStatement()) {
                statement.addBatch("DELETE FROM " + f.table());
                statement.clearBatch();
                assertThat(statement.executeBatch()).isEmpty();
            }
            assertThat(f.committed()).hasSize(3);
        });
        says("a prepared statement runs once for each set of parameters", f -> {
            try (PreparedStatement statement =
                    f.connection().prepareStatement("INSERT INTO " + f.table() + " (id, name) VALUES (?, ?)")) {
                for (int id = 4; id < 7; id++) {
                    statement.setInt(1, id);
                    statement.setString(2, "n" + id);
                    statement.addBatch();
                }
                assertThat(statement.executeBatch()).containsExactly(1, 1, 1);
            }
            assertThat(f.committed()).containsExactly(1, 2, 3, 4, 5, 6);
        });
        says("executeLargeBatch counts in long", f -> {
            try (PreparedStatement statement =
                    f.connection().prepareStatement("DELETE FROM " + f.table() + " WHERE id = ?")) {
                statement.setInt(1, 1);
                statement.addBatch();
                assertThat(statement.executeLargeBatch()).containsExactly(1L);
            }
        });
        says("a parameter that is missing fails when the entry is added or run", f -> {
                    try (PreparedStatement statement =
                            f.connection().prepareStatement("INSERT INTO " + f.table() + " (id, name) VALUES (?, ?)")) {
                        statement.setInt(1, 4);
                        assertThatThrownBy(() -> {
                                    statement.addBatch();
                                    statement.executeBatch();
                                })
                                .isInstanceOf(SQLException.class);
                    }
                })
                .except(Driver.DERBY, "writes NULL");
        says("a query in a batch fails", f -> {
            try (Statement statement = f.connection().createStatement()) {
                statement.addBatch("SELECT id FROM " + f.table());
                assertThatThrownBy(statement::executeBatch).isInstanceOf(BatchUpdateException.class);
            }
        });
        says("a failure is told with counts and can be rolled back", f -> {
            f.connection().setAutoCommit(false);
            try (PreparedStatement statement =
                    f.connection().prepareStatement("INSERT INTO " + f.table() + " (id) VALUES (?)")) {
                for (int id : new int[] {4, 1, 5}) {
                    statement.setInt(1, id);
                    statement.addBatch();
                }
                assertThatThrownBy(statement::executeBatch).isInstanceOfSatisfying(BatchUpdateException.class, e -> {
                    assertThat(e.getUpdateCounts()).startsWith(1);
                    assertThat(e.getSQLState()).startsWith("23");
                });
            }
            f.connection().rollback();
            assertThat(f.committed()).containsExactly(1, 2, 3);
        });
        says("in a transaction a batch is committed with it", f -> {
            f.connection().setAutoCommit(false);
            try (Statement statement = f.connection().createStatement()) {
                statement.addBatch("DELETE FROM " + f.table() + " WHERE id = 1");
                statement.addBatch("DELETE FROM " + f.table() + " WHERE id = 2");
                statement.executeBatch();
            }
            f.connection().rollback();
            assertThat(f.committed()).containsExactly(1, 2, 3);
        });
    }
}
