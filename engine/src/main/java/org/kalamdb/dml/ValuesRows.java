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

/** Rows of VALUES: constants and parameters as they are, everything else computed by queries of one row. Immutable. */
final class ValuesRows implements NewRows {
    private final TableDefinition table;
    private final List<RowTemplate> templates;
    private final List<RowQuery> computations;

    /** @param computations answer one row each; their columns, one query after the other, are the computed cells */
    ValuesRows(TableDefinition table, List<RowTemplate> templates, List<RowQuery> computations) {
        this.table = table;
        this.templates = List.copyOf(templates);
        this.computations = List.copyOf(computations);
    }

    /** As {@link Insertion#ofColumns()}. */
    @Nullable
    ColumnInsertion ofColumns() {
        return templates.size() == 1 && computations.isEmpty() ? ColumnInsertion.of(table, templates.get(0)) : null;
    }

    @Override
    public void forEach(WriteContext context, Consumer<@Nullable Object[]> sink) {
        @Nullable Object[] computed = compute(context);
        for (RowTemplate template : templates) {
            sink.accept(template.row(table, context, computed));
        }
    }

    private @Nullable Object[] compute(WriteContext context) {
        List<@Nullable Object> computed = new ArrayList<>();
        for (RowQuery computation : computations) {
            try (Enumerator<@Nullable Object[]> rows =
                    computation.rows(context.query()).enumerator()) {
                if (rows.moveNext()) {
                    for (Object value : rows.current()) {
                        computed.add(value);
                    }
                }
            }
        }
        return computed.toArray();
    }
}
