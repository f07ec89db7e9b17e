// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.StatementKind;

/** A statement that shows the catalog or a setting. Immutable. */
public sealed interface Inspection extends Statement {
    @Override
    default StatementKind kind() {
        return StatementKind.QUERY;
    }

    /**
     * DESCRIBE | DESC [TABLE] table [HISTORY].
     *
     * @param position where it stands
     * @param table a table or view
     * @param history whether to list its schema versions instead of its columns
     */
    record Describe(SqlParserPos position, SqlIdentifier table, boolean history) implements Inspection {}

    /**
     * SHOW TABLES [IN | FROM [NAMESPACE] namespace] [LIKE 'pattern'].
     *
     * @param position where it stands
     * @param namespace a simple name, or null for all
     * @param pattern of table names with {@code %} and {@code _}, or null for all
     */
    record ShowTables(
            SqlParserPos position,
            @Nullable SqlIdentifier namespace,
            @Nullable String pattern) implements Inspection {}

    /**
     * SHOW NAMESPACES | SCHEMAS | DATABASES [LIKE 'pattern'].
     *
     * @param position where it stands
     * @param pattern of names with {@code %} and {@code _}, or null for all
     */
    record ShowNamespaces(SqlParserPos position, @Nullable String pattern) implements Inspection {}

    /**
     * SHOW COLUMNS FROM | IN table.
     *
     * @param position where it stands
     * @param table a table or view
     */
    record ShowColumns(SqlParserPos position, SqlIdentifier table) implements Inspection {}

    /**
     * SHOW STATS [FOR TABLE table].
     *
     * @param position where it stands
     * @param table the table, or null for the whole engine
     */
    record ShowStats(SqlParserPos position, @Nullable SqlIdentifier table) implements Inspection {}

    /**
     * SHOW STORAGES.
     *
     * @param position where it stands
     */
    record ShowStorages(SqlParserPos position) implements Inspection {}

    /**
     * SHOW MANIFEST.
     *
     * @param position where it stands
     */
    record ShowManifest(SqlParserPos position) implements Inspection {}

    /**
     * SHOW BACKUP | BACKUPS [FOR DATABASE | NAMESPACE namespace].
     *
     * @param position where it stands
     * @param namespace a simple name, or null for all
     */
    record ShowBackups(SqlParserPos position, @Nullable SqlIdentifier namespace) implements Inspection {}

    /**
     * SHOW CREATE TABLE | VIEW table.
     *
     * @param position where it stands
     * @param table a table or view
     */
    record ShowCreate(SqlParserPos position, SqlIdentifier table) implements Inspection {}

    /**
     * SHOW name.
     *
     * @param position where it stands
     * @param name a setting; {@code all} for every one
     */
    record ShowVariable(SqlParserPos position, SqlIdentifier name) implements Inspection {}
}
