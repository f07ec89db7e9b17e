// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.function;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.type.JsonBuffers;

/**
 * Access to the parts of JSON text, without building a tree: a part is the very text that stands in the document. A step
 * into something that is not there, or not of that kind, gives NULL; a name that occurs twice means its last value.
 * Called by generated code.
 */
public final class JsonFunctions {
    private static final JsonFactory FACTORY =
            JsonFactory.builder().recyclerPool(JsonBuffers.POOL).build();

    private JsonFunctions() {}

    /** The value of the member {@code name} as JSON. */
    public static @Nullable String getByName(String json, String name) {
        return part(json, name, 0, false);
    }

    /** The element at {@code index} as JSON; from 0, or from -1 backwards. */
    public static @Nullable String getByIndex(String json, long index) {
        return part(json, null, index, false);
    }

    /** The value of the member {@code name} as text: a string without its quotes, the JSON null as NULL. */
    public static @Nullable String getTextByName(String json, String name) {
        return part(json, name, 0, true);
    }

    public static @Nullable String getTextByIndex(String json, long index) {
        return part(json, null, index, true);
    }

    /** A member as a whole number, or NULL if it is no number or does not fit. */
    public static @Nullable Long getIntByName(String json, String name) {
        return toLong(getTextByName(json, name));
    }

    public static @Nullable Long getIntByIndex(String json, long index) {
        return toLong(getTextByIndex(json, index));
    }

    /** A member as a floating-point number, or NULL if it is no number. */
    public static @Nullable Double getFloatByName(String json, String name) {
        return toDouble(getTextByName(json, name));
    }

    public static @Nullable Double getFloatByIndex(String json, long index) {
        return toDouble(getTextByIndex(json, index));
    }

    /** A member as a boolean, or NULL if it is none. */
    public static @Nullable Boolean getBoolByName(String json, String name) {
        return toBoolean(getByName(json, name));
    }

    public static @Nullable Boolean getBoolByIndex(String json, long index) {
        return toBoolean(getByIndex(json, index));
    }

    /** Whether an object has the member {@code name}, or an array of strings holds it. */
    public static boolean contains(String json, String name) {
        try (JsonParser parser = FACTORY.createParser(json)) {
            JsonToken first = parser.nextToken();
            if (first == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    if (parser.currentName().equals(name)) {
                        return true;
                    }
                    parser.nextToken();
                    parser.skipChildren();
                }
            } else if (first == JsonToken.START_ARRAY) {
                for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                    if (token == JsonToken.VALUE_STRING && parser.getText().equals(name)) {
                        return true;
                    }
                    parser.skipChildren();
                }
            }
            return false;
        } catch (IOException e) {
            throw invalid(json, e);
        }
    }

    /** Number of elements, or NULL if it is no array. */
    public static @Nullable Integer arrayLength(String json) {
        try (JsonParser parser = FACTORY.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                return null;
            }
            int length = 0;
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                parser.skipChildren();
                length++;
            }
            return length;
        } catch (IOException e) {
            throw invalid(json, e);
        }
    }

    /** One of object, array, string, number, boolean and null. */
    public static String typeOf(String json) {
        try (JsonParser parser = FACTORY.createParser(json)) {
            JsonToken token = parser.nextToken();
            if (token == null) {
                throw invalid(json, null);
            }
            return switch (token) {
                case START_OBJECT -> "object";
                case START_ARRAY -> "array";
                case VALUE_STRING -> "string";
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "number";
                case VALUE_TRUE, VALUE_FALSE -> "boolean";
                default -> "null";
            };
        } catch (IOException e) {
            throw invalid(json, e);
        }
    }

    /** @param name the member, or null for the element at {@code index} */
    private static @Nullable String part(String json, @Nullable String name, long index, boolean asText) {
        try (JsonParser parser = FACTORY.createParser(json)) {
            JsonToken first = parser.nextToken();
            if (name != null) {
                return first == JsonToken.START_OBJECT ? member(parser, json, name, asText) : null;
            }
            if (first != JsonToken.START_ARRAY) {
                return null;
            }
            long position = index;
            if (index < 0) {
                Integer length = arrayLength(json);
                position = length == null ? -1 : length + index;
            }
            return position < 0 ? null : element(parser, json, position, asText);
        } catch (IOException e) {
            throw invalid(json, e);
        }
    }

    private static @Nullable String member(JsonParser parser, String json, String name, boolean asText)
            throws IOException {
        String found = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean matches = parser.currentName().equals(name);
            parser.nextToken();
            if (matches) {
                found = value(parser, json, asText);
            } else {
                parser.skipChildren();
            }
        }
        return found;
    }

    private static @Nullable String element(JsonParser parser, String json, long position, boolean asText)
            throws IOException {
        long current = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (current == position) {
                return value(parser, json, asText);
            }
            parser.skipChildren();
            current++;
        }
        return null;
    }

    /** The value at which the parser stands; afterwards it stands at its end. */
    private static @Nullable String value(JsonParser parser, String json, boolean asText) throws IOException {
        JsonToken token = parser.currentToken();
        if (asText && token == JsonToken.VALUE_STRING) {
            return parser.getText();
        }
        if (asText && token == JsonToken.VALUE_NULL) {
            return null;
        }
        int start = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        parser.finishToken();
        if (token.isNumeric()) {
            return json.substring(start, start + parser.getTextLength());
        }
        return json.substring(start, (int) parser.currentLocation().getCharOffset());
    }

    private static @Nullable Long toLong(@Nullable String text) {
        BigDecimal number = toNumber(text);
        if (number == null || number.precision() - number.scale() > 19) {
            return null;
        }
        BigDecimal whole = number.setScale(0, RoundingMode.HALF_UP);
        return whole.toBigInteger().bitLength() < Long.SIZE ? whole.longValue() : null;
    }

    private static @Nullable Double toDouble(@Nullable String text) {
        BigDecimal number = toNumber(text);
        return number == null ? null : number.doubleValue();
    }

    private static @Nullable BigDecimal toNumber(@Nullable String text) {
        if (text == null || text.isEmpty() || "-0123456789".indexOf(text.charAt(0)) < 0) {
            return null;
        }
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable Boolean toBoolean(@Nullable String json) {
        if ("true".equals(json)) {
            return true;
        }
        return "false".equals(json) ? false : null;
    }

    private static KalamException invalid(String json, @Nullable IOException cause) {
        String shown = json.length() <= 64 ? json : json.substring(0, 64) + "...";
        return new KalamException(ErrorCode.INVALID_JSON, "Invalid JSON text: '" + shown + "'", cause);
    }
}
