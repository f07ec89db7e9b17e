// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One statement out of a document. It ends with a semicolon at the end of a line, where a comment may say what it fails
 * with. Immutable.
 *
 * @param line where it begins in the document, from 1
 * @param sql the statement, with its semicolon
 * @param expectedSqlState what it fails with, or null if it succeeds
 */
record DocumentedStatement(int line, String sql, @Nullable String expectedSqlState) {
    private static final Pattern END = Pattern.compile("(.*;)\\s*(?:-- error ([0-9A-Z]{5}))?");

    /** The statements of the {@code sql} blocks of a Markdown document, in order. */
    static List<DocumentedStatement> of(List<String> lines) {
        List<DocumentedStatement> statements = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        boolean inBlock = false;
        int first = 0;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith("```")) {
                if (!text.isEmpty()) {
                    throw new IllegalArgumentException("Statement has no end: line " + first);
                }
                inBlock = line.equals("```sql");
            } else if (inBlock && !(text.isEmpty() && line.isBlank())) {
                if (text.isEmpty()) {
                    first = i + 1;
                }
                Matcher end = END.matcher(line);
                if (end.matches()) {
                    statements.add(new DocumentedStatement(first, text + end.group(1), end.group(2)));
                    text.setLength(0);
                } else {
                    text.append(line).append('\n');
                }
            }
        }
        return List.copyOf(statements);
    }
}
