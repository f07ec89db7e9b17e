// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine;

import java.util.List;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableType;

/** Whether the rows that a statement answers can be changed one by one. Immutable. */
public sealed interface Updatability {
    /** The position of a column that is computed. */
    int COMPUTED = -1;

    /**
     * Each row is a row of one table, and its primary key is among the columns.
     *
     * @param table whose rows they are
     * @param positions for each column of the result, in order, where it stands in the columns of the table;
     *     {@link #COMPUTED} if it is none of them
     */
    record Updatable(TableDefinition table, List<Integer> positions) implements Updatability {
        public Updatable {
            positions = List.copyOf(positions);
        }
    }

    /** @param reason why not, as a clause that follows a colon */
    record ReadOnly(String reason) implements Updatability {}

    /**
     * The answer for rows each of which is a row of a table.
     *
     * @param positions as in {@link Updatable}
     */
    static Updatability of(TableDefinition table, List<Integer> positions) {
        if (table.type() == TableType.SYSTEM) {
            return new ReadOnly("table " + table.id() + " is the engine's own");
        }
        if (table.type() == TableType.STREAM) {
            return new ReadOnly("rows of the STREAM table " + table.id() + " are not changed");
        }
        List<ColumnDefinition> key = table.primaryKeyColumns();
        if (key.isEmpty()) {
            return new ReadOnly("table " + table.id() + " has no primary key");
        }
        for (ColumnDefinition column : key) {
            if (!positions.contains(table.indexOf(column))) {
                return new ReadOnly("the query leaves out " + column.name() + " of the primary key of " + table.id());
            }
        }
        return new Updatable(table, positions);
    }
}
