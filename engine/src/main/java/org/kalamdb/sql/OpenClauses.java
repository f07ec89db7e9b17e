// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import static org.kalamdb.sql.parser.KalamParserImplConstants.DISTINCT;
import static org.kalamdb.sql.parser.KalamParserImplConstants.JSON_OBJECT;
import static org.kalamdb.sql.parser.KalamParserImplConstants.JSON_OBJECTAGG;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.kalamdb.sql.parser.Token;

/** What each open parenthesis of the text read so far is in the midst of. Confined to one thread. */
final class OpenClauses {
    private final Deque<Level> levels = new ArrayDeque<>();

    OpenClauses() {
        levels.push(new Level(false));
    }

    /** @param before the token before the parenthesis */
    void open(@Nullable Token before) {
        levels.push(new Level(before != null && (before.kind == JSON_OBJECT || before.kind == JSON_OBJECTAGG)));
    }

    void close() {
        if (levels.size() > 1) {
            levels.pop();
        }
    }

    void select() {
        current().selecting = true;
    }

    /** @param before the token before FROM, which in IS DISTINCT FROM is no clause */
    void from(@Nullable Token before) {
        if (before == null || before.kind != DISTINCT) {
            current().selecting = false;
        }
    }

    /** Says that what follows is another clause of the statement, such as ON CONFLICT. */
    void endSelect() {
        current().selecting = false;
    }

    /** Whether a SELECT has begun whose FROM has not. */
    boolean lackFrom() {
        return current().selecting;
    }

    /** Whether names and values of a JSON object are listed. */
    boolean inJsonObject() {
        return current().json;
    }

    private Level current() {
        return levels.element();
    }

    private static final class Level {
        private final boolean json;
        private boolean selecting;

        Level(boolean json) {
            this.json = json;
        }
    }
}
