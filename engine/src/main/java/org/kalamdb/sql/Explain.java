// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import org.apache.calcite.sql.parser.SqlParserPos;
import org.kalamdb.engine.StatementKind;

/**
 * EXPLAIN [ANALYZE] [FORMAT TEXT | JSON] [PLAN FOR] statement. Immutable.
 *
 * @param position where it stands
 * @param analyze whether the statement is run and measured
 * @param format how the plan is shown
 * @param statement the statement explained: a query or a modification
 */
public record Explain(SqlParserPos position, boolean analyze, Format format, Statement statement) implements Statement {
    /** How a plan is shown. */
    public enum Format {
        TEXT,
        JSON
    }

    @Override
    public StatementKind kind() {
        return StatementKind.QUERY;
    }
}
