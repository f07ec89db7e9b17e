// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Gathers lines of a script into statements, which end at a semicolon outside of literals, quoted names and comments.
 * Confined to one thread.
 */
final class StatementBuffer {
    private enum Inside {
        STATEMENT,
        LITERAL,
        NAME,
        BLOCK_COMMENT
    }

    private final StringBuilder pending = new StringBuilder();
    private Inside inside = Inside.STATEMENT;

    /** Whether a statement has begun: something other than blanks and comments is waiting for its semicolon. */
    boolean isEmpty() {
        return inside == Inside.STATEMENT && pending.toString().isBlank();
    }

    /** Takes one line, without its line break, and returns the statements that it completes, without semicolons. */
    List<String> add(String line) {
        List<String> statements = new ArrayList<>();
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            boolean nextIs = i + 1 < line.length();
            char next = nextIs ? line.charAt(i + 1) : 0;
            if (inside == Inside.STATEMENT && c == '-' && next == '-') {
                break;
            }
            if (inside == Inside.STATEMENT && c == '/' && next == '*') {
                inside = Inside.BLOCK_COMMENT;
                i++;
            } else if (inside == Inside.BLOCK_COMMENT && c == '*' && next == '/') {
                inside = Inside.STATEMENT;
                pending.append(' ');
                i++;
            } else if (inside == Inside.STATEMENT && c == ';') {
                takePending(statements);
            } else if (inside != Inside.BLOCK_COMMENT) {
                pending.append(c);
                follow(c);
            }
        }
        if (inside != Inside.BLOCK_COMMENT && pending.length() > 0) {
            pending.append('\n');
        }
        return statements;
    }

    /** What is left at the end of a script, as the statement that needs no semicolon; empties the buffer. */
    List<String> finish() {
        List<String> statements = new ArrayList<>();
        takePending(statements);
        clear();
        return statements;
    }

    /** Forgets the statement that has begun. */
    void clear() {
        pending.setLength(0);
        inside = Inside.STATEMENT;
    }

    private void takePending(List<String> statements) {
        String statement = pending.toString().strip();
        if (!statement.isEmpty()) {
            statements.add(statement);
        }
        pending.setLength(0);
    }

    /** A doubled quote leaves and enters again, which comes to the same. */
    private void follow(char c) {
        if (c == '\'' && inside != Inside.NAME) {
            inside = inside == Inside.LITERAL ? Inside.STATEMENT : Inside.LITERAL;
        } else if (c == '"' && inside != Inside.LITERAL) {
            inside = inside == Inside.NAME ? Inside.STATEMENT : Inside.NAME;
        }
    }
}
