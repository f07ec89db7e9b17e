// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.type;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/**
 * Types as JSON in the form of the KalamDB server, which readers of its Arrow and Parquet files know: {@code "BigInt"},
 * {@code {"Embedding":384}}, {@code {"Decimal":{"precision":10,"scale":2}}}. Safe for use by several threads.
 */
public final class TypeJsonCodec {
    private static final String EMBEDDING = "Embedding";
    private static final String DECIMAL = "Decimal";
    private static final String PRECISION = "precision";
    private static final String SCALE = "scale";
    private static final Map<String, ScalarType> SCALARS = Arrays.stream(ScalarType.values())
            .collect(Collectors.toUnmodifiableMap(TypeJsonCodec::name, Function.identity()));

    private TypeJsonCodec() {}

    /** The JSON text of a type. */
    public static String encode(KalamDataType type) {
        return JsonTree.text(toTree(type));
    }

    /** A type as a JSON tree. */
    public static JsonNode toTree(KalamDataType type) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        if (type instanceof EmbeddingType embedding) {
            return json.objectNode().put(EMBEDDING, embedding.dimension());
        }
        if (type instanceof DecimalType decimal) {
            ObjectNode parameters =
                    json.objectNode().put(PRECISION, decimal.precision()).put(SCALE, decimal.scale());
            return json.objectNode().set(DECIMAL, parameters);
        }
        return json.textNode(name((ScalarType) type));
    }

    /**
     * The type that JSON text names.
     *
     * @throws KalamException INVALID_ENCODING if it names none
     */
    public static KalamDataType decode(String text) {
        try {
            return ofTree(JsonTree.parse(text));
        } catch (IOException e) {
            throw invalid(text, e);
        }
    }

    /**
     * The type that a JSON tree names.
     *
     * @throws KalamException INVALID_ENCODING if it names none
     */
    public static KalamDataType ofTree(JsonNode tree) {
        KalamDataType type = find(tree);
        if (type == null) {
            throw invalid(JsonTree.text(tree), null);
        }
        return type;
    }

    private static @Nullable KalamDataType find(JsonNode node) {
        if (node.isTextual()) {
            return SCALARS.get(node.textValue());
        }
        if (node.size() != 1) {
            return null;
        }
        int dimension = integer(node.path(EMBEDDING));
        if (dimension >= 1 && dimension <= EmbeddingType.MAX_DIMENSION) {
            return new EmbeddingType(dimension);
        }
        JsonNode parameters = node.path(DECIMAL);
        int precision = integer(parameters.path(PRECISION));
        int scale = integer(parameters.path(SCALE));
        return DecimalType.isValid(precision, scale) ? new DecimalType(precision, scale) : null;
    }

    /** The number, or -1 if it is none or too large. */
    private static int integer(JsonNode node) {
        return node.isInt() ? node.intValue() : -1;
    }

    private static String name(ScalarType type) {
        return switch (type) {
            case BOOLEAN -> "Boolean";
            case SMALLINT -> "SmallInt";
            case INT -> "Int";
            case BIGINT -> "BigInt";
            case FLOAT -> "Float";
            case DOUBLE -> "Double";
            case TEXT -> "Text";
            case BYTES -> "Bytes";
            case JSON -> "Json";
            case UUID -> "Uuid";
            case DATE -> "Date";
            case TIME -> "Time";
            case TIMESTAMP -> "Timestamp";
            case DATETIME -> "DateTime";
        };
    }

    private static KalamException invalid(String text, @Nullable Throwable cause) {
        return new KalamException(
                ErrorCode.INVALID_ENCODING,
                "Invalid type as JSON: expected for example \"Int\" or {\"Embedding\":384}, got: "
                        + ConversionErrors.shorten(text),
                cause);
    }
}
