// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.StatementKind;

/** A statement that changes rows. Immutable. */
public sealed interface Modification extends Statement {
    /** The table whose rows change. */
    SqlIdentifier target();

    /** The items after RETURNING, as in a select list; empty if there is none. */
    List<SqlNode> returning();

    @Override
    default StatementKind kind() {
        return StatementKind.DML;
    }

    /**
     * INSERT INTO target [AS alias] [(columns)] [OVERRIDING ..] source [ON CONFLICT ..] [RETURNING ..].
     *
     * @param position where it stands
     * @param target the table
     * @param alias name of the target in ON CONFLICT and RETURNING, or null
     * @param columns simple names in the order of the values; empty if the statement names none
     * @param source the rows
     * @param overriding what happens to explicit values of identity columns
     * @param onConflict what happens to rows whose key is taken, or null to fail
     * @param returning the items after RETURNING
     */
    record Insert(
            SqlParserPos position,
            SqlIdentifier target,
            @Nullable SqlIdentifier alias,
            List<SqlIdentifier> columns,
            InsertSource source,
            Overriding overriding,
            @Nullable OnConflict onConflict,
            List<SqlNode> returning)
            implements Modification {
        public Insert {
            columns = List.copyOf(columns);
            returning = List.copyOf(returning);
        }
    }

    /** Where the rows of an INSERT come from. Immutable. */
    sealed interface InsertSource {
        /** @param rows expressions a row, all rows equally long; a cell may be a call of {@code DEFAULT} */
        record Values(List<SqlNodeList> rows) implements InsertSource {
            public Values {
                rows = List.copyOf(rows);
            }
        }

        /** @param query any query */
        record FromQuery(SqlNode query) implements InsertSource {}

        /** @param file the rows, whose columns are those of the statement in order or by name */
        record FromFile(FileReference file) implements InsertSource {}

        /** DEFAULT VALUES: one row of defaults. */
        record DefaultValues() implements InsertSource {}
    }

    /** Whether explicit values of identity columns are taken or replaced by generated ones. */
    enum Overriding {
        /** Not said. */
        NONE,
        /** OVERRIDING SYSTEM VALUE: explicit values win, even where GENERATED ALWAYS. */
        SYSTEM_VALUE,
        /** OVERRIDING USER VALUE: generated values win. */
        USER_VALUE
    }

    /**
     * ON CONFLICT [(columns) | ON CONSTRAINT name] action; also INSERT OR IGNORE and INSERT OR REPLACE.
     *
     * @param position where it stands
     * @param columns the columns of the key that may be taken; empty for any key
     * @param constraint the name of the constraint that may be violated, or null
     * @param action what to do then
     */
    record OnConflict(
            SqlParserPos position,
            List<SqlIdentifier> columns,
            @Nullable SqlIdentifier constraint,
            ConflictAction action) {
        public OnConflict {
            columns = List.copyOf(columns);
        }
    }

    /** What happens to a new row whose key is taken. Immutable. */
    sealed interface ConflictAction {
        /** The new row is dropped. */
        record DoNothing() implements ConflictAction {}

        /**
         * The old row is changed; {@code excluded} names the new row.
         *
         * @param assignments at least one
         * @param where rows for which it is not true stay as they are; null for none
         */
        record DoUpdate(
                List<Assignment> assignments, @Nullable SqlNode where) implements ConflictAction {
            public DoUpdate {
                assignments = List.copyOf(assignments);
            }
        }

        /** The old row is replaced by the whole new one, columns not named get their defaults (INSERT OR REPLACE). */
        record Replace() implements ConflictAction {}
    }

    /**
     * column = value.
     *
     * @param column a simple name
     * @param value an expression, or a call of {@code DEFAULT}
     */
    record Assignment(SqlIdentifier column, SqlNode value) {}

    /**
     * UPDATE target [AS alias] SET .. [FROM ..] [WHERE ..] [RETURNING ..].
     *
     * @param position where it stands
     * @param target the table
     * @param alias its name in the statement, or null
     * @param assignments at least one, no column twice
     * @param from further tables that the expressions read, as in a query's FROM; or null
     * @param where which rows change; null for all
     * @param returning the items after RETURNING
     */
    record Update(
            SqlParserPos position,
            SqlIdentifier target,
            @Nullable SqlIdentifier alias,
            List<Assignment> assignments,
            @Nullable SqlNode from,
            @Nullable SqlNode where,
            List<SqlNode> returning)
            implements Modification {
        public Update {
            assignments = List.copyOf(assignments);
            returning = List.copyOf(returning);
        }
    }

    /**
     * DELETE FROM target [AS alias] [WHERE ..] [RETURNING ..].
     *
     * @param position where it stands
     * @param target the table
     * @param alias its name in the statement, or null
     * @param where which rows go; null for all
     * @param returning the items after RETURNING
     */
    record Delete(
            SqlParserPos position,
            SqlIdentifier target,
            @Nullable SqlIdentifier alias,
            @Nullable SqlNode where,
            List<SqlNode> returning)
            implements Modification {
        public Delete {
            returning = List.copyOf(returning);
        }
    }

    /**
     * MERGE INTO target [AS alias] USING source ON condition WHEN .. [RETURNING ..].
     *
     * @param position where it stands
     * @param target the table
     * @param alias its name in the statement, or null
     * @param source a table or query with its alias, as in a query's FROM
     * @param on when a row of the target and one of the source match
     * @param clauses in the order of the text, at least one; the first whose condition holds decides
     * @param returning the items after RETURNING
     */
    record Merge(
            SqlParserPos position,
            SqlIdentifier target,
            @Nullable SqlIdentifier alias,
            SqlNode source,
            SqlNode on,
            List<MergeClause> clauses,
            List<SqlNode> returning)
            implements Modification {
        public Merge {
            clauses = List.copyOf(clauses);
            returning = List.copyOf(returning);
        }
    }

    /**
     * WHEN [NOT] MATCHED [AND condition] THEN action.
     *
     * @param position where it stands
     * @param matched whether it is about pairs that match, or about source rows without a match
     * @param condition a further condition, or null
     * @param action what to do; an insert if and only if not matched, or nothing
     */
    record MergeClause(
            SqlParserPos position,
            boolean matched,
            @Nullable SqlNode condition,
            MergeAction action) {}

    /** What a clause of MERGE does. Immutable. */
    sealed interface MergeAction {
        /** @param assignments at least one */
        record MergeUpdate(List<Assignment> assignments) implements MergeAction {
            public MergeUpdate {
                assignments = List.copyOf(assignments);
            }
        }

        /** The row of the target goes. */
        record MergeDelete() implements MergeAction {}

        /**
         * A new row in the target.
         *
         * @param columns simple names in the order of the values; empty if the clause names none
         * @param values expressions or calls of {@code DEFAULT}; empty for DEFAULT VALUES
         */
        record MergeInsert(List<SqlIdentifier> columns, List<SqlNode> values) implements MergeAction {
            public MergeInsert {
                columns = List.copyOf(columns);
                values = List.copyOf(values);
            }
        }

        /** The row is left alone. */
        record MergeNothing() implements MergeAction {}
    }

    /**
     * TRUNCATE [TABLE] target.
     *
     * @param position where it stands
     * @param target the table
     * @param restartIdentity whether identity columns start again
     */
    record TruncateTable(SqlParserPos position, SqlIdentifier target, boolean restartIdentity) implements Modification {
        @Override
        public List<SqlNode> returning() {
            return List.of();
        }
    }
}
