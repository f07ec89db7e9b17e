// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;
import org.kalamdb.type.DeclaredType;

/** One change that ALTER TABLE asks for. Immutable. */
public sealed interface AlterAction {
    /** Where it stands. */
    SqlParserPos position();

    /**
     * ADD [COLUMN] [IF NOT EXISTS] column.
     *
     * @param column the new column
     * @param constraints those written with the column
     * @param ifNotExists whether an existing one is no error
     */
    record AddColumn(SqlParserPos position, ColumnSpec column, List<ConstraintSpec> constraints, boolean ifNotExists)
            implements AlterAction {
        public AddColumn {
            constraints = List.copyOf(constraints);
        }
    }

    /**
     * DROP [COLUMN] [IF EXISTS] column [CASCADE | RESTRICT].
     *
     * @param column a simple name
     * @param ifExists whether a missing one is no error
     * @param behavior what happens to dependent objects
     */
    record DropColumn(SqlParserPos position, SqlIdentifier column, boolean ifExists, Definition.DropBehavior behavior)
            implements AlterAction {}

    /**
     * MODIFY [COLUMN] column TYPE [NULL | NOT NULL] [DEFAULT ..]: type and nullability; what is not said stays.
     *
     * @param column the column and its new properties
     */
    record ModifyColumn(SqlParserPos position, ColumnSpec column) implements AlterAction {}

    /**
     * RENAME [COLUMN] a TO b.
     *
     * @param column a simple name
     * @param newName a simple name
     */
    record RenameColumn(SqlParserPos position, SqlIdentifier column, SqlIdentifier newName) implements AlterAction {}

    /** RENAME TO name. @param newName a simple name, or one with the table's own namespace */
    record RenameTable(SqlParserPos position, SqlIdentifier newName) implements AlterAction {}

    /** ALTER COLUMN column [SET DATA] TYPE type. */
    record SetColumnType(SqlParserPos position, SqlIdentifier column, DeclaredType type) implements AlterAction {}

    /** ALTER COLUMN column SET | DROP NOT NULL. @param notNull true for SET */
    record SetNotNull(SqlParserPos position, SqlIdentifier column, boolean notNull) implements AlterAction {}

    /** ALTER COLUMN column SET DEFAULT value. */
    record SetDefault(SqlParserPos position, SqlIdentifier column, SqlNode value) implements AlterAction {}

    /** ALTER COLUMN column DROP DEFAULT. */
    record DropDefault(SqlParserPos position, SqlIdentifier column) implements AlterAction {}

    /**
     * SET ACCESS LEVEL x, SET TBLPROPERTIES | OPTIONS | (k = v, ..), SET k = v.
     *
     * @param options by key in upper case; an access level is {@code ACCESS_LEVEL}
     */
    record SetOptions(SqlParserPos position, Map<String, OptionValue> options) implements AlterAction {
        public SetOptions {
            options = OptionValue.copyInOrder(options);
        }
    }

    /** ADD [CONSTRAINT name] constraint. */
    record AddConstraint(SqlParserPos position, ConstraintSpec constraint) implements AlterAction {}

    /**
     * DROP CONSTRAINT [IF EXISTS] name, DROP PRIMARY KEY.
     *
     * @param name a simple name, or null for DROP PRIMARY KEY
     */
    record DropConstraint(
            SqlParserPos position, @Nullable SqlIdentifier name, boolean ifExists, Definition.DropBehavior behavior)
            implements AlterAction {}
}
