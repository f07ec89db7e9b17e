// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.ddl;

import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.plan.ObjectNames;
import org.kalamdb.schema.Constraint;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.sql.ConstraintSpec;

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
        } catch (KalamException e) {
            throw e.at(ObjectNames.position(spec.position()));
        }
        throw TableFactory.unsupported(spec);
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
        List<String> columns = simpleNames(spec.columns());
        String name = names.ofIndex(table, spec.name(), columns, "key");
        names.requireFreeIndex(table, name);
        Constraint.Unique constraint = new Constraint.Unique(name, columns);
        return table.addUnique(constraint, indexes.build(table, name, columns, true), context.now());
    }

    static List<String> simpleNames(List<SqlIdentifier> names) {
        return names.stream().map(SqlIdentifier::getSimple).toList();
    }
}
