// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.function;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.apache.calcite.avatica.util.ByteString;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.type.DecimalType;
import org.kalamdb.type.KalamDataType;
import org.kalamdb.type.TypeKind;

/** Conversion between stored values and internal values, the values of running queries. */
public final class InternalValues {
    private InternalValues() {}

    /** The internal value of a stored value. */
    public static @Nullable Object fromStored(TypeKind kind, @Nullable Object stored) {
        if (stored == null) {
            return null;
        }
        return switch (kind) {
            case BYTES -> new ByteString((byte[]) stored);
            case EMBEDDING -> new Embedding((float[]) stored);
            case BOOLEAN,
                    SMALLINT,
                    INT,
                    BIGINT,
                    FLOAT,
                    DOUBLE,
                    DECIMAL,
                    TEXT,
                    JSON,
                    UUID,
                    DATE,
                    TIME,
                    TIMESTAMP,
                    DATETIME -> stored;
        };
    }

    /**
     * The stored value of an internal value. Numbers are taken from any number class, since generated code computes with
     * the widest one at times; decimals are rounded to the scale of the type.
     *
     * @throws KalamException NUMERIC_OUT_OF_RANGE if a decimal has more digits than its type
     */
    public static @Nullable Object toStored(KalamDataType type, @Nullable Object internal) {
        if (internal == null) {
            return null;
        }
        return switch (type.kind()) {
            case BYTES -> ((ByteString) internal).getBytes();
            case EMBEDDING -> ((Embedding) internal).values();
            case SMALLINT -> internal instanceof Short ? internal : (Object) ((Number) internal).shortValue();
            case INT, DATE -> internal instanceof Integer ? internal : (Object) ((Number) internal).intValue();
            case BIGINT, TIME, TIMESTAMP, DATETIME ->
                internal instanceof Long ? internal : (Object) ((Number) internal).longValue();
            case FLOAT -> internal instanceof Float ? internal : (Object) ((Number) internal).floatValue();
            case DOUBLE -> internal instanceof Double ? internal : (Object) ((Number) internal).doubleValue();
            case DECIMAL -> decimal((DecimalType) type, internal);
            case TEXT, JSON -> internal.toString();
            case BOOLEAN, UUID -> internal;
        };
    }

    private static BigDecimal decimal(DecimalType type, Object internal) {
        BigDecimal value = internal instanceof BigDecimal decimal
                ? decimal
                : internal instanceof Double || internal instanceof Float
                        ? BigDecimal.valueOf(((Number) internal).doubleValue())
                        : BigDecimal.valueOf(((Number) internal).longValue());
        BigDecimal scaled = value.scale() == type.scale() ? value : value.setScale(type.scale(), RoundingMode.HALF_UP);
        if (scaled.precision() > type.precision()) {
            throw new KalamException(
                    ErrorCode.NUMERIC_OUT_OF_RANGE,
                    "Value " + value.toPlainString() + " out of range for " + type.sqlName());
        }
        return scaled;
    }
}
