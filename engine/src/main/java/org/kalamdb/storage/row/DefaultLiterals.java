// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.row;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.schema.ColumnDefault;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.type.JsonTree;
import org.kalamdb.type.KalamDataType;
import org.kalamdb.type.StoredValues;
import org.kalamdb.type.TypeKind;

/** Constant defaults of columns, kept as JSON, as stored values. */
public final class DefaultLiterals {
    private DefaultLiterals() {}

    /** The stored value of a constant default of the column; null for NULL and for a default that is no constant. */
    public static @Nullable Object storedValue(ColumnDefinition column, ColumnDefault value) {
        if (!(value instanceof ColumnDefault.Literal literal)) {
            return null;
        }
        JsonNode json = literal.value();
        return json.isNull() ? null : StoredValues.fromJava(column.dataType(), javaValue(column.dataType(), json));
    }

    private static Object javaValue(KalamDataType type, JsonNode json) {
        if (json.isBoolean()) {
            return json.booleanValue();
        }
        if (json.isFloat() || json.isDouble()) {
            return json.doubleValue();
        }
        if (json.isNumber()) {
            return json.decimalValue();
        }
        if (json.isArray() && type.kind() == TypeKind.EMBEDDING) {
            List<Double> elements = new ArrayList<>(json.size());
            json.forEach(element -> elements.add(element.doubleValue()));
            return elements;
        }
        return json.isTextual() ? json.textValue() : JsonTree.text(json);
    }
}
