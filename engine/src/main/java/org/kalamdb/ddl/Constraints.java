// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.ddl;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;
import org.kalamdb.dml.CheckConstraints;
import org.kalamdb.dml.ExistingReferences;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.plan.ObjectNames;
import org.kalamdb.plan.QueryPlanner;
import org.kalamdb.schema.ColumnDefault;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.Constraint;
import org.kalamdb.schema.Constraint.ReferentialAction;
import org.kalamdb.schema.IndexDefinition;
import org.kalamdb.schema.Names;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;
import org.kalamdb.schema.TableType;
import org.kalamdb.sql.ConstraintSpec;
import org.kalamdb.storage.RowCursor;
import org.kalamdb.storage.ScanRequest;
import org.kalamdb.type.KalamDataType;

/** Adds constraints to the definition of a table out of their declarations. Confined to one thread. */
final class Constraints {
    private final DdlContext context;
    private final IndexChanges indexes;
    private final ConstraintNames names;

    Constraints(DdlContext context, IndexChanges indexes) {
        this.context = context;
        this.indexes = indexes;
        this.names = new ConstraintNames(context.catalog());
    }

    /**
     * The definition with one constraint more, which the rows that are there satisfy.
     *
     * @throws KalamException if the declaration is not valid or a row does not satisfy it
     */
    TableDefinition add(TableDefinition table, ConstraintSpec spec) {
        try {
            if (spec instanceof ConstraintSpec.PrimaryKey key) {
                return addPrimaryKey(table, key);
            }
            if (spec instanceof ConstraintSpec.Unique unique) {
                return addUnique(table, unique);
            }
            return spec instanceof ConstraintSpec.Check check
                    ? addCheck(table, check)
                    : addForeignKey(table, (ConstraintSpec.ForeignKey) spec);
        } catch (KalamException e) {
            throw e.at(ObjectNames.position(spec.position()));
        }
    }

    private TableDefinition addPrimaryKey(TableDefinition table, ConstraintSpec.PrimaryKey spec) {
        List<String> columns = simpleNames(spec.columns());
        if (!context.tables().isEmpty(table)) {
            throw new KalamException(
                    ErrorCode.NOT_SUPPORTED,
                    "Cannot add a primary key to table " + table.id()
                            + ", which has rows: they are stored by their key; create a new table and copy them");
        }
        SqlIdentifier given = spec.name();
        String name = given == null ? table.id().name() + "_pkey" : given.getSimple();
        return table.addConstraint(new Constraint.PrimaryKey(name, columns), context.now());
    }

    private TableDefinition addUnique(TableDefinition table, ConstraintSpec.Unique spec) {
        Constraint.Unique constraint = indexes.uniqueOf(table, spec);
        IndexDefinition index = indexes.build(table, constraint.name(), constraint.columns(), true);
        return table.addUnique(constraint, index, context.now());
    }

    private TableDefinition addCheck(TableDefinition table, ConstraintSpec.Check spec) {
        Set<String> columns = columnsOf(spec.condition(), table);
        String name =
                names.ofConstraint(table, spec.name(), columns.size() == 1 ? List.copyOf(columns) : List.of(), "check");
        Constraint.Check check = new Constraint.Check(name, spec.text(), List.copyOf(columns));
        TableDefinition next = table.addConstraint(check, context.now());
        QueryPlanner planner = context.planner().withTable(next);
        planner.validateCondition(next.id(), spec.condition());
        CheckConstraints compiled = CheckConstraints.compile(planner, next, List.of(check));
        try (RowCursor rows = context.tables().scanOfAllUsers(null, ScanRequest.all(next, ""))) {
            for (ColumnBatch batch = rows.next(); batch != null; batch = rows.next()) {
                compiled.verify(context.query(), rows(batch));
            }
        }
        return next;
    }

    private static List<@Nullable Object[]> rows(ColumnBatch batch) {
        List<@Nullable Object[]> rows = new ArrayList<>(batch.rowCount());
        for (int row = 0; row < batch.rowCount(); row++) {
            @Nullable Object[] values = new @Nullable Object[batch.columns().size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = batch.column(i).storedValue(row);
            }
            rows.add(values);
        }
        return rows;
    }

    /** The columns that a condition reads. @throws KalamException NOT_SUPPORTED if it reads anything else */
    private static Set<String> columnsOf(SqlNode condition, TableDefinition table) {
        Set<String> columns = new LinkedHashSet<>();
        condition.accept(new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlIdentifier identifier) {
                table.findColumn(identifier.names.get(identifier.names.size() - 1))
                        .ifPresent(column -> columns.add(column.name()));
                return null;
            }

            @Override
            public @Nullable Void visit(SqlDynamicParam parameter) {
                throw refused(parameter, "a parameter");
            }

            @Override
            public @Nullable Void visit(SqlCall call) {
                if (call.isA(SqlKind.QUERY)) {
                    throw refused(call, "a query");
                }
                return super.visit(call);
            }
        });
        return columns;
    }

    private static KalamException refused(SqlNode node, String what) {
        return new KalamException(
                ErrorCode.NOT_SUPPORTED,
                ObjectNames.position(node.getParserPosition()),
                "Cannot use " + what + " in a check constraint: it reads the columns of its row only",
                null);
    }

    private TableDefinition addForeignKey(TableDefinition table, ConstraintSpec.ForeignKey spec) {
        TableId referencedId = ObjectNames.tableId(spec.referencedTable(), context.namespace());
        TableDefinition referenced =
                referencedId.equals(table.id()) ? table : context.catalog().requireTable(referencedId);
        List<String> columns = simpleNames(spec.columns());
        table.columns(columns);
        List<String> referencedColumns = spec.referencedColumns().isEmpty()
                ? referenced.primaryKeyColumns().stream()
                        .map(ColumnDefinition::name)
                        .toList()
                : simpleNames(spec.referencedColumns());
        String name = names.ofConstraint(table, spec.name(), columns, "fkey");
        if (referencedColumns.isEmpty()) {
            throw invalid(
                    name, "table " + referencedId + " has no primary key, name the columns of a unique constraint");
        }
        Constraint.ForeignKey key = new Constraint.ForeignKey(
                name, columns, referencedId, referencedColumns, spec.onUpdate(), spec.onDelete());
        requireReferable(table, referenced, key);
        ExistingReferences.verify(context.tables(), context.indexes(), table, key, referenced);
        return table.addConstraint(key, context.now());
    }

    private static void requireReferable(TableDefinition table, TableDefinition referenced, Constraint.ForeignKey key) {
        if (!ForeignKeyTargets.isKey(referenced, key.referencedColumns())) {
            throw invalid(
                    key.name(),
                    "columns (" + String.join(", ", key.referencedColumns()) + ") of table " + referenced.id()
                            + " are neither its primary key nor unique");
        }
        List<ColumnDefinition> columns = table.columns(key.columns());
        List<ColumnDefinition> referencedColumns = referenced.columns(key.referencedColumns());
        for (int i = 0; i < columns.size(); i++) {
            KalamDataType type = columns.get(i).dataType();
            KalamDataType referencedType = referencedColumns.get(i).dataType();
            if (!type.equals(referencedType) && !(isInteger(type) && isInteger(referencedType))) {
                throw new KalamException(
                        ErrorCode.TYPE_MISMATCH,
                        "Invalid foreign key " + Names.quote(key.name()) + ": column "
                                + columns.get(i).name() + " is of type " + type.sqlName()
                                + " and references one of type "
                                + referencedType.sqlName());
            }
            if ((key.onDelete() == ReferentialAction.SET_DEFAULT || key.onUpdate() == ReferentialAction.SET_DEFAULT)
                    && columns.get(i).defaultValue() instanceof ColumnDefault.FunctionCall) {
                throw invalid(
                        key.name(),
                        "SET DEFAULT needs a constant default of column "
                                + columns.get(i).name());
            }
        }
        requireTypes(table.type(), referenced.type(), key.name());
    }

    private static void requireTypes(TableType type, TableType referencedType, String name) {
        if (type == TableType.STREAM || referencedType == TableType.STREAM) {
            throw invalid(name, "rows of STREAM tables expire, so that they can neither reference nor be referenced");
        }
        if (referencedType == TableType.SYSTEM) {
            throw invalid(name, "system tables cannot be referenced");
        }
        if (type == TableType.SHARED && referencedType == TableType.USER) {
            throw invalid(name, "a SHARED table cannot reference a USER table, whose rows belong to one user each");
        }
    }

    private static boolean isInteger(KalamDataType type) {
        return switch (type.kind()) {
            case SMALLINT, INT, BIGINT -> true;
            case BOOLEAN, DOUBLE, FLOAT, TEXT, TIMESTAMP, DATE, DATETIME, TIME, JSON, BYTES, EMBEDDING, UUID, DECIMAL ->
                false;
        };
    }

    private static KalamException invalid(String name, String reason) {
        return new KalamException(
                ErrorCode.INVALID_DEFINITION, "Invalid foreign key " + Names.quote(name) + ": " + reason);
    }

    static List<String> simpleNames(List<SqlIdentifier> names) {
        return names.stream().map(SqlIdentifier::getSimple).toList();
    }
}
