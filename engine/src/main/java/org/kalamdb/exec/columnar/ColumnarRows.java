// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.columnar;

import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.QueryContext;
import org.kalamdb.exec.operator.OperatorRows;
import org.kalamdb.exec.scan.LeafSource;

/** The rows of a columnar plan, one by one. Immutable. */
final class ColumnarRows implements LeafSource {
    private final OperatorPlan plan;
    private final int columnCount;

    ColumnarRows(OperatorPlan plan, int columnCount) {
        this.plan = plan;
        this.columnCount = columnCount;
    }

    @Override
    public Enumerable<@Nullable Object[]> rows(QueryContext context) {
        return new AbstractEnumerable<@Nullable Object[]>() {
            @Override
            public Enumerator<@Nullable Object[]> enumerator() {
                return new OperatorRows(plan.open(context), columnCount);
            }
        };
    }

    @Override
    public String toString() {
        return plan.toString();
    }
}
