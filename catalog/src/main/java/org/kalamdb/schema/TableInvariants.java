// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.schema;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/** What holds for every {@link TableDefinition}. */
final class TableInvariants {
    private TableInvariants() {}

    static void check(
            TableId id,
            long objectId,
            TableType type,
            List<ColumnDefinition> columns,
            int schemaVersion,
            List<SchemaVersion> history,
            TableOptions options,
            List<Constraint> constraints,
            List<IndexDefinition> indexes,
            long nextColumnId) {
        Names.requireNamespace(id.namespace());
        Names.requireTable(id.name());
        if (objectId < 1) {
            throw invalid(id, "the object id must be at least 1, got: " + objectId);
        }
        Columns.validate("table " + id, columns);
        if (options.tableType() != type) {
            throw invalid(id, "a " + type + " table needs options of its type, got: " + options.tableType());
        }
        checkColumns(id, type, columns, nextColumnId);
        checkHistory(id, columns, schemaVersion, history);
        checkConstraints(id, columns, constraints);
        checkIndexes(id, columns, indexes);
    }

    private static void checkColumns(TableId id, TableType type, List<ColumnDefinition> columns, long nextColumnId) {
        int identities = 0;
        for (ColumnDefinition column : columns) {
            if (type != TableType.SYSTEM && Names.isReservedColumn(column.name())) {
                throw new KalamException(
                        ErrorCode.RESERVED_NAME,
                        "Column name " + Names.quote(column.name()) + " of table " + id
                                + " is reserved: names with a leading underscore are the engine's, choose another");
            }
            if (column.columnId() >= nextColumnId) {
                throw invalid(
                        id,
                        "the next column id must be above all column ids, got: " + nextColumnId + " beside "
                                + column.columnId());
            }
            if (column.identity() != null) {
                identities++;
            }
        }
        if (identities > 1) {
            throw invalid(id, "it must have at most one identity column, got: " + identities);
        }
    }

    private static void checkHistory(
            TableId id, List<ColumnDefinition> columns, int schemaVersion, List<SchemaVersion> history) {
        if (schemaVersion < 1) {
            throw invalid(id, "the schema version must be at least 1, got: " + schemaVersion);
        }
        if (history.isEmpty()) {
            throw invalid(id, "the schema history must have an entry for version " + schemaVersion);
        }
        int expected = history.get(0).version();
        for (SchemaVersion version : history) {
            if (version.version() != expected) {
                throw invalid(
                        id,
                        "the schema history must be without gaps, expected version " + expected + ", got: "
                                + version.version());
            }
            expected++;
        }
        SchemaVersion last = history.get(history.size() - 1);
        if (last.version() != schemaVersion) {
            throw invalid(id, "the schema history must end with version " + schemaVersion + ", got: " + last.version());
        }
        if (!last.columns().equals(columns)) {
            throw invalid(id, "the last entry of the schema history must have the current columns");
        }
    }

    private static void checkConstraints(TableId id, List<ColumnDefinition> columns, List<Constraint> constraints) {
        Set<String> flagged = columns.stream()
                .filter(ColumnDefinition::primaryKey)
                .map(ColumnDefinition::name)
                .collect(Collectors.toSet());
        Set<String> columnNames = columns.stream().map(ColumnDefinition::name).collect(Collectors.toSet());
        Set<String> names = new HashSet<>();
        boolean hasKey = false;
        for (Constraint constraint : constraints) {
            if (!names.add(constraint.name())) {
                throw new KalamException(
                        ErrorCode.CONSTRAINT_EXISTS,
                        "Constraint " + Names.quote(constraint.name()) + " of table " + id + " already exists");
            }
            requireColumns(id, "constraint " + Names.quote(constraint.name()), constraint.columns(), columnNames);
            if (constraint instanceof Constraint.PrimaryKey key) {
                if (hasKey) {
                    throw invalid(id, "it must have at most one primary key");
                }
                hasKey = true;
                if (!flagged.equals(Set.copyOf(key.columns()))) {
                    throw invalid(
                            id, "the primary key is " + key.columns() + ", but flagged are the columns " + flagged);
                }
            }
        }
        if (!hasKey && !flagged.isEmpty()) {
            throw invalid(
                    id, "the columns " + flagged + " are flagged as primary key, but there is no such constraint");
        }
    }

    private static void checkIndexes(TableId id, List<ColumnDefinition> columns, List<IndexDefinition> indexes) {
        Set<String> columnNames = columns.stream().map(ColumnDefinition::name).collect(Collectors.toSet());
        Set<String> names = new HashSet<>();
        for (IndexDefinition index : indexes) {
            if (!names.add(index.name())) {
                throw new KalamException(
                        ErrorCode.INDEX_EXISTS,
                        "Index " + Names.quote(index.name()) + " of table " + id + " already exists");
            }
            requireColumns(id, "index " + Names.quote(index.name()), index.columns(), columnNames);
        }
    }

    private static void requireColumns(TableId id, String user, List<String> used, Set<String> existing) {
        for (String column : used) {
            if (!existing.contains(column)) {
                throw new KalamException(
                        ErrorCode.COLUMN_NOT_FOUND,
                        "Column " + Names.quote(column) + " of " + user + " on table " + id + " does not exist");
            }
        }
    }

    private static KalamException invalid(TableId id, String reason) {
        return Definitions.invalid("Invalid table " + id + ": " + reason);
    }
}
