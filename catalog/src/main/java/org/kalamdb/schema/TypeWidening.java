// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.schema;

import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.type.DecimalType;
import org.kalamdb.type.KalamDataType;
import org.kalamdb.type.TypeKind;

/** The type changes that keep every stored value as it is, so that no row has to be written again. */
final class TypeWidening {
    private TypeWidening() {}

    /** @throws KalamException TYPE_MISMATCH if a stored value might not fit, with what would be allowed */
    static void require(ColumnDefinition column, KalamDataType type, @Nullable Integer maxLength) {
        if (!column.dataType().equals(type) && !isWider(column.dataType(), type)) {
            throw new KalamException(
                    ErrorCode.TYPE_MISMATCH,
                    "Cannot change the type of column " + Names.quote(column.name()) + " from "
                            + column.dataType().sqlName() + " to " + type.sqlName() + ": allowed is "
                            + allowed(column.dataType()));
        }
        Integer current = column.maxLength();
        boolean shorter = maxLength != null && (current == null || maxLength < current);
        if (shorter) {
            throw new KalamException(
                    ErrorCode.TYPE_MISMATCH,
                    "Cannot change the length of column " + Names.quote(column.name()) + " from "
                            + (current == null ? "unlimited" : current) + " to " + maxLength
                            + ": allowed is a larger length or none");
        }
    }

    private static boolean isWider(KalamDataType from, KalamDataType to) {
        if (to instanceof DecimalType decimal) {
            if (from instanceof DecimalType current) {
                return decimal.scale() >= current.scale() && integerDigits(decimal) >= integerDigits(current);
            }
            int digits = integerDigits(from.kind());
            return digits > 0 && integerDigits(decimal) >= digits;
        }
        return switch (from.kind()) {
            case SMALLINT -> to.kind() == TypeKind.INT || to.kind() == TypeKind.BIGINT;
            case INT -> to.kind() == TypeKind.BIGINT;
            case FLOAT -> to.kind() == TypeKind.DOUBLE;
            case JSON -> to.kind() == TypeKind.TEXT;
            case BOOLEAN, BIGINT, DOUBLE, TEXT, TIMESTAMP, DATE, DATETIME, TIME, BYTES, EMBEDDING, UUID, DECIMAL ->
                false;
        };
    }

    private static String allowed(KalamDataType from) {
        if (from instanceof DecimalType decimal) {
            return "a DECIMAL with a scale of at least " + decimal.scale() + " and at least " + integerDigits(decimal)
                    + " digits before the point";
        }
        String decimal = "a DECIMAL with at least " + integerDigits(from.kind()) + " digits before the point";
        return switch (from.kind()) {
            case SMALLINT -> "INT, BIGINT or " + decimal;
            case INT -> "BIGINT or " + decimal;
            case BIGINT -> decimal;
            case FLOAT -> "DOUBLE";
            case JSON -> "TEXT";
            case TEXT, BYTES -> "only a larger length or none";
            case BOOLEAN, DOUBLE, TIMESTAMP, DATE, DATETIME, TIME, EMBEDDING, UUID, DECIMAL ->
                "no other type; add a" + " column and copy the values instead";
        };
    }

    private static int integerDigits(DecimalType type) {
        return type.precision() - type.scale();
    }

    /** Digits that hold every value of an integer type; 0 for other kinds. */
    private static int integerDigits(TypeKind kind) {
        return switch (kind) {
            case SMALLINT -> 5;
            case INT -> 10;
            case BIGINT -> 19;
            case BOOLEAN, DOUBLE, FLOAT, TEXT, TIMESTAMP, DATE, DATETIME, TIME, JSON, BYTES, EMBEDDING, UUID, DECIMAL ->
                0;
        };
    }
}
