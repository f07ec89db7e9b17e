// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.cold;

import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.DateType;
import org.apache.parquet.format.DecimalType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.IntType;
import org.apache.parquet.format.JsonType;
import org.apache.parquet.format.ListType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.MicroSeconds;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.StringType;
import org.apache.parquet.format.TimeType;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.TimestampType;
import org.apache.parquet.format.UUIDType;
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
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/** Schemas as a Parquet footer holds them. */
final class ParquetSchemas {
    private ParquetSchemas() {}

    /** The types of a schema from its root down, each before its fields. */
    static List<SchemaElement> elements(MessageType schema) {
        List<SchemaElement> elements = new ArrayList<>();
        elements.add(new SchemaElement(schema.getName()).setNum_children(schema.getFieldCount()));
        for (Type field : schema.getFields()) {
            add(field, elements);
        }
        return elements;
    }

    private static void add(Type type, List<SchemaElement> elements) {
        SchemaElement element = new SchemaElement(type.getName())
                .setRepetition_type(
                        FieldRepetitionType.valueOf(type.getRepetition().name()));
        if (type.getId() != null) {
            element.setField_id(type.getId().intValue());
        }
        annotate(element, type.getLogicalTypeAnnotation());
        elements.add(element);
        if (type.isPrimitive()) {
            PrimitiveType primitive = type.asPrimitiveType();
            element.setType(physicalType(primitive.getPrimitiveTypeName()));
            if (primitive.getTypeLength() > 0) {
                element.setType_length(primitive.getTypeLength());
            }
            return;
        }
        element.setNum_children(type.asGroupType().getFieldCount());
        for (Type field : type.asGroupType().getFields()) {
            add(field, elements);
        }
    }

    static org.apache.parquet.format.Type physicalType(PrimitiveTypeName name) {
        return name == PrimitiveTypeName.BINARY
                ? org.apache.parquet.format.Type.BYTE_ARRAY
                : org.apache.parquet.format.Type.valueOf(name.name());
    }

    /** Readers of before 2017 know the converted type only; there is none for local times. */
    private static void annotate(SchemaElement element, LogicalTypeAnnotation annotation) {
        if (annotation instanceof StringLogicalTypeAnnotation) {
            element.setLogicalType(LogicalType.STRING(new StringType())).setConverted_type(ConvertedType.UTF8);
        } else if (annotation instanceof JsonLogicalTypeAnnotation) {
            element.setLogicalType(LogicalType.JSON(new JsonType())).setConverted_type(ConvertedType.JSON);
        } else if (annotation instanceof UUIDLogicalTypeAnnotation) {
            element.setLogicalType(LogicalType.UUID(new UUIDType()));
        } else if (annotation instanceof DateLogicalTypeAnnotation) {
            element.setLogicalType(LogicalType.DATE(new DateType())).setConverted_type(ConvertedType.DATE);
        } else if (annotation instanceof TimeLogicalTypeAnnotation time) {
            element.setLogicalType(LogicalType.TIME(new TimeType(time.isAdjustedToUTC(), micros())));
        } else if (annotation instanceof TimestampLogicalTypeAnnotation timestamp) {
            element.setLogicalType(LogicalType.TIMESTAMP(new TimestampType(timestamp.isAdjustedToUTC(), micros())));
            if (timestamp.isAdjustedToUTC()) {
                element.setConverted_type(ConvertedType.TIMESTAMP_MICROS);
            }
        } else if (annotation instanceof IntLogicalTypeAnnotation integer) {
            element.setLogicalType(LogicalType.INTEGER(new IntType((byte) integer.getBitWidth(), integer.isSigned())))
                    .setConverted_type(ConvertedType.valueOf("INT_" + integer.getBitWidth()));
        } else if (annotation instanceof DecimalLogicalTypeAnnotation decimal) {
            element.setLogicalType(LogicalType.DECIMAL(new DecimalType(decimal.getScale(), decimal.getPrecision())))
                    .setConverted_type(ConvertedType.DECIMAL)
                    .setScale(decimal.getScale())
                    .setPrecision(decimal.getPrecision());
        } else if (annotation instanceof ListLogicalTypeAnnotation) {
            element.setLogicalType(LogicalType.LIST(new ListType())).setConverted_type(ConvertedType.LIST);
        } else if (annotation != null) {
            throw new IllegalStateException("No column is stored as " + annotation);
        }
    }

    private static TimeUnit micros() {
        return TimeUnit.MICROS(new MicroSeconds());
    }
}
