// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.dml;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlNode;
import org.kalamdb.engine.GeneratedKeys;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.sql.Modification;

/** What a statement answers of the rows it wrote: its RETURNING clause, else the generated keys that were asked for. */
final class ReturningItems {
    private ReturningItems() {}

    static List<SqlNode> of(Modification statement, GeneratedKeys generatedKeys, Target target) {
        if (!statement.returning().isEmpty()) {
            return statement.returning();
        }
        if (statement instanceof Modification.Delete || statement instanceof Modification.TruncateTable) {
            return List.of();
        }
        List<SqlNode> items = new ArrayList<>();
        for (ColumnDefinition column : columns(generatedKeys, target.table())) {
            items.add(SqlNodes.column(target.alias(), column.name(), target.position()));
        }
        return items;
    }

    /** The columns that are wanted back beside the count; empty for none. */
    static List<ColumnDefinition> columns(GeneratedKeys keys, TableDefinition table) {
        if (keys instanceof GeneratedKeys.None) {
            return List.of();
        }
        if (keys instanceof GeneratedKeys.Named named) {
            return named.names().stream().map(name -> named(name, table)).toList();
        }
        if (keys instanceof GeneratedKeys.Positions positions) {
            return positions.ordinals().stream()
                    .map(position -> atPosition(position, table))
                    .toList();
        }
        List<ColumnDefinition> generated = table.columns().stream()
                .filter(column -> column.primaryKey() || column.identity() != null)
                .toList();
        return generated.isEmpty() ? table.columns() : generated;
    }

    private static ColumnDefinition named(String name, TableDefinition table) {
        return table.findColumn(name)
                .or(() -> table.columns().stream()
                        .filter(column -> column.name().equalsIgnoreCase(name))
                        .findFirst())
                .orElseThrow(() -> new KalamException(
                        ErrorCode.COLUMN_NOT_FOUND, "Column " + name + " does not exist in table " + table.id()));
    }

    private static ColumnDefinition atPosition(int position, TableDefinition table) {
        if (position < 1 || position > table.columns().size()) {
            throw new KalamException(
                    ErrorCode.COLUMN_NOT_FOUND,
                    "Table " + table.id() + " has no column at position " + position + ", only 1 to "
                            + table.columns().size());
        }
        return table.columns().get(position - 1);
    }
}
