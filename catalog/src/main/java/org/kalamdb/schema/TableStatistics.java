// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.schema;

import java.util.List;

/**
 * What is known of the rows of a table. Immutable.
 *
 * @param rowCount an estimate, at least 0
 * @param columns in the order of the table's columns, or none if nothing is known of any
 */
public record TableStatistics(double rowCount, List<ColumnStatistics> columns) {
    public TableStatistics {
        columns = List.copyOf(columns);
    }

    /** @param index of a column of the table, from 0; there may be fewer of them here */
    public ColumnStatistics column(int index) {
        return index < columns.size() ? columns.get(index) : ColumnStatistics.UNKNOWN;
    }
}
