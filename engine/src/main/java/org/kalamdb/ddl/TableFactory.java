// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.ddl;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.kalamdb.engine.ResultColumn;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.plan.ObjectNames;
import org.kalamdb.schema.ColumnDefault;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.Constraint;
import org.kalamdb.schema.IdentityDefinition;
import org.kalamdb.schema.StorageSettings;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;
import org.kalamdb.schema.TableType;
import org.kalamdb.sql.ColumnSpec;
import org.kalamdb.sql.ConstraintSpec;
import org.kalamdb.sql.Definition.CreateTable;
import org.kalamdb.sql.Definition.TableQuery;

/** Definitions out of CREATE TABLE. Confined to one thread. */
final class TableFactory {
    private final DdlContext context;
    private final Defaults defaults;

    TableFactory(DdlContext context) {
        this.context = context;
        this.defaults = new Defaults(context);
    }

    TableDefinition create(CreateTable statement, TableId id) {
        Options options = new Options(statement.options());
        TableType type = options.type();
        options.requireKnown(type);
        List<String> key = primaryKey(statement.constraints());
        List<ColumnDefinition> columns = columns(statement, key);
        TableDefinition bare = TableDefinition.create(
                id,
                context.catalog().nextObjectId(),
                type,
                columns,
                options.newTableOptions(type, id.toString()),
                options.storage(StorageSettings.DEFAULT),
                primaryKey(statement.constraints(), id),
                statement.comment(),
                context.now());
        TableDefinition constrained = constrained(bare, statement.constraints());
        return TableDefinition.create(
                id,
                bare.objectId(),
                type,
                columns,
                bare.options(),
                bare.storage(),
                constrained.constraints(),
                constrained.indexes(),
                statement.comment(),
                context.now());
    }

    private TableDefinition constrained(TableDefinition table, List<ConstraintSpec> specs) {
        Constraints constraints = new Constraints(context, new IndexChanges(context));
        TableDefinition changed = table;
        for (ConstraintSpec spec : specs) {
            if (!(spec instanceof ConstraintSpec.PrimaryKey)) {
                changed = constraints.add(changed, spec);
            }
        }
        return changed;
    }

    private List<ColumnDefinition> columns(CreateTable statement, List<String> key) {
        List<ColumnDefinition> columns = new ArrayList<>();
        for (ColumnSpec spec : statement.columns()) {
            columns.add(
                    column(spec, columns.size() + 1, key.contains(spec.name().getSimple())));
        }
        TableQuery query = statement.query();
        if (query != null) {
            columns.addAll(queryColumns(query, columns.size()));
        }
        Set<String> names = new HashSet<>();
        columns.forEach(column -> names.add(column.name()));
        for (String name : key) {
            if (!names.contains(name)) {
                throw new KalamException(
                        ErrorCode.COLUMN_NOT_FOUND, "Column " + name + " of the primary key does not exist");
            }
        }
        return columns;
    }

    private List<ColumnDefinition> queryColumns(TableQuery query, int offset) {
        List<ResultColumn> results = context.planner().plan(query.node()).columns();
        List<SqlIdentifier> names = query.columnNames();
        if (!names.isEmpty() && names.size() != results.size()) {
            throw new KalamException(
                    ErrorCode.INVALID_DEFINITION,
                    "Number of column names does not match the query: " + names.size() + " names, " + results.size()
                            + " columns");
        }
        List<ColumnDefinition> columns = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            ResultColumn result = results.get(i);
            ColumnDefinition origin = result.origin();
            String name = names.isEmpty() ? result.label() : names.get(i).getSimple();
            columns.add(ColumnDefinition.simple(name, offset + i + 1, result.type())
                    .withType(result.type(), origin == null ? null : origin.maxLength()));
        }
        return columns;
    }

    /** @throws KalamException if the declaration contradicts itself or its default does not fit */
    ColumnDefinition column(ColumnSpec spec, int ordinal, boolean primaryKey) {
        if (primaryKey && spec.nullability() == ColumnSpec.Nullability.NULL) {
            throw new KalamException(
                    ErrorCode.INVALID_DEFINITION,
                    ObjectNames.position(spec.position()),
                    "Column " + spec.name() + " is part of the primary key and cannot allow NULL",
                    null);
        }
        IdentityDefinition identity = spec.identity();
        if (identity == null && spec.type().autoIncrement()) {
            identity = new IdentityDefinition(false, 1, 1);
        }
        if (identity != null && spec.defaultValue() != null) {
            throw new KalamException(
                    ErrorCode.INVALID_DEFINITION,
                    ObjectNames.position(spec.position()),
                    "Column " + spec.name() + " is numbered by the engine and cannot have a default",
                    null);
        }
        boolean nullable = !primaryKey && identity == null && spec.nullability() != ColumnSpec.Nullability.NOT_NULL;
        ColumnDefinition column = new ColumnDefinition(
                ordinal,
                ObjectNames.simple(spec.name()),
                ordinal,
                spec.type().type(),
                spec.type().maxLength(),
                nullable,
                primaryKey,
                false,
                ColumnDefault.NONE,
                ColumnDefault.NONE,
                identity,
                spec.comment());
        return spec.defaultValue() == null ? column : column.withDefault(defaults.of(spec.defaultValue(), column));
    }

    private static List<String> primaryKey(List<ConstraintSpec> constraints) {
        List<String> key = new ArrayList<>();
        for (ConstraintSpec constraint : constraints) {
            if (constraint instanceof ConstraintSpec.PrimaryKey primaryKey) {
                if (!key.isEmpty()) {
                    throw new KalamException(
                            ErrorCode.INVALID_DEFINITION,
                            ObjectNames.position(constraint.position()),
                            "Table has two primary keys: name all columns in one PRIMARY KEY (a, b)",
                            null);
                }
                primaryKey.columns().forEach(column -> key.add(column.getSimple()));
            }
        }
        return key;
    }

    private static List<Constraint> primaryKey(List<ConstraintSpec> specs, TableId id) {
        for (ConstraintSpec spec : specs) {
            if (spec instanceof ConstraintSpec.PrimaryKey key) {
                SqlIdentifier name = key.name();
                return List.of(new Constraint.PrimaryKey(
                        name == null ? id.name() + "_pkey" : name.getSimple(), Constraints.simpleNames(key.columns())));
            }
        }
        return List.of();
    }
}
