// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import java.util.Optional;
import org.kalamdb.schema.SequenceDefinition;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;
import org.kalamdb.schema.TableStatistics;
import org.kalamdb.schema.ViewDefinition;

/** What planning asks of the catalog. */
public interface PlannerCatalog {
    boolean namespaceExists(String name);

    Optional<TableDefinition> findTable(TableId id);

    Optional<ViewDefinition> findView(TableId id);

    Optional<SequenceDefinition> findSequence(TableId id);

    /** What is known of the rows that a scan answers. */
    TableStatistics statistics(TableDefinition table);

    /** An estimate of the rows that a scan answers, at least 0. */
    double rowCount(TableDefinition table);
}
