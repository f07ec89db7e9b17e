// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.file;

import com.fasterxml.jackson.core.JsonToken;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.type.KalamDataType;

/** Finds out the columns of a JSON file. */
final class JsonSniffer {
    private JsonSniffer() {}

    static FileShape shape(JsonFormat format, Path file, long sampleRows) {
        Map<String, MemberGuess> guesses = new LinkedHashMap<>();
        try (JsonObjects objects = new JsonObjects(file, format.charset())) {
            for (long row = 0; row < sampleRows && objects.nextObject(); row++) {
                for (String name = objects.nextMember(); name != null; name = objects.nextMember()) {
                    guesses.computeIfAbsent(name, key -> new MemberGuess()).add(objects);
                }
            }
        }
        if (guesses.isEmpty()) {
            throw new KalamException(
                    ErrorCode.INVALID_FILE_FORMAT,
                    "Cannot tell the columns of file " + file + ": it has no object; copy it to a table instead");
        }
        List<FileColumn> columns = new ArrayList<>();
        guesses.forEach((name, guess) -> columns.add(new FileColumn(name, guess.type())));
        return new FileShape(format, columns);
    }

    /** What the values of a member have in common. */
    private static final class MemberGuess {
        private final TypeGuess scalars = new TypeGuess();
        private boolean hasStrings;
        private boolean hasOthers;
        private boolean isNested;

        void add(JsonObjects objects) {
            JsonToken token = objects.token();
            if (token == JsonToken.VALUE_NULL) {
                return;
            }
            if (token.isStructStart()) {
                isNested = true;
                objects.skip();
                return;
            }
            hasStrings |= token == JsonToken.VALUE_STRING;
            hasOthers |= token != JsonToken.VALUE_STRING;
            scalars.add(objects.text());
        }

        KalamDataType type() {
            if (isNested) {
                return KalamDataType.JSON;
            }
            if (hasStrings && hasOthers) {
                return KalamDataType.TEXT;
            }
            KalamDataType type = scalars.type();
            // A number in quotes was meant to be text.
            boolean number =
                    type == KalamDataType.BOOLEAN || type == KalamDataType.BIGINT || type == KalamDataType.DOUBLE;
            return hasStrings && number ? KalamDataType.TEXT : type;
        }
    }
}
