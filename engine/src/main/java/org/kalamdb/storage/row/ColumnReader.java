// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.row;

import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.batch.VectorBuilder;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.type.KalamDataType;

/** Reads one column from rows of one schema version. Safe for use by several threads. */
abstract class ColumnReader {
    /** The stored value in a row, or null for NULL. */
    abstract @Nullable Object value(RowBlock rows, int row);

    /** Appends the values of the rows {@code from} to {@code to} (exclusive). */
    void read(RowBlock rows, int from, int to, VectorBuilder target) {
        for (int row = from; row < to; row++) {
            target.append(value(rows, row));
        }
    }

    /**
     * The reader of a column of a table's current version from rows of an older one: where the id is, else the default
     * from before the column was added.
     */
    static ColumnReader of(RowLayout source, ColumnDefinition target) {
        int index = indexOf(source, target.columnId());
        if (index < 0) {
            return new ConstantColumnReader(DefaultLiterals.storedValue(target, target.initialDefault()));
        }
        KalamDataType stored = source.columns().get(index).dataType();
        ColumnReader reader =
                source.isFixed(index) ? new FixedColumnReader(source, index) : new VariableColumnReader(source, index);
        return ConvertingColumnReader.isSameForm(stored, target.dataType())
                ? reader
                : new ConvertingColumnReader(reader, stored, target.dataType());
    }

    private static int indexOf(RowLayout layout, long columnId) {
        for (int i = 0; i < layout.columns().size(); i++) {
            if (layout.columns().get(i).columnId() == columnId) {
                return i;
            }
        }
        return -1;
    }
}
