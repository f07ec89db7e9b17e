// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.planning;

import java.util.Optional;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.plan.ForwardingCatalog;
import org.kalamdb.plan.PlannerCatalog;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;

/**
 * A catalog that ends a planning as soon as it asks for a large table, before much has been done in vain.
 *
 * @param maxRows a table with more is large
 */
record SmallTablesCatalog(PlannerCatalog catalog, double maxRows) implements ForwardingCatalog {
    @Override
    public Optional<TableDefinition> findTable(TableId id) {
        Optional<TableDefinition> table = catalog.findTable(id);
        if (table.isPresent() && catalog.rowCount(table.get()) > maxRows) {
            throw new KalamException(
                    ErrorCode.NOT_SUPPORTED, "Cannot plan a query of any range: table " + id + " is large");
        }
        return table;
    }
}
