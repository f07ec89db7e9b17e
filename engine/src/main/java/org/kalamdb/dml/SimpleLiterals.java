// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.dml;

import java.math.BigDecimal;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.KalamException;
import org.kalamdb.plan.ObjectNames;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.type.StoredValues;

/** Literals whose stored value needs no planning: NULL, booleans, numbers and character strings. */
final class SimpleLiterals {
    private SimpleLiterals() {}

    static boolean isSimple(SqlLiteral literal) {
        return switch (literal.getTypeName()) {
            case NULL, BOOLEAN, DECIMAL, DOUBLE, CHAR -> true;
            default -> false;
        };
    }

    /** @throws KalamException if the literal is no value of the column's type, with its place */
    static @Nullable Object storedValue(SqlLiteral literal, ColumnDefinition column) {
        if (literal.getTypeName() == SqlTypeName.NULL) {
            return null;
        }
        Object value = switch (literal.getTypeName()) {
            case BOOLEAN -> literal.booleanValue();
            case DECIMAL, DOUBLE -> literal.getValueAs(BigDecimal.class);
            default -> literal.getValueAs(String.class);
        };
        try {
            return StoredValues.fromJava(column.dataType(), java.util.Objects.requireNonNull(value));
        } catch (KalamException e) {
            KalamException named = new KalamException(
                    e.code(), "Invalid value for column " + column.name() + ": " + e.rawMessage(), e.getCause());
            throw named.at(ObjectNames.position(literal.getParserPosition()));
        }
    }
}
