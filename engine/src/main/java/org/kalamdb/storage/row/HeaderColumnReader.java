// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.row;

import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.SystemColumns;

/** Reads a system column, which stands in the {@link RowHeader}. Immutable. */
abstract class HeaderColumnReader extends ColumnReader {
    static HeaderColumnReader of(ColumnDefinition column) {
        return column.columnId() == SystemColumns.SEQ_ID ? new Seq() : new Deleted();
    }

    private static final class Seq extends HeaderColumnReader {
        @Override
        Object value(RowBlock rows, int row) {
            return rows.seq(row);
        }
    }

    private static final class Deleted extends HeaderColumnReader {
        @Override
        Object value(RowBlock rows, int row) {
            return rows.isDeleted(row);
        }
    }
}
