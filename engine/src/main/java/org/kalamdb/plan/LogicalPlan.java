// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.kalamdb.engine.ResultColumn;
import org.kalamdb.engine.Updatability;
import org.kalamdb.file.FileSet;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.ViewDefinition;
import org.kalamdb.type.KalamDataType;

/**
 * An optimised query. Immutable.
 *
 * @param root the relational expression; its fields are {@code columns}, in order
 * @param columns what the query answers
 * @param parameterTypes by 0-based index; a statement may use parameters in other places than this query
 * @param tables the definitions it was planned with; it is out of date as soon as one of them has changed
 * @param views likewise
 * @param files likewise
 * @param betweenCommits whether it needs a snapshot that sees all commits up to some number and none after it, as queries
 *     of the numbers of commits do
 * @param updatability whether its rows can be changed one by one
 */
public record LogicalPlan(
        RelNode root,
        List<ResultColumn> columns,
        Map<Integer, KalamDataType> parameterTypes,
        Set<TableDefinition> tables,
        Set<ViewDefinition> views,
        Set<FileSet> files,
        boolean betweenCommits,
        Updatability updatability) {
    public LogicalPlan {
        columns = List.copyOf(columns);
        parameterTypes = Map.copyOf(parameterTypes);
        tables = Set.copyOf(tables);
        views = Set.copyOf(views);
        files = Set.copyOf(files);
    }

    /** How many rows it is thought to answer, at least 0. */
    public double estimatedRows() {
        return root.getCluster().getMetadataQuery().getRowCount(root);
    }
}
