// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.SourcePosition;

/**
 * What queries have in common that differ in no more than values: those that something is compared with, those that arithmetic
 * computes with, and the bounds of LIMIT. Immutable.
 *
 * @param text the query with a parameter in the place of each value; where the type of what is answered depends on that of the
 *     value, a comment says which it is, so that queries of one text answer columns of the same types and names
 * @param slots what stood there, in order
 * @param hasRanges whether a comparison is neither equality nor membership, so that its value says how many rows there are
 */
public record StatementShape(String text, List<Slot> slots, boolean hasRanges) {
    /** How the parameter in the place of a value comes by its type. */
    public enum Typing {
        /** It has the type of what it is compared with, or of the place it stands in. */
        COMPARED,
        /** It has the type that the value has by itself. */
        OWN
    }

    /**
     * A place of the text where a value stood.
     *
     * @param value a number, or a text, which is a day as {@code yyyy-mm-dd} if it has its own type
     */
    public record Slot(SimpleStatement.Value value, Typing typing) {}

    public StatementShape {
        slots = List.copyOf(slots);
    }

    /** @return null if the text is no query, has no such values, or is not understood */
    public static @Nullable StatementShape read(String sql) {
        return new ShapeReader(sql).read();
    }

    /** The place in {@code sql} of what stands at a place of its shape's text. */
    public static SourcePosition placeInQuery(String sql, SourcePosition inShape) {
        ShapeReader reader = new ShapeReader(sql);
        StatementShape shape = reader.read();
        return shape == null ? inShape : SourceText.position(sql, reader.offsetInQuery(offset(shape.text(), inShape)));
    }

    private static int offset(String text, SourcePosition position) {
        int lineStart = 0;
        for (int line = 1; line < position.line(); line++) {
            lineStart = text.indexOf('\n', lineStart) + 1;
        }
        return lineStart + position.column() - 1;
    }
}
