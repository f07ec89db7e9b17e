// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.ddl;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlIdentifier;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.ResultColumn;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.plan.ObjectNames;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.NamespaceDefinition;
import org.kalamdb.schema.SequenceDefinition;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;
import org.kalamdb.schema.TableType;
import org.kalamdb.schema.ViewDefinition;
import org.kalamdb.sql.AlterAction;
import org.kalamdb.sql.ConstraintSpec;
import org.kalamdb.sql.Definition;
import org.kalamdb.store.Catalog;
import org.kalamdb.store.DropBehavior;

/**
 * Runs one statement that changes the catalog, while no transaction commits, though they go on while an index is built.
 * Confined to one thread.
 */
public final class DefinitionRunner {
    private final DdlContext context;
    private final Catalog catalog;

    public DefinitionRunner(DdlContext context) {
        this.context = context;
        this.catalog = context.catalog();
    }

    /**
     * Changes the catalog as one atomic write, or not at all.
     *
     * @return the table that is to be filled by a query, if the statement is a CREATE TABLE ... AS that made one
     */
    public Optional<TableDefinition> run(Definition statement) {
        List<TableDefinition> toFill = new ArrayList<>(1);
        try {
            context.lock().changing(() -> {
                if (statement instanceof Definition.CreateIndex create) {
                    new IndexChanges(context).create(create);
                } else if (statement instanceof Definition.AlterTable alter && addsUnique(alter)) {
                    addUnique(alter);
                } else {
                    context.lock().exclusively(() -> change(statement).ifPresent(toFill::add));
                }
            });
        } catch (KalamException e) {
            throw e.at(ObjectNames.position(statement.position()));
        }
        return toFill.stream().findFirst();
    }

    /** Answers the table that is to be filled. */
    private Optional<TableDefinition> change(Definition statement) {
        if (statement instanceof Definition.CreateTable create) {
            return createTable(create).filter(made -> create.query() != null);
        }
        changeOther(statement);
        return Optional.empty();
    }

    private void changeOther(Definition statement) {
        if (statement instanceof Definition.AlterTable alter) {
            alterTable(alter);
        } else if (statement instanceof Definition.DropTable drop) {
            dropTables(drop);
        } else if (statement instanceof Definition.DropIndex drop) {
            new IndexChanges(context).drop(drop);
        } else if (statement instanceof Definition.CreateView create) {
            createView(create);
        } else if (statement instanceof Definition.DropView drop) {
            dropViews(drop);
        } else if (statement instanceof Definition.CommentOn comment) {
            comment(comment);
        } else if (!changeSequence(statement)) {
            changeNamespace(statement);
        }
    }

    /** Answers whether the statement was about a sequence. */
    private boolean changeSequence(Definition statement) {
        if (statement instanceof Definition.CreateSequence create) {
            new SequenceChanges(context).create(create);
        } else if (statement instanceof Definition.RestartSequence restart) {
            new SequenceChanges(context).restart(restart);
        } else if (statement instanceof Definition.DropSequence drop) {
            new SequenceChanges(context).drop(drop);
        } else {
            return false;
        }
        return true;
    }

    private void changeNamespace(Definition statement) {
        if (statement instanceof Definition.CreateNamespace create) {
            String name = ObjectNames.simple(create.name());
            if (!(create.ifNotExists() && catalog.findNamespace(name).isPresent())) {
                catalog.createNamespace(new NamespaceDefinition(name, context.now(), Map.of()));
            }
        } else if (statement instanceof Definition.DropNamespace drop) {
            String name = ObjectNames.simple(drop.name());
            if (!(drop.ifExists() && catalog.findNamespace(name).isEmpty())) {
                dropNamespace(name, drop);
            }
        } else if (statement instanceof Definition.AlterNamespace alter) {
            String name = ObjectNames.simple(alter.name());
            Map<String, String> options =
                    new TreeMap<>(catalog.requireNamespace(name).options());
            alter.options().forEach((key, value) -> options.put(key, value.text()));
            catalog.alterNamespace(name, options);
        }
    }

    private void dropNamespace(String name, Definition.DropNamespace drop) {
        List<Long> counters;
        try (Stream<SequenceDefinition> sequences = catalog.sequences()) {
            counters = sequences
                    .filter(sequence -> sequence.id().namespace().equals(name))
                    .map(SequenceDefinition::objectId)
                    .toList();
        }
        catalog.dropNamespace(name, DropBehavior.valueOf(drop.behavior().name()), viewsReading(name, drop))
                .forEach(this::removeRows);
        counters.forEach(context.sequences()::forget);
    }

    private Optional<TableDefinition> createTable(Definition.CreateTable create) {
        TableId id = tableId(create.name());
        requireNamespace(id);
        if (create.ifNotExists() && relationExists(id)) {
            return Optional.empty();
        }
        if (relationExists(id)) {
            throw new KalamException(ErrorCode.TABLE_EXISTS, "Table " + id + " already exists");
        }
        TableDefinition table = new TableFactory(context).create(create, id);
        if (create.query() != null && create.query().withData()) {
            catalog.createTableToFill(table);
        } else {
            catalog.createTable(table);
        }
        return Optional.of(table);
    }

    /** Whether a unique constraint on columns that are there is all that it adds. */
    private static boolean addsUnique(Definition.AlterTable alter) {
        return alter.actions().size() == 1
                && alter.actions().get(0) instanceof AlterAction.AddConstraint add
                && add.constraint() instanceof ConstraintSpec.Unique;
    }

    private void addUnique(Definition.AlterTable alter) {
        TableId id = tableId(alter.name());
        if (alter.ifExists() && catalog.findTable(id).isEmpty()) {
            return;
        }
        ConstraintSpec constraint = ((AlterAction.AddConstraint) alter.actions().get(0)).constraint();
        try {
            new IndexChanges(context).addUnique(id, (ConstraintSpec.Unique) constraint);
        } catch (KalamException e) {
            throw e.at(ObjectNames.position(constraint.position()));
        }
    }

    private void alterTable(Definition.AlterTable alter) {
        TableId id = tableId(alter.name());
        if (alter.ifExists() && catalog.findTable(id).isEmpty()) {
            return;
        }
        IndexChanges indexes = new IndexChanges(context);
        indexes.alter(id, table -> new TableAlteration(context, indexes).apply(table, alter.actions()));
    }

    private void dropTables(Definition.DropTable drop) {
        List<TableId> ids = new ArrayList<>();
        for (SqlIdentifier name : drop.names()) {
            TableId id = tableId(name);
            if (catalog.findTable(id).isEmpty()) {
                if (catalog.findView(id).isPresent()) {
                    throw new KalamException(
                            ErrorCode.WRONG_OBJECT_TYPE, "Cannot drop table " + id + ": it is a view, use DROP VIEW");
                }
                if (drop.ifExists()) {
                    continue;
                }
            }
            requireType(catalog.requireTable(id), drop.type());
            if (!ids.contains(id)) {
                ids.add(id);
            }
        }
        Set<TableId> views = new DependentViews(context).of(ids);
        if (drop.behavior() == Definition.DropBehavior.RESTRICT) {
            DependentViews.requireNone(named(ids.size() == 1 ? "table" : "tables", ids), views);
        }
        catalog.dropTables(ids, DropBehavior.valueOf(drop.behavior().name()), views)
                .forEach(this::removeRows);
    }

    private static String named(String kind, List<TableId> ids) {
        return kind + " " + ids.stream().map(TableId::toString).collect(Collectors.joining(", "));
    }

    /** The views of other namespaces that read what is in one; those keep it only from being dropped if it has something. */
    private Set<TableId> viewsReading(String namespace, Definition.DropNamespace drop) {
        if (drop.behavior() == Definition.DropBehavior.RESTRICT) {
            return Set.of();
        }
        try (Stream<TableId> inside = Stream.concat(catalog.tableIds(namespace), catalog.viewIds(namespace))) {
            return new DependentViews(context).of(inside.toList());
        }
    }

    private static void requireType(TableDefinition table, @Nullable TableType type) {
        if (type != null && table.type() != type) {
            throw new KalamException(
                    ErrorCode.WRONG_OBJECT_TYPE,
                    "Table " + table.id() + " is a " + table.type() + " table, not a " + type + " table");
        }
    }

    private void removeRows(TableDefinition table) {
        context.indexes().removeTable(table);
        catalog.forgetDroppedTable(table.objectId());
    }

    private void createView(Definition.CreateView create) {
        TableId id = tableId(create.name());
        requireNamespace(id);
        if (create.ifNotExists() && relationExists(id)) {
            return;
        }
        List<ResultColumn> results = context.planner().plan(create.query()).columns();
        List<SqlIdentifier> names = create.columnNames();
        if (!names.isEmpty() && names.size() != results.size()) {
            throw new KalamException(
                    ErrorCode.INVALID_DEFINITION,
                    "Number of column names does not match the query of view " + id + ": " + names.size() + " names, "
                            + results.size() + " columns");
        }
        List<ColumnDefinition> columns = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            ResultColumn result = results.get(i);
            String name = names.isEmpty() ? result.label() : names.get(i).getSimple();
            columns.add(ColumnDefinition.simple(name, i + 1, result.type()).withNullable(result.nullable()));
        }
        catalog.createView(
                new ViewDefinition(id, create.queryText(), context.namespace(), columns, null, context.now()),
                create.replace());
    }

    private void dropViews(Definition.DropView drop) {
        Set<TableId> ids = new LinkedHashSet<>();
        for (SqlIdentifier name : drop.names()) {
            TableId id = tableId(name);
            if (!(drop.ifExists() && catalog.findView(id).isEmpty())) {
                ids.add(catalog.requireView(id).id());
            }
        }
        Set<TableId> readers = new DependentViews(context).of(ids);
        if (drop.behavior() == Definition.DropBehavior.RESTRICT) {
            DependentViews.requireNone(named(ids.size() == 1 ? "view" : "views", List.copyOf(ids)), readers);
        }
        ids.addAll(readers);
        catalog.dropViews(ids);
    }

    private void comment(Definition.CommentOn comment) {
        if (comment.subject() == Definition.CommentOn.Subject.VIEW) {
            ViewDefinition view = catalog.requireView(tableId(comment.name()));
            catalog.createView(view.withComment(comment.comment()), true);
        } else if (comment.subject() == Definition.CommentOn.Subject.TABLE) {
            catalog.alterTable(tableId(comment.name()), table -> table.withComment(comment.comment(), context.now()));
        } else {
            SqlIdentifier name = comment.name();
            if (name.names.size() < 2) {
                throw new KalamException(
                        ErrorCode.INVALID_NAME, "Column " + name + " needs the name of its table: table.column");
            }
            int last = name.names.size() - 1;
            catalog.alterTable(
                    tableId(name.getComponent(0, last)),
                    table -> table.withColumnComment(name.names.get(last), comment.comment(), context.now()));
        }
    }

    private TableId tableId(SqlIdentifier name) {
        return ObjectNames.tableId(name, context.namespace());
    }

    private boolean relationExists(TableId id) {
        return catalog.findTable(id).isPresent() || catalog.findView(id).isPresent();
    }

    private void requireNamespace(TableId id) {
        if (catalog.findNamespace(id.namespace()).isEmpty()) {
            throw new KalamException(
                    ErrorCode.NAMESPACE_NOT_FOUND,
                    "Namespace " + id.namespace() + " does not exist: create it first with CREATE NAMESPACE "
                            + id.namespace());
        }
    }
}
