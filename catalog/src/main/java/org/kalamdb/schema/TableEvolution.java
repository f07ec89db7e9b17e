// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.schema;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.type.KalamDataType;

/** One change of a table definition, from the current one to the next. Confined to one thread. */
final class TableEvolution {
    private final TableDefinition current;
    private TableId id;
    private List<ColumnDefinition> columns;
    private TableOptions options;
    private StorageSettings storage;
    private List<Constraint> constraints;
    private List<IndexDefinition> indexes;
    private List<TableId> referencedBy;
    private long nextColumnId;
    private @Nullable String comment;
    private @Nullable String changes;

    TableEvolution(TableDefinition current) {
        this.current = current;
        this.id = current.id();
        this.columns = current.columns();
        this.options = current.options();
        this.storage = current.storage();
        this.constraints = current.constraints();
        this.indexes = current.indexes();
        this.referencedBy = current.referencedBy();
        this.nextColumnId = current.nextColumnId();
        this.comment = current.comment();
    }

    TableEvolution addColumn(ColumnDefinition column) {
        requireFreeName(column.name());
        if (column.primaryKey()) {
            throw Definitions.invalid(
                    "Cannot add column " + Names.quote(column.name()) + " to the primary key of table " + id
                            + ": a table has its key from the start, create a new table and copy the rows");
        }
        int lastOrdinal = columns.get(columns.size() - 1).ordinalPosition();
        columns = appended(columns, column.withPosition(nextColumnId, lastOrdinal + 1));
        nextColumnId++;
        return changed("Added column " + Names.quote(column.name()) + " " + column.sqlTypeName());
    }

    TableEvolution dropColumn(String name) {
        ColumnDefinition column = current.requireColumn(name);
        if (column.primaryKey()) {
            throw Definitions.invalid(
                    "Cannot drop column " + Names.quote(name) + " of table " + id + ": it is part of the primary key");
        }
        if (columns.size() == 1) {
            throw Definitions.invalid("Cannot drop column " + Names.quote(name) + " of table " + id
                    + ": it is the last column, drop the table instead");
        }
        for (IndexDefinition index : indexes) {
            refuseUse("drop", name, "index", index.name(), index.columns());
        }
        for (Constraint constraint : constraints) {
            refuseUse("drop", name, "constraint", constraint.name(), constraint.columns());
        }
        columns = columns.stream().filter(other -> !other.equals(column)).toList();
        return changed("Dropped column " + Names.quote(name));
    }

    TableEvolution renameColumn(String from, String to) {
        ColumnDefinition column = current.requireColumn(from);
        if (from.equals(to)) {
            return this;
        }
        requireFreeName(to);
        for (Constraint constraint : constraints) {
            // The condition is SQL text, which only the engine can rewrite.
            if (constraint instanceof Constraint.Check check) {
                refuseUse("rename", from, "constraint", check.name(), check.columns());
            }
        }
        replace(column, column.withName(to));
        constraints = constraints.stream()
                .map(constraint -> renamed(constraint, from, to))
                .map(constraint -> following(constraint, id, id, Map.of(from, to)))
                .toList();
        indexes =
                indexes.stream().map(index -> index.withColumnRenamed(from, to)).toList();
        return changed("Renamed column " + Names.quote(from) + " to " + Names.quote(to));
    }

    TableEvolution modifyColumn(String name, KalamDataType type, @Nullable Integer maxLength, boolean nullable) {
        ColumnDefinition column = current.requireColumn(name);
        TypeWidening.require(column, type, maxLength);
        if (!column.dataType().equals(type)) {
            requireNoKey(column, type);
        }
        requireNullability(column, nullable);
        ColumnDefinition modified = column.withType(type, maxLength).withNullable(nullable);
        if (modified.equals(column)) {
            return this;
        }
        replace(column, modified);
        return changed("Modified column " + Names.quote(name) + " to " + modified.sqlTypeName()
                + (nullable ? "" : " NOT NULL"));
    }

    TableEvolution setNullable(String name, boolean nullable) {
        ColumnDefinition column = current.requireColumn(name);
        requireNullability(column, nullable);
        if (column.nullable() == nullable) {
            return this;
        }
        replace(column, column.withNullable(nullable));
        return changed((nullable ? "Dropped" : "Set") + " NOT NULL of column " + Names.quote(name));
    }

    TableEvolution setDefault(String name, ColumnDefault value) {
        requireNonNull(value, "value is null");
        ColumnDefinition column = current.requireColumn(name);
        if (column.defaultValue().equals(value)) {
            return this;
        }
        replace(column, column.withDefault(value));
        return changed(
                value instanceof ColumnDefault.None
                        ? "Dropped default of column " + Names.quote(name)
                        : "Set default of column " + Names.quote(name) + " to " + value.sqlText());
    }

    TableEvolution setComment(@Nullable String text) {
        if (Objects.equals(comment, text)) {
            return this;
        }
        comment = text;
        return changed("Changed comment");
    }

    TableEvolution setColumnComment(String name, @Nullable String text) {
        ColumnDefinition column = current.requireColumn(name);
        if (Objects.equals(column.comment(), text)) {
            return this;
        }
        replace(column, column.withComment(text));
        return changed("Changed comment of column " + Names.quote(name));
    }

    TableEvolution setOptions(TableOptions changedOptions) {
        if (options.equals(requireNonNull(changedOptions, "options is null"))) {
            return this;
        }
        options = changedOptions;
        return changed("Changed options");
    }

    TableEvolution setStorage(StorageSettings changedStorage) {
        if (storage.equals(requireNonNull(changedStorage, "storage is null"))) {
            return this;
        }
        storage = changedStorage;
        return changed("Changed storage settings");
    }

    TableEvolution rename(TableId changedId) {
        if (id.equals(requireNonNull(changedId, "id is null"))) {
            return this;
        }
        String from = id.namespace().equals(changedId.namespace()) ? Names.quote(id.name()) : id.toString();
        String to = id.namespace().equals(changedId.namespace()) ? Names.quote(changedId.name()) : changedId.toString();
        constraints = constraints.stream()
                .map(constraint -> following(constraint, id, changedId, Map.of()))
                .toList();
        id = changedId;
        return changed("Renamed table " + from + " to " + to);
    }

    TableEvolution addIndex(IndexDefinition index) {
        indexes = appended(indexes, index);
        return changed("Added index " + Names.quote(index.name()));
    }

    TableEvolution dropIndex(String name) {
        IndexDefinition index = current.findIndex(name)
                .orElseThrow(() -> new KalamException(
                        ErrorCode.INDEX_NOT_FOUND,
                        "Index " + Names.quote(name) + " of table " + id + " does not exist"));
        for (Constraint.Unique unique : current.constraints(Constraint.Unique.class)) {
            if (unique.name().equals(name)) {
                throw new KalamException(
                        ErrorCode.DEPENDENT_OBJECTS,
                        "Cannot drop index " + Names.quote(name) + " of table " + id
                                + ": the unique constraint of that name stands on it, drop the constraint instead");
            }
        }
        indexes = indexes.stream().filter(other -> !other.equals(index)).toList();
        return changed("Dropped index " + Names.quote(name));
    }

    TableEvolution addConstraint(Constraint constraint) {
        if (constraint instanceof Constraint.PrimaryKey key) {
            if (current.findPrimaryKey().isPresent()) {
                throw Definitions.invalid("Cannot add a primary key to table " + id + ": it has one");
            }
            flagKey(key.columns());
        }
        constraints = appended(constraints, constraint);
        return changed("Added constraint " + Names.quote(constraint.name()));
    }

    TableEvolution dropConstraint(String name) {
        Constraint constraint = current.findConstraint(name)
                .orElseThrow(() -> new KalamException(
                        ErrorCode.CONSTRAINT_NOT_FOUND,
                        "Constraint " + Names.quote(name) + " of table " + id + " does not exist"));
        if (constraint instanceof Constraint.PrimaryKey) {
            flagKey(List.of());
        }
        if (constraint instanceof Constraint.Unique) {
            indexes =
                    indexes.stream().filter(index -> !index.name().equals(name)).toList();
        }
        constraints =
                constraints.stream().filter(other -> !other.equals(constraint)).toList();
        return changed("Dropped constraint " + Names.quote(name));
    }

    private void flagKey(List<String> key) {
        key.forEach(current::requireColumn);
        columns = columns.stream()
                .map(column -> column.withPrimaryKey(key.contains(column.name())))
                .toList();
    }

    TableEvolution addReference(TableId from) {
        if (referencedBy.contains(from)) {
            return this;
        }
        referencedBy = appended(referencedBy, from);
        return changed("Referenced by table " + from);
    }

    TableEvolution dropReference(TableId from) {
        if (!referencedBy.contains(from)) {
            return this;
        }
        referencedBy =
                referencedBy.stream().filter(other -> !other.equals(from)).toList();
        return changed("No longer referenced by table " + from);
    }

    TableEvolution followReferenced(TableId from, TableId to, Map<String, String> renamedColumns) {
        List<Constraint> followed = constraints.stream()
                .map(constraint -> following(constraint, from, to, renamedColumns))
                .toList();
        if (followed.equals(constraints)) {
            return this;
        }
        constraints = followed;
        return changed("Followed the names of referenced table " + to);
    }

    /** The next definition, or the current one if nothing has changed. */
    TableDefinition at(Instant now) {
        if (changes == null) {
            return current;
        }
        int version = current.schemaVersion() + 1;
        return new TableDefinition(
                id,
                current.objectId(),
                current.type(),
                columns,
                version,
                appended(current.history(), new SchemaVersion(version, now, changes, columns)),
                options,
                storage,
                constraints,
                indexes,
                referencedBy,
                nextColumnId,
                comment,
                current.createdAt(),
                now);
    }

    private TableEvolution changed(String what) {
        changes = what;
        return this;
    }

    private void replace(ColumnDefinition column, ColumnDefinition replacement) {
        columns = columns.stream()
                .map(other -> other.equals(column) ? replacement : other)
                .toList();
    }

    private void requireFreeName(String name) {
        if (current.findColumn(name).isPresent()) {
            throw new KalamException(
                    ErrorCode.COLUMN_EXISTS, "Column " + Names.quote(name) + " of table " + id + " already exists");
        }
    }

    private void requireNullability(ColumnDefinition column, boolean nullable) {
        if (column.primaryKey() && nullable) {
            throw Definitions.invalid("Cannot allow NULL in column " + Names.quote(column.name()) + " of table " + id
                    + ": it is part of the primary key");
        }
    }

    /** Stored keys have no version of their own, so the type behind them stays. */
    private void requireNoKey(ColumnDefinition column, KalamDataType type) {
        String action = "change the type to " + type.sqlName() + " of";
        for (IndexDefinition index : indexes) {
            refuseUse(action, column.name(), "index", index.name(), index.columns());
        }
        for (Constraint constraint : constraints) {
            if (!(constraint instanceof Constraint.Check)) {
                refuseUse(action, column.name(), "constraint", constraint.name(), constraint.columns());
            }
        }
    }

    private void refuseUse(String action, String column, String kind, String user, List<String> used) {
        if (used.contains(column)) {
            throw new KalamException(
                    ErrorCode.DEPENDENT_OBJECTS,
                    "Cannot " + action + " column " + Names.quote(column) + " of table " + id + ": " + kind + " "
                            + Names.quote(user) + " uses it");
        }
    }

    private static Constraint renamed(Constraint constraint, String from, String to) {
        if (constraint instanceof Constraint.PrimaryKey key) {
            return new Constraint.PrimaryKey(key.name(), Definitions.renamed(key.columns(), from, to));
        }
        if (constraint instanceof Constraint.Unique unique) {
            return new Constraint.Unique(unique.name(), Definitions.renamed(unique.columns(), from, to));
        }
        if (constraint instanceof Constraint.ForeignKey key) {
            return new Constraint.ForeignKey(
                    key.name(),
                    Definitions.renamed(key.columns(), from, to),
                    key.referencedTable(),
                    key.referencedColumns(),
                    key.onUpdate(),
                    key.onDelete());
        }
        return constraint;
    }

    /** A foreign key with the new names of what it references; anything else as it is. */
    private static Constraint following(
            Constraint constraint, TableId from, TableId to, Map<String, String> renamedColumns) {
        if (!(constraint instanceof Constraint.ForeignKey key)
                || !key.referencedTable().equals(from)) {
            return constraint;
        }
        return key.withReferenced(
                to,
                key.referencedColumns().stream()
                        .map(column -> renamedColumns.getOrDefault(column, column))
                        .toList());
    }

    private static <T> List<T> appended(List<T> list, T element) {
        List<T> longer = new ArrayList<>(list);
        longer.add(element);
        return longer;
    }
}
