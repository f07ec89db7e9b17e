// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What queries have in common that differ in no more than the values that columns are compared with in conditions. Immutable.
 *
 * @param text the query with a parameter in the place of each value; it means the same where parameters get the types of the
 *     values, which only planning tells
 * @param values that stood there, in order: numbers and texts
 * @param hasRanges whether a comparison is neither equality nor membership, so that its value says how many rows there are
 */
public record StatementShape(String text, List<SimpleStatement.Value> values, boolean hasRanges) {
    public StatementShape {
        values = List.copyOf(values);
    }

    /** @return null if the text is no query, compares columns with no values, or is not understood */
    public static @Nullable StatementShape read(String sql) {
        return new ShapeReader(sql).read();
    }
}
