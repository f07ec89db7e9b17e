package org.kalamdb.schema;

import java.util.List;

/** A table constraint with its name. Immutable. */
public sealed interface Constraint {
    String name();

    /** @param columns names in key order, at least one */
    record PrimaryKey(String name, List<String> columns) implements Constraint {
        public PrimaryKey {
            columns = List.copyOf(columns);
        }
    }

    /** @param columns names, at least one */
    record Unique(String name, List<String> columns) implements Constraint {
        public Unique {
            columns = List.copyOf(columns);
        }
    }

    /** @param expression SQL text of the condition */
    record Check(String name, String expression) implements Constraint {}

    /** @param columns names here, matched in order with {@code referencedColumns} of {@code referencedTable} */
    record ForeignKey(
            String name,
            List<String> columns,
            TableId referencedTable,
            List<String> referencedColumns,
            ReferentialAction onUpdate,
            ReferentialAction onDelete)
            implements Constraint {
        public ForeignKey {
            columns = List.copyOf(columns);
            referencedColumns = List.copyOf(referencedColumns);
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
