// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.liquibase;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import liquibase.Scope;
import liquibase.database.Database;
import liquibase.exception.DatabaseException;
import liquibase.executor.ExecutorService;
import liquibase.snapshot.CachedRow;
import liquibase.snapshot.DatabaseSnapshot;
import liquibase.snapshot.SnapshotGenerator;
import liquibase.snapshot.jvm.UniqueConstraintSnapshotGenerator;
import liquibase.statement.core.RawParameterizedSqlStatement;
import liquibase.structure.DatabaseObject;
import liquibase.structure.core.Schema;
import liquibase.structure.core.Table;
import liquibase.structure.core.UniqueConstraint;

/** The unique constraints of a table, of which JDBC knows the indexes only. Confined to one thread. */
public final class KalamUniqueConstraints extends UniqueConstraintSnapshotGenerator {
    /** Called by Liquibase, which finds the class as a service. */
    public KalamUniqueConstraints() {}

    @Override
    public int getPriority(Class<? extends DatabaseObject> type, Database database) {
        return KalamDatabase.priority(super.getPriority(type, database), database);
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"}) // as Liquibase declares it
    public Class<? extends SnapshotGenerator>[] replaces() {
        return new Class[] {UniqueConstraintSnapshotGenerator.class};
    }

    @Override
    protected List<CachedRow> listConstraints(Table table, DatabaseSnapshot snapshot, Schema schema)
            throws DatabaseException {
        return query(
                        snapshot.getDatabase(),
                        "SELECT constraint_name, constraint_name AS index_name, table_catalog AS index_catalog,"
                                + " table_schema AS index_schema FROM information_schema.table_constraints"
                                + " WHERE constraint_type = 'UNIQUE' AND table_schema = ? AND table_name = ?"
                                + " ORDER BY constraint_name",
                        schema.getName(),
                        table.getName())
                .stream()
                .map(row -> new CachedRow(new HashMap<>(row)))
                .toList();
    }

    @Override
    protected List<Map<String, ?>> listColumns(
            UniqueConstraint constraint, Database database, DatabaseSnapshot snapshot) throws DatabaseException {
        return query(
                database,
                "SELECT column_name FROM information_schema.key_column_usage"
                        + " WHERE table_schema = ? AND table_name = ? AND constraint_name = ? ORDER BY ordinal_position",
                constraint.getSchema().getName(),
                constraint.getRelation().getName(),
                constraint.getName());
    }

    private static List<Map<String, ?>> query(Database database, String sql, Object... parameters)
            throws DatabaseException {
        return Scope.getCurrentScope()
                .getSingleton(ExecutorService.class)
                .getExecutor("jdbc", database)
                .queryForList(new RawParameterizedSqlStatement(sql, parameters));
    }
}
