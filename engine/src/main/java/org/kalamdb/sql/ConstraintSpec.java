// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;
import org.kalamdb.schema.Constraint.ReferentialAction;

/** A constraint as it is declared; those of a column name that column. Immutable. */
public sealed interface ConstraintSpec {
    /** Where it stands. */
    SqlParserPos position();

    /** Its simple name, or null if the engine is to find one. */
    @Nullable
    SqlIdentifier name();

    /** @param columns simple names in key order, at least one */
    record PrimaryKey(SqlParserPos position, @Nullable SqlIdentifier name, List<SqlIdentifier> columns)
            implements ConstraintSpec {
        public PrimaryKey {
            columns = List.copyOf(columns);
        }
    }

    /** @param columns simple names, at least one */
    record Unique(SqlParserPos position, @Nullable SqlIdentifier name, List<SqlIdentifier> columns)
            implements ConstraintSpec {
        public Unique {
            columns = List.copyOf(columns);
        }
    }

    /**
     * @param condition what must not be false
     * @param text the condition as it was written
     */
    record Check(SqlParserPos position, @Nullable SqlIdentifier name, SqlNode condition, String text)
            implements ConstraintSpec {}

    /**
     * @param columns simple names, at least one
     * @param referencedTable the other table
     * @param referencedColumns simple names of its columns; empty for its primary key
     * @param onUpdate what a change of the referenced row does
     * @param onDelete what its removal does
     */
    record ForeignKey(
            SqlParserPos position,
            @Nullable SqlIdentifier name,
            List<SqlIdentifier> columns,
            SqlIdentifier referencedTable,
            List<SqlIdentifier> referencedColumns,
            ReferentialAction onUpdate,
            ReferentialAction onDelete)
            implements ConstraintSpec {
        public ForeignKey {
            columns = List.copyOf(columns);
            referencedColumns = List.copyOf(referencedColumns);
        }
    }
}
