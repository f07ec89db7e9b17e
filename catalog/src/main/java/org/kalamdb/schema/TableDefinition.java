// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.schema;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.type.KalamDataType;

/**
 * Everything there is to know about a table; the one source that SQL, introspection, JDBC metadata, Arrow and Parquet
 * schemas are derived from. A change answers a new definition with the next schema version and one entry of history;
 * a change that changes nothing answers the same instance. Immutable.
 *
 * @param id its name
 * @param objectId stable number, unique in the database and never reused; prefix of its stored rows
 * @param type the kind of table
 * @param columns in ascending ordinal order, at least one
 * @param schemaVersion 1 at creation, one more with every ALTER that changes something
 * @param history one entry per version, ascending, ending with {@code schemaVersion}
 * @param options the variant that belongs to {@code type}
 * @param storage where and how it is stored
 * @param constraints named constraints; at most one primary key
 * @param indexes secondary indexes; a unique constraint stands on the unique index of its name
 * @param referencedBy the other tables that have foreign keys to this one, in the order of their names
 * @param nextColumnId id that the next added column gets
 * @param comment free text, or null
 * @param createdAt when it was created
 * @param updatedAt when it was last changed
 */
public record TableDefinition(
        TableId id,
        long objectId,
        TableType type,
        List<ColumnDefinition> columns,
        int schemaVersion,
        List<SchemaVersion> history,
        TableOptions options,
        StorageSettings storage,
        List<Constraint> constraints,
        List<IndexDefinition> indexes,
        List<TableId> referencedBy,
        long nextColumnId,
        @Nullable String comment,
        Instant createdAt,
        Instant updatedAt) {
    /** Most columns that a table can have. */
    public static final int MAX_COLUMNS = Columns.MAX_COLUMNS;

    public TableDefinition {
        requireNonNull(id, "id is null");
        requireNonNull(type, "type is null");
        requireNonNull(columns, "columns is null");
        requireNonNull(history, "history is null");
        requireNonNull(options, "options is null");
        requireNonNull(storage, "storage is null");
        requireNonNull(constraints, "constraints is null");
        requireNonNull(indexes, "indexes is null");
        requireNonNull(referencedBy, "referencedBy is null");
        requireNonNull(createdAt, "createdAt is null");
        requireNonNull(updatedAt, "updatedAt is null");
        columns = List.copyOf(columns);
        history = List.copyOf(history);
        constraints = List.copyOf(constraints);
        indexes = List.copyOf(indexes);
        referencedBy = List.copyOf(new TreeSet<>(referencedBy));
        TableInvariants.check(
                id, objectId, type, columns, schemaVersion, history, options, constraints, indexes, nextColumnId);
    }

    /** Of what tells tables and their versions apart, since all of a wide table takes long. */
    @Override
    public int hashCode() {
        return 31 * (31 * id.hashCode() + Long.hashCode(objectId)) + schemaVersion;
    }

    /** As that of a record. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || other instanceof TableDefinition table
                        && objectId == table.objectId
                        && schemaVersion == table.schemaVersion
                        && nextColumnId == table.nextColumnId
                        && id.equals(table.id)
                        && type == table.type
                        && columns.equals(table.columns)
                        && history.equals(table.history)
                        && options.equals(table.options)
                        && storage.equals(table.storage)
                        && constraints.equals(table.constraints)
                        && indexes.equals(table.indexes)
                        && referencedBy.equals(table.referencedBy)
                        && Objects.equals(comment, table.comment)
                        && createdAt.equals(table.createdAt)
                        && updatedAt.equals(table.updatedAt);
    }

    /** Version 1 of a table without indexes; see the other {@code create}. */
    public static TableDefinition create(
            TableId id,
            long objectId,
            TableType type,
            List<ColumnDefinition> columns,
            TableOptions options,
            StorageSettings storage,
            List<Constraint> constraints,
            @Nullable String comment,
            Instant now) {
        return create(id, objectId, type, columns, options, storage, constraints, List.of(), comment, now);
    }

    /**
     * Version 1 of a table.
     *
     * @param columns with ordinals 1 to n and unique ids
     * @throws KalamException INVALID_DEFINITION or INVALID_NAME, saying which rule is broken
     */
    public static TableDefinition create(
            TableId id,
            long objectId,
            TableType type,
            List<ColumnDefinition> columns,
            TableOptions options,
            StorageSettings storage,
            List<Constraint> constraints,
            List<IndexDefinition> indexes,
            @Nullable String comment,
            Instant now) {
        Columns.requireSequentialOrdinals("table " + id, columns);
        long lastColumnId = 0;
        for (ColumnDefinition column : columns) {
            lastColumnId = Math.max(lastColumnId, column.columnId());
        }
        List<SchemaVersion> history = columns.isEmpty() ? List.of() : List.of(SchemaVersion.initial(now, columns));
        return new TableDefinition(
                id,
                objectId,
                type,
                columns,
                1,
                history,
                options,
                storage,
                constraints,
                indexes,
                List.of(),
                lastColumnId + 1,
                comment,
                now,
                now);
    }

    /**
     * Version 1 of a table with the default options of its type. Columns flagged as primary key make its key, in their
     * order, under the name {@code <table>_pkey}.
     */
    public static TableDefinition createWithDefaults(
            TableId id, long objectId, TableType type, List<ColumnDefinition> columns, Instant now) {
        List<String> key = columns.stream()
                .filter(ColumnDefinition::primaryKey)
                .map(ColumnDefinition::name)
                .toList();
        List<Constraint> constraints =
                key.isEmpty() ? List.of() : List.of(new Constraint.PrimaryKey(id.name() + "_pkey", key));
        return create(
                id,
                objectId,
                type,
                columns,
                TableOptions.defaults(type),
                StorageSettings.DEFAULT,
                constraints,
                null,
                now);
    }

    /** {@code namespace.name}, each part in double quotes where SQL needs them. */
    public String qualifiedName() {
        return id.toString();
    }

    /** The column with exactly this name. */
    public Optional<ColumnDefinition> findColumn(String name) {
        for (ColumnDefinition column : columns) {
            if (column.name().equals(name)) {
                return Optional.of(column);
            }
        }
        return Optional.empty();
    }

    /** The column with this id, under whatever name. */
    public Optional<ColumnDefinition> findColumnById(long columnId) {
        return columns.stream().filter(column -> column.columnId() == columnId).findFirst();
    }

    /** The column with exactly this name. @throws KalamException COLUMN_NOT_FOUND */
    public ColumnDefinition requireColumn(String name) {
        return findColumn(name).orElseThrow(() -> noColumn(name));
    }

    private KalamException noColumn(String name) {
        return SystemColumns.isName(name)
                ? new KalamException(
                        ErrorCode.RESERVED_NAME,
                        "Column " + name + " of table " + id
                                + " is the engine's own: it can be queried, and not be changed, dropped or indexed")
                : new KalamException(
                        ErrorCode.COLUMN_NOT_FOUND,
                        "Column " + Names.quote(name) + " of table " + id + " does not exist");
    }

    /** The primary key; empty if the table has none. */
    public Optional<Constraint.PrimaryKey> findPrimaryKey() {
        for (Constraint constraint : constraints) {
            if (constraint instanceof Constraint.PrimaryKey key) {
                return Optional.of(key);
            }
        }
        return Optional.empty();
    }

    /** The columns of the primary key in key order; empty if the table has none. */
    public List<ColumnDefinition> primaryKeyColumns() {
        return findPrimaryKey().map(key -> columns(key.columns())).orElse(List.of());
    }

    /** The constraint with exactly this name. */
    public Optional<Constraint> findConstraint(String name) {
        return constraints.stream()
                .filter(constraint -> constraint.name().equals(name))
                .findFirst();
    }

    /** The index with exactly this name. */
    public Optional<IndexDefinition> findIndex(String name) {
        return indexes.stream().filter(index -> index.name().equals(name)).findFirst();
    }

    /** The constraints of one kind, in their order. */
    public <C extends Constraint> List<C> constraints(Class<C> kind) {
        return constraints.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** The columns that a constraint or index names, in its order; each must exist. */
    public List<ColumnDefinition> columns(List<String> names) {
        List<ColumnDefinition> named = new ArrayList<>(names.size());
        for (String name : names) {
            named.add(requireColumn(name));
        }
        return Collections.unmodifiableList(named);
    }

    /** Where one of the objects in {@link #columns()} stands there; -1 if it is none of them. */
    public int indexOf(ColumnDefinition column) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i) == column) {
                return i;
            }
        }
        return -1;
    }

    /** Where the columns that a constraint or index names stand in {@link #columns()}, in its order. */
    public int[] columnIndexes(List<String> names) {
        return columns(names).stream().mapToInt(columns::indexOf).toArray();
    }

    /**
     * The columns as they were in a version.
     *
     * @throws KalamException INVALID_PARAMETER if the table has no such version
     */
    public List<ColumnDefinition> columnsAtVersion(int version) {
        if (version == schemaVersion) {
            return columns;
        }
        return schemaAtVersion(version).columns();
    }

    /**
     * The entry of history for a version.
     *
     * @throws KalamException INVALID_PARAMETER if the table has no such version
     */
    public SchemaVersion schemaAtVersion(int version) {
        // History has no gaps, so the place of an entry follows from its version.
        int index = version - history.get(0).version();
        if (index < 0 || index >= history.size()) {
            throw new KalamException(
                    ErrorCode.INVALID_PARAMETER,
                    "Table " + id + " has the schema versions " + history.get(0).version() + " to " + schemaVersion
                            + ", got: " + version);
        }
        return history.get(index);
    }

    /** The columns as an Arrow schema, in ordinal order; see {@link ArrowSchemas} for the metadata. */
    public Schema toArrowSchema() {
        return ArrowSchemas.of(columns, ArrowSchemas.uniqueColumns(constraints));
    }

    /**
     * The columns of a version as an Arrow schema. Flags of unique columns are those of the current version only.
     *
     * @throws KalamException INVALID_PARAMETER if the table has no such version
     */
    public Schema arrowSchemaAtVersion(int version) {
        return version == schemaVersion
                ? toArrowSchema()
                : schemaAtVersion(version).toArrowSchema();
    }

    /**
     * Adds a column behind all others.
     *
     * @param column the new column; its id and ordinal position are replaced by the next free ones
     * @throws KalamException COLUMN_EXISTS, RESERVED_NAME or INVALID_DEFINITION
     */
    public TableDefinition addColumn(ColumnDefinition column, Instant now) {
        return new TableEvolution(this).addColumn(column).at(now);
    }

    /**
     * Removes a column; the others keep their ordinal positions.
     *
     * @throws KalamException COLUMN_NOT_FOUND, INVALID_DEFINITION for the last column or a key column,
     *     DEPENDENT_OBJECTS if an index or constraint uses it; remove it first
     */
    public TableDefinition dropColumn(String name, Instant now) {
        return new TableEvolution(this).dropColumn(name).at(now);
    }

    /**
     * Gives a column another name; it keeps its id, and keys and indexes follow.
     *
     * @throws KalamException COLUMN_NOT_FOUND, COLUMN_EXISTS, RESERVED_NAME, or DEPENDENT_OBJECTS if a check constraint
     *     reads it
     */
    public TableDefinition renameColumn(String from, String to, Instant now) {
        return new TableEvolution(this).renameColumn(from, to).at(now);
    }

    /**
     * Changes the type to one that holds every value of the current one, the declared length to a larger one or none,
     * and whether NULL is allowed. That no stored value is NULL is the caller's to check.
     *
     * @param maxLength as in {@link ColumnDefinition}
     * @throws KalamException COLUMN_NOT_FOUND, TYPE_MISMATCH, or INVALID_DEFINITION if a key column would allow NULL
     */
    public TableDefinition modifyColumn(
            String name, KalamDataType type, @Nullable Integer maxLength, boolean nullable, Instant now) {
        return new TableEvolution(this)
                .modifyColumn(name, type, maxLength, nullable)
                .at(now);
    }

    /** Refuses NULL in a column. That no stored value is NULL is the caller's to check. */
    public TableDefinition setNotNull(String name, Instant now) {
        return new TableEvolution(this).setNullable(name, false).at(now);
    }

    /** Allows NULL in a column. @throws KalamException INVALID_DEFINITION for a primary key column */
    public TableDefinition dropNotNull(String name, Instant now) {
        return new TableEvolution(this).setNullable(name, true).at(now);
    }

    /** Changes what rows to come hold where an INSERT does not name the column. */
    public TableDefinition setDefault(String name, ColumnDefault value, Instant now) {
        return new TableEvolution(this).setDefault(name, value).at(now);
    }

    /** Removes the default of a column. */
    public TableDefinition dropDefault(String name, Instant now) {
        return setDefault(name, ColumnDefault.NONE, now);
    }

    /** Changes the comment on the table; null for none. */
    public TableDefinition withComment(@Nullable String changed, Instant now) {
        return new TableEvolution(this).setComment(changed).at(now);
    }

    /** Changes the comment on a column; null for none. */
    public TableDefinition withColumnComment(String name, @Nullable String changed, Instant now) {
        return new TableEvolution(this).setColumnComment(name, changed).at(now);
    }

    /** Changes the options. @throws KalamException INVALID_DEFINITION if they belong to another type of table */
    public TableDefinition withOptions(TableOptions changed, Instant now) {
        return new TableEvolution(this).setOptions(changed).at(now);
    }

    /** Changes where and how the table is stored. */
    public TableDefinition withStorage(StorageSettings changed, Instant now) {
        return new TableEvolution(this).setStorage(changed).at(now);
    }

    /** Gives the table another name in its namespace or another one. */
    public TableDefinition rename(TableId changed, Instant now) {
        return new TableEvolution(this).rename(changed).at(now);
    }

    /** Adds an index. That its entries are stored is the caller's to see to. @throws KalamException INDEX_EXISTS */
    public TableDefinition addIndex(IndexDefinition index, Instant now) {
        return new TableEvolution(this).addIndex(index).at(now);
    }

    /** Removes an index. @throws KalamException INDEX_NOT_FOUND, DEPENDENT_OBJECTS if a constraint stands on it */
    public TableDefinition dropIndex(String name, Instant now) {
        return new TableEvolution(this).dropIndex(name).at(now);
    }

    /**
     * Adds a constraint. That stored rows satisfy it is the caller's to check; that there are none if it is a primary
     * key, because rows are stored by it.
     *
     * @throws KalamException CONSTRAINT_EXISTS, or INVALID_DEFINITION for a second primary key
     */
    public TableDefinition addConstraint(Constraint constraint, Instant now) {
        return new TableEvolution(this).addConstraint(constraint).at(now);
    }

    /** Adds a unique constraint and the index of the same name that it stands on. */
    public TableDefinition addUnique(Constraint.Unique constraint, IndexDefinition index, Instant now) {
        return new TableEvolution(this)
                .addIndex(index)
                .addConstraint(constraint)
                .at(now);
    }

    /**
     * Removes a constraint, and the index that a unique constraint stands on. That there are no rows if it is the primary
     * key is the caller's to check.
     *
     * @throws KalamException CONSTRAINT_NOT_FOUND
     */
    public TableDefinition dropConstraint(String name, Instant now) {
        return new TableEvolution(this).dropConstraint(name).at(now);
    }

    /** Tells that another table has foreign keys to this one. */
    public TableDefinition addReference(TableId from, Instant now) {
        return new TableEvolution(this).addReference(from).at(now);
    }

    /** Tells that another table has no foreign key to this one any more. */
    public TableDefinition dropReference(TableId from, Instant now) {
        return new TableEvolution(this).dropReference(from).at(now);
    }

    /**
     * Lets foreign keys to a table, this one or another, follow its names.
     *
     * @param from the table as it was
     * @param to its name as it is
     * @param columns new names of its columns by old ones; those that keep their names may be missing
     */
    public TableDefinition followReferenced(TableId from, TableId to, Map<String, String> columns, Instant now) {
        return new TableEvolution(this).followReferenced(from, to, columns).at(now);
    }

    /**
     * The same table under other numbers, for a database that has given these to other tables.
     *
     * @param newIndexIds of the indexes, in their order
     * @param present the tables that go with it; references by others are forgotten
     */
    public TableDefinition renumbered(long newObjectId, List<Long> newIndexIds, Set<TableId> present) {
        List<IndexDefinition> renumbered = new ArrayList<>();
        for (int i = 0; i < indexes.size(); i++) {
            IndexDefinition index = indexes.get(i);
            renumbered.add(new IndexDefinition(newIndexIds.get(i), index.name(), index.columns(), index.unique()));
        }
        return new TableDefinition(
                id,
                newObjectId,
                type,
                columns,
                schemaVersion,
                history,
                options,
                storage,
                constraints,
                renumbered,
                referencedBy.stream().filter(present::contains).toList(),
                nextColumnId,
                comment,
                createdAt,
                updatedAt);
    }
}
