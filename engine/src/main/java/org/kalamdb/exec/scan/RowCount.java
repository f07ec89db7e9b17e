// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.scan;

import static java.util.Objects.requireNonNull;

import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.QueryContext;

/**
 * The number of rows that OFFSET or LIMIT says: that of a parameter that is not NULL, else {@code count}. Immutable.
 *
 * @param parameter 0-based, or null for none
 */
public record RowCount(long count, @Nullable Integer parameter) {
    /** @param node a literal or parameter, or null for {@code otherwise} */
    public static RowCount of(@Nullable RexNode node, long otherwise) {
        if (node == null) {
            return new RowCount(otherwise, null);
        }
        return node instanceof RexDynamicParam dynamic
                ? new RowCount(otherwise, dynamic.getIndex())
                : new RowCount(requireNonNull(((RexLiteral) node).getValueAs(Long.class)), null);
    }

    /** Whether it says nothing else than {@code number}. */
    public boolean isAlways(long number) {
        return parameter == null && count == number;
    }

    /** As in a plan. */
    public String text() {
        return parameter == null ? Long.toString(count) : "?" + parameter;
    }

    public long in(QueryContext context) {
        Object value = parameter == null ? null : context.parameter(parameter);
        return value == null ? count : Math.max(0, ((Number) value).longValue());
    }
}
