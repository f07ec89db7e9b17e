// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import java.util.Arrays;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.SourcePosition;
import org.kalamdb.sql.parser.Token;

/** A text and the offsets of its lines, as the lexer counts them. Confined to one thread. */
final class SourceText {
    private final String text;
    private int @Nullable [] lineStarts;

    SourceText(String text) {
        this.text = text;
    }

    /** The text from the first character of {@code first} to the last of {@code last}. */
    String slice(Token first, Token last) {
        return text.substring(offset(first.beginLine, first.beginColumn), offset(last.endLine, last.endColumn) + 1);
    }

    static @Nullable SourcePosition position(@Nullable SqlParserPos position) {
        return position == null || position.getLineNum() < 1 || position.getColumnNum() < 1
                ? null
                : new SourcePosition(position.getLineNum(), position.getColumnNum());
    }

    /** Where a character stands. @param offset from 0 */
    static SourcePosition position(String text, int offset) {
        int lineStart = text.lastIndexOf('\n', offset - 1) + 1;
        int line = 1
                + (int) text.substring(0, lineStart)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
        return new SourcePosition(line, offset - lineStart + 1);
    }

    private int offset(int line, int column) {
        if (lineStarts == null) {
            lineStarts = findLineStarts(text);
        }
        return lineStarts[line - 1] + column - 1;
    }

    private static int[] findLineStarts(String text) {
        int[] starts = new int[16];
        int lines = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean carriageReturnOfPair = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
            if (c == '\n' || c == '\r' && !carriageReturnOfPair) {
                if (lines == starts.length) {
                    starts = Arrays.copyOf(starts, 2 * lines);
                }
                starts[lines++] = i + 1;
            }
        }
        return starts;
    }
}
