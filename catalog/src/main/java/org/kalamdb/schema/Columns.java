// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.schema;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/** Checks of the columns of one table or view. */
final class Columns {
    static final int MAX_COLUMNS = 1600;

    private Columns() {}

    /** At least one column and not too many, ascending ordinals, unique names and ids. */
    static void validate(String owner, List<ColumnDefinition> columns) {
        if (columns.isEmpty()) {
            throw Definitions.invalid("Invalid " + owner + ": must have at least one column");
        }
        if (columns.size() > MAX_COLUMNS) {
            throw Definitions.invalid(
                    "Invalid " + owner + ": must have at most " + MAX_COLUMNS + " columns, got: " + columns.size());
        }
        Set<String> names = new HashSet<>();
        Set<Long> ids = new HashSet<>();
        int previous = 0;
        for (ColumnDefinition column : columns) {
            if (column.ordinalPosition() <= previous) {
                throw Definitions.invalid(
                        "Invalid " + owner + ": ordinal positions must be unique and ascending, column "
                                + Names.quote(column.name()) + " must be above " + previous + ", got: "
                                + column.ordinalPosition());
            }
            previous = column.ordinalPosition();
            if (!names.add(column.name())) {
                throw new KalamException(
                        ErrorCode.COLUMN_EXISTS,
                        "Column " + Names.quote(column.name()) + " of " + owner + " is specified more than once");
            }
            if (!ids.add(column.columnId())) {
                throw Definitions.invalid(
                        "Invalid " + owner + ": column ids must be unique, got twice: " + column.columnId());
            }
        }
    }

    /** Ordinals as a new table has them: 1 to n. */
    static void requireSequentialOrdinals(String owner, List<ColumnDefinition> columns) {
        for (int i = 0; i < columns.size(); i++) {
            int ordinal = columns.get(i).ordinalPosition();
            if (ordinal != i + 1) {
                throw Definitions.invalid("Invalid " + owner + ": ordinal positions must be sequential from 1, column "
                        + Names.quote(columns.get(i).name()) + " expected " + (i + 1) + ", got: " + ordinal);
            }
        }
    }
}
