// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import java.util.Optional;
import org.kalamdb.schema.SequenceDefinition;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;
import org.kalamdb.schema.TableStatistics;
import org.kalamdb.schema.ViewDefinition;

/** A catalog that answers as another does, but for what it says itself. */
public interface ForwardingCatalog extends PlannerCatalog {
    /** The one that is asked. */
    PlannerCatalog catalog();

    @Override
    default boolean namespaceExists(String name) {
        return catalog().namespaceExists(name);
    }

    @Override
    default Optional<TableDefinition> findTable(TableId id) {
        return catalog().findTable(id);
    }

    @Override
    default Optional<ViewDefinition> findView(TableId id) {
        return catalog().findView(id);
    }

    @Override
    default Optional<SequenceDefinition> findSequence(TableId id) {
        return catalog().findSequence(id);
    }

    @Override
    default TableStatistics statistics(TableDefinition table) {
        return catalog().statistics(table);
    }

    @Override
    default double rowCount(TableDefinition table) {
        return catalog().rowCount(table);
    }
}
