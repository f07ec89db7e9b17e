// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.batch.ColumnVector;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.storage.row.TableFormat;

/** New rows in the form in which they are stored, and the vectors that they were made of. Confined to one thread. */
public final class EncodedRows {
    private final TableFormat format;
    private final List<ColumnVector> columns;
    private final int from;
    private final byte[][] keys;
    private final byte[][] rows;

    EncodedRows(TableFormat format, List<ColumnVector> columns, int from, byte[][] keys, byte[][] rows) {
        this.format = format;
        this.columns = columns;
        this.from = from;
        this.keys = keys;
        this.rows = rows;
    }

    /** The table that they are for. */
    public TableDefinition table() {
        return format.table();
    }

    /** How many there are. */
    public int count() {
        return rows.length;
    }

    /** The stored values of all columns of a row, as objects, for what needs to look at them. */
    public @Nullable Object[] values(int index) {
        @Nullable Object[] values = new @Nullable Object[columns.size()];
        for (int column = 0; column < values.length; column++) {
            values[column] = columns.get(column).storedValue(from + index);
        }
        return values;
    }

    TableFormat format() {
        return format;
    }

    byte[] key(int index) {
        return keys[index];
    }

    byte[] row(int index) {
        return rows[index];
    }
}
