// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.SortedMap;
import java.util.function.Function;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.TableDefinition;

/**
 * The stored form of definitions: JSON with a format number. Within a format fields are only added: readers pass over
 * fields they do not know and fill in those that are missing. Safe for use by several threads.
 */
public final class DefinitionJson {
    /** The format that is written, and the newest that is read. */
    static final int FORMAT = 1;

    /** Keeps every digit of a number, so that what is read is equal to what was written. */
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private DefinitionJson() {}

    /** The stored form of a table, history included, as JSON text. */
    public static String text(TableDefinition table) {
        return DefinitionWriter.table(table).toString();
    }

    /** Settings as a JSON object. */
    public static String text(SortedMap<String, String> settings) {
        ObjectNode json = object();
        settings.forEach(json::put);
        return json.toString();
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static JsonNode parse(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new KalamException(ErrorCode.INTERNAL_ERROR, "Cannot write a definition: " + e.getMessage(), e);
        }
    }

    static byte[] toBytes(ObjectNode json) {
        try {
            return MAPPER.writeValueAsBytes(json.put("format", FORMAT));
        } catch (JsonProcessingException e) {
            throw new KalamException(ErrorCode.INTERNAL_ERROR, "Cannot write a definition: " + e.getMessage(), e);
        }
    }

    static <T> T read(String kind, byte[] bytes, Function<JsonNode, T> reader) {
        try {
            JsonNode json = MAPPER.readTree(bytes);
            int format = json.path("format").asInt();
            if (format > FORMAT) {
                throw new KalamException(
                        ErrorCode.DATABASE_NOT_OPENABLE,
                        "Cannot read the definition of a " + kind + ": its format is newer than " + FORMAT
                                + ", open the database with the version of KalamDB that wrote it, got: " + format);
            }
            return reader.apply(json);
        } catch (IOException e) {
            throw corrupted(kind, e);
        } catch (KalamException e) {
            // What could not be defined today was not written by us: the bytes are not what they were.
            throw e.code() == ErrorCode.DATABASE_NOT_OPENABLE ? e : corrupted(kind, e);
        } catch (RuntimeException e) {
            throw corrupted(kind, e);
        }
    }

    private static KalamException corrupted(String kind, Exception cause) {
        return new KalamException(
                ErrorCode.DATA_CORRUPTED,
                "Cannot read the definition of a " + kind + ", the stored bytes are damaged: " + cause.getMessage(),
                cause);
    }
}
