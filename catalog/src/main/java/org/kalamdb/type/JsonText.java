package org.kalamdb.type;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/** Checks that text is one JSON value as RFC 8259 defines it. */
final class JsonText {
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonText() {}

    /** The text itself, unchanged. */
    static String validate(String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() == null) {
                throw invalid(parser.currentLocation(), "it is empty", null);
            }
            parser.skipChildren();
            parser.finishToken();
            if (parser.nextToken() != null) {
                throw invalid(parser.currentTokenLocation(), "there is more after the value", null);
            }
            return text;
        } catch (JsonProcessingException e) {
            throw invalid(e.getLocation(), e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("Reading a string failed", e);
        }
    }

    private static KalamException invalid(
            @Nullable JsonLocation location,
            String reason,
            @Nullable Throwable cause) {
        String place = location == null
                ? ""
                : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
        return new KalamException(ErrorCode.INVALID_JSON, "Invalid JSON" + place + ": " + reason, cause);
    }
}
