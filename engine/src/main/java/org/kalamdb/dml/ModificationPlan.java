// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.dml;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.ResultColumn;
import org.kalamdb.exec.DescribedQuery;
import org.kalamdb.file.FileSet;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.ViewDefinition;
import org.kalamdb.type.KalamDataType;

/**
 * A statement that changes rows, ready to run any number of times. Safe for use by several threads.
 *
 * @param writer what it does
 * @param constraints what the rows must satisfy
 * @param returning what it answers of the rows it wrote, or null if only their number
 * @param parameterTypes by 0-based index
 * @param tables the definitions it was planned with; it is out of date as soon as one of them has changed
 * @param views likewise
 * @param files likewise
 * @param queries what it reads
 */
public record ModificationPlan(
        RowChange writer,
        ConstraintPlan constraints,
        @Nullable Returning returning,
        Map<Integer, KalamDataType> parameterTypes,
        Set<TableDefinition> tables,
        Set<ViewDefinition> views,
        Set<FileSet> files,
        List<? extends DescribedQuery> queries) {
    public ModificationPlan {
        parameterTypes = Map.copyOf(parameterTypes);
        tables = Set.copyOf(tables);
        views = Set.copyOf(views);
        files = Set.copyOf(files);
        queries = List.copyOf(queries);
    }

    /** The columns of the rows it answers; empty if it answers only a number. */
    public List<ResultColumn> columns() {
        return returning == null ? List.of() : returning.columns();
    }

    /** Begins to change rows. */
    public ModificationRun start(WriteContext context) {
        return new ModificationRun(this, context);
    }
}
