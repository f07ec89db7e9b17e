// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.type.JsonBuffers;

/** The members of the objects in a JSON file. Confined to one thread; must be closed. */
final class JsonObjects implements AutoCloseable {
    private static final JsonFactory JSON = JsonFactory.builder()
            .recyclerPool(JsonBuffers.POOL)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(1 << 16)
                    .maxNestingDepth(1000)
                    .build())
            .build();

    private final Path file;
    private final KeptText text;
    private final JsonParser parser;
    private boolean started;
    private boolean inArray;
    private long line = 1;

    JsonObjects(Path file, Charset charset) {
        this.file = file;
        try {
            this.text = new KeptText(TextFile.open(file, charset));
            this.parser = JSON.createParser(text);
        } catch (IOException e) {
            throw FileErrors.reading(file, e);
        }
    }

    /** Goes into the next object, or to the end, which is false. */
    boolean nextObject() {
        try {
            JsonToken token = parser.nextToken();
            if (!started) {
                started = true;
                inArray = token == JsonToken.START_ARRAY;
                if (inArray) {
                    token = parser.nextToken();
                }
            }
            if (inArray && token == JsonToken.END_ARRAY) {
                line = parser.currentTokenLocation().getLineNr();
                if (parser.nextToken() != null) {
                    throw malformed("Something follows the array of rows", null);
                }
                return false;
            }
            if (token == null) {
                return false;
            }
            line = parser.currentTokenLocation().getLineNr();
            if (token != JsonToken.START_OBJECT) {
                throw malformed("A row must be a JSON object, got: " + describe(token), null);
            }
            text.forgetBefore(parser.currentTokenLocation().getCharOffset());
            return true;
        } catch (IOException e) {
            throw translate(e);
        }
    }

    /** Goes to the next member of the object and answers its name, or null behind the last one. */
    @Nullable
    String nextMember() {
        try {
            if (parser.nextToken() == JsonToken.END_OBJECT) {
                return null;
            }
            String name = parser.currentName();
            parser.nextToken();
            return name;
        } catch (IOException e) {
            throw translate(e);
        }
    }

    /** What the value of the member is. */
    JsonToken token() {
        return parser.currentToken();
    }

    boolean isNull() {
        return parser.currentToken() == JsonToken.VALUE_NULL;
    }

    /** A string without its quotes, any other value as it stands in the file. */
    String text() {
        try {
            return parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : rawText();
        } catch (IOException e) {
            throw translate(e);
        }
    }

    /** The value of the member as it stands in the file. */
    String rawText() {
        try {
            long start = parser.currentTokenLocation().getCharOffset();
            if (parser.currentToken().isStructStart()) {
                parser.skipChildren();
            } else if (parser.currentToken() != JsonToken.VALUE_STRING) {
                return parser.getText();
            } else {
                parser.finishToken();
            }
            return text.between(start, parser.currentLocation().getCharOffset());
        } catch (IOException e) {
            throw translate(e);
        }
    }

    /** Passes over the value of the member. */
    void skip() {
        try {
            parser.skipChildren();
        } catch (IOException e) {
            throw translate(e);
        }
    }

    /** The line on which the object begins. */
    FilePlace place() {
        return new FilePlace(file, FilePlace.LINE, line);
    }

    private KalamException translate(IOException e) {
        if (e instanceof JsonProcessingException syntax) {
            if (syntax.getLocation() != null) {
                line = syntax.getLocation().getLineNr();
            }
            return malformed("Invalid JSON: " + syntax.getOriginalMessage(), e);
        }
        return e instanceof CharacterCodingException
                ? place().locate(new KalamException(
                        ErrorCode.INVALID_ENCODING,
                        "The bytes are no text of the encoding; say which one with ENCODING",
                        e))
                : FileErrors.reading(file, e);
    }

    private KalamException malformed(String message, @Nullable IOException cause) {
        return place().malformed(message, cause);
    }

    private static String describe(JsonToken token) {
        return switch (token) {
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            case VALUE_NULL -> "null";
            case START_OBJECT, END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                token.toString();
        };
    }

    @Override
    public void close() {
        try {
            parser.close();
        } catch (IOException e) {
            throw FileErrors.reading(file, e);
        }
    }
}
