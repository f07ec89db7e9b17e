// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.liquibase;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
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
import liquibase.structure.core.Column;
import liquibase.structure.core.Schema;
import liquibase.structure.core.Table;
import liquibase.structure.core.UniqueConstraint;

/** The unique constraints of a table, of which JDBC knows the indexes only. Confined to one thread. */
@SuppressWarnings({"unchecked", "rawtypes"}) // as Liquibase declares its methods
public final class KalamUniqueConstraints extends UniqueConstraintSnapshotGenerator {
    /** Called by Liquibase, which finds the class as a service. */
    public KalamUniqueConstraints() {}

    @Override
    public int getPriority(Class<? extends DatabaseObject> type, Database database) {
        return KalamDatabase.priority(super.getPriority(type, database), database);
    }

    @Override
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
        List<Map<String, ?>> columns = query(
                database,
                "SELECT k.constraint_name, k.column_name FROM information_schema.key_column_usage k"
                        + " JOIN information_schema.table_constraints c ON c.constraint_schema = k.constraint_schema"
                        + " AND c.table_name = k.table_name AND c.constraint_name = k.constraint_name"
                        + " WHERE c.constraint_type = 'UNIQUE' AND k.table_schema = ? AND k.table_name = ?"
                        + " ORDER BY k.constraint_name, k.ordinal_position",
                constraint.getSchema().getName(),
                constraint.getRelation().getName());
        Map<Object, List<Map<String, ?>>> byName = columns.stream()
                .collect(Collectors.groupingBy(
                        row -> requireNonNull(row.get("CONSTRAINT_NAME")), TreeMap::new, Collectors.toList()));
        return constraint.getName() == null
                ? ofColumns(byName.values(), constraint.getColumns())
                : byName.getOrDefault(constraint.getName(), List.of());
    }

    /** The constraint of just these columns: a change log may ask for one without a name. */
    private static List<Map<String, ?>> ofColumns(Collection<List<Map<String, ?>>> constraints, List<Column> columns) {
        Set<String> names = columns.stream().map(Column::getName).collect(Collectors.toSet());
        return constraints.stream()
                .filter(rows -> rows.stream()
                        .map(row -> row.get("COLUMN_NAME"))
                        .collect(Collectors.toSet())
                        .equals(names))
                .findFirst()
                .orElse(List.of());
    }

    private static List<Map<String, ?>> query(Database database, String sql, Object... parameters)
            throws DatabaseException {
        return Scope.getCurrentScope()
                .getSingleton(ExecutorService.class)
                .getExecutor("jdbc", database)
                .queryForList(new RawParameterizedSqlStatement(sql, parameters));
    }
}
