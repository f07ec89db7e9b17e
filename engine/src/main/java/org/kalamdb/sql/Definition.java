// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.StatementKind;
import org.kalamdb.schema.TableType;
import org.kalamdb.type.KalamDataType;

/** A statement that changes the catalog. Immutable. */
public sealed interface Definition extends Statement {
    @Override
    default StatementKind kind() {
        return StatementKind.DDL;
    }

    /** What happens to objects that depend on one that is dropped. */
    enum DropBehavior {
        /** The drop fails. Also if nothing is said. */
        RESTRICT,
        /** They are dropped too. */
        CASCADE
    }

    /**
     * CREATE NAMESPACE | SCHEMA [IF NOT EXISTS] name.
     *
     * @param position where it stands
     * @param name a simple name
     * @param ifNotExists whether an existing one is no error
     */
    record CreateNamespace(SqlParserPos position, SqlIdentifier name, boolean ifNotExists) implements Definition {}

    /**
     * DROP NAMESPACE | SCHEMA [IF EXISTS] name [CASCADE | RESTRICT].
     *
     * @param position where it stands
     * @param name a simple name
     * @param ifExists whether a missing one is no error
     * @param behavior what happens to its tables
     */
    record DropNamespace(SqlParserPos position, SqlIdentifier name, boolean ifExists, DropBehavior behavior)
            implements Definition {}

    /**
     * ALTER NAMESPACE name SET OPTIONS (k = v, ..) | SET DESCRIPTION 'x'.
     *
     * @param position where it stands
     * @param name a simple name
     * @param options the settings to change, by key in lower case; a description is the option {@code description}
     */
    record AlterNamespace(SqlParserPos position, SqlIdentifier name, Map<String, OptionValue> options)
            implements Definition {
        public AlterNamespace {
            options = OptionValue.copyInOrder(options);
        }
    }

    /**
     * CREATE [USER | SHARED | STREAM] TABLE.
     *
     * @param position where it stands
     * @param name the table
     * @param ifNotExists whether an existing one is no error
     * @param columns in the order of the text; empty only with a query
     * @param constraints of the table and of its columns
     * @param options by key in upper case, wherever they were written: {@code TYPE}, {@code STORAGE_ID},
     *     {@code FLUSH_POLICY}, {@code TTL_SECONDS} and so on; any key may stand here, known or not
     * @param comment free text, or null
     * @param query the query that fills it, or null
     */
    record CreateTable(
            SqlParserPos position,
            SqlIdentifier name,
            boolean ifNotExists,
            List<ColumnSpec> columns,
            List<ConstraintSpec> constraints,
            Map<String, OptionValue> options,
            @Nullable String comment,
            @Nullable TableQuery query)
            implements Definition {
        public CreateTable {
            columns = List.copyOf(columns);
            constraints = List.copyOf(constraints);
            options = OptionValue.copyInOrder(options);
        }
    }

    /**
     * AS query [WITH [NO] DATA] of a CREATE TABLE.
     *
     * @param columnNames new names of the query's columns; empty to keep its own
     * @param node the query
     * @param withData whether its rows are inserted
     */
    record TableQuery(List<SqlIdentifier> columnNames, SqlNode node, boolean withData) {
        public TableQuery {
            columnNames = List.copyOf(columnNames);
        }
    }

    /**
     * ALTER TABLE [IF EXISTS] name action.
     *
     * @param position where it stands
     * @param name the table
     * @param ifExists whether a missing table is no error
     * @param actions in the order of the text, at least one
     */
    record AlterTable(SqlParserPos position, SqlIdentifier name, boolean ifExists, List<AlterAction> actions)
            implements Definition {
        public AlterTable {
            actions = List.copyOf(actions);
        }
    }

    /**
     * DROP [USER | SHARED | STREAM] TABLE [IF EXISTS] name, .. [CASCADE | RESTRICT].
     *
     * @param position where it stands
     * @param type the kind of table it must be, or null for any
     * @param names the tables, at least one
     * @param ifExists whether missing ones are no error
     * @param behavior what happens to dependent objects
     */
    record DropTable(
            SqlParserPos position,
            @Nullable TableType type,
            List<SqlIdentifier> names,
            boolean ifExists,
            DropBehavior behavior)
            implements Definition {
        public DropTable {
            names = List.copyOf(names);
        }
    }

    /**
     * CREATE [UNIQUE] INDEX [IF NOT EXISTS] [name] ON table (column [ASC | DESC], ..).
     *
     * @param position where it stands
     * @param name its name, which may be qualified by the table's namespace, or null if the engine is to find one
     * @param table the table
     * @param columns simple names in key order, at least one
     * @param unique whether two rows may not agree on all columns
     * @param ifNotExists whether an existing one is no error
     */
    record CreateIndex(
            SqlParserPos position,
            @Nullable SqlIdentifier name,
            SqlIdentifier table,
            List<SqlIdentifier> columns,
            boolean unique,
            boolean ifNotExists)
            implements Definition {
        public CreateIndex {
            columns = List.copyOf(columns);
        }
    }

    /**
     * DROP INDEX [IF EXISTS] name, .. [CASCADE | RESTRICT].
     *
     * @param position where it stands
     * @param names the indexes, at least one
     * @param ifExists whether missing ones are no error
     */
    record DropIndex(SqlParserPos position, List<SqlIdentifier> names, boolean ifExists) implements Definition {
        public DropIndex {
            names = List.copyOf(names);
        }
    }

    /**
     * CREATE [OR REPLACE] VIEW [IF NOT EXISTS] name [(columns)] AS query.
     *
     * @param position where it stands
     * @param name the view
     * @param replace whether an existing view is replaced
     * @param ifNotExists whether an existing one is no error
     * @param columnNames names of its columns; empty to take those of the query
     * @param query the query
     * @param queryText the text of the query as it was written
     */
    record CreateView(
            SqlParserPos position,
            SqlIdentifier name,
            boolean replace,
            boolean ifNotExists,
            List<SqlIdentifier> columnNames,
            SqlNode query,
            String queryText)
            implements Definition {
        public CreateView {
            columnNames = List.copyOf(columnNames);
        }
    }

    /**
     * DROP VIEW [IF EXISTS] name, .. [CASCADE | RESTRICT].
     *
     * @param position where it stands
     * @param names the views, at least one
     * @param ifExists whether missing ones are no error
     * @param behavior what happens to dependent objects
     */
    record DropView(SqlParserPos position, List<SqlIdentifier> names, boolean ifExists, DropBehavior behavior)
            implements Definition {
        public DropView {
            names = List.copyOf(names);
        }
    }

    /**
     * CREATE SEQUENCE [IF NOT EXISTS] name [AS type] [option ..].
     *
     * @param position where it stands
     * @param name the sequence
     * @param ifNotExists whether an existing one is no error
     * @param type of its numbers, or null for BIGINT
     * @param start first number, or null for the end of the range that it begins from
     * @param increment distance between numbers
     * @param minimum least number, or null for 1, or that of the type if it descends
     * @param maximum greatest number, or null for that of the type, or -1 if it descends
     */
    record CreateSequence(
            SqlParserPos position,
            SqlIdentifier name,
            boolean ifNotExists,
            @Nullable KalamDataType type,
            @Nullable Long start,
            long increment,
            @Nullable Long minimum,
            @Nullable Long maximum)
            implements Definition {}

    /**
     * ALTER SEQUENCE [IF EXISTS] name RESTART [WITH n].
     *
     * @param position where it stands
     * @param name the sequence
     * @param ifExists whether a missing one is no error
     * @param restart the number it gives next, or null for its first
     */
    record RestartSequence(
            SqlParserPos position,
            SqlIdentifier name,
            boolean ifExists,
            @Nullable Long restart) implements Definition {}

    /**
     * DROP SEQUENCE [IF EXISTS] name, .. [CASCADE | RESTRICT].
     *
     * @param position where it stands
     * @param names the sequences, at least one
     * @param ifExists whether missing ones are no error
     */
    record DropSequence(SqlParserPos position, List<SqlIdentifier> names, boolean ifExists) implements Definition {
        public DropSequence {
            names = List.copyOf(names);
        }
    }

    /**
     * COMMENT ON TABLE | VIEW | COLUMN name IS 'text' | NULL.
     *
     * @param position where it stands
     * @param subject what kind of object the name means
     * @param name the object; of a column, the table's name and the column's
     * @param comment the text, or null to remove it
     */
    record CommentOn(
            SqlParserPos position,
            Subject subject,
            SqlIdentifier name,
            @Nullable String comment) implements Definition {
        /** What can carry a comment. */
        public enum Subject {
            TABLE,
            VIEW,
            COLUMN
        }
    }
}
