// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.type;

import static org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit.MICROS;

import java.math.BigInteger;
import java.util.List;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/**
 * Types as Parquet columns and back.
 *
 * <p>An EMBEDDING is a LIST of required floats, the form that other tools read as a vector; Parquet keeps no length of a
 * list, so on the way back the table definition has to say it ({@link #stores}). The list's element has a field id of
 * its own, as table formats over Parquet demand: that of the column plus {@value #ELEMENT_FIELD_ID_OFFSET}. Safe for use
 * by several threads.
 */
public final class ParquetTypes {
    /** What the field id of an EMBEDDING's elements is ahead of the column's. */
    public static final int ELEMENT_FIELD_ID_OFFSET = 1 << 30;

    private static final String ELEMENT_NAME = "element";

    private ParquetTypes() {}

    /**
     * The Parquet column of a column.
     *
     * @param fieldId id of the column, 1 to 2^30 - 1
     * @param name name of the column
     * @param nullable whether the column may hold NULL
     */
    public static Type toParquet(long fieldId, String name, KalamDataType type, boolean nullable) {
        if (fieldId < 1 || fieldId >= ELEMENT_FIELD_ID_OFFSET) {
            throw new KalamException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "Cannot store column \"" + name + "\" in Parquet: its id must be between 1 and "
                            + (ELEMENT_FIELD_ID_OFFSET - 1) + ", got: " + fieldId);
        }
        return build((int) fieldId, name, type, nullable ? Repetition.OPTIONAL : Repetition.REQUIRED);
    }

    private static Type build(int id, String name, KalamDataType type, Repetition repetition) {
        if (type.kind() == TypeKind.EMBEDDING) {
            return Types.list(repetition)
                    .element(Types.required(PrimitiveTypeName.FLOAT)
                            .id(id + ELEMENT_FIELD_ID_OFFSET)
                            .named(ELEMENT_NAME))
                    .id(id)
                    .named(name);
        }
        Types.PrimitiveBuilder<PrimitiveType> column =
                Types.primitive(physicalType(type), repetition).id(id);
        int length = fixedLength(type);
        if (length > 0) {
            column = column.length(length);
        }
        return column.as(annotation(type)).named(name);
    }

    private static PrimitiveTypeName physicalType(KalamDataType type) {
        return switch (type.kind()) {
            case BOOLEAN -> PrimitiveTypeName.BOOLEAN;
            case SMALLINT, INT, DATE -> PrimitiveTypeName.INT32;
            case BIGINT, TIME, TIMESTAMP, DATETIME -> PrimitiveTypeName.INT64;
            case FLOAT, EMBEDDING -> PrimitiveTypeName.FLOAT;
            case DOUBLE -> PrimitiveTypeName.DOUBLE;
            case TEXT, JSON, BYTES -> PrimitiveTypeName.BINARY;
            case UUID -> PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
            case DECIMAL ->
                ((DecimalType) type).fitsLong() ? PrimitiveTypeName.INT64 : PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
        };
    }

    /**
     * Bytes of a value in a column of fixed length: 16 for UUID, the fewest that hold the precision for a DECIMAL of more
     * than 18 digits, 0 for types stored otherwise.
     */
    public static int fixedLength(KalamDataType type) {
        if (type.kind() == TypeKind.UUID) {
            return BinaryText.UUID_BYTES;
        }
        if (type instanceof DecimalType decimal && !decimal.fitsLong()) {
            return bytesOfPrecision(decimal.precision());
        }
        return 0;
    }

    private static int bytesOfPrecision(int precision) {
        return BigInteger.TEN.pow(precision).bitLength() / Byte.SIZE + 1;
    }

    private static @Nullable LogicalTypeAnnotation annotation(KalamDataType type) {
        return switch (type.kind()) {
            case BOOLEAN, INT, BIGINT, FLOAT, DOUBLE, BYTES, EMBEDDING -> null;
            case SMALLINT -> LogicalTypeAnnotation.intType(Short.SIZE, true);
            case TEXT -> LogicalTypeAnnotation.stringType();
            case JSON -> LogicalTypeAnnotation.jsonType();
            case UUID -> LogicalTypeAnnotation.uuidType();
            case DATE -> LogicalTypeAnnotation.dateType();
            case TIME -> LogicalTypeAnnotation.timeType(false, MICROS);
            case TIMESTAMP -> LogicalTypeAnnotation.timestampType(false, MICROS);
            case DATETIME -> LogicalTypeAnnotation.timestampType(true, MICROS);
            case DECIMAL ->
                LogicalTypeAnnotation.decimalType(((DecimalType) type).scale(), ((DecimalType) type).precision());
        };
    }

    /**
     * Whether a Parquet column is what {@link #toParquet} makes of a type, whatever its name, id and repetition, and so
     * holds values of the type in the form expected.
     */
    public static boolean stores(Type column, KalamDataType type) {
        if (type.kind() == TypeKind.EMBEDDING) {
            return isListOfFloats(column);
        }
        return column.isPrimitive() && samePrimitive(column.asPrimitiveType(), type);
    }

    private static boolean samePrimitive(PrimitiveType column, KalamDataType type) {
        LogicalTypeAnnotation expected = annotation(type);
        LogicalTypeAnnotation actual = column.getLogicalTypeAnnotation();
        return column.getPrimitiveTypeName() == physicalType(type)
                && (expected == null ? actual == null : expected.equals(actual))
                && (fixedLength(type) == 0 || column.getTypeLength() == fixedLength(type));
    }

    private static boolean isListOfFloats(Type column) {
        if (column.isPrimitive() || !(column.getLogicalTypeAnnotation() instanceof ListLogicalTypeAnnotation)) {
            return false;
        }
        List<Type> repeated = column.asGroupType().getFields();
        if (repeated.size() != 1
                || repeated.get(0).isPrimitive()
                || !repeated.get(0).isRepetition(Repetition.REPEATED)) {
            return false;
        }
        GroupType list = repeated.get(0).asGroupType();
        return list.getFieldCount() == 1
                && list.getType(0).isPrimitive()
                && list.getType(0).isRepetition(Repetition.REQUIRED)
                && list.getType(0).asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.FLOAT;
    }

    /**
     * The type of a Parquet column that {@link #toParquet} made.
     *
     * @throws KalamException NOT_SUPPORTED if it made none such, or the column is an EMBEDDING, whose dimension is not in
     *     it
     */
    public static KalamDataType fromParquet(Type column) {
        KalamDataType type = column.isPrimitive() ? candidate(column.asPrimitiveType()) : null;
        if (type == null || !stores(column, type)) {
            String reason = isListOfFloats(column)
                    ? "a list does not say the dimension of its EMBEDDING, take it from the table definition"
                    : "no type is stored so";
            throw new KalamException(ErrorCode.NOT_SUPPORTED, "Unsupported Parquet column " + column + ": " + reason);
        }
        return type;
    }

    /** The only type that may be stored so, or null. */
    private static @Nullable KalamDataType candidate(PrimitiveType column) {
        LogicalTypeAnnotation annotation = column.getLogicalTypeAnnotation();
        if (annotation == null) {
            return withoutAnnotation(column.getPrimitiveTypeName());
        }
        if (annotation instanceof DecimalLogicalTypeAnnotation decimal) {
            return decimal(decimal);
        }
        if (annotation instanceof TimestampLogicalTypeAnnotation timestamp) {
            return timestamp.isAdjustedToUTC() ? KalamDataType.DATETIME : KalamDataType.TIMESTAMP;
        }
        if (annotation instanceof StringLogicalTypeAnnotation) {
            return KalamDataType.TEXT;
        }
        if (annotation instanceof JsonLogicalTypeAnnotation) {
            return KalamDataType.JSON;
        }
        if (annotation instanceof UUIDLogicalTypeAnnotation) {
            return KalamDataType.UUID;
        }
        if (annotation instanceof DateLogicalTypeAnnotation) {
            return KalamDataType.DATE;
        }
        if (annotation instanceof TimeLogicalTypeAnnotation) {
            return KalamDataType.TIME;
        }
        return annotation instanceof IntLogicalTypeAnnotation ? KalamDataType.SMALLINT : null;
    }

    private static @Nullable KalamDataType decimal(DecimalLogicalTypeAnnotation annotation) {
        int precision = annotation.getPrecision();
        int scale = annotation.getScale();
        return DecimalType.isValid(precision, scale) ? new DecimalType(precision, scale) : null;
    }

    private static @Nullable KalamDataType withoutAnnotation(PrimitiveTypeName physicalType) {
        return switch (physicalType) {
            case BOOLEAN -> KalamDataType.BOOLEAN;
            case INT32 -> KalamDataType.INT;
            case INT64 -> KalamDataType.BIGINT;
            case FLOAT -> KalamDataType.FLOAT;
            case DOUBLE -> KalamDataType.DOUBLE;
            case BINARY -> KalamDataType.BYTES;
            case FIXED_LEN_BYTE_ARRAY, INT96 -> null;
        };
    }
}
