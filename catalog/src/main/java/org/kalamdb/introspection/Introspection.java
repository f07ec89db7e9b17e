// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.introspection;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.Constraint;
import org.kalamdb.schema.IndexDefinition;
import org.kalamdb.schema.Names;
import org.kalamdb.schema.NamespaceDefinition;
import org.kalamdb.schema.SystemColumns;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;
import org.kalamdb.store.Catalog;
import org.kalamdb.type.TypeMapping;

/**
 * The catalog as rows: the one source of DESCRIBE, SHOW, {@code information_schema}, the {@code system} tables that
 * show definitions, and JDBC's {@code DatabaseMetaData}. Rows come in the order that JDBC wants and are made as they
 * are consumed; streams must be closed. The lookup of one table by exact name is one cache hit. Safe for use by several
 * threads; each stream is confined to one.
 */
public final class Introspection {
    /** The one catalog in the sense of SQL, {@code TABLE_CAT} in JDBC. */
    public static final String CATALOG_NAME = Names.CATALOG;

    private final Catalog catalog;
    private final Relations relations;
    private final DescribeTables describeTables;
    private final SystemRows systemRows;
    private final InformationSchemaRows informationSchemaRows;
    private final Supplier<List<RoutineInfo>> routines;

    /** One of a database without functions. */
    public Introspection(Catalog catalog) {
        this(catalog, List::of);
    }

    /** @param routines all functions by name, asked for when somebody wants to see them */
    public Introspection(Catalog catalog, Supplier<List<RoutineInfo>> routines) {
        this.routines = requireNonNull(routines, "routines is null");
        this.catalog = requireNonNull(catalog, "catalog is null");
        this.relations = new Relations(catalog);
        this.describeTables = new DescribeTables(catalog, relations);
        this.systemRows = new SystemRows(catalog, relations);
        this.informationSchemaRows = new InformationSchemaRows(catalog, relations, routines);
    }

    /** The namespaces by name, those of the system included. */
    public Stream<NamespaceDefinition> schemas(NamePattern name) {
        return catalog.namespaces().stream().filter(namespace -> name.matches(namespace.name()));
    }

    /** Tables and views of the given kinds by kind, namespace and name. The stream must be closed. */
    public Stream<TableInfo> tables(NamePattern namespace, NamePattern name, Set<RelationKind> kinds) {
        // Concatenated, not flat-mapped: an iterator over a flat map reads each of its streams to the end at once.
        Stream<TableInfo> all = Stream.empty();
        for (RelationKind kind : RelationKind.values()) {
            if (kinds.contains(kind)) {
                all = Stream.concat(all, relations.infos(namespace, name, kind));
            }
        }
        return all;
    }

    /** Columns by namespace, table and ordinal position. The stream must be closed. */
    public Stream<ColumnInfo> columns(NamePattern namespace, NamePattern table, NamePattern column) {
        return relations
                .matching(namespace, table)
                .flatMap(Relation::columns)
                .filter(info -> column.matches(info.name()));
    }

    /** The system columns of tables, by namespace, table and name. The stream must be closed. */
    public Stream<ColumnInfo> systemColumns(NamePattern namespace, NamePattern table, NamePattern column) {
        return relations
                .tables(namespace, table)
                .flatMap(definition -> SystemColumns.of(definition.type()).stream()
                        .filter(each -> column.matches(each.name()))
                        .sorted(Comparator.comparing(ColumnDefinition::name))
                        .map(each -> ColumnInfo.of(definition.id(), each, null)));
    }

    /** The columns of one table or view by ordinal position. @throws KalamException TABLE_NOT_FOUND */
    public List<ColumnInfo> columns(TableId id) {
        return requireRelation(id).columns().toList();
    }

    /** The columns of a table's primary key by name; empty if there is no such key or table. */
    public List<PrimaryKeyInfo> primaryKeys(TableId id) {
        Optional<Constraint.PrimaryKey> key = catalog.findTable(id).flatMap(TableDefinition::findPrimaryKey);
        if (key.isEmpty()) {
            return List.of();
        }
        List<PrimaryKeyInfo> rows = new ArrayList<>();
        for (String column : key.get().columns()) {
            rows.add(new PrimaryKeyInfo(id, column, rows.size() + 1, key.get().name()));
        }
        rows.sort(Comparator.comparing(PrimaryKeyInfo::columnName));
        return List.copyOf(rows);
    }

    /**
     * The columns of a table's keys and indexes: unique ones first, then by name and position. Empty if there is no such
     * table.
     *
     * @param uniqueOnly whether to leave out those that are not unique
     */
    public List<IndexInfo> indexes(TableId id, boolean uniqueOnly) {
        List<IndexInfo> rows = new ArrayList<>();
        catalog.findTable(id).ifPresent(table -> {
            for (Constraint constraint : table.constraints()) {
                // A unique constraint is listed as the index it stands on.
                if (constraint instanceof Constraint.PrimaryKey
                        || constraint instanceof Constraint.Unique
                                && table.findIndex(constraint.name()).isEmpty()) {
                    addIndex(rows, id, constraint.name(), true, constraint.columns());
                }
            }
            for (IndexDefinition index : table.indexes()) {
                if (index.unique() || !uniqueOnly) {
                    addIndex(rows, id, index.name(), index.unique(), index.columns());
                }
            }
        });
        rows.sort(Comparator.comparing((IndexInfo row) -> !row.unique())
                .thenComparing(IndexInfo::indexName)
                .thenComparingInt(IndexInfo::ordinalPosition));
        return List.copyOf(rows);
    }

    /** The columns of a table's foreign keys by referenced table and position; empty if there is no such table. */
    public List<ForeignKeyInfo> importedKeys(TableId id) {
        return catalog.findTable(id).stream()
                .flatMap(table -> foreignKeys(table, null))
                .sorted(Comparator.comparing(ForeignKeyInfo::primaryTable)
                        .thenComparing(ForeignKeyInfo::foreignKeyName)
                        .thenComparingInt(ForeignKeyInfo::keySequence))
                .toList();
    }

    /** The columns of foreign keys that reference a table, by referencing table, key and position. */
    public List<ForeignKeyInfo> exportedKeys(TableId id) {
        Optional<TableDefinition> referenced = catalog.findTable(id);
        Stream<TableDefinition> others = referenced.stream()
                .flatMap(table -> table.referencedBy().stream())
                .flatMap(other -> catalog.findTable(other).stream());
        return Stream.concat(referenced.stream(), others)
                .flatMap(table -> foreignKeys(table, id))
                .sorted(Comparator.comparing(ForeignKeyInfo::foreignTable)
                        .thenComparing(ForeignKeyInfo::foreignKeyName)
                        .thenComparingInt(ForeignKeyInfo::keySequence))
                .toList();
    }

    /** Every type, by JDBC type code. */
    public List<TypeMapping> typeInfo() {
        return TypeMapping.all();
    }

    /** The functions by name, each once for each way to call it. */
    public List<RoutineInfo> routines(NamePattern namespace, NamePattern name) {
        if (!namespace.matches(RoutineInfo.NAMESPACE)) {
            return List.of();
        }
        return routines.get().stream()
                .filter(routine -> name.matches(routine.name()))
                .toList();
    }

    /** DESCRIBE TABLE and SHOW COLUMNS: one row a column. @throws KalamException TABLE_NOT_FOUND */
    public IntrospectionTable describe(TableId id) {
        return describeTables.describe(requireRelation(id));
    }

    /**
     * SHOW CREATE TABLE and SHOW CREATE VIEW: the statements that make it as it is, in the order in which to run them.
     *
     * @throws KalamException TABLE_NOT_FOUND, WRONG_OBJECT_TYPE for a system table, which nobody can make
     */
    public IntrospectionTable showCreate(TableId id) {
        return describeTables.showCreate(requireRelation(id));
    }

    /**
     * DESCRIBE TABLE ... HISTORY: one row a schema version, ascending.
     *
     * @throws KalamException TABLE_NOT_FOUND, WRONG_OBJECT_TYPE for a view
     */
    public IntrospectionTable history(TableId id) {
        Relation relation = requireRelation(id);
        if (relation instanceof Relation.OfTable table) {
            return describeTables.history(table.table());
        }
        throw new KalamException(ErrorCode.WRONG_OBJECT_TYPE, "View " + id + " has no history, only tables have one");
    }

    /**
     * SHOW TABLES: the tables and views of a namespace, or the users' of all namespaces for null.
     *
     * @throws KalamException NAMESPACE_NOT_FOUND
     */
    public IntrospectionTable showTables(@Nullable String namespace, NamePattern name) {
        if (namespace != null) {
            catalog.requireNamespace(namespace);
        }
        return describeTables.showTables(namespace, name);
    }

    /** SHOW NAMESPACES: one row a namespace. */
    public IntrospectionTable showNamespaces(NamePattern name) {
        return describeTables.showNamespaces(name);
    }

    /**
     * A table of {@code system} or {@code information_schema} that shows definitions; empty for those whose rows the
     * engine keeps or measures (users, jobs, storages, live_queries, audit_log, stats).
     */
    public Optional<IntrospectionTable> systemTable(TableId id) {
        return systemTable(id, NamePattern.ALL, NamePattern.ALL);
    }

    /**
     * As {@link #systemTable(TableId)} with only the rows about tables whose namespace and name match. Rows that are
     * about no table, as those of {@code system.datatypes} are, are not left out.
     */
    public Optional<IntrospectionTable> systemTable(TableId id, NamePattern namespace, NamePattern table) {
        return systemRows.find(id, namespace, table).or(() -> informationSchemaRows.find(id, namespace, table));
    }

    private Relation requireRelation(TableId id) {
        // requireTable knows the near names.
        return relations.find(id).orElseGet(() -> new Relation.OfTable(catalog.requireTable(id)));
    }

    private static void addIndex(List<IndexInfo> rows, TableId id, String name, boolean unique, List<String> columns) {
        for (int i = 0; i < columns.size(); i++) {
            rows.add(new IndexInfo(id, name, unique, i + 1, columns.get(i)));
        }
    }

    /** The foreign keys of {@code table} that reference {@code referenced}, or all for null. */
    private Stream<ForeignKeyInfo> foreignKeys(TableDefinition table, @Nullable TableId referenced) {
        return table.constraints().stream()
                .filter(Constraint.ForeignKey.class::isInstance)
                .map(Constraint.ForeignKey.class::cast)
                .filter(key -> referenced == null || key.referencedTable().equals(referenced))
                .flatMap(key -> foreignKeyColumns(table.id(), key).stream());
    }

    private List<ForeignKeyInfo> foreignKeyColumns(TableId table, Constraint.ForeignKey key) {
        String primaryKeyName = catalog.findTable(key.referencedTable())
                .flatMap(referenced -> keyOn(referenced, key.referencedColumns()))
                .orElse(null);
        List<ForeignKeyInfo> rows = new ArrayList<>();
        for (int i = 0; i < key.columns().size(); i++) {
            rows.add(new ForeignKeyInfo(
                    key.referencedTable(),
                    key.referencedColumns().get(i),
                    table,
                    key.columns().get(i),
                    i + 1,
                    key.onUpdate(),
                    key.onDelete(),
                    key.name(),
                    primaryKeyName));
        }
        return rows;
    }

    /** The key or unique index of a table on exactly these columns, in whatever order. */
    static Optional<String> keyOn(TableDefinition table, List<String> columns) {
        Set<String> wanted = Set.copyOf(columns);
        return Stream.concat(
                        table.constraints().stream()
                                .filter(constraint -> constraint instanceof Constraint.PrimaryKey
                                        || constraint instanceof Constraint.Unique)
                                .filter(constraint ->
                                        Set.copyOf(constraint.columns()).equals(wanted))
                                .map(Constraint::name),
                        table.indexes().stream()
                                .filter(index -> index.unique()
                                        && Set.copyOf(index.columns()).equals(wanted))
                                .map(IndexDefinition::name))
                .findFirst();
    }
}
