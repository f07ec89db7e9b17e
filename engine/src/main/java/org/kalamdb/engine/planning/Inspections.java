// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.planning;

import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.introspection.Introspection;
import org.kalamdb.introspection.IntrospectionTable;
import org.kalamdb.introspection.NamePattern;
import org.kalamdb.plan.ObjectNames;
import org.kalamdb.sql.Inspection;

/** DESCRIBE and SHOW, answered by the catalog's introspection. Safe for use by several threads. */
public final class Inspections {
    private final Introspection introspection;

    Inspections(Introspection introspection) {
        this.introspection = introspection;
    }

    public IntrospectionTable of(Inspection statement, String namespace) {
        try {
            if (statement instanceof Inspection.Describe describe) {
                return describe.history()
                        ? introspection.history(ObjectNames.tableId(describe.table(), namespace))
                        : introspection.describe(ObjectNames.tableId(describe.table(), namespace));
            }
            if (statement instanceof Inspection.ShowColumns show) {
                return introspection.describe(ObjectNames.tableId(show.table(), namespace));
            }
            if (statement instanceof Inspection.ShowCreate show) {
                return introspection.showCreate(ObjectNames.tableId(show.table(), namespace));
            }
            if (statement instanceof Inspection.ShowTables show) {
                return introspection.showTables(
                        show.namespace() == null ? null : ObjectNames.simple(show.namespace()),
                        NamePattern.like(show.pattern()));
            }
            if (statement instanceof Inspection.ShowNamespaces show) {
                return introspection.showNamespaces(NamePattern.like(show.pattern()));
            }
        } catch (KalamException e) {
            throw e.at(ObjectNames.position(statement.position()));
        }
        throw new KalamException(
                ErrorCode.NOT_SUPPORTED,
                ObjectNames.position(statement.position()),
                "Unsupported form of SHOW: there are SHOW TABLES, COLUMNS, NAMESPACES, CREATE, STATS, STORAGES and MANIFEST",
                null);
    }
}
