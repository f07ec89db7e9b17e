// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import java.util.ArrayList;
import java.util.List;

/** Cuts a script into statements without parsing them. Confined to one thread. */
final class ScriptSplitter {
    private final String script;
    private final List<String> statements = new ArrayList<>();
    private int start;
    private int position;
    private boolean blank = true;

    private ScriptSplitter(String script) {
        this.script = script;
    }

    static List<String> split(String script) {
        ScriptSplitter splitter = new ScriptSplitter(script);
        splitter.run();
        return List.copyOf(splitter.statements);
    }

    private void run() {
        while (position < script.length()) {
            char c = script.charAt(position);
            if (c == ';') {
                endStatement();
            } else if (c == '\'') {
                skipQuoted(c, position > 0 && isEscapePrefix(position - 1));
            } else if (c == '"' || c == '`') {
                skipQuoted(c, false);
            } else if (script.startsWith("--", position) || script.startsWith("//", position)) {
                skipLine();
            } else if (script.startsWith("/*", position)) {
                skipBlockComment();
            } else {
                blank &= Character.isWhitespace(c);
                position++;
            }
        }
        endStatement();
    }

    private void endStatement() {
        if (!blank) {
            statements.add(script.substring(start, position).strip());
        }
        position++;
        start = position;
        blank = true;
    }

    /** Whether the character makes the string after it one with backslashes: E'..', where E is a word of its own. */
    private boolean isEscapePrefix(int index) {
        char c = script.charAt(index);
        return (c == 'E' || c == 'e') && (index == 0 || !Character.isJavaIdentifierPart(script.charAt(index - 1)));
    }

    private void skipQuoted(char quote, boolean backslashes) {
        blank = false;
        position++;
        while (position < script.length()) {
            char c = script.charAt(position++);
            boolean doubled = c == quote && position < script.length() && script.charAt(position) == quote;
            if (doubled || c == '\\' && backslashes) {
                position++;
            } else if (c == quote) {
                return;
            }
        }
        position = script.length();
    }

    private void skipLine() {
        while (position < script.length() && "\r\n".indexOf(script.charAt(position)) < 0) {
            position++;
        }
    }

    private void skipBlockComment() {
        int end = script.indexOf("*/", position + 2);
        position = end < 0 ? script.length() : end + 2;
    }
}
