// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.planning;

import org.apache.calcite.sql.SqlIdentifier;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.KalamException;
import org.kalamdb.job.JobSubject;
import org.kalamdb.plan.ObjectNames;
import org.kalamdb.schema.TableId;
import org.kalamdb.sql.Inspection;
import org.kalamdb.store.Catalog;

/** The forms of SHOW that are queries of system tables. */
final class InspectionQueries {
    private InspectionQueries() {}

    /**
     * The query that answers a statement, as SQL; null if it is answered otherwise.
     *
     * @throws KalamException TABLE_NOT_FOUND
     */
    static @Nullable String sqlOf(Inspection statement, String namespace, Catalog catalog) {
        if (statement instanceof Inspection.ShowStorages) {
            return "SELECT * FROM system.storages ORDER BY storage_id <> 'local', storage_id";
        }
        if (statement instanceof Inspection.ShowManifest) {
            return "SELECT * FROM system.manifest ORDER BY namespace_id, table_name, segment_id";
        }
        if (statement instanceof Inspection.ShowBackups show) {
            return backups(show.namespace());
        }
        if (statement instanceof Inspection.ShowStats show) {
            return show.table() == null
                    ? "SELECT * FROM system.stats"
                    : statistics(existing(show.table(), namespace, catalog));
        }
        return null;
    }

    /** A backup of the whole database is one of each namespace too. */
    private static String backups(@Nullable SqlIdentifier namespace) {
        String ofNamespace = namespace == null
                ? ""
                : " AND namespace_id IN (" + literal(ObjectNames.simple(namespace)) + ", "
                        + literal(JobSubject.ALL_NAMESPACES) + ")";
        return "SELECT job_id, NULLIF(namespace_id, " + literal(JobSubject.ALL_NAMESPACES) + ") AS namespace_id,"
                + " JSON_VALUE(parameters, '$.path') AS path, status, started_at, completed_at, result, error_message"
                + " FROM system.jobs WHERE job_type = 'backup'" + ofNamespace + " ORDER BY started_at, job_id";
    }

    private static TableId existing(SqlIdentifier name, String namespace, Catalog catalog) {
        TableId id = ObjectNames.tableId(name, namespace);
        try {
            return catalog.requireTable(id).id();
        } catch (KalamException e) {
            throw e.at(ObjectNames.position(name.getParserPosition()));
        }
    }

    /** Memory is shared by all tables and not known for one. */
    private static String statistics(TableId table) {
        String name = literal(table.name());
        String namespace = literal(table.namespace());
        String ofTable = " WHERE namespace_id = " + namespace + " AND table_name = " + name + ")";
        return "SELECT table_name, namespace, schema_version,"
                + " (SELECT count(*) FROM " + identifier(table.namespace()) + "." + identifier(table.name())
                + ") AS logical_rows,"
                + " (SELECT stored_rows FROM system.table_statistics" + ofTable + " AS stored_rows,"
                + " (SELECT stored_bytes FROM system.table_statistics" + ofTable + " AS stored_bytes,"
                + " (SELECT count(*) FROM system.manifest" + ofTable + " AS flushed_segments,"
                + " (SELECT count(*) FROM system.live_queries" + ofTable + " AS active_streams,"
                + " CAST(NULL AS BIGINT) AS memory_bytes"
                + " FROM system.tables WHERE namespace = " + namespace + " AND table_name = " + name;
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private static String identifier(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
