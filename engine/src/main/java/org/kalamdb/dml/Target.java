// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.dml;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.plan.ObjectNames;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.SystemColumns;
import org.kalamdb.schema.TableDefinition;

/**
 * The table that a statement changes. Immutable.
 *
 * @param table its definition
 * @param alias the name it has in the statement
 * @param position where the statement names it
 */
record Target(TableDefinition table, String alias, SqlParserPos position) {
    static Target of(TableDefinition table, SqlIdentifier name, @Nullable SqlIdentifier alias) {
        return new Target(table, alias == null ? table.id().name() : alias.getSimple(), name.getParserPosition());
    }

    /** The index of a column in the table's columns. */
    int indexOf(SqlIdentifier column) {
        String name = column.names.get(column.names.size() - 1);
        for (int i = 0; i < table.columns().size(); i++) {
            if (table.columns().get(i).name().equals(name)) {
                return i;
            }
        }
        if (SystemColumns.isName(name)) {
            throw new KalamException(
                    ErrorCode.GENERATED_ALWAYS,
                    ObjectNames.position(column.getParserPosition()),
                    "Cannot write to column " + name + " of table " + table.id() + ": the engine keeps it",
                    null);
        }
        throw new KalamException(
                ErrorCode.COLUMN_NOT_FOUND,
                ObjectNames.position(column.getParserPosition()),
                "Column " + name + " does not exist in table " + table.id(),
                null);
    }

    /** The columns that values are written to: those named, or all in their order. */
    List<Integer> writtenColumns(List<SqlIdentifier> named) {
        List<Integer> indexes = new ArrayList<>();
        if (named.isEmpty()) {
            for (int i = 0; i < table.columns().size(); i++) {
                indexes.add(i);
            }
            return indexes;
        }
        Set<Integer> seen = new HashSet<>();
        for (SqlIdentifier column : named) {
            int index = indexOf(column);
            if (!seen.add(index)) {
                throw new KalamException(
                        ErrorCode.COLUMN_EXISTS,
                        ObjectNames.position(column.getParserPosition()),
                        "Column " + column.getSimple() + " is named twice",
                        null);
            }
            indexes.add(index);
        }
        return indexes;
    }

    ColumnDefinition column(int index) {
        return table.columns().get(index);
    }

    int width() {
        return table.columns().size();
    }
}
