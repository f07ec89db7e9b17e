// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.type;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;

/**
 * JSON text to trees and back, every digit of a number kept. On the streaming parser alone: an ObjectMapper knows how to
 * bind classes, and setting that up takes a fresh JVM longer than all the definitions of a database. Safe for use by
 * several threads.
 */
public final class JsonTree {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .recyclerPool(JsonBuffers.POOL)
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonTree() {}

    /**
     * The tree of a text that holds one JSON value.
     *
     * @throws JsonParseException if it holds something else
     */
    public static JsonNode parse(String text) throws IOException {
        try (JsonParser parser = FACTORY.createParser(text)) {
            return document(parser);
        }
    }

    /**
     * The tree of UTF-8 bytes that hold one JSON value.
     *
     * @throws JsonParseException if they hold something else
     */
    public static JsonNode parse(byte[] utf8) throws IOException {
        try (JsonParser parser = FACTORY.createParser(utf8)) {
            return document(parser);
        }
    }

    /**
     * The tree of UTF-8 bytes that hold one JSON object, without those of its members that are not asked for.
     *
     * @param members their names
     * @throws JsonParseException if they hold something else
     */
    public static JsonNode parseMembers(byte[] utf8, Set<String> members) throws IOException {
        try (JsonParser parser = FACTORY.createParser(utf8)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new JsonParseException(parser, "Expected an object");
            }
            ObjectNode tree = NODES.objectNode();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                if (members.contains(name)) {
                    tree.set(name, value(parser));
                } else {
                    parser.skipChildren();
                }
            }
            if (parser.nextToken() != null) {
                throw new JsonParseException(parser, "There is more after the value");
            }
            return tree;
        }
    }

    /** A tree as text, without white space. */
    public static String text(JsonNode tree) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(text)) {
            write(tree, generator);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to a string failed", e);
        }
        return text.toString();
    }

    /** A tree as UTF-8 bytes, without white space. */
    public static byte[] bytes(JsonNode tree) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator generator = FACTORY.createGenerator(bytes)) {
            write(tree, generator);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to a byte array failed", e);
        }
        return bytes.toByteArray();
    }

    private static void write(JsonNode tree, JsonGenerator generator) throws IOException {
        if (tree instanceof ObjectNode object) {
            generator.writeStartObject();
            for (Map.Entry<String, JsonNode> property : object.properties()) {
                generator.writeFieldName(property.getKey());
                write(property.getValue(), generator);
            }
            generator.writeEndObject();
        } else if (tree instanceof ArrayNode array) {
            generator.writeStartArray();
            for (JsonNode element : array) {
                write(element, generator);
            }
            generator.writeEndArray();
        } else {
            writeScalar(tree, generator);
        }
    }

    private static void writeScalar(JsonNode scalar, JsonGenerator generator) throws IOException {
        if (scalar.isTextual()) {
            generator.writeString(scalar.textValue());
        } else if (scalar.isBoolean()) {
            generator.writeBoolean(scalar.booleanValue());
        } else if (scalar.isBigDecimal()) {
            generator.writeNumber(scalar.decimalValue());
        } else if (scalar.isFloatingPointNumber()) {
            generator.writeNumber(scalar.doubleValue());
        } else if (scalar.isNumber()) {
            generator.writeNumber(scalar.bigIntegerValue());
        } else if (scalar.isNull()) {
            generator.writeNull();
        } else {
            throw new IllegalArgumentException("Not a value of JSON: " + scalar.getNodeType());
        }
    }

    private static JsonNode document(JsonParser parser) throws IOException {
        if (parser.nextToken() == null) {
            throw new JsonParseException(parser, "It is empty");
        }
        JsonNode tree = value(parser);
        if (parser.nextToken() != null) {
            throw new JsonParseException(parser, "There is more after the value");
        }
        return tree;
    }

    private static JsonNode value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> NODES.textNode(parser.getText());
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDecimalValue());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
                throw new JsonParseException(parser, "Expected a value");
        };
    }

    private static JsonNode integer(JsonParser parser) throws IOException {
        return switch (parser.getNumberType()) {
            case INT -> NODES.numberNode(parser.getIntValue());
            case LONG -> NODES.numberNode(parser.getLongValue());
            default -> NODES.numberNode(parser.getBigIntegerValue());
        };
    }

    private static ObjectNode object(JsonParser parser) throws IOException {
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            object.set(name, value(parser));
        }
        return object;
    }

    private static ArrayNode array(JsonParser parser) throws IOException {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser));
        }
        return array;
    }
}
