// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.ddl;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.plan.ObjectNames;
import org.kalamdb.schema.ColumnDefault;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;
import org.kalamdb.sql.AlterAction;
import org.kalamdb.sql.ColumnSpec;
import org.kalamdb.type.KalamDataType;

/** The actions of ALTER TABLE, each a step from one definition to the next. Confined to one thread. */
final class TableAlteration {
    private final DdlContext context;
    private final Defaults defaults;

    TableAlteration(DdlContext context) {
        this.context = context;
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
            String name = ObjectNames.simple(drop.column());
            return drop.ifExists() && table.findColumn(name).isEmpty() ? table : table.dropColumn(name, context.now());
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
            throw TableFactory.unsupported(add.constraint());
        }
        AlterAction.DropConstraint drop = (AlterAction.DropConstraint) action;
        return dropConstraint(table, drop);
    }

    private TableDefinition addColumn(TableDefinition table, AlterAction.AddColumn add) {
        if (add.ifNotExists()
                && table.findColumn(ObjectNames.simple(add.column().name())).isPresent()) {
            return table;
        }
        if (!add.constraints().isEmpty()) {
            throw new KalamException(
                    ErrorCode.NOT_SUPPORTED,
                    "Cannot add column " + add.column().name()
                            + " with a constraint: only NOT NULL can be added with a column");
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
        return table.addColumn(column.withInitialDefault(initial), context.now());
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

    private static TableDefinition dropConstraint(TableDefinition table, AlterAction.DropConstraint drop) {
        Optional<SqlIdentifier> name = Optional.ofNullable(drop.name());
        boolean exists = name.map(
                        given -> table.findConstraint(given.getSimple()).isPresent())
                .orElse(!table.primaryKeyColumns().isEmpty());
        if (!exists && drop.ifExists()) {
            return table;
        }
        throw new KalamException(
                exists ? ErrorCode.NOT_SUPPORTED : ErrorCode.INVALID_DEFINITION,
                exists
                        ? "Cannot drop the primary key of table " + table.id() + ": rows are stored by it"
                        : "Constraint " + name.map(SqlIdentifier::getSimple).orElse("PRIMARY KEY")
                                + " does not exist in table " + table.id());
    }

    private static ColumnDefinition column(TableDefinition table, SqlIdentifier name) {
        return table.requireColumn(ObjectNames.simple(name));
    }
}
