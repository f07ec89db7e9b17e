// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.StatementKind;

/**
 * CHECK DATABASE, CHECK DATABASE | NAMESPACE namespace, and CHECK TABLE table. Immutable.
 *
 * @param position where it stands
 * @param table the table, or null for all
 * @param namespace whose tables, a simple name, or null for all namespaces; null if a table is given
 */
public record CheckCommand(
        SqlParserPos position,
        @Nullable SqlIdentifier table,
        @Nullable SqlIdentifier namespace) implements Statement {
    @Override
    public StatementKind kind() {
        return StatementKind.QUERY;
    }
}
