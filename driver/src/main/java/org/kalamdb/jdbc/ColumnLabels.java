// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.ResultColumn;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.jdbc.error.SqlExceptions;

/** Finds the columns of a result by their labels, of which upper and lower case are the same. Confined to one thread. */
final class ColumnLabels {
    private final List<ResultColumn> columns;
    /** As applications have written them, which they do again for each row. */
    private final Map<String, Integer> known = new HashMap<>();

    ColumnLabels(List<ResultColumn> columns) {
        this.columns = columns;
    }

    /** The first column of a label, from 1 on. @throws SQLException COLUMN_NOT_FOUND */
    int require(@Nullable String label) throws SQLException {
        Integer column = known.get(label);
        return column == null ? search(label) : column;
    }

    private int search(@Nullable String label) throws SQLException {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).label().equalsIgnoreCase(label)) {
                known.put(label, i + 1);
                return i + 1;
            }
        }
        List<String> labels = columns.stream().map(ResultColumn::label).toList();
        throw SqlExceptions.error(
                ErrorCode.COLUMN_NOT_FOUND,
                "Column \"" + label + "\" does not exist in the result, it has: " + String.join(", ", labels));
    }
}
