// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.file;

import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type.Repetition;

/** The fields of a Parquet schema as it lies in the footer: each type before its fields. Confined to one thread. */
final class ParquetColumns {
    private static final String NESTED =
            "nested columns are not supported; write its fields as columns of their own or the whole as JSON";

    private final List<SchemaElement> elements;
    private int next = 1;
    private int leaf;

    private ParquetColumns(List<SchemaElement> elements) {
        this.elements = elements;
    }

    static List<ParquetColumn> of(List<SchemaElement> elements) {
        ParquetColumns reader = new ParquetColumns(elements);
        List<ParquetColumn> columns = new ArrayList<>();
        int count = elements.get(0).getNum_children();
        for (int i = 0; i < count; i++) {
            columns.add(reader.column());
        }
        return columns;
    }

    private ParquetColumn column() {
        SchemaElement element = elements.get(next);
        int firstLeaf = leaf;
        if (!element.isSetNum_children() || element.getNum_children() == 0 && element.isSetType()) {
            next++;
            leaf++;
            return element.getRepetition_type() == FieldRepetitionType.REPEATED
                    ? new ParquetColumn(element.getName(), firstLeaf, true, null, null, null, NESTED)
                    : primitive(element, firstLeaf);
        }
        ParquetColumn list = list(element, firstLeaf);
        skip();
        return list;
    }

    private static ParquetColumn primitive(SchemaElement element, int leaf) {
        ParquetTypeMapping mapping = ParquetTypeMapping.of(element);
        ColumnDescriptor descriptor = descriptor(element, 0, isOptional(element) ? 1 : 0);
        return new ParquetColumn(
                element.getName(),
                leaf,
                isOptional(element),
                descriptor,
                mapping.type(),
                mapping.decoding(),
                mapping.unsupported());
    }

    /** A list of numbers in the standard form of three levels, or what says that it is something else. */
    private ParquetColumn list(SchemaElement group, int leaf) {
        boolean annotated = group.getConverted_type() == ConvertedType.LIST
                || group.isSetLogicalType() && group.getLogicalType().isSetLIST();
        if (annotated && group.getNum_children() == 1 && next + 2 < elements.size()) {
            SchemaElement repeated = elements.get(next + 1);
            SchemaElement element = elements.get(next + 2);
            if (repeated.getNum_children() == 1
                    && repeated.getRepetition_type() == FieldRepetitionType.REPEATED
                    && isNumber(element)) {
                int levels = 1 + (isOptional(group) ? 1 : 0) + (isOptional(element) ? 1 : 0);
                ParquetTypeMapping mapping = ParquetTypeMapping.of(element);
                return new ParquetColumn(
                        group.getName(),
                        leaf,
                        isOptional(group),
                        descriptor(element, 1, levels),
                        null,
                        mapping.decoding(),
                        "a list does not say the dimension of an EMBEDDING; copy it to a table that does");
            }
        }
        return new ParquetColumn(group.getName(), leaf, true, null, null, null, NESTED);
    }

    private static boolean isNumber(SchemaElement element) {
        return element.getType() == org.apache.parquet.format.Type.FLOAT
                || element.getType() == org.apache.parquet.format.Type.DOUBLE;
    }

    private static boolean isOptional(SchemaElement element) {
        return element.getRepetition_type() == FieldRepetitionType.OPTIONAL;
    }

    private static ColumnDescriptor descriptor(SchemaElement element, int repetitionLevel, int definitionLevel) {
        PrimitiveTypeName name = element.getType() == org.apache.parquet.format.Type.BYTE_ARRAY
                ? PrimitiveTypeName.BINARY
                : PrimitiveTypeName.valueOf(element.getType().name());
        PrimitiveType type = new PrimitiveType(Repetition.OPTIONAL, name, element.getType_length(), element.getName());
        return new ColumnDescriptor(new String[] {element.getName()}, type, repetitionLevel, definitionLevel);
    }

    /** Passes over a type and all below it. */
    private void skip() {
        int open = 1;
        while (open > 0) {
            SchemaElement element = elements.get(next++);
            open--;
            if (element.isSetNum_children() && element.getNum_children() > 0) {
                open += element.getNum_children();
            } else {
                leaf++;
            }
        }
    }
}
