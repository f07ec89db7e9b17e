// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.planning;

import java.util.List;
import java.util.Optional;
import org.kalamdb.plan.PlannerCatalog;
import org.kalamdb.schema.SequenceDefinition;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;
import org.kalamdb.schema.TableStatistics;
import org.kalamdb.schema.TableType;
import org.kalamdb.schema.ViewDefinition;
import org.kalamdb.storage.TableStore;
import org.kalamdb.store.Catalog;

/** The catalog and the sizes of its tables, for the planner. Safe for use by several threads. */
public final class CatalogPlannerView implements PlannerCatalog {
    /** What is assumed of the engine's own tables, whose rows nobody counts. */
    private static final double SYSTEM_TABLE_ROWS = 100;

    private final Catalog catalog;
    private final TableStore tables;

    public CatalogPlannerView(Catalog catalog, TableStore tables) {
        this.catalog = catalog;
        this.tables = tables;
    }

    @Override
    public boolean namespaceExists(String name) {
        return catalog.namespaceExists(name);
    }

    @Override
    public Optional<TableDefinition> findTable(TableId id) {
        return catalog.findTable(id);
    }

    @Override
    public Optional<ViewDefinition> findView(TableId id) {
        return catalog.findView(id);
    }

    @Override
    public Optional<SequenceDefinition> findSequence(TableId id) {
        return catalog.findSequence(id);
    }

    @Override
    public TableStatistics statistics(TableDefinition table) {
        TableStatistics known =
                table.type() == TableType.SYSTEM ? new TableStatistics(0, List.of()) : tables.statistics(table);
        TableStatistics current = new TableStatistics(rowCount(table), known.columns());
        return catalog.findAnalysis(table.objectId())
                .map(analysis -> analysis.completed(table, current))
                .orElse(current);
    }

    @Override
    public double rowCount(TableDefinition table) {
        return table.type() == TableType.SYSTEM ? SYSTEM_TABLE_ROWS : Math.max(1, tables.estimatedRowCount(table));
    }
}
