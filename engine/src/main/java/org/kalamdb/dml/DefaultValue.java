// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.dml;

import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;
import org.kalamdb.schema.ColumnDefault;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.sql.KalamParser;
import org.kalamdb.storage.row.DefaultLiterals;

/** What a column gets that a statement does not name: a constant or an expression to compute. */
final class DefaultValue {
    private DefaultValue() {}

    /** The stored value of a column whose default is a constant. */
    static @Nullable Object constant(ColumnDefinition column) {
        return DefaultLiterals.storedValue(column, column.defaultValue());
    }

    /** The expression of a column whose default is a function; null if it is a constant. */
    static @Nullable SqlNode expression(ColumnDefinition column) {
        return column.defaultValue() instanceof ColumnDefault.FunctionCall function
                ? KalamParser.parseExpression(function.sqlText())
                : null;
    }
}
