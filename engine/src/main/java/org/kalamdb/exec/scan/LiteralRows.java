// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.scan;

import java.util.List;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Linq4j;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexLiteral;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.QueryContext;
import org.kalamdb.exec.lowering.Literals;

/** The rows of VALUES, made once from their literals. Immutable. */
public final class LiteralRows implements LeafSource {
    private final List<@Nullable Object[]> rows;

    private LiteralRows(List<@Nullable Object[]> rows) {
        this.rows = rows;
    }

    public static LiteralRows of(Values values) {
        return new LiteralRows(values.getTuples().stream().map(LiteralRows::row).toList());
    }

    private static @Nullable Object[] row(List<RexLiteral> literals) {
        return literals.stream().map(Literals::internalValue).toArray();
    }

    @Override
    public Enumerable<@Nullable Object[]> rows(QueryContext context) {
        return Linq4j.asEnumerable(rows);
    }

    @Override
    public String toString() {
        return rows.size() + " literal rows";
    }
}
