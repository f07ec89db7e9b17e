// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.introspection;

import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.kalamdb.type.ArrowTypes;
import org.kalamdb.type.KalamDataType;
import org.kalamdb.type.ScalarType;
import org.kalamdb.type.TypeKind;
import org.kalamdb.type.TypeMapping;

/** The rows of {@code system.datatypes}, one a kind of type in the order of their wire tags. */
final class DatatypeRows {
    private DatatypeRows() {}

    static Stream<@Nullable Object[]> rows() {
        ArrowTypes arrowTypes = new ArrowTypes();
        return Arrays.stream(TypeKind.values()).map(kind -> new @Nullable Object[] {
            arrowName(arrowTypes, kind), kind.name(), TypeMapping.of(kind).sqlForm(), description(kind)
        });
    }

    private static String arrowName(ArrowTypes arrowTypes, TypeKind kind) {
        return switch (kind) {
            case DECIMAL -> "Decimal(precision, scale, 128)";
            case EMBEDDING -> "FixedSizeList(dimension)<FloatingPoint(SINGLE)>";
            case BOOLEAN,
                    INT,
                    BIGINT,
                    DOUBLE,
                    FLOAT,
                    TEXT,
                    TIMESTAMP,
                    DATE,
                    DATETIME,
                    TIME,
                    JSON,
                    BYTES,
                    UUID,
                    SMALLINT ->
                arrowTypes.toField(kind.name(), scalar(kind), true).getType().toString();
        };
    }

    private static KalamDataType scalar(TypeKind kind) {
        return ScalarType.valueOf(kind.name());
    }

    private static String description(TypeKind kind) {
        return switch (kind) {
            case BOOLEAN -> "True or false";
            case SMALLINT -> "Whole numbers of 16 bits, -32,768 to 32,767";
            case INT -> "Whole numbers of 32 bits, -2,147,483,648 to 2,147,483,647";
            case BIGINT -> "Whole numbers of 64 bits";
            case FLOAT -> "Floating-point numbers of 32 bits";
            case DOUBLE -> "Floating-point numbers of 64 bits";
            case DECIMAL -> "Exact numbers of up to 38 digits";
            case TEXT -> "Unicode text";
            case JSON -> "JSON text";
            case BYTES -> "Bytes";
            case UUID -> "Universally unique identifiers of 128 bits";
            case DATE -> "Days of the calendar";
            case TIME -> "Times of day in microseconds";
            case TIMESTAMP -> "Dates and times in microseconds, without time zone";
            case DATETIME -> "Moments in microseconds, kept in UTC";
            case EMBEDDING -> "Vectors of up to 8,192 floating-point numbers of 32 bits";
        };
    }
}
