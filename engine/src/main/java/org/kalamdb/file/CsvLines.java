// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.file;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.KalamException;

/**
 * The lines of a CSV file as fields of text. Confined to one thread; must be closed.
 *
 * <p>Strict where a mistake would shift or swallow values: a quoted field must end, and nothing may follow it but a
 * delimiter or the end of the line. Lines end with a line feed, a carriage return or both.
 */
final class CsvLines implements AutoCloseable {
    private static final int END = -1;

    private final Path file;
    private final char delimiter;
    private final char quote;
    private final char escape;
    private final String nullText;
    private final Reader in;

    private final char[] buffer = new char[1 << 15];
    private int position;
    private int limit;

    /** The field being read. */
    private char[] field = new char[256];

    private int fieldLength;

    private @Nullable String[] texts = new @Nullable String[16];
    private int width;
    /** The line that is read next, and the one on which the fields begin. */
    private long nextLine = 1;

    private long line = 1;

    CsvLines(CsvFormat format, Path file) {
        this.file = file;
        this.delimiter = format.delimiterOrDefault();
        this.quote = format.quote();
        this.escape = format.escape();
        this.nullText = format.nullText();
        try {
            this.in = TextFile.open(file, format.charset());
        } catch (IOException e) {
            throw FileErrors.reading(file, e);
        }
    }

    /** Goes to the next line, or to the end, which is false. */
    boolean next() {
        try {
            line = nextLine;
            width = 0;
            if (peek() == END) {
                return false;
            }
            while (readField()) {
                // Until the line ends.
            }
            return true;
        } catch (IOException e) {
            throw FileErrors.reading(file, e);
        }
    }

    /** Reads a field and what ends it. @return whether another one follows */
    private boolean readField() throws IOException {
        fieldLength = 0;
        boolean quoted = peek() == quote;
        if (quoted) {
            position++;
            readQuoted();
        } else {
            readPlain();
        }
        int after = peek();
        if (quoted && after != END && after != delimiter && after != '\n' && after != '\r') {
            throw malformed("A field in quotes is followed by '" + (char) after + "' instead of the delimiter");
        }
        boolean more = after == delimiter;
        if (quoted || more || fieldLength > 0 || width > 0) {
            add(quoted);
        }
        if (after != END) {
            position++;
            if (!more) {
                endLine(after);
            }
        }
        return more;
    }

    private void readPlain() throws IOException {
        while (true) {
            int start = position;
            int at = start;
            while (at < limit && buffer[at] != delimiter && buffer[at] != '\n' && buffer[at] != '\r') {
                at++;
            }
            append(start, at);
            position = at;
            if (at < limit || peek() == END) {
                return;
            }
        }
    }

    private void readQuoted() throws IOException {
        while (true) {
            int start = position;
            int at = start;
            while (at < limit && buffer[at] != quote && buffer[at] != escape && buffer[at] != '\n') {
                at++;
            }
            append(start, at);
            position = at;
            int c = peek();
            if (c == END) {
                throw malformed("A field in quotes does not end");
            }
            position++;
            int following = c == escape ? peek() : END;
            if (c == escape && (following == quote || following == escape)) {
                appendNext();
            } else if (c == quote) {
                return;
            } else {
                append(position - 1, position);
                nextLine += c == '\n' ? 1 : 0;
            }
        }
    }

    private void appendNext() throws IOException {
        peek();
        append(position, position + 1);
        position++;
    }

    private void endLine(int first) throws IOException {
        nextLine++;
        if (first == '\r' && peek() == '\n') {
            position++;
        }
    }

    /** The next character without reading it; what lies before it in the buffer may be gone. */
    private int peek() throws IOException {
        if (position == limit) {
            int read = in.read(buffer, 0, buffer.length);
            if (read <= 0) {
                return END;
            }
            position = 0;
            limit = read;
        }
        return buffer[position];
    }

    private void append(int from, int to) {
        int length = to - from;
        if (length > field.length - fieldLength) {
            field = Arrays.copyOf(field, Math.max(2 * field.length, fieldLength + length));
        }
        System.arraycopy(buffer, from, field, fieldLength, length);
        fieldLength += length;
    }

    private void add(boolean quoted) {
        if (width == texts.length) {
            texts = Arrays.copyOf(texts, 2 * width);
        }
        texts[width++] = !quoted && isNull() ? null : new String(field, 0, fieldLength);
    }

    private boolean isNull() {
        if (fieldLength != nullText.length()) {
            return false;
        }
        for (int i = 0; i < fieldLength; i++) {
            if (field[i] != nullText.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private KalamException malformed(String message) {
        return place().malformed(message, null);
    }

    /** Number of fields; 0 for an empty line. */
    int width() {
        return width;
    }

    /** A field's text, or null for NULL. */
    @Nullable
    String text(int index) {
        return texts[index];
    }

    FilePlace place() {
        return new FilePlace(file, FilePlace.LINE, line);
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw FileErrors.reading(file, e);
        }
    }
}
