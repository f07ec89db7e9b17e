// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import java.util.List;
import java.util.Optional;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;
import org.kalamdb.schema.TableStatistics;

/** A catalog in which one table is as it will be. */
record CatalogWithTable(PlannerCatalog catalog, TableDefinition table) implements ForwardingCatalog {
    @Override
    public Optional<TableDefinition> findTable(TableId id) {
        return id.equals(table.id()) ? Optional.of(table) : catalog.findTable(id);
    }

    @Override
    public TableStatistics statistics(TableDefinition of) {
        return of.id().equals(table.id()) ? new TableStatistics(rowCount(of), List.of()) : catalog.statistics(of);
    }

    @Override
    public double rowCount(TableDefinition of) {
        return of.id().equals(table.id()) ? 1 : catalog.rowCount(of);
    }
}
