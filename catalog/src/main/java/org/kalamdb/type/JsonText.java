// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.type;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/** Checks that text is one JSON value as RFC 8259 defines it. */
final class JsonText {
    private static final JsonFactory FACTORY =
            JsonFactory.builder().recyclerPool(JsonBuffers.POOL).build();
    /** What the parser says to programmers about its settings and sources. */
    private static final Pattern PARSER_ADVICE = Pattern.compile(" \\(start marker at .*|: enable `.*|, from `[^`]*`");

    private JsonText() {}

    /** The text itself, unchanged. */
    static String validate(String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            validate(parser);
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException("Reading a string failed", e);
        }
    }

    private static void validate(JsonParser parser) throws IOException {
        try {
            if (parser.nextToken() == null) {
                throw invalid(parser.currentLocation(), "it is empty", null);
            }
            parser.skipChildren();
            parser.finishToken();
            if (parser.nextToken() != null) {
                throw invalid(parser.currentTokenLocation(), "there is more after the value", null);
            }
        } catch (JsonProcessingException e) {
            JsonLocation location = e.getLocation() == null ? parser.currentLocation() : e.getLocation();
            throw invalid(
                    location, PARSER_ADVICE.matcher(e.getOriginalMessage()).replaceFirst(""), e);
        }
    }

    private static KalamException invalid(JsonLocation location, String reason, @Nullable Throwable cause) {
        return new KalamException(
                ErrorCode.INVALID_JSON,
                "Invalid JSON at line " + location.getLineNr() + ", column " + location.getColumnNr() + ": " + reason,
                cause);
    }
}
