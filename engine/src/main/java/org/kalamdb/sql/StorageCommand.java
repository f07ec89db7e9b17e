// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.StatementKind;

/**
 * STORAGE FLUSH | COMPACT TABLE table, and STORAGE FLUSH | COMPACT ALL [IN [NAMESPACE] namespace]. Immutable.
 *
 * @param position where it stands
 * @param action what to do
 * @param table the table, or null for all
 * @param namespace whose tables, a simple name, or null for all namespaces; null if a table is given
 */
public record StorageCommand(
        SqlParserPos position,
        Action action,
        @Nullable SqlIdentifier table,
        @Nullable SqlIdentifier namespace) implements Statement {
    /** What is done with the rows of a table. */
    public enum Action {
        /** Move hot rows to segments. */
        FLUSH,
        /** Merge segments. */
        COMPACT
    }

    @Override
    public StatementKind kind() {
        return StatementKind.QUERY;
    }
}
