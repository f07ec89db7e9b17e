// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.ddl;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.plan.ObjectNames;
import org.kalamdb.schema.ColumnDefault;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.Constraint;
import org.kalamdb.schema.IndexDefinition;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;
import org.kalamdb.sql.AlterAction;
import org.kalamdb.sql.ColumnSpec;
import org.kalamdb.sql.ConstraintSpec;
import org.kalamdb.sql.Definition.DropBehavior;
import org.kalamdb.type.KalamDataType;

/** The actions of ALTER TABLE, each a step from one definition to the next. Confined to one thread. */
final class TableAlteration {
    private final DdlContext context;
    private final IndexChanges indexes;
    private final Defaults defaults;

    /** @param indexes where new indexes are built and what else goes is told */
    TableAlteration(DdlContext context, IndexChanges indexes) {
        this.context = context;
        this.indexes = indexes;
        this.defaults = new Defaults(context);
    }

    TableDefinition apply(TableDefinition table, List<AlterAction> actions) {
        TableDefinition changed = table;
        for (AlterAction action : actions) {
            try {
                changed = apply(changed, action);
            } catch (KalamException e) {
                throw e.at(ObjectNames.position(action.position()));
            }
        }
        return changed;
    }

    private TableDefinition apply(TableDefinition table, AlterAction action) {
        if (action instanceof AlterAction.AddColumn add) {
            return addColumn(table, add);
        }
        if (action instanceof AlterAction.DropColumn drop) {
            return dropColumn(table, drop);
        }
        if (action instanceof AlterAction.ModifyColumn modify) {
            return modifyColumn(table, modify.column());
        }
        if (action instanceof AlterAction.SetColumnType setType) {
            ColumnDefinition column = column(table, setType.column());
            return changeType(
                    table, column, setType.type().type(), setType.type().maxLength(), column.nullable());
        }
        if (action instanceof AlterAction.RenameColumn rename) {
            return table.renameColumn(
                    ObjectNames.simple(rename.column()), ObjectNames.simple(rename.newName()), context.now());
        }
        if (action instanceof AlterAction.RenameTable rename) {
            TableId id = ObjectNames.tableId(rename.newName(), table.id().namespace());
            return table.rename(id, context.now());
        }
        if (action instanceof AlterAction.SetNotNull setNotNull) {
            return setNullable(table, column(table, setNotNull.column()), !setNotNull.notNull());
        }
        if (action instanceof AlterAction.SetDefault setDefault) {
            ColumnDefinition column = column(table, setDefault.column());
            return table.setDefault(column.name(), defaults.of(setDefault.value(), column), context.now());
        }
        if (action instanceof AlterAction.DropDefault dropDefault) {
            return table.dropDefault(column(table, dropDefault.column()).name(), context.now());
        }
        if (action instanceof AlterAction.SetOptions setOptions) {
            return setOptions(table, new Options(setOptions.options()));
        }
        if (action instanceof AlterAction.AddConstraint add) {
            return new Constraints(context, indexes).add(table, add.constraint());
        }
        AlterAction.DropConstraint drop = (AlterAction.DropConstraint) action;
        return dropConstraint(table, drop);
    }

    private TableDefinition addColumn(TableDefinition table, AlterAction.AddColumn add) {
        if (add.ifNotExists()
                && table.findColumn(ObjectNames.simple(add.column().name())).isPresent()) {
            return table;
        }
        ColumnDefinition column = new TableFactory(context).column(add.column(), 1, false);
        boolean hasRows = !context.tables().isEmpty(table);
        if (column.identity() != null && hasRows) {
            throw new KalamException(
                    ErrorCode.NOT_SUPPORTED,
                    "Cannot add column " + column.name() + " to a table with rows: the engine numbers it");
        }
        ColumnDefault initial = defaults.initial(column.defaultValue(), column, hasRows);
        if (!column.nullable() && hasRows && isNull(initial)) {
            throw new KalamException(
                    ErrorCode.NOT_NULL_VIOLATION,
                    "Cannot add column " + column.name() + " NOT NULL to table " + table.id()
                            + ", which has rows: give it a default");
        }
        TableDefinition changed = table.addColumn(column.withInitialDefault(initial), context.now());
        for (ConstraintSpec constraint : add.constraints()) {
            changed = new Constraints(context, indexes).add(changed, constraint);
        }
        return changed;
    }

    private TableDefinition dropColumn(TableDefinition table, AlterAction.DropColumn drop) {
        String name = ObjectNames.simple(drop.column());
        if (drop.ifExists() && table.findColumn(name).isEmpty()) {
            return table;
        }
        TableDefinition changed = table;
        if (drop.behavior() == DropBehavior.CASCADE) {
            table.requireColumn(name);
            for (Constraint constraint : table.constraints()) {
                if (constraint.columns().contains(name) && !(constraint instanceof Constraint.PrimaryKey)) {
                    changed = dropConstraint(changed, constraint, DropBehavior.CASCADE);
                }
            }
            for (IndexDefinition index : changed.indexes()) {
                if (index.columns().contains(name)) {
                    changed = withoutUsers(changed, index.name(), DropBehavior.CASCADE)
                            .dropIndex(index.name(), context.now());
                }
            }
        }
        changed = changed.dropColumn(name, context.now());
        Set<TableId> views = new DependentViews(context).of(table, changed);
        if (drop.behavior() == DropBehavior.RESTRICT) {
            DependentViews.requireNone("column " + name + " of table " + table.id(), views);
        }
        indexes.dropWithIt(views);
        return changed;
    }

    private static boolean isNull(ColumnDefault value) {
        return !(value instanceof ColumnDefault.Literal literal)
                || literal.value().isNull();
    }

    private TableDefinition modifyColumn(TableDefinition table, ColumnSpec spec) {
        ColumnDefinition column = column(table, spec.name());
        boolean nullable = switch (spec.nullability()) {
            case UNSPECIFIED -> column.nullable();
            case NULL -> true;
            case NOT_NULL -> false;
        };
        if (!nullable && column.nullable()) {
            requireNoNull(table, column);
        }
        TableDefinition changed =
                changeType(table, column, spec.type().type(), spec.type().maxLength(), nullable);
        return spec.defaultValue() == null
                ? changed
                : changed.setDefault(
                        column.name(),
                        defaults.of(spec.defaultValue(), changed.requireColumn(column.name())),
                        context.now());
    }

    private TableDefinition changeType(
            TableDefinition table,
            ColumnDefinition column,
            KalamDataType type,
            @Nullable Integer maxLength,
            boolean nullable) {
        return table.modifyColumn(column.name(), type, maxLength, nullable, context.now());
    }

    private TableDefinition setNullable(TableDefinition table, ColumnDefinition column, boolean nullable) {
        if (nullable) {
            return table.dropNotNull(column.name(), context.now());
        }
        if (column.nullable()) {
            requireNoNull(table, column);
        }
        return table.setNotNull(column.name(), context.now());
    }

    private void requireNoNull(TableDefinition table, ColumnDefinition column) {
        if (context.tables().hasNull(table, table.columns().indexOf(column))) {
            throw new KalamException(
                    ErrorCode.NOT_NULL_VIOLATION,
                    "Cannot make column " + column.name() + " of table " + table.id()
                            + " NOT NULL: it contains NULL; update those rows first");
        }
    }

    private TableDefinition setOptions(TableDefinition table, Options options) {
        options.requireKnown(table.type());
        if (options.isEmpty()) {
            return table;
        }
        return table.withOptions(options.tableOptions(table.options()), context.now())
                .withStorage(options.storage(table.storage()), context.now());
    }

    private TableDefinition dropConstraint(TableDefinition table, AlterAction.DropConstraint drop) {
        SqlIdentifier name = drop.name();
        Optional<? extends Constraint> constraint =
                name == null ? table.findPrimaryKey() : table.findConstraint(name.getSimple());
        if (constraint.isPresent()) {
            return dropConstraint(table, constraint.get(), drop.behavior());
        }
        if (drop.ifExists()) {
            return table;
        }
        throw new KalamException(
                ErrorCode.CONSTRAINT_NOT_FOUND,
                "Constraint " + (name == null ? "PRIMARY KEY" : name.getSimple()) + " does not exist in table "
                        + table.id());
    }

    private TableDefinition dropConstraint(TableDefinition table, Constraint constraint, DropBehavior behavior) {
        if (constraint instanceof Constraint.PrimaryKey && !context.tables().isEmpty(table)) {
            throw new KalamException(
                    ErrorCode.NOT_SUPPORTED,
                    "Cannot drop the primary key of table " + table.id()
                            + ", which has rows: they are stored by it; create a new table and copy them");
        }
        return withoutUsers(table, constraint.name(), behavior).dropConstraint(constraint.name(), context.now());
    }

    /** The table without its own foreign keys to a key of it that goes; those of others go with it or keep it. */
    private TableDefinition withoutUsers(TableDefinition table, String keyName, DropBehavior behavior) {
        ForeignKeyTargets targets = new ForeignKeyTargets(context.catalog());
        if (behavior == DropBehavior.RESTRICT) {
            targets.requireUnused(table, keyName);
            return table;
        }
        TableDefinition changed = table;
        for (ForeignKeyTargets.Reference user : targets.users(table, keyName)) {
            if (!user.table().equals(table.id())) {
                indexes.dropWithIt(user);
            } else if (!user.key().name().equals(keyName)) {
                changed = changed.dropConstraint(user.key().name(), context.now());
            }
        }
        return changed;
    }

    private static ColumnDefinition column(TableDefinition table, SqlIdentifier name) {
        return table.requireColumn(ObjectNames.simple(name));
    }
}
