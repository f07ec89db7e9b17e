// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.StatementKind;

/**
 * ANALYZE [table]. Immutable.
 *
 * @param position where it stands
 * @param table the table, or null for all
 */
public record AnalyzeCommand(
        SqlParserPos position, @Nullable SqlIdentifier table) implements Statement {
    @Override
    public StatementKind kind() {
        return StatementKind.SESSION;
    }
}
