// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.error;

import org.jspecify.annotations.Nullable;

/**
 * A place in SQL text. Immutable.
 *
 * @param line 1-based line
 * @param column 1-based column, in UTF-16 units
 * @param view the qualified name of the view whose query the text is, or null if it is the statement
 */
public record SourcePosition(int line, int column, @Nullable String view) {
    public SourcePosition {
        if (line < 1 || column < 1) {
            throw new IllegalArgumentException("Invalid source position " + line + ":" + column);
        }
    }

    /** A place in the statement. */
    public SourcePosition(int line, int column) {
        this(line, column, null);
    }

    /** Line and column, and the view if there is one. */
    @Override
    public String toString() {
        return view == null ? line + ":" + column : line + ":" + column + " of view " + view;
    }
}
