// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Function;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.type.JsonTree;

/**
 * The stored form of definitions: JSON with a format number. Within a format fields are only added: readers pass over
 * fields they do not know and fill in those that are missing. Safe for use by several threads.
 */
public final class DefinitionJson {
    /** The format that is written, and the newest that is read. */
    static final int FORMAT = 1;

    private DefinitionJson() {}

    /** The stored form of a table, history included, as JSON text. */
    public static String text(TableDefinition table) {
        return JsonTree.text(DefinitionWriter.table(table));
    }

    /** Settings as a JSON object. */
    public static String text(SortedMap<String, String> settings) {
        ObjectNode json = object();
        settings.forEach(json::put);
        return JsonTree.text(json);
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static byte[] toBytes(ObjectNode json) {
        return JsonTree.bytes(json.put("format", FORMAT));
    }

    static <T> T read(String kind, byte[] bytes, Function<JsonNode, T> reader) {
        return read(kind, () -> JsonTree.parse(bytes), reader);
    }

    /** As {@link #read(String, byte[], Function)}, of some members only. @param members their names */
    static <T> T read(String kind, byte[] bytes, Set<String> members, Function<JsonNode, T> reader) {
        return read(kind, () -> JsonTree.parseMembers(bytes, members), reader);
    }

    private interface Parsing {
        JsonNode parse() throws IOException;
    }

    private static <T> T read(String kind, Parsing parsing, Function<JsonNode, T> reader) {
        try {
            JsonNode json = parsing.parse();
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
