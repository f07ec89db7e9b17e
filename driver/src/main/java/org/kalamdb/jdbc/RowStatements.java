// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.ResultCursor;
import org.kalamdb.engine.StatementResult;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.jdbc.cursor.MemoryCursor;
import org.kalamdb.jdbc.value.ParameterValues;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.Names;
import org.kalamdb.schema.TableDefinition;

/**
 * Reads and changes one row of a table at a time, by its primary key: with statements like those of any application, so
 * that constraints, transactions and errors are theirs. Rows are stored values, one for each column of the table. Confined
 * to one thread.
 */
final class RowStatements {
    private final JdbcStatement statement;
    private final TableDefinition table;

    /** @param statement in whose connection and with whose time limit they run */
    RowStatements(JdbcStatement statement, TableDefinition table) {
        this.statement = statement;
        this.table = table;
    }

    /** Writes some columns of a row. @return whether there was one */
    boolean update(Assignments assigned, @Nullable Object[] row) throws SQLException {
        List<@Nullable Object> parameters = new ArrayList<>();
        String set = written(assigned, column -> Names.quote(column.name()) + " = ?", parameters);
        return change("UPDATE " + table.id() + " SET " + set + whereKey(row, parameters), parameters);
    }

    /** @return whether there was one */
    boolean delete(@Nullable Object[] row) throws SQLException {
        List<@Nullable Object> parameters = new ArrayList<>();
        return change("DELETE FROM " + table.id() + whereKey(row, parameters), parameters);
    }

    /** Writes a row; columns without a value get their defaults. */
    void insert(Assignments assigned) throws SQLException {
        List<@Nullable Object> parameters = new ArrayList<>();
        String columns = written(assigned, column -> Names.quote(column.name()), parameters);
        String values = parameters.isEmpty()
                ? " DEFAULT VALUES"
                : " (" + columns + ") VALUES (" + "?, ".repeat(parameters.size() - 1) + "?)";
        change("INSERT INTO " + table.id() + values, parameters);
    }

    /** The row as it is now; null if there is none. */
    @Nullable
    Object @Nullable [] read(@Nullable Object[] row) throws SQLException {
        List<@Nullable Object> parameters = new ArrayList<>();
        String columns = table.columns().stream()
                .map(column -> Names.quote(column.name()))
                .collect(Collectors.joining(", "));
        String query = "SELECT " + columns + " FROM " + table.id() + whereKey(row, parameters);
        return statement.runBeside(query, parameters.toArray(), result -> firstRow((StatementResult.Rows) result));
    }

    private static @Nullable Object @Nullable [] firstRow(StatementResult.Rows rows) {
        try (ResultCursor cursor = rows.cursor()) {
            ColumnBatch batch = cursor.next();
            return batch == null ? null : MemoryCursor.storedRow(batch, 0);
        }
    }

    private boolean change(String sql, List<@Nullable Object> parameters) throws SQLException {
        Long count =
                statement.runBeside(sql, parameters.toArray(), result -> ((StatementResult.Update) result).count());
        return count != null && count > 0;
    }

    private String written(
            Assignments assigned, Function<ColumnDefinition, String> form, List<@Nullable Object> parameters) {
        return assigned.positions()
                .mapToObj(position -> {
                    ColumnDefinition column = table.columns().get(position);
                    parameters.add(parameter(column, assigned.value(position)));
                    return form.apply(column);
                })
                .collect(Collectors.joining(", "));
    }

    private String whereKey(@Nullable Object[] row, List<@Nullable Object> parameters) {
        return table.primaryKeyColumns().stream()
                .map(column -> {
                    parameters.add(parameter(column, row[table.indexOf(column)]));
                    return Names.quote(column.name()) + " = ?";
                })
                .collect(Collectors.joining(" AND ", " WHERE ", ""));
    }

    private static @Nullable Object parameter(ColumnDefinition column, @Nullable Object stored) {
        return stored == null ? null : ParameterValues.ofStored(column.dataType(), stored);
    }
}
