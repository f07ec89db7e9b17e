// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.schema;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** A table constraint with its name. Immutable. */
public sealed interface Constraint {
    /** Unique in its table. */
    String name();

    /** The names of the table's own columns that it reads; for keys in key order. */
    List<String> columns();

    /**
     * The columns that tell a row from all others and are never NULL.
     *
     * @param name name of the constraint
     * @param columns names in key order, at least one, each once
     */
    record PrimaryKey(String name, List<String> columns) implements Constraint {
        public PrimaryKey {
            Names.requireConstraint(name);
            columns = Definitions.distinctColumns("primary key", name, columns);
        }
    }

    /**
     * Columns that two rows may not agree on.
     *
     * @param name name of the constraint
     * @param columns names, at least one, each once
     */
    record Unique(String name, List<String> columns) implements Constraint {
        public Unique {
            Names.requireConstraint(name);
            columns = Definitions.distinctColumns("unique constraint", name, columns);
        }
    }

    /**
     * A condition that may not be false for any row.
     *
     * @param name name of the constraint
     * @param expression SQL text of the condition, not empty
     * @param columns names that {@code expression} reads, each once
     */
    record Check(String name, String expression, List<String> columns) implements Constraint {
        public Check {
            Names.requireConstraint(name);
            requireNonNull(expression, "expression is null");
            if (expression.isBlank()) {
                throw Definitions.invalid(
                        "Invalid check constraint " + Names.quote(name) + ": the condition must not be empty");
            }
            columns = columns.isEmpty() ? List.of() : Definitions.distinctColumns("check constraint", name, columns);
        }
    }

    /**
     * Columns whose values must be found in another table.
     *
     * @param name name of the constraint
     * @param columns names here, matched in order with {@code referencedColumns} of {@code referencedTable}
     * @param referencedTable the other table
     * @param referencedColumns names there, as many
     * @param onUpdate what a change of the referenced columns does
     * @param onDelete what a delete of the referenced row does
     */
    record ForeignKey(
            String name,
            List<String> columns,
            TableId referencedTable,
            List<String> referencedColumns,
            ReferentialAction onUpdate,
            ReferentialAction onDelete)
            implements Constraint {
        public ForeignKey {
            Names.requireConstraint(name);
            requireNonNull(referencedTable, "referencedTable is null");
            requireNonNull(onUpdate, "onUpdate is null");
            requireNonNull(onDelete, "onDelete is null");
            columns = Definitions.distinctColumns("foreign key", name, columns);
            referencedColumns = Definitions.distinctColumns("foreign key", name, referencedColumns);
            if (columns.size() != referencedColumns.size()) {
                throw Definitions.invalid(
                        "Invalid foreign key " + Names.quote(name) + ": must reference as many columns as"
                                + " it has, expected " + columns.size() + ", got: " + referencedColumns.size());
            }
        }

        /** This key with other names of what it references. */
        ForeignKey withReferenced(TableId table, List<String> tableColumns) {
            return new ForeignKey(name, columns, table, tableColumns, onUpdate, onDelete);
        }
    }

    /** What a change of the referenced row does. */
    enum ReferentialAction {
        NO_ACTION,
        RESTRICT,
        CASCADE,
        SET_NULL,
        SET_DEFAULT
    }
}
