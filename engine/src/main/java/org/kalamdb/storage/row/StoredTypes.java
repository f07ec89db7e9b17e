// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.row;

import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.type.StoredValues;

/** Values in messages. */
public final class StoredTypes {
    private StoredTypes() {}

    /** A value as a message shows it. */
    public static String text(ColumnDefinition column, @Nullable Object value) {
        return value == null ? "NULL" : StoredValues.toText(column.dataType(), value);
    }

    static KalamException mismatch(
            TableDefinition table, ColumnDefinition column, Object value, @Nullable Throwable cause) {
        return new KalamException(
                ErrorCode.TYPE_MISMATCH,
                "Cannot store a value of " + value.getClass().getSimpleName() + " in column \"" + column.name()
                        + "\" of table " + table.id() + ", which is of type "
                        + column.dataType().sqlName() + "; convert it first",
                cause);
    }
}
