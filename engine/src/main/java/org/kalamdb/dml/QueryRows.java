// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.dml;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.calcite.linq4j.Enumerator;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.RowQuery;
import org.kalamdb.schema.TableDefinition;

/** Rows of a query, completed by defaults. Immutable. */
final class QueryRows implements NewRows {
    private final TableDefinition table;
    private final RowTemplate template;
    private final RowQuery query;
    private final boolean readsTarget;

    /** @param readsTarget whether the query must be done before the first row is written */
    QueryRows(TableDefinition table, RowTemplate template, RowQuery query, boolean readsTarget) {
        this.table = table;
        this.template = template;
        this.query = query;
        this.readsTarget = readsTarget;
    }

    @Override
    public void forEach(WriteContext context, Consumer<@Nullable Object[]> sink) {
        if (readsTarget) {
            List<@Nullable Object[]> all = new ArrayList<>();
            read(context, all::add);
            all.forEach(row -> sink.accept(template.row(table, context, row)));
        } else {
            read(context, row -> sink.accept(template.row(table, context, row)));
        }
    }

    private void read(WriteContext context, Consumer<@Nullable Object[]> sink) {
        try (Enumerator<@Nullable Object[]> rows = query.rows(context.query()).enumerator()) {
            while (rows.moveNext()) {
                sink.accept(rows.current());
            }
        }
    }
}
