// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.store;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.Names;
import org.kalamdb.schema.NamespaceDefinition;
import org.kalamdb.schema.SequenceDefinition;
import org.kalamdb.schema.TableAnalysis;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;
import org.kalamdb.schema.ViewDefinition;
import org.kalamdb.system.SystemTables;

/**
 * All definitions of a database: the system tables and what users have made. Safe for use by several threads: readers
 * never wait for DDL, changes run one after another, and each is one atomic write. When a change returns, every later
 * lookup sees it.
 */
public final class Catalog {
    private static final AtomicLong VERSIONS = new AtomicLong();

    private final TableSchemaStore tables;
    private final ViewStore views;
    private final SequenceStore sequences;
    private final NamespaceStore namespaces;
    private final DroppedTables dropped;
    private final UnusedIndexes unusedIndexes;
    private final TableAnalyses analyses;
    private final SchemaCache<Long, TableAnalysis> analysisCache = new SchemaCache<>(SchemaCache.DEFAULT_CAPACITY);
    private final Clock clock;
    private final CatalogMeta meta;
    private final KeyValueStore store;
    private final SchemaCache<TableId, TableDefinition> tableCache;
    private final SchemaCache<TableId, ViewDefinition> viewCache;
    private final SchemaCache<TableId, SequenceDefinition> sequenceCache;
    private final Suggestions suggestions;
    private final CatalogRules rules;
    private final HeldTables held = new HeldTables();
    private final ReentrantLock changeLock = new ReentrantLock();
    private volatile long version = VERSIONS.incrementAndGet();

    private Catalog(KeyValueStore store, Clock clock, SchemaCache<TableId, TableDefinition> tableCache) {
        this.store = requireNonNull(store, "store is null");
        this.tableCache = tableCache;
        this.viewCache = new SchemaCache<>(SchemaCache.DEFAULT_CAPACITY);
        this.sequenceCache = new SchemaCache<>(SchemaCache.DEFAULT_CAPACITY);
        this.tables = new TableSchemaStore(store);
        this.views = new ViewStore(store);
        this.sequences = new SequenceStore(store);
        this.namespaces = new NamespaceStore(store);
        this.dropped = new DroppedTables(store);
        this.unusedIndexes = new UnusedIndexes(store);
        this.analyses = new TableAnalyses(store);
        this.clock = clock;
        this.meta = CatalogMeta.open(store, namespaces, clock);
        this.suggestions = new Suggestions(this);
        this.rules = new CatalogRules(tables, views, sequences, namespaces, suggestions);
    }

    /** Opens the catalog in {@code store}, and makes it with the namespace {@code main} if there is none yet. */
    public static Catalog open(KeyValueStore store) {
        return open(store, Clock.systemUTC(), SchemaCache.DEFAULT_CAPACITY);
    }

    /**
     * As {@link #open(KeyValueStore)}.
     *
     * @param clock what tells the time of creation
     * @param cacheCapacity most table definitions that are kept decoded, at least 1
     */
    public static Catalog open(KeyValueStore store, Clock clock, int cacheCapacity) {
        return open(store, clock, new SchemaCache<>(cacheCapacity));
    }

    static Catalog open(KeyValueStore store, Clock clock, SchemaCache<TableId, TableDefinition> tableCache) {
        Catalog catalog = new Catalog(store, clock, tableCache);
        SystemTables.ALL.forEach(table -> tableCache.put(table.id(), table));
        return catalog;
    }

    /**
     * A number that every change makes larger; what was derived from definitions before is out of date then. No two catalogs of a
     * process ever have the same.
     */
    public long version() {
        return version;
    }

    /** What the cache of table definitions has done. */
    public CacheStatistics cacheStatistics() {
        return tableCache.statistics();
    }

    /** The table of this name, system tables included. */
    public Optional<TableDefinition> findTable(TableId id) {
        return tableCache.find(id, this::loadTable);
    }

    /** The table of this name, system tables included. @throws KalamException TABLE_NOT_FOUND with a near name */
    public TableDefinition requireTable(TableId id) {
        return findTable(id)
                .orElseThrow(() -> new KalamException(
                        ErrorCode.TABLE_NOT_FOUND, "Table " + id + " does not exist" + suggestions.forTable(id)));
    }

    /** The table that has an index; reads the definitions of the index's namespace. @param index its namespace and name */
    public Optional<TableDefinition> findTableOfIndex(TableId index) {
        try (Stream<TableDefinition> inside = tables.inNamespace(index.namespace())) {
            return inside.filter(table -> table.findIndex(index.name()).isPresent())
                    .findFirst();
        }
    }

    /** The view of this name. */
    public Optional<ViewDefinition> findView(TableId id) {
        return viewCache.find(id, views::find);
    }

    /** The view of this name. @throws KalamException TABLE_NOT_FOUND with a near name */
    public ViewDefinition requireView(TableId id) {
        return findView(id)
                .orElseThrow(() -> new KalamException(
                        ErrorCode.TABLE_NOT_FOUND, "View " + id + " does not exist" + suggestions.forTable(id)));
    }

    /** The namespace of this name, those of the system included. */
    public Optional<NamespaceDefinition> findNamespace(String name) {
        if (Names.isSystemNamespace(name)) {
            return Optional.of(systemNamespace(name));
        }
        return namespaces.find(name);
    }

    /** Whether there is a namespace of this name, those of the system included. */
    public boolean namespaceExists(String name) {
        return Names.isSystemNamespace(name) || namespaces.contains(name);
    }

    /** The namespace of this name. @throws KalamException NAMESPACE_NOT_FOUND with a near name */
    public NamespaceDefinition requireNamespace(String name) {
        return findNamespace(name)
                .orElseThrow(() -> new KalamException(
                        ErrorCode.NAMESPACE_NOT_FOUND,
                        "Namespace " + Names.quote(name) + " does not exist" + suggestions.forNamespace(name)));
    }

    /** The users' tables by namespace and name, read as the stream is consumed. The stream must be closed. */
    public Stream<TableDefinition> tables() {
        return tables.all();
    }

    /** The users' tables whose names pass {@code filter}, by namespace and name. The stream must be closed. */
    public Stream<TableDefinition> tables(Predicate<TableId> filter) {
        return tables.all(filter);
    }

    /** The users' tables of a namespace by name. The stream must be closed. */
    public Stream<TableDefinition> tables(String namespace) {
        return tables.inNamespace(namespace);
    }

    /**
     * The users' tables of a namespace whose names begin with {@code namePrefix} and pass {@code filter}, by name. The
     * stream must be closed.
     */
    public Stream<TableDefinition> tables(String namespace, String namePrefix, Predicate<TableId> filter) {
        return tables.startingWith(namespace, namePrefix, filter);
    }

    /** As {@link #tables(Predicate)}, of each what a list says, which is read in a fraction of the time. To be closed. */
    public Stream<TableSummary> tableSummaries(Predicate<TableId> filter) {
        return tables.summaries(filter);
    }

    /** As {@link #tables(String, String, Predicate)}, of each what a list says. The stream must be closed. */
    public Stream<TableSummary> tableSummaries(String namespace, String namePrefix, Predicate<TableId> filter) {
        return tables.summariesStartingWith(namespace, namePrefix, filter);
    }

    /** The sequence of this name. */
    public Optional<SequenceDefinition> findSequence(TableId id) {
        return sequenceCache.find(id, sequences::find);
    }

    /** The sequence of this name. @throws KalamException SEQUENCE_NOT_FOUND */
    public SequenceDefinition requireSequence(TableId id) {
        return findSequence(id)
                .orElseThrow(() -> new KalamException(
                        ErrorCode.SEQUENCE_NOT_FOUND, "Sequence " + id + " does not exist, create it first"));
    }

    /** The sequences by namespace and name. The stream must be closed. */
    public Stream<SequenceDefinition> sequences() {
        return sequences.all();
    }

    /** The views by namespace and name. The stream must be closed. */
    public Stream<ViewDefinition> views() {
        return views.all();
    }

    /** The views whose names pass {@code filter}, by namespace and name. The stream must be closed. */
    public Stream<ViewDefinition> views(Predicate<TableId> filter) {
        return views.all(filter);
    }

    /** The views of a namespace by name. The stream must be closed. */
    public Stream<ViewDefinition> views(String namespace) {
        return views.inNamespace(namespace);
    }

    /** As {@link #tables(String, String, Predicate)} for views. The stream must be closed. */
    public Stream<ViewDefinition> views(String namespace, String namePrefix, Predicate<TableId> filter) {
        return views.startingWith(namespace, namePrefix, filter);
    }

    /**
     * The names of a namespace's tables in order, system tables included, without reading the definitions. The stream
     * must be closed.
     */
    public Stream<TableId> tableIds(String namespace) {
        if (Names.isSystemNamespace(namespace)) {
            return SystemTables.ALL.stream()
                    .map(TableDefinition::id)
                    .filter(id -> id.namespace().equals(namespace));
        }
        return tables.idsInNamespace(namespace);
    }

    /** The names of a namespace's views in order, without reading the definitions. The stream must be closed. */
    public Stream<TableId> viewIds(String namespace) {
        return views.idsInNamespace(namespace);
    }

    /** All namespaces by name, those of the system included. */
    public List<NamespaceDefinition> namespaces() {
        List<NamespaceDefinition> all = new ArrayList<>();
        all.add(systemNamespace(Names.INFORMATION_SCHEMA));
        all.add(systemNamespace(Names.SYSTEM_NAMESPACE));
        try (Stream<NamespaceDefinition> stored = namespaces.all()) {
            stored.forEach(all::add);
        }
        all.sort((left, right) -> Names.ORDER.compare(left.name(), right.name()));
        return List.copyOf(all);
    }

    /** A number for a table or an index that no object of this database has had. Numbers may be skipped. */
    public long nextObjectId() {
        changeLock.lock();
        try {
            return meta.nextObjectId();
        } finally {
            changeLock.unlock();
        }
    }

    /**
     * Adds a namespace.
     *
     * @throws KalamException NAMESPACE_EXISTS, RESERVED_NAME for a namespace of the system, INVALID_NAME
     */
    public void createNamespace(NamespaceDefinition namespace) {
        change(() -> {
            String name = namespace.name();
            if (Names.isReservedNamespace(name)) {
                throw new KalamException(
                        ErrorCode.RESERVED_NAME,
                        "Cannot create namespace " + Names.quote(name) + ": the name is the engine's, choose another");
            }
            if (namespaces.contains(name)) {
                throw new KalamException(
                        ErrorCode.NAMESPACE_EXISTS, "Namespace " + Names.quote(name) + " already exists");
            }
            namespaces.put(namespace);
        });
    }

    /** Changes the options of a namespace. @throws KalamException NAMESPACE_NOT_FOUND, PERMISSION_DENIED */
    public NamespaceDefinition alterNamespace(String name, Map<String, String> options) {
        return changing(() -> {
            CatalogRules.requireUserNamespace("alter", name);
            NamespaceDefinition altered = requireNamespace(name).withOptions(options);
            namespaces.put(altered);
            return altered;
        });
    }

    /**
     * Removes a namespace.
     *
     * @param behavior whether its tables, views and sequences go with it or keep it from going
     * @return the tables that went with it; see {@link #droppedTables()}
     * @throws KalamException NAMESPACE_NOT_FOUND, DEPENDENT_OBJECTS, PERMISSION_DENIED for a namespace of the system and
     *     for {@code main}, which sessions start in
     */
    public List<TableDefinition> dropNamespace(String name, DropBehavior behavior) {
        return dropNamespace(name, behavior, Set.of());
    }

    /** As the other one, and removes views of other namespaces in the same write. */
    public List<TableDefinition> dropNamespace(String name, DropBehavior behavior, Set<TableId> viewsToDrop) {
        return changing(() -> {
            CatalogRules.requireUserNamespace("drop", name);
            requireNamespace(name);
            if (name.equals(Names.DEFAULT_NAMESPACE)) {
                throw new KalamException(
                        ErrorCode.PERMISSION_DENIED,
                        "Cannot drop namespace " + Names.quote(name)
                                + ": sessions start in it, drop its tables instead");
            }
            if (behavior == DropBehavior.RESTRICT) {
                rules.requireEmpty(name);
            }
            List<TableDefinition> droppedTables = new ArrayList<>();
            try (Stream<TableDefinition> inside = tables.inNamespace(name)) {
                inside.forEach(droppedTables::add);
            }
            Set<TableId> droppedViews = new LinkedHashSet<>(viewsToDrop);
            try (Stream<TableId> inside = views.idsInNamespace(name)) {
                inside.forEach(droppedViews::add);
            }
            TableChanges changes = new TableChanges(tables, clock.instant());
            changes.drop(droppedTables, behavior);
            WriteBatch batch = new WriteBatch();
            namespaces.delete(batch, name);
            List<TableId> droppedSequences;
            try (Stream<TableId> inside = sequences.idsInNamespace(name)) {
                droppedSequences = inside.toList();
            }
            droppedSequences.forEach(sequence -> sequences.delete(batch, sequence));
            write(changes, batch, droppedViews);
            droppedSequences.forEach(sequenceCache::invalidate);
            return List.copyOf(droppedTables);
        });
    }

    /**
     * Adds a table.
     *
     * @throws KalamException NAMESPACE_NOT_FOUND, TABLE_EXISTS if a table or view has its name, INDEX_EXISTS,
     *     PERMISSION_DENIED in a namespace of the system
     */
    public void createTable(TableDefinition table) {
        createTable(table, new WriteBatch());
    }

    /**
     * Adds a table whose first rows are still to be written. Until {@link #tableFilled} it is remembered as one to be
     * removed, so that a crash leaves nothing behind; see {@link #droppedTables()}.
     *
     * @throws KalamException as {@link #createTable(TableDefinition)}
     */
    public void createTableToFill(TableDefinition table) {
        WriteBatch batch = new WriteBatch();
        dropped.put(batch, table);
        createTable(table, batch);
    }

    /** Tells that the first rows of a table are stored. */
    public void tableFilled(long objectId) {
        dropped.delete(objectId);
    }

    private void createTable(TableDefinition table, WriteBatch batch) {
        change(() -> {
            CatalogRules.requireUserTable("create", table);
            rules.requireFreeName(table.id());
            rules.requireFreeIndexNames(table, List.of());
            TableChanges changes = new TableChanges(tables, table.updatedAt());
            changes.create(table);
            write(changes, batch, Set.of());
        });
    }

    /**
     * Changes a table. {@code change} runs once, on the current definition, while no other change runs; it must not
     * change the catalog itself. If it answers the definition it got, nothing is written.
     *
     * @return the definition as it is now
     * @throws KalamException TABLE_NOT_FOUND, PERMISSION_DENIED for a system table, TABLE_EXISTS if it is renamed to a
     *     name that is taken, INDEX_EXISTS, and what {@code change} throws
     */
    public TableDefinition alterTable(TableId id, UnaryOperator<TableDefinition> change) {
        return alterTable(id, change, () -> Dependents.NONE);
    }

    /**
     * As the other one, and removes foreign keys of other tables and views in the same write.
     *
     * @param dependents asked after {@code change} has run
     */
    public TableDefinition alterTable(
            TableId id, UnaryOperator<TableDefinition> change, Supplier<Dependents> dependents) {
        return changing(() -> {
            CatalogRules.requireUserNamespace("alter tables of", id.namespace());
            TableDefinition current = requireStoredTable(id);
            TableDefinition next = change.apply(current);
            if (next.equals(current)) {
                return current;
            }
            CatalogRules.requireUserTable("alter", next);
            CatalogRules.requireSuccessor(current, next);
            boolean renamed = !next.id().equals(id);
            if (renamed) {
                rules.requireFreeName(next.id());
            }
            rules.requireFreeIndexNames(next, renamed ? List.of() : current.indexes());
            TableChanges changes = new TableChanges(tables, next.updatedAt());
            changes.alter(current, next);
            dependents.get().foreignKeys().forEach(changes::dropConstraints);
            write(changes, new WriteBatch(), dependents.get().views());
            return changes.find(next.id()).orElseThrow();
        });
    }

    /** Removes a table that no other one references; see {@link #dropTables}. */
    public TableDefinition dropTable(TableId id) {
        return dropTables(List.of(id), DropBehavior.RESTRICT).get(0);
    }

    /**
     * Removes tables. Their names are free at once; their rows are the engine's to remove, see {@link #droppedTables()}.
     *
     * @param behavior whether foreign keys of other tables to them go too or keep them from going
     * @return the last definitions
     * @throws KalamException TABLE_NOT_FOUND, DEPENDENT_OBJECTS, PERMISSION_DENIED for a system table
     */
    public List<TableDefinition> dropTables(List<TableId> ids, DropBehavior behavior) {
        return dropTables(ids, behavior, Set.of());
    }

    /** As the other one, and removes views in the same write. */
    public List<TableDefinition> dropTables(List<TableId> ids, DropBehavior behavior, Set<TableId> viewsToDrop) {
        return changing(() -> {
            List<TableDefinition> gone = new ArrayList<>();
            for (TableId id : ids) {
                CatalogRules.requireUserNamespace("drop tables of", id.namespace());
                gone.add(requireStoredTable(id));
            }
            TableChanges changes = new TableChanges(tables, clock.instant());
            changes.drop(gone, behavior);
            write(changes, new WriteBatch(), viewsToDrop);
            return List.copyOf(gone);
        });
    }

    /**
     * A number for an index whose entries are stored before its definition is. Until a definition has it, it counts as
     * unused, so that a crash leaves nothing behind; see {@link #unusedIndexes()}.
     */
    public long reserveIndexId() {
        changeLock.lock();
        try {
            long id = meta.nextObjectId();
            unusedIndexes.put(id);
            return id;
        } finally {
            changeLock.unlock();
        }
    }

    /** The numbers of indexes that no definition has but whose entries may be stored. The stream must be closed. */
    public Stream<Long> unusedIndexes() {
        return unusedIndexes.all();
    }

    /** Tells that no entry of an unused index is stored any more. */
    public void forgetUnusedIndex(long indexId) {
        unusedIndexes.delete(indexId);
    }

    /**
     * The tables that are gone but whose rows may still be stored, and those that were never filled, in the order of their
     * object ids. They are remembered in the same write that drops or creates them, so that a crash leaves nothing behind.
     * The stream must be closed.
     */
    public Stream<TableDefinition> droppedTables() {
        return dropped.all();
    }

    /**
     * A users' namespace with its tables, views and sequences. Tables that are still being filled are left out.
     *
     * @throws KalamException NAMESPACE_NOT_FOUND, PERMISSION_DENIED for a namespace of the system
     */
    public NamespaceContent contentOf(String name) {
        CatalogRules.requireUserNamespace("copy", name);
        NamespaceDefinition namespace = requireNamespace(name);
        Set<Long> unfilled;
        try (Stream<TableDefinition> gone = dropped.all()) {
            unfilled = gone.map(TableDefinition::objectId).collect(Collectors.toSet());
        }
        try (Stream<TableDefinition> inside = tables.inNamespace(name);
                Stream<ViewDefinition> insideViews = views.inNamespace(name);
                Stream<SequenceDefinition> insideSequences = sequences.inNamespace(name)) {
            return new NamespaceContent(
                    namespace,
                    inside.filter(table -> !unfilled.contains(table.objectId())).toList(),
                    insideViews.toList(),
                    insideSequences.toList());
        }
    }

    /**
     * Gives tables of another database numbers of this one, under which their rows can be stored before the tables are
     * there. Until {@link #adopt} they are remembered as tables to be removed, so that a crash leaves nothing behind; see
     * {@link #droppedTables()}.
     *
     * @return the definitions under their new numbers, in the same order
     */
    public List<TableDefinition> announce(List<TableDefinition> foreign) {
        return changing(() -> {
            Set<TableId> present = foreign.stream().map(TableDefinition::id).collect(Collectors.toSet());
            List<TableDefinition> announced = new ArrayList<>();
            WriteBatch batch = new WriteBatch();
            for (TableDefinition table : foreign) {
                long objectId = meta.nextObjectId();
                List<Long> indexIds = new ArrayList<>();
                for (int i = 0; i < table.indexes().size(); i++) {
                    indexIds.add(meta.nextObjectId());
                }
                TableDefinition renumbered = table.renumbered(objectId, indexIds, present);
                dropped.put(batch, renumbered);
                announced.add(renumbered);
            }
            store.write(batch);
            return List.copyOf(announced);
        });
    }

    /** As {@link #announce} for sequences, of which nothing has to be remembered. */
    public List<SequenceDefinition> renumber(List<SequenceDefinition> foreign) {
        return changing(() -> foreign.stream()
                .map(sequence -> sequence.renumbered(meta.nextObjectId()))
                .toList());
    }

    /**
     * Adds whole namespaces in one write.
     *
     * @param contents whose tables have been {@linkplain #announce announced} and filled
     * @throws KalamException as {@link #requireVacant}
     */
    public void adopt(List<NamespaceContent> contents) {
        change(() -> {
            requireVacant(contents);
            WriteBatch batch = new WriteBatch();
            for (NamespaceContent content : contents) {
                if (content.isEmpty() && namespaces.contains(content.namespace().name())) {
                    continue;
                }
                namespaces.put(batch, content.namespace());
                content.tables().forEach(table -> {
                    tables.put(batch, table);
                    dropped.delete(batch, table.objectId());
                });
                content.views().forEach(view -> views.put(batch, view));
                content.sequences().forEach(sequence -> sequences.put(batch, sequence));
            }
            store.write(batch);
            for (NamespaceContent content : contents) {
                content.tables().forEach(table -> tableCache.put(table.id(), table));
                content.views().forEach(view -> viewCache.put(view.id(), view));
                content.sequences().forEach(sequence -> sequenceCache.put(sequence.id(), sequence));
            }
        });
    }

    /**
     * Requires that namespaces can be added with all that is in them: that those of the same names do not exist or are
     * empty.
     *
     * @throws KalamException NAMESPACE_EXISTS; PERMISSION_DENIED for a namespace of the system
     */
    public void requireVacant(List<NamespaceContent> contents) {
        for (NamespaceContent content : contents) {
            String name = content.namespace().name();
            CatalogRules.requireUserNamespace("restore", name);
            if (content.isEmpty()) {
                continue;
            }
            try (Stream<TableId> inside = rules.contentIds(name)) {
                inside.findFirst().ifPresent(id -> {
                    throw new KalamException(
                            ErrorCode.NAMESPACE_EXISTS,
                            "Cannot restore namespace " + Names.quote(name) + ": it exists and is not empty, it has "
                                    + id + "; empty it first, or restore into another database");
                });
            }
        }
    }

    /** Keeps what was found in the rows of a table, in place of what was found before. */
    public void analyzed(TableAnalysis analysis) {
        analyses.put(analysis);
        analysisCache.put(analysis.objectId(), analysis);
    }

    /** What was last found in the rows of a table. @param objectId the table's */
    public Optional<TableAnalysis> findAnalysis(long objectId) {
        return analysisCache.find(objectId, analyses::find);
    }

    /** Tells that no row of a dropped table is stored any more. */
    public void forgetDroppedTable(long objectId) {
        analyses.delete(objectId);
        analysisCache.invalidate(objectId);
        dropped.delete(objectId);
    }

    /**
     * Adds a view.
     *
     * @param replace whether a view of that name is replaced
     * @throws KalamException NAMESPACE_NOT_FOUND, TABLE_EXISTS, PERMISSION_DENIED in a namespace of the system
     */
    public void createView(ViewDefinition view, boolean replace) {
        change(() -> {
            CatalogRules.requireUserNamespace("create views in", view.id().namespace());
            if (!(replace && views.contains(view.id()))) {
                rules.requireFreeName(view.id());
            }
            views.put(view);
            viewCache.put(view.id(), view);
        });
    }

    /** Removes views, all or none. @throws KalamException TABLE_NOT_FOUND */
    public void dropViews(Collection<TableId> ids) {
        change(() -> {
            WriteBatch batch = new WriteBatch();
            for (TableId id : ids) {
                views.delete(batch, requireView(id).id());
            }
            store.write(batch);
            ids.forEach(viewCache::invalidate);
        });
    }

    /**
     * Adds a sequence under a number of its own.
     *
     * @return the sequence as it was added
     * @throws KalamException NAMESPACE_NOT_FOUND, SEQUENCE_EXISTS, PERMISSION_DENIED in a namespace of the system
     */
    public SequenceDefinition createSequence(SequenceDefinition sequence) {
        return changing(() -> {
            CatalogRules.requireUserNamespace(
                    "create sequences in", sequence.id().namespace());
            rules.requireStoredNamespace(sequence.id().namespace());
            if (sequences.contains(sequence.id())) {
                throw new KalamException(ErrorCode.SEQUENCE_EXISTS, "Sequence " + sequence.id() + " already exists");
            }
            SequenceDefinition numbered = sequence.renumbered(meta.nextObjectId());
            sequences.put(numbered);
            sequenceCache.put(numbered.id(), numbered);
            return numbered;
        });
    }

    /** Removes sequences, all or none. @throws KalamException SEQUENCE_NOT_FOUND */
    public void dropSequences(Collection<TableId> ids) {
        change(() -> {
            WriteBatch batch = new WriteBatch();
            for (TableId id : ids) {
                sequences.delete(batch, requireSequence(id).id());
            }
            store.write(batch);
            ids.forEach(sequenceCache::invalidate);
        });
    }

    /** Refuses changes of a table, and its removal, until {@link #release}; calls count. */
    public void hold(TableDefinition table) {
        held.hold(table.objectId());
    }

    /** Takes back one {@link #hold}. */
    public void release(TableDefinition table) {
        held.release(table.objectId());
    }

    /** @param viewsToDrop views that need not be there any more */
    private void write(TableChanges changes, WriteBatch batch, Set<TableId> viewsToDrop) {
        changes.requireFree(held);
        changes.addTo(batch, dropped, unusedIndexes);
        viewsToDrop.forEach(view -> views.delete(batch, view));
        store.write(batch);
        changes.applyTo(tableCache);
        viewsToDrop.forEach(viewCache::invalidate);
    }

    private Optional<TableDefinition> loadTable(TableId id) {
        return Names.isSystemNamespace(id.namespace()) ? SystemTables.find(id) : tables.find(id);
    }

    /** What DDL starts from is what is stored, whatever a cache says. */
    private TableDefinition requireStoredTable(TableId id) {
        return tables.find(id).orElseGet(() -> {
            if (views.contains(id)) {
                throw new KalamException(ErrorCode.WRONG_OBJECT_TYPE, id + " is not a table, it is a view");
            }
            return requireTable(id);
        });
    }

    private NamespaceDefinition systemNamespace(String name) {
        return new NamespaceDefinition(name, meta.createdAt(), Map.of());
    }

    private void change(Runnable action) {
        changing(() -> {
            action.run();
            return true;
        });
    }

    private <T> T changing(Supplier<T> action) {
        changeLock.lock();
        try {
            return action.get();
        } finally {
            // Also after a failure: it is not known then how far the change went.
            version = VERSIONS.incrementAndGet();
            changeLock.unlock();
        }
    }
}
