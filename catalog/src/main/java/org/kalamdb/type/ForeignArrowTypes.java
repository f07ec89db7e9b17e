// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.type;

import java.util.List;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/** Reads Arrow types that say nothing of ours: units and offset widths do not matter, signs and bits do. */
final class ForeignArrowTypes {
    private static final int DECIMAL_BITS = 128;

    private ForeignArrowTypes() {}

    static KalamDataType type(String name, ArrowType type, List<Field> children) {
        KalamDataType result = switch (type.getTypeID()) {
            case Bool -> KalamDataType.BOOLEAN;
            case Int -> integer((ArrowType.Int) type);
            case FloatingPoint -> floatingPoint((ArrowType.FloatingPoint) type);
            case Utf8, LargeUtf8, Utf8View -> KalamDataType.TEXT;
            case Binary, LargeBinary, BinaryView -> KalamDataType.BYTES;
            case FixedSizeBinary -> fixedSizeBinary((ArrowType.FixedSizeBinary) type);
            case Date -> KalamDataType.DATE;
            case Time -> KalamDataType.TIME;
            case Timestamp ->
                ((ArrowType.Timestamp) type).getTimezone() == null ? KalamDataType.TIMESTAMP : KalamDataType.DATETIME;
            case Decimal -> decimal((ArrowType.Decimal) type);
            case FixedSizeList -> embedding((ArrowType.FixedSizeList) type, children);
            case Null,
                    Struct,
                    List,
                    LargeList,
                    Union,
                    Map,
                    Interval,
                    Duration,
                    ListView,
                    LargeListView,
                    RunEndEncoded,
                    NONE -> null;
        };
        if (result == null) {
            throw new KalamException(
                    ErrorCode.NOT_SUPPORTED,
                    "Unsupported Arrow type " + type + " of field \"" + name
                            + "\", supported are Bool, Int of 16, 32 and 64 bits with sign,"
                            + " FloatingPoint of 32 and 64 bits, Utf8, Binary, FixedSizeBinary, Date, Time, Timestamp,"
                            + " Decimal of 128 bits and FixedSizeList of 1 to " + EmbeddingType.MAX_DIMENSION
                            + " floats of 32 bits");
        }
        return result;
    }

    private static @Nullable KalamDataType integer(ArrowType.Int type) {
        if (!type.getIsSigned()) {
            return null;
        }
        return switch (type.getBitWidth()) {
            case Short.SIZE -> KalamDataType.SMALLINT;
            case Integer.SIZE -> KalamDataType.INT;
            case Long.SIZE -> KalamDataType.BIGINT;
            default -> null;
        };
    }

    private static @Nullable KalamDataType floatingPoint(ArrowType.FloatingPoint type) {
        return switch (type.getPrecision()) {
            case SINGLE -> KalamDataType.FLOAT;
            case DOUBLE -> KalamDataType.DOUBLE;
            case HALF -> null;
        };
    }

    private static KalamDataType fixedSizeBinary(ArrowType.FixedSizeBinary type) {
        return type.getByteWidth() == BinaryText.UUID_BYTES ? KalamDataType.UUID : KalamDataType.BYTES;
    }

    private static @Nullable KalamDataType decimal(ArrowType.Decimal type) {
        int precision = type.getPrecision();
        int scale = type.getScale();
        boolean valid = type.getBitWidth() == DECIMAL_BITS && DecimalType.isValid(precision, scale);
        return valid ? new DecimalType(precision, scale) : null;
    }

    private static @Nullable KalamDataType embedding(ArrowType.FixedSizeList type, List<Field> children) {
        int dimension = type.getListSize();
        boolean valid = dimension >= 1
                && dimension <= EmbeddingType.MAX_DIMENSION
                && children.size() == 1
                && children.get(0).getType() instanceof ArrowType.FloatingPoint element
                && element.getPrecision() == FloatingPointPrecision.SINGLE;
        return valid ? new EmbeddingType(dimension) : null;
    }
}
