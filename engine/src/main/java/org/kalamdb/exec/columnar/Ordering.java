// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.columnar;

import java.util.List;
import org.apache.calcite.rel.core.Sort;
import org.kalamdb.exec.QueryContext;
import org.kalamdb.exec.expression.LaneTypes;
import org.kalamdb.exec.kernel.Expression;
import org.kalamdb.exec.operator.FirstRowsOperator;
import org.kalamdb.exec.operator.Operator;
import org.kalamdb.exec.operator.SortKey;
import org.kalamdb.exec.operator.SortOperator;
import org.kalamdb.exec.scan.RowCount;

/** What a columnar sort does: an order, and which of the rows are wanted. Immutable. */
record Ordering(SortOperator.Definition definition, RowCount offset, RowCount fetch) {
    static Ordering of(Sort sort) {
        List<SortKey> keys = SortKeys.of(sort.getCollation().getFieldCollations());
        return new Ordering(
                new SortOperator.Definition(LaneTypes.ofFields(sort.getRowType()), keys),
                RowCount.of(sort.offset, 0),
                RowCount.of(sort.fetch, Long.MAX_VALUE));
    }

    /** The rows of all parts in order. */
    Operator rows(List<Operator> parts, QueryContext context) {
        return new SortOperator(parts, definition, offset.in(context), fetch.in(context), context);
    }

    /** As {@link #rows}, of what the expressions give for each row. */
    Operator firstRows(List<Operator> parts, List<Expression> expressions, QueryContext context) {
        long skipped = offset.in(context);
        long wanted = fetch.in(context);
        long limit = wanted == 0 || wanted > Long.MAX_VALUE - skipped ? wanted : skipped + wanted;
        return rows(FirstRowsOperator.over(parts, expressions, definition.keys(), limit, context), context);
    }
}
