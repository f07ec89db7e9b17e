// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.ddl;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.index.IndexBuild;
import org.kalamdb.plan.ObjectNames;
import org.kalamdb.schema.Constraint;
import org.kalamdb.schema.IndexDefinition;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;
import org.kalamdb.sql.ConstraintSpec;
import org.kalamdb.sql.Definition;
import org.kalamdb.store.Catalog;
import org.kalamdb.store.Dependents;

/**
 * Builds and removes the entries of indexes around a change of their table's definition: entries of a new index are
 * stored before the definition has it, those of an index that goes are removed afterwards. In between the catalog
 * remembers their numbers. Confined to one thread.
 */
final class IndexChanges {
    private final DdlContext context;
    private final Catalog catalog;
    private final List<Long> built = new ArrayList<>();
    private final Map<TableId, Set<String>> foreignKeysToDrop = new HashMap<>();
    private final Set<TableId> viewsToDrop = new HashSet<>();

    IndexChanges(DdlContext context) {
        this.context = context;
        this.catalog = context.catalog();
    }

    /**
     * A new index with its entries stored, while no transaction commits.
     *
     * @throws KalamException UNIQUE_VIOLATION, INVALID_DEFINITION
     */
    IndexDefinition build(TableDefinition table, String name, List<String> columns, boolean unique) {
        IndexDefinition index = reserve(table, name, columns, unique);
        try (IndexBuild build = startBuild(table, index)) {
            build.run(context.query()::checkCancelled);
            build.finish();
        }
        return index;
    }

    private IndexDefinition reserve(TableDefinition table, String name, List<String> columns, boolean unique) {
        table.columns(columns);
        long indexId = catalog.reserveIndexId();
        built.add(indexId);
        return new IndexDefinition(indexId, name, columns, unique);
    }

    private IndexBuild startBuild(TableDefinition table, IndexDefinition index) {
        return context.indexes().startBuild(context.transactions(), context.lock(), table, index);
    }

    /** Lets foreign keys of other tables go with the change. */
    void dropWithIt(ForeignKeyTargets.Reference reference) {
        foreignKeysToDrop
                .computeIfAbsent(reference.table(), table -> new LinkedHashSet<>())
                .add(reference.key().name());
    }

    /** Lets views go with the change. */
    void dropWithIt(Set<TableId> views) {
        viewsToDrop.addAll(views);
    }

    /** Runs a change of one table, with what it builds; a failure leaves nothing. */
    void alter(TableId id, TableChange change) {
        TableDefinition[] before = new TableDefinition[1];
        TableDefinition[] after = new TableDefinition[1];
        removingIfItFails(() -> after[0] = catalog.alterTable(
                id,
                table -> {
                    before[0] = table;
                    return change.apply(table);
                },
                () -> new Dependents(foreignKeysToDrop, viewsToDrop)));
        for (IndexDefinition index : before[0].indexes()) {
            if (after[0].indexes().stream().noneMatch(kept -> kept.indexId() == index.indexId())) {
                remove(index.indexId());
            }
        }
    }

    private void removingIfItFails(Runnable change) {
        boolean done = false;
        try {
            change.run();
            done = true;
        } finally {
            if (!done) {
                built.forEach(this::remove);
                built.clear();
            }
        }
    }

    /** From one definition to the next. */
    interface TableChange {
        TableDefinition apply(TableDefinition table);
    }

    private void remove(long indexId) {
        context.indexes().remove(indexId);
        catalog.forgetUnusedIndex(indexId);
    }

    /** Creates an index; transactions commit until its definition is written. */
    void create(Definition.CreateIndex create) {
        TableId id = ObjectNames.tableId(create.table(), context.namespace());
        TableDefinition table = catalog.requireTable(id);
        List<String> columns =
                create.columns().stream().map(SqlIdentifier::getSimple).toList();
        ConstraintNames names = new ConstraintNames(catalog);
        requireNamespaceOf(id, create.name());
        String name = names.ofIndex(table, create.name(), columns, "idx");
        if (create.ifNotExists()
                && catalog.findTableOfIndex(new TableId(id.namespace(), name)).isPresent()) {
            return;
        }
        names.requireFreeIndex(table, name);
        create(table, name, columns, create.unique(), (current, index) -> current.addIndex(index, context.now()));
    }

    /** @throws KalamException INVALID_DEFINITION if an index is named in another namespace than that of its table */
    private static void requireNamespaceOf(TableId table, @Nullable SqlIdentifier index) {
        if (index != null) {
            TableId id = ObjectNames.tableId(index, table.namespace());
            if (!id.namespace().equals(table.namespace())) {
                throw new KalamException(
                        ErrorCode.INVALID_DEFINITION,
                        "Index " + id + " cannot be in another namespace than its table " + table
                                + ", leave the namespace of the index out");
            }
        }
    }

    /** Adds a unique constraint; transactions commit until the definition of its table is written. */
    void addUnique(TableId id, ConstraintSpec.Unique spec) {
        TableDefinition table = catalog.requireTable(id);
        Constraint.Unique constraint = uniqueOf(table, spec);
        create(
                table,
                constraint.name(),
                constraint.columns(),
                true,
                (current, index) -> current.addUnique(constraint, index, context.now()));
    }

    /** The constraint that a declaration means. @throws KalamException if its name is taken */
    Constraint.Unique uniqueOf(TableDefinition table, ConstraintSpec.Unique spec) {
        List<String> columns =
                spec.columns().stream().map(SqlIdentifier::getSimple).toList();
        ConstraintNames names = new ConstraintNames(catalog);
        String name = names.ofIndex(table, spec.name(), columns, "key");
        names.requireFreeIndex(table, name);
        return new Constraint.Unique(name, columns);
    }

    private void create(
            TableDefinition table,
            String name,
            List<String> columns,
            boolean unique,
            BiFunction<TableDefinition, IndexDefinition, TableDefinition> addition) {
        removingIfItFails(() -> {
            IndexDefinition index = reserve(table, name, columns, unique);
            try (IndexBuild build = startBuild(table, index)) {
                build.run(context.query()::checkCancelled);
                context.lock().exclusively(() -> {
                    build.finish();
                    alter(table.id(), current -> addition.apply(current, index));
                });
            }
        });
    }

    void drop(Definition.DropIndex drop) {
        List<TableId> indexes = new ArrayList<>();
        for (SqlIdentifier name : drop.names()) {
            TableId id = ObjectNames.tableId(name, context.namespace());
            if (catalog.findTableOfIndex(id).isPresent()) {
                indexes.add(id);
            } else if (!drop.ifExists()) {
                throw new KalamException(ErrorCode.INDEX_NOT_FOUND, "Index " + id + " does not exist");
            }
        }
        for (TableId index : indexes) {
            @Nullable TableDefinition table = catalog.findTableOfIndex(index).orElse(null);
            if (table != null) {
                new ForeignKeyTargets(catalog).requireUnused(table, index.name());
                alter(table.id(), current -> current.dropIndex(index.name(), context.now()));
            }
        }
    }
}
