// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.dml;

import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.type.TypeKind;

/** What a row must satisfy before it is written. */
final class RowChecks {
    private static final int SHOWN_LENGTH = 40;

    private RowChecks() {}

    /** @throws KalamException NOT_NULL_VIOLATION or STRING_TOO_LONG */
    static void check(TableDefinition table, @Nullable Object[] row) {
        for (int i = 0; i < row.length; i++) {
            check(table, table.columns().get(i), row[i]);
        }
    }

    /** As {@link #check(TableDefinition, Object[])}, of one value. */
    static void check(TableDefinition table, ColumnDefinition column, @Nullable Object value) {
        if (value == null) {
            if (!column.nullable()) {
                throw new KalamException(
                        ErrorCode.NOT_NULL_VIOLATION,
                        "NULL is not allowed in column " + column.name() + " of table " + table.id()
                                + ": give it a value or a default");
            }
        } else if (column.maxLength() != null) {
            checkLength(table, column, column.maxLength(), value);
        }
    }

    private static void checkLength(TableDefinition table, ColumnDefinition column, int maxLength, Object value) {
        int length = column.dataType().kind() == TypeKind.BYTES
                ? ((byte[]) value).length
                : ((String) value).codePointCount(0, ((String) value).length());
        if (length > maxLength) {
            throw new KalamException(
                    ErrorCode.STRING_TOO_LONG,
                    "Value too long for column " + column.name() + " of table " + table.id() + ", which holds up to "
                            + maxLength + ", got " + length + shown(value));
        }
    }

    private static String shown(Object value) {
        if (!(value instanceof String text)) {
            return " bytes";
        }
        String head = text.length() <= SHOWN_LENGTH ? text : text.substring(0, SHOWN_LENGTH) + "...";
        return " characters: '" + head + "'";
    }
}
