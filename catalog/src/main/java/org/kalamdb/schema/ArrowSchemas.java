// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.schema;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;
import org.kalamdb.type.ArrowTypes;
import org.kalamdb.type.ConversionStatistics;
import org.kalamdb.type.KalamDataType;

/**
 * Columns as Arrow schemas: in ordinal order, with their nullability, and with what Arrow has no place for in the
 * metadata of the fields. Safe for use by several threads.
 */
public final class ArrowSchemas {
    /** Field metadata with a JSON array of {@code pk}, {@code nn} and {@code uq}, as far as they are true. */
    public static final String FLAGS_METADATA_KEY = "kalam_column_flags";

    /** Field metadata with the column id, under the name that Arrow's own Parquet readers and writers use. */
    public static final String COLUMN_ID_METADATA_KEY = "PARQUET:field_id";

    /** Types convert the same in every database, so one cache serves all. */
    private static final ArrowTypes TYPES = new ArrowTypes();

    private ArrowSchemas() {}

    /** The conversions of types that schemas needed so far. */
    public static ConversionStatistics conversionStatistics() {
        return TYPES.statistics();
    }

    static Schema of(List<ColumnDefinition> columns, Set<String> uniqueColumns) {
        return new Schema(columns.stream()
                .map(column -> field(column, uniqueColumns.contains(column.name())))
                .toList());
    }

    /**
     * A schema as Arrow's libraries exchange it, the message of its IPC format: who has classes of another copy of Arrow reads
     * it with those.
     */
    public static byte[] message(List<Field> fields) {
        return new Schema(fields).serializeAsMessage();
    }

    /**
     * The field of a column of a result.
     *
     * @param label its name in the result
     * @param nullable whether NULL can occur
     * @param origin the column of a table that it shows, or null for an expression
     */
    public static Field resultField(
            String label, KalamDataType type, boolean nullable, @Nullable ColumnDefinition origin) {
        Field field = TYPES.toField(label, type, nullable);
        if (origin == null) {
            return field;
        }
        Map<String, String> metadata = new HashMap<>(field.getMetadata());
        metadata.put(COLUMN_ID_METADATA_KEY, Long.toString(origin.columnId()));
        return new Field(label, new FieldType(nullable, field.getType(), null, metadata), field.getChildren());
    }

    /** The columns that are unique by themselves, the primary key aside. */
    static Set<String> uniqueColumns(List<Constraint> constraints) {
        return constraints.stream()
                .filter(constraint -> constraint instanceof Constraint.Unique
                        && constraint.columns().size() == 1)
                .map(constraint -> constraint.columns().get(0))
                .collect(Collectors.toSet());
    }

    private static Field field(ColumnDefinition column, boolean unique) {
        Field field = TYPES.toField(column.name(), column.dataType(), column.nullable());
        Map<String, String> metadata = new HashMap<>(field.getMetadata());
        metadata.put(COLUMN_ID_METADATA_KEY, Long.toString(column.columnId()));
        ArrayNode flags = flags(column, unique);
        if (!flags.isEmpty()) {
            metadata.put(FLAGS_METADATA_KEY, flags.toString());
        }
        FieldType type = new FieldType(column.nullable(), field.getType(), field.getDictionary(), metadata);
        return new Field(column.name(), type, field.getChildren());
    }

    private static ArrayNode flags(ColumnDefinition column, boolean unique) {
        ArrayNode flags = JsonNodeFactory.instance.arrayNode();
        if (column.primaryKey()) {
            flags.add("pk");
        }
        if (!column.nullable()) {
            flags.add("nn");
        }
        if (unique) {
            flags.add("uq");
        }
        return flags;
    }
}
