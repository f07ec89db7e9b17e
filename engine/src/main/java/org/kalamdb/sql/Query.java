// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.kalamdb.engine.StatementKind;

/**
 * SELECT, VALUES, TABLE, set operations of these, with WITH, ORDER BY and LIMIT. Immutable.
 *
 * @param position where it stands
 * @param node the query as Calcite represents it
 */
public record Query(SqlParserPos position, SqlNode node) implements Statement {
    @Override
    public StatementKind kind() {
        return StatementKind.QUERY;
    }
}
